import { parseInstant, type Instant } from '@enishi/domain';
import { ProblemError } from './problem';

/**
 * An instant or day that a caller wrote; a day is its beginning in Asia/Tokyo.
 * @throws ProblemError 400 naming the field
 */
export function instantOf(text: string, path: string, dayAs: 'start' | 'end' = 'start'): Instant {
  const instant = parseInstant(text, dayAs);
  if (instant !== undefined) return instant;
  const message =
    'must be a day (2026-11-21), a day and time (2026-11-21T15:04, Asia/Tokyo), or an RFC 3339 instant';
  throw new ProblemError(400, 'not-valid', 'Some fields are not valid', {
    errors: [{ path, code: 'instant', message }],
  });
}

/** The same for a field that may be absent, as a member to spread. */
export function maybeInstant<K extends string>(name: K, text: string | undefined): { [P in K]?: Instant } {
  return text === undefined ? {} : ({ [name]: instantOf(text, name) } as { [P in K]: Instant });
}
