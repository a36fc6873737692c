import type { Day, Instant } from './kernel';

/**
 * Calendar and clock arithmetic without a clock. Days are Asia/Tokyo days; Japan keeps UTC+9 all year since
 * 1952, so the offset is a constant here.
 */
const TOKYO_OFFSET_MS = 9 * 3_600_000;
const DAY_MS = 86_400_000;

const DAY_TEXT = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT_TEXT =
  /^(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?([Zz]|[+-]\d{2}:\d{2})?$/;
const CANONICAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

interface Parts {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

/** Whether the text is a day that exists (`2024-02-29` does, `2023-02-29` does not). */
export function isDay(text: string): text is Day {
  const match = DAY_TEXT.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= lengthOfMonth(year, month);
}

const FIRST_OF_LIVES = '1900-01-01';
const LAST_OF_LIVES = '2200-12-31';

/** Whether the text is a day that exists and may be one in the life of somebody whom a company knows. */
export function isDayOfLife(text: string): text is Day {
  return isDay(text) && text >= FIRST_OF_LIVES && text <= LAST_OF_LIVES;
}

/** Whether the text is an instant in the ledger's one form: UTC, milliseconds, `Z`. */
export function isInstant(text: string): text is Instant {
  return CANONICAL.test(text) && parseInstant(text) === text;
}

/**
 * Reads an instant as people and machines write it, in its canonical form; `undefined` where it is none.
 *
 * Accepted: a day (its first instant in Asia/Tokyo, or its last with `dayAs: 'end'`), a day and time without
 * offset (Asia/Tokyo), RFC 3339 with offset. Digits beyond milliseconds are cut.
 *
 * @example parseInstant('2026-11-21') // '2026-11-20T15:00:00.000Z'
 * @example parseInstant('2026-11-21T15:04') // '2026-11-21T06:04:00.000Z'
 */
export function parseInstant(text: string, dayAs: 'start' | 'end' = 'start'): Instant | undefined {
  if (isDay(text)) return instantOf(Date.parse(dayAs === 'start' ? dayStart(text) : dayEnd(text)));
  const match = INSTANT_TEXT.exec(text);
  if (!match || !isDay(match[1]!)) return undefined;
  const [hour, minute, second] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
  const offset = offsetMs(match[6]);
  if (hour > 23 || minute > 59 || second > 59 || offset === undefined) return undefined;
  const ms = Number((match[5] ?? '').padEnd(3, '0').slice(0, 3));
  const clock = ((hour * 60 + minute) * 60 + second) * 1000 + ms;
  return instantOf(dayNumber(match[1]!) * DAY_MS + clock - offset);
}

/** The Asia/Tokyo day of an instant. */
export function tokyoDay(instant: Instant): Day {
  return dayOf(Math.floor((Date.parse(instant) + TOKYO_OFFSET_MS) / DAY_MS));
}

/** The first instant of a day in Asia/Tokyo. */
export function dayStart(day: Day): Instant {
  return new Date(dayNumber(day) * DAY_MS - TOKYO_OFFSET_MS).toISOString();
}

/** The last millisecond of a day in Asia/Tokyo. */
export function dayEnd(day: Day): Instant {
  return new Date((dayNumber(day) + 1) * DAY_MS - TOKYO_OFFSET_MS - 1).toISOString();
}

/** The day `days` later (earlier where negative). */
export function addDays(day: Day, days: number): Day {
  return dayOf(dayNumber(day) + days);
}

/**
 * The same day of the month `months` later; the month's last day where that month is shorter.
 *
 * @example addMonths('2024-01-31', 1) // '2024-02-29'
 */
export function addMonths(day: Day, months: number): Day {
  const from = partsOf(day);
  const { year, month } = shiftMonth(from, months);
  return text(year, month, Math.min(from.day, lengthOfMonth(year, month)));
}

/** {@link addMonths} for an instant: same Asia/Tokyo time of day. */
export function addMonthsToInstant(instant: Instant, months: number): Instant {
  const day = tokyoDay(instant);
  const timeOfDay = Date.parse(instant) - Date.parse(dayStart(day));
  return new Date(Date.parse(dayStart(addMonths(day, months))) + timeOfDay).toISOString();
}

/** Completed months from one day to another: the greatest n with `addMonths(from, n) <= to`. */
export function monthsBetween(from: Day, to: Day): number {
  const [a, b] = [partsOf(from), partsOf(to)];
  const apart = (b.year - a.year) * 12 + (b.month - a.month);
  return addMonths(from, apart) <= to ? apart : apart - 1;
}

/**
 * The last day from which at least `months` months have passed on `today`: `addMonths(day, months) <= today`
 * holds for it and every earlier day, and for no later one. Lets SQL compare days where the rule counts months.
 */
export function lastDayMonthsBefore(today: Day, months: number): Day {
  const now = partsOf(today);
  const { year, month } = shiftMonth(now, -months);
  const length = lengthOfMonth(year, month);
  // On a month's last day the longer month's overhang has arrived too: 31 Jan + 1 month is 28 Feb.
  const isLast = now.day === lengthOfMonth(now.year, now.month);
  return text(year, month, isLast ? length : Math.min(now.day, length));
}

/** Completed months of service; the day of leaving is a day of service (1 April to 31 March is 12). */
export function serviceMonths(joinedOn: Day, leftOn: Day): number {
  return Math.max(0, monthsBetween(joinedOn, addDays(leftOn, 1)));
}

/** The later of two days or two instants. */
export function later(a: string, b: string): string {
  return a > b ? a : b;
}

function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function shiftMonth({ year, month }: Parts, months: number): { year: number; month: number } {
  const index = year * 12 + (month - 1) + months;
  return { year: Math.floor(index / 12), month: (((index % 12) + 12) % 12) + 1 };
}

function partsOf(day: Day): Parts {
  if (!isDay(day)) throw new RangeError('not a day');
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), day: Number(day.slice(8)) };
}

/** Days since 1970-01-01. */
function dayNumber(day: Day): number {
  return Date.parse(`${day}T00:00:00.000Z`) / DAY_MS;
}

function dayOf(number: number): Day {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

function text(year: number, month: number, day: number): Day {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** `undefined` for an offset that no clock has. */
function offsetMs(offset: string | undefined): number | undefined {
  if (offset === undefined) return TOKYO_OFFSET_MS;
  if (offset === 'Z' || offset === 'z') return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(4))];
  if (hours > 23 || minutes > 59) return undefined;
  return (offset[0] === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** `undefined` outside the years 1 to 9999; PostgreSQL has no year 0 either. */
function instantOf(ms: number): Instant | undefined {
  const instant = new Date(ms).toISOString();
  return CANONICAL.test(instant) && instant >= '0001' ? instant : undefined;
}
