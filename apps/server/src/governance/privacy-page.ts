import {
  FEE_KINDS,
  tokyoDay,
  type Bilingual,
  type Instant,
  type Language,
  type PageContent,
  type PurposeOnPage,
  type RecipientOnPage,
  type SecurityMeasures,
} from '@enishi/domain';
import { markup, paragraphs, type Markup } from '../pages/markup';
import { pageOf } from '../pages/page';
import { dayText, PRIVACY_WORDS, type PrivacyWords } from './privacy-words';

/** Changes when the page says other things around the company's own words: it is then to be published anew. */
export const PAGE_FORM = 1;

const MEASURES = [
  'organisational',
  'personnel',
  'physical',
  'technical',
  'foreign',
] as const satisfies readonly (keyof SecurityMeasures)[];

/**
 * The public page of 32(1) and 21(1): one document without scripts and without anything from elsewhere. The same content,
 * version and day give the same bytes.
 *
 * @param issued the number of the version and when it is published
 */
export function privacyPage(
  content: PageContent,
  language: Language,
  issued: { readonly version: number; readonly at: Instant },
): string {
  const words = PRIVACY_WORDS[language];
  const t = (text: Bilingual): string => text[language];
  const company = t(content.party.value.name);
  const { headings } = words;
  const sections: readonly (readonly [string, Markup])[] = [
    [headings.company, companyPart(content, words, t)],
    [headings.purposes, purposesPart(content.purposes, words, language)],
    [headings.security, securityPart(content, words, language)],
    [headings.others, othersPart(content, words, t)],
    [headings.requests, requestsPart(content, words, language)],
    [headings.contact, contactPart(content, words, t)],
  ];
  return pageOf({
    language,
    title: words.title,
    company,
    other: language === 'ja' ? '?lang=en' : '?lang=ja',
    body: markup`<p>${words.intro(company)}</p>
${sections.map(
  ([heading, part], index) => markup`<section><h2>${index + 1}. ${heading}</h2>
${part}</section>
`,
)}`,
    foot: markup`<p>${words.version(issued.version, dayText(tokyoDay(issued.at), language))}<br>${company}</p>
<p class="screen"><a href="/privacy/versions?lang=${language}">${words.earlier}</a></p>`,
  });
}

type Text = (text: Bilingual) => string;

function companyPart({ party: { value: party } }: PageContent, words: PrivacyWords, t: Text): Markup {
  return factsOf([
    [words.name, t(party.name)],
    [words.address, t(party.address)],
    [words.representative, t(party.representative)],
  ]);
}

function purposesPart(purposes: readonly PurposeOnPage[], words: PrivacyWords, language: Language): Markup {
  const one = (
    { content, version, from }: PurposeOnPage,
    index: number,
  ): Markup => markup`<h3>(${index + 1}) ${content.title[language]}</h3>
${from !== undefined && markup`<p class="note">${words.from(dayText(tokyoDay(from), language))}</p>`}
<p class="soft">${words.noticeOf(version)}</p>
<div class="quoted">${paragraphs(content.notice[language])}</div>
`;
  return markup`<p>${words.consent}</p>
${purposes.map(one)}`;
}

function securityPart({ rules, abroad }: PageContent, words: PrivacyWords, language: Language): Markup {
  const { title, version, measures } = rules.data;
  const since = dayText(tokyoDay(rules.effectiveAt), language);
  return markup`<p>${words.rules(title[language], version, since)}</p>
${MEASURES.map(
  (one) => markup`<h3>${words.measures[one]}</h3>
${paragraphs(measures[one][language])}
`,
)}${
    abroad.length > 0 &&
    markup`<p>${words.abroad}</p>
${abroad.map((one) => recipientPart(one, words, language))}`
  }`;
}

/** Under the measures for other countries: where, what for, on which basis of 28, and what is known of it. */
function recipientPart({ content }: RecipientOnPage, words: PrivacyWords, language: Language): Markup {
  const { country, task, basis, shown, measures } = content;
  const name = new Intl.DisplayNames([language], { type: 'region' }).of(country);
  return factsOf([
    [words.country, name ?? country],
    [words.task, task[language]],
    [words.transfer, basis === 'japan' ? undefined : words.transferBy[basis]],
    [words.system, shown?.system[language]],
    [words.theirMeasures, measures?.[language] ?? shown?.measures[language]],
  ]);
}

function othersPart({ matters: { value } }: PageContent, words: PrivacyWords, t: Text): Markup {
  if (value.jointUse === undefined) return markup`<p>${words.noJointUse}</p>`;
  return markup`<p>${words.jointUse}</p>
<div class="quoted">${paragraphs(t(value.jointUse))}</div>`;
}

function requestsPart({ matters: { value } }: PageContent, words: PrivacyWords, language: Language): Markup {
  const fees = new Map(value.fees.map(({ kind, yen }) => [kind, yen]));
  const rows = FEE_KINDS.map((kind) => {
    const yen = fees.get(kind);
    const fee = yen === undefined ? words.free : words.yen(yen);
    return markup`<tr><th scope="row">${words.feeOf[kind]}</th><td class="number">${fee}</td></tr>`;
  });
  return markup`<p>${words.kindsIntro}</p>
<ul>${words.kinds.map((kind) => markup`<li>${kind}</li>`)}</ul>
<h3>${words.procedure}</h3>
${paragraphs(value.procedure[language])}
<p class="screen"><a href="/requests/new?lang=${language}">${words.form}</a></p>
<h3>${words.fees}</h3>
<table><tbody>${rows}</tbody></table>
<p>${words.otherFree}</p>
`;
}

function contactPart({ contactPoint, matters }: PageContent, words: PrivacyWords, t: Text): Markup {
  const { name, address, email, phone, hours } = contactPoint.value;
  const { accreditedBody } = matters.value;
  return markup`<p>${words.contactIntro}</p>
${factsOf([
  [words.desk, t(name)],
  [words.address, address && t(address)],
  [words.email, email && markup`<a href="mailto:${email}">${email}</a>`],
  [words.phone, phone && markup`<a href="tel:${phone.replace(/[^+\d]/g, '')}">${phone}</a>`],
  [words.hours, hours && t(hours)],
])}
${
  accreditedBody &&
  markup`<p>${words.accredited}</p>
<div class="quoted">${paragraphs(t(accreditedBody))}</div>`
}`;
}

function factsOf(pairs: readonly (readonly [string, Markup | string | undefined])[]): Markup {
  const present = pairs.filter(([, value]) => value !== undefined && value !== '');
  return markup`<dl>${present.map(([name, value]) => markup`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}
