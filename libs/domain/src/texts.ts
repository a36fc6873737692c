import type { Refusal } from './kernel';
import { holdsMyNumber } from './my-number';
import { refuse } from './refusals';

/**
 * What must stand in no text about a person, whichever way it comes in: by hand, by a file, by another program.
 *
 * @param texts what is said about a person, by the field it is said in: texts, lists of them, names by their parts
 * @returns a refusal that names the first such field, never the value
 */
export function textsFault(texts: Readonly<Record<string, unknown>>): Refusal | undefined {
  const field = Object.keys(texts).find((name) => textsIn(texts[name]).some(holdsMyNumber));
  return field === undefined ? undefined : refuse('my-number', { field });
}

/** Every text of a value, at any depth. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
