import { messageOf, type Refusal } from '@enishi/domain';
import { ProblemError } from './problem';

/** What clients are told when a rule of the domain refuses: its code, details and text in both languages. */
export function refusalProblem({ code, details }: Pick<Refusal, 'code' | 'details'>): ProblemError {
  return new ProblemError(422, code, messageOf(code, 'en', details), {
    details,
    messages: { ja: messageOf(code, 'ja', details), en: messageOf(code, 'en', details) },
  });
}
