import type { Instant } from '../kernel';
import { addDays, dayEnd, dayStart, tokyoDay } from '../time';

/**
 * In days: from arrival to the alarm (APPI 39(1)), and from the reminder to the alarm (product policy).
 */
export const REQUEST_DAYS = { alarm: 14, reminder: 4 } as const;

/** In years: how long the record of a request is kept after its notice (product policy). */
export const REQUEST_RECORD_YEARS = 3;

/**
 * When the alarm of a request rings, and when its keeper is reminded. From two weeks after the day of arrival on the person
 * may sue (APPI 39(1)); the law asks to act "without delay" and names no number of days, so this is an alarm, not a limit.
 * @param days.alarm counted from the day after arrival (Civil Code 140) @param days.reminder so many days before it
 */
export function requestDates(
  arrivedAt: Instant,
  days: { readonly alarm: number; readonly reminder: number },
): { readonly dueAt: Instant; readonly remindAt: Instant } {
  const due = addDays(tokyoDay(arrivedAt), days.alarm);
  return { dueAt: dayEnd(due), remindAt: dayStart(addDays(due, -days.reminder)) };
}

/** Days of the calendar in Japan until the next step is due: 0 on its last day, negative when it is over. */
export function requestDaysLeft(dueAt: Instant, now: Instant): number {
  const [due, today] = [dueAt, now].map((instant) => Date.parse(dayStart(tokyoDay(instant))));
  return Math.round((due! - today!) / 86_400_000);
}
