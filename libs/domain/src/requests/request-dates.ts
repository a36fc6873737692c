import type { Instant } from '../kernel';
import { lawNumber, type LawSetting } from '../law/law-number';
import { addDays, dayEnd, dayStart, tokyoDay } from '../time';

/**
 * When the alarm of a request rings, and when its keeper is reminded. From two weeks after the day of arrival on the person
 * may sue (APPI 39(1)); the law asks to act "without delay" and names no number of days, so this is an alarm, not a limit.
 * The days are counted from the day after arrival (Civil Code 140), by the numbers of law that hold on the day of arrival.
 * @param set what the company has set instead of defaults; nobody is reminded before the day of arrival
 */
export function requestDates(
  arrivedAt: Instant,
  set: readonly LawSetting[],
): { readonly dueAt: Instant; readonly remindAt: Instant } {
  const arrived = tokyoDay(arrivedAt);
  const alarm = lawNumber('request-alarm', arrived, set);
  const ahead = Math.min(alarm, lawNumber('request-reminder', arrived, set));
  const due = addDays(arrived, alarm);
  return { dueAt: dayEnd(due), remindAt: dayStart(addDays(due, -ahead)) };
}

/** Days of the calendar in Japan until the next step is due: 0 on its last day, negative when it is over. */
export function requestDaysLeft(dueAt: Instant, now: Instant): number {
  const [due, today] = [dueAt, now].map((instant) => Date.parse(dayStart(tokyoDay(instant))));
  return Math.round((due! - today!) / 86_400_000);
}
