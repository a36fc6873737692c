import type { Day } from '../kernel';
import { addDays, addMonths } from '../time';

/**
 * The last day of a period counted by the calendar from its first day (Civil Code 143): the day before the one that
 * corresponds to the first, or the last of the month where that month has no such day.
 *
 * @param months 0 gives the day before: nothing is kept
 * @example periodEnd('2024-04-01', 36) // '2027-03-31'
 * @example periodEnd('2024-02-29', 36) // '2027-02-28'
 */
export function periodEnd(first: Day, months: number): Day {
  const corresponding = addMonths(first, months);
  return corresponding.slice(8) === first.slice(8) ? addDays(corresponding, -1) : corresponding;
}

/**
 * The last day of a period that runs from something that happened on a day: that day is not counted (Civil Code 140).
 *
 * @example endAfter('2024-03-31', 36) // '2027-03-31'
 * @example endAfter('2023-02-28', 12) // '2024-02-29', the eve of 1 March
 */
export function endAfter(day: Day, months: number): Day {
  return periodEnd(addDays(day, 1), months);
}
