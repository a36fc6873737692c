import type { Bilingual } from '@enishi/domain';
import { ProblemError } from './problem';

/** What is wrong with one field of a request: where, by which rule, in words; never the value. */
export interface FieldError {
  readonly path: string;
  readonly code: string;
  /** As `messages.en`. */
  readonly message: string;
  readonly messages: Bilingual;
}

export function fieldError(path: string, code: string, messages: Bilingual): FieldError {
  return { path, code, message: messages.en, messages };
}

/** A request some of whose fields are not as they must be. */
export function notValid(...errors: readonly FieldError[]): ProblemError {
  return new ProblemError(400, 'not-valid', 'Some fields are not valid', {
    messages: { ja: '入力内容に誤りがあります。', en: 'Some fields are not valid.' },
    errors,
  });
}
