import {
  ANSWER_FORMS,
  REQUEST_GROUNDS,
  REQUEST_KIND_NAMES,
  REQUEST_KINDS,
  REQUEST_NAMES,
  REQUEST_PARTIES,
  type Bilingual,
  type CompanyState,
  type Language,
} from '@enishi/domain';
import { markup, type Markup } from '../../pages/markup';
import { pageOf } from '../../pages/page';
import { FORM_FIELDS, type FormFault, type FormField, type FormValues } from './form-fields';
import { FAULT_TEXTS, FIELD_TEXTS, PAGE_TEXTS } from './form-texts';

/** What the page is made for. */
export interface FormPage {
  readonly language: Language;
  readonly company: Pick<CompanyState, 'party' | 'contactPoint'>;
  /** So long what is written is kept after the answer. */
  readonly years: number;
}

type Shown = Exclude<FormField, 'form'>;
type Options = readonly (readonly [value: string, name: Bilingual])[];

/** The form, empty or as it was sent, with what is wrong in it. */
export function formPage(
  page: FormPage,
  values: FormValues,
  faults: ReadonlyMap<FormField, FormFault>,
): string {
  const { language } = page;
  const t = (text: Bilingual): string => text[language];
  const field = { language, values, faults };
  const kinds = REQUEST_KINDS.map((kind) => [kind, REQUEST_KIND_NAMES[kind]] as const);
  const grounds = REQUEST_GROUNDS.map((ground) => [ground, REQUEST_NAMES.ground[ground]] as const);
  const count = String(faults.size);
  return framed(
    page,
    PAGE_TEXTS.title,
    markup`${
      faults.size > 0 &&
      markup`<p class="bad" role="alert">${t(PAGE_TEXTS.faults).replace('{count}', count)}</p>`
    }
<p>${t(PAGE_TEXTS.lead)}</p>
<p>${t(PAGE_TEXTS.use).replace('{years}', String(page.years))}</p>
<p>${t(PAGE_TEXTS.next)}</p>
<form method="post" action="/requests/new?lang=${language}" accept-charset="utf-8" novalidate>
<input type="hidden" name="form" value="${values.form}">
${select(field, 'kind', kinds, PAGE_TEXTS.choose)}
${select(field, 'ground', grounds, PAGE_TEXTS.none)}
${input(field, 'requester', 'name')}
${textarea(field, 'aboutThem')}
${textarea(field, 'asked')}
${choices(field, 'party', named(REQUEST_PARTIES, REQUEST_NAMES.party))}
${input(field, 'agent', 'off')}
${choices(field, 'answerForm', named(ANSWER_FORMS, REQUEST_NAMES.answerForm))}
${textarea(field, 'answerTo')}
<p><button type="submit">${t(PAGE_TEXTS.send)}</button></p>
</form>`,
  );
}

/** What somebody keeps who has sent it. @param at as people in Japan read it */
export function receivedPage(page: FormPage, number: string, at: string): string {
  const { language } = page;
  return framed(
    page,
    PAGE_TEXTS.received,
    markup`<dl><dt>${PAGE_TEXTS.number[language]}</dt><dd><strong>${number}</strong></dd>
<dt>${PAGE_TEXTS.at[language]}</dt><dd>${at}</dd></dl>
<p>${PAGE_TEXTS.keep[language]}</p>
<p>${PAGE_TEXTS.next[language]}</p>`,
  );
}

/** For an address that has sent too often. */
export function tooManyPage(page: FormPage): string {
  return framed(page, PAGE_TEXTS.tooMany, markup`<p>${PAGE_TEXTS.later[page.language]}</p>`);
}

function framed({ language, company }: FormPage, title: Bilingual, body: Markup): string {
  const { party, contactPoint } = company;
  const reach = [contactPoint?.email, contactPoint?.phone, contactPoint?.address?.[language]];
  const other = language === 'ja' ? 'en' : 'ja';
  return pageOf({
    language,
    title: title[language],
    ...(party && { company: party.name[language] }),
    other: `/requests/new?lang=${other}`,
    body,
    ...(contactPoint && {
      foot: markup`<p>${PAGE_TEXTS.contact[language]}: ${contactPoint.name[language]} ${reach
        .filter((one) => one !== undefined)
        .join(' / ')}</p>`,
    }),
  });
}

interface Field {
  readonly language: Language;
  readonly values: FormValues;
  readonly faults: ReadonlyMap<FormField, FormFault>;
}

/** A field's label, hint and fault, and what ties them to it for who does not see the page. */
function partsOf({ language, faults }: Field, name: Shown) {
  const { label, hint } = FIELD_TEXTS[name];
  const fault = faults.get(name);
  const about = [hint && `${name}-hint`, fault && `${name}-fault`].filter((id) => id !== undefined).join(' ');
  const optional = name === 'ground' || name === 'aboutThem' || name === 'agent';
  return {
    label: markup`${label[language]}${!optional && markup` <small>${PAGE_TEXTS.needed[language]}</small>`}`,
    around: markup`${hint && markup`<p class="hint" id="${name}-hint">${hint[language]}</p>`}${
      fault && markup`<p class="error" id="${name}-fault">${FAULT_TEXTS[fault][language]}</p>`
    }`,
    ties: markup`${about !== '' && markup` aria-describedby="${about}"`}${
      fault && markup` aria-invalid="true"`
    }${!optional && markup` required`}`,
  };
}

function input(field: Field, name: Shown, autocomplete: string): Markup {
  const { label, around, ties } = partsOf(field, name);
  const value = field.values[name];
  return markup`<div class="field"><label for="${name}">${label}</label>${around}
<input id="${name}" name="${name}" maxlength="${FORM_FIELDS[name]}" autocomplete="${autocomplete}" value="${value}"${ties}></div>`;
}

function textarea(field: Field, name: Shown): Markup {
  const { label, around, ties } = partsOf(field, name);
  return markup`<div class="field"><label for="${name}">${label}</label>${around}
<textarea id="${name}" name="${name}" maxlength="${FORM_FIELDS[name]}" autocomplete="off"${ties}>
${field.values[name]}</textarea></div>`;
}

function select(field: Field, name: Shown, options: Options, empty: Bilingual): Markup {
  const { label, around, ties } = partsOf(field, name);
  const { language, values } = field;
  const offered = [['', empty] as const, ...options].map(
    ([value, text]) =>
      markup`<option value="${value}"${values[name] === value && markup` selected`}>${text[language]}</option>`,
  );
  return markup`<div class="field"><label for="${name}">${label}</label>${around}
<select id="${name}" name="${name}"${ties}>${offered}</select></div>`;
}

function choices(field: Field, name: Shown, options: Options): Markup {
  const { label, around, ties } = partsOf(field, name);
  const { language, values } = field;
  const offered = options.map(
    ([value, text]) =>
      markup`<label class="choice"><input type="radio" name="${name}" value="${value}"${
        values[name] === value && markup` checked`
      }>${text[language]}</label>`,
  );
  return markup`<fieldset${ties}><legend>${label}</legend>${around}${offered}</fieldset>`;
}

function named<Code extends string>(
  codes: readonly Code[],
  names: Readonly<Record<Code, Bilingual>>,
): Options {
  return codes.map((code) => [code, names[code]] as const);
}
