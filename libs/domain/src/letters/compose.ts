import { isDay } from '../time';
import type { Refusal } from '../kernel';
import { refuse } from '../refusals';
import type { LetterContent, LetterText } from '../shapes';
import type { Language } from '../terms';
import { dayText } from './day-text';
import type { NoticeKind, TemplateKind } from './kinds';
import {
  placeholdersOf,
  valuesWanted,
  type LetterValue,
  type LetterValues,
  type Placeholder,
} from './placeholders';

/**
 * Whether the values are those that a kind wants: all it must state, none that it does not know, days that exist.
 * Names the placeholder, never a value.
 */
export function valuesFault(kind: TemplateKind, values: LetterValues): Refusal | undefined {
  const wanted = valuesWanted(kind);
  for (const [placeholder, { form, mandatory }] of Object.entries(wanted)) {
    const value = values[placeholder];
    if (value === undefined || value === '') {
      if (mandatory) return refuse('letter-value-missing', { placeholder });
    } else if (!fits(form, value)) return refuse('letter-value-invalid', { placeholder });
  }
  const unknown = Object.keys(values).some((name) => !Object.hasOwn(wanted, name));
  return unknown ? refuse('letter-value-unknown', { allowed: Object.keys(wanted).join(', ') }) : undefined;
}

function fits(form: Placeholder['form'], value: LetterValue): boolean {
  if (form === 'count') return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  if (form === 'day') return typeof value === 'string' && isDay(value);
  const texts = typeof value === 'object' ? [value.ja, value.en] : [value];
  return texts.every(
    (text) => typeof text === 'string' && text.trim() !== '' && (form === 'lines' || !/[\r\n]/.test(text)),
  );
}

const PLACEHOLDER = /\{(\w+)\}/g;

/**
 * A text with its values. A line that names a value which is not there is left out whole, so that a list has no
 * empty entry.
 *
 * @param values as {@link valuesFault} wants them, with those of the company
 */
export function composeText(
  kind: TemplateKind,
  { subject, body }: LetterText,
  values: LetterValues,
  language: Language,
): LetterText {
  const known = placeholdersOf(kind);
  const fill = (text: string): string =>
    text
      .split('\n')
      .filter((line) => [...line.matchAll(PLACEHOLDER)].every(([, name]) => isThere(values[name!])))
      .map((line) =>
        line.replace(PLACEHOLDER, (_, name: string) => written(known[name]!, values[name]!, language)),
      )
      .join('\n');
  return { subject: fill(subject), body: fill(body) };
}

function isThere(value: LetterValue | undefined): boolean {
  return value !== undefined && value !== '';
}

function written({ form }: Placeholder, value: LetterValue, language: Language): string {
  if (typeof value === 'object') return value[language];
  if (typeof value === 'string') return form === 'day' ? dayText(value, language) : value;
  return value.toLocaleString('en');
}

/** A notice as it is mailed: both languages, one after the other. */
export function noticeMail(
  kind: NoticeKind,
  content: LetterContent,
  values: LetterValues,
): { readonly subject: string; readonly text: string } {
  const ja = composeText(kind, content.ja, values, 'ja');
  const en = composeText(kind, content.en, values, 'en');
  return { subject: `${ja.subject} / ${en.subject}`, text: `${ja.body}\n\n--\n\n${en.body}\n` };
}

/** What the preview of a kind shows: values that are nobody's. */
export function sampleValues(kind: TemplateKind): LetterValues {
  return Object.fromEntries(Object.entries(placeholdersOf(kind)).map(([name, { sample }]) => [name, sample]));
}
