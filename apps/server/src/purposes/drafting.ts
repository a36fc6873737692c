import type { Bilingual } from '@enishi/domain';
import { fieldError, notValid } from '../field-errors';
import { ProblemError } from '../problem';

/** What both purposes and programmes ask of a first version. */

/** A member without which there is nothing to draft from. */
export function missing(path: string, messages: Bilingual): ProblemError {
  return notValid(fieldError(path, 'isDefined', messages));
}

/** @throws ProblemError 404 */
export function templateOf<T>(templates: Readonly<Record<string, T>>, code: string): T {
  const template = Object.hasOwn(templates, code) ? templates[code] : undefined;
  if (template === undefined) throw new ProblemError(404, 'template-unknown', 'There is no such template');
  return template;
}

/**
 * Codes name things on the command line. Two at the same moment may still share one; the id tells them apart.
 * @param others all but the one that is drafted
 * @throws ProblemError 422 `code-taken`
 */
export function requireFreeCode(code: string, others: readonly { readonly code: string }[]): void {
  if (others.some((one) => one.code === code)) {
    throw new ProblemError(422, 'code-taken', 'Another one has this code');
  }
}
