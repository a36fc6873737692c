import { textsFault } from '@enishi/domain';
import { ProblemError } from './problem';
import { refusalProblem } from './refusal';

/** Where a GET says why it reads: a header, because addresses are logged. */
export const REASON_HEADER = 'enishi-reason';

/** Longest reason in characters. */
const LONGEST = 500;

/** Why something is read, as the access log keeps it. @throws ProblemError 422 for what no text may hold */
export function statedReason(reason: string): string {
  const unwanted = textsFault({ reason });
  if (unwanted !== undefined) throw refusalProblem(unwanted);
  return reason;
}

/** The same from the header, percent-encoded in UTF-8. @throws ProblemError 400, 422 */
export function reasonInHeader(header: string | string[] | undefined): string {
  let reason: string | undefined;
  try {
    reason = typeof header === 'string' ? decodeURIComponent(header).trim() : undefined;
  } catch {
    // Not percent-encoded text.
  }
  if (reason === undefined || reason === '' || reason.length > LONGEST || /\p{Cc}/u.test(reason)) {
    throw new ProblemError(
      400,
      'reason-not-valid',
      'Enishi-Reason must say why it is read: 1 to 500 characters, percent-encoded in UTF-8',
    );
  }
  return statedReason(reason);
}
