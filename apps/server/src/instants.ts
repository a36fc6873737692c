import { isDay, parseInstant, type Instant } from '@enishi/domain';
import { fieldError, notValid } from './field-errors';

/**
 * An instant or day that a caller wrote; a day is its beginning in Asia/Tokyo.
 * @throws ProblemError 400 naming the field
 */
export function instantOf(text: string, path: string, dayAs: 'start' | 'end' = 'start'): Instant {
  const instant = parseInstant(text, dayAs);
  if (instant !== undefined) return instant;
  throw notValid(
    fieldError(path, 'instant', {
      ja: '日付（2026-11-21）、日時（2026-11-21T15:04、日本時間）または RFC 3339 の日時で指定してください。',
      en: 'Must be a day (2026-11-21), a day and time (2026-11-21T15:04, Asia/Tokyo), or an RFC 3339 instant.',
    }),
  );
}

/**
 * The end of a period as a caller wrote it, exclusive: a day is in it to its last instant.
 * @throws ProblemError 400 naming the field
 */
export function periodEndOf(text: string, path: string): Instant {
  const end = instantOf(text, path, 'end');
  return isDay(text) ? new Date(Date.parse(end) + 1).toISOString() : end;
}

/** An instant of a field that may be absent, as a member to spread. */
export function maybeInstant<K extends string>(name: K, text: string | undefined): { [P in K]?: Instant } {
  return text === undefined ? {} : ({ [name]: instantOf(text, name) } as { [P in K]: Instant });
}
