import type { Refusal } from './kernel';
import { holdsMyNumber } from './my-number';
import { refuse } from './refusals';

/**
 * Control characters other than tab and line ends, those that turn or hide text (bidirectional marks, zero-width
 * space), and lone surrogates, which have no canonical JSON. Joiners and variation selectors are part of names
 * and stay.
 */
export const UNWANTED = /[^\P{Cc}\t\r\n]|[\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\p{Cs}]/u;

/** Fields whose text may have lines of its own. */
const WITH_LINES: ReadonlySet<string> = new Set([
  ...['postalAddress', 'leavingDetail', 'reason', 'evidence', 'findings', 'letter.body'],
  // Of requests.
  ...['asked', 'answerTo', 'aboutThem', 'agent', 'seen', 'authority', 'note', 'task', 'proof', 'substitute'],
  ...['changed', 'said', 'formReason', 'complaint'],
]);
const LINES = /[\t\r\n]/;

/**
 * What must stand in no text about a person, whichever way it comes in: by hand, by a file, by another program.
 *
 * @param texts what is said about a person, by the field it is said in: texts, lists of them, names by their parts
 * @returns a refusal that names the first such field, never the value
 */
export function textsFault(texts: Readonly<Record<string, unknown>>): Refusal | undefined {
  for (const [field, value] of Object.entries(texts)) {
    const found = textsIn(value);
    if (found.some(holdsMyNumber)) return refuse('my-number', { field });
    if (found.some((text) => UNWANTED.test(text) || (!WITH_LINES.has(field) && LINES.test(text)))) {
      return refuse('control-character', { field });
    }
  }
  return undefined;
}

/** Every text of a value, at any depth. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
