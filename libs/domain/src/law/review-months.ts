import type { Instant } from '../kernel';
import { addDays, dayStart, tokyoDay } from '../time';
import { lawNumber, type LawSetting } from './law-number';

/** After how many months somebody looks again, at the latest. */
export interface ReviewMonths {
  /** At a processor (25). */
  readonly processor: number;
  /** At the measures of a recipient abroad, and at its country's system (28(3)). */
  readonly measures: number;
  /** At the handling rules (GL 10-3). */
  readonly handling: number;
  /** At who may reach what (GL 10-6). */
  readonly accounts: number;
}

/**
 * The months that hold at an instant.
 * @param set what the company has set instead of defaults
 */
export function reviewMonths(at: Instant, set: readonly LawSetting[]): ReviewMonths {
  const on = tokyoDay(at);
  return {
    processor: lawNumber('processor-review', on, set),
    measures: lawNumber('foreign-measures-review', on, set),
    handling: lawNumber('handling-review', on, set),
    accounts: lawNumber('accounts-review', on, set),
  };
}

/** The day in Japan, as its first instant, from which on a review is work, and the responsible officer is told. @param due when it is overdue */
export function reviewBegins(due: Instant): Instant {
  const day = tokyoDay(due);
  return dayStart(addDays(day, -lawNumber('review-ahead', day)));
}
