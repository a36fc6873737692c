/** Times and days as people read them. Always Asia/Tokyo, whatever zone the browser is in. */

export type Language = 'ja' | 'en';

const ZONE = 'Asia/Tokyo';

const HOURS = { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const clock = new Intl.DateTimeFormat('en-GB', HOURS);
const clockWithSeconds = new Intl.DateTimeFormat('en-GB', { ...HOURS, second: '2-digit' });

function dayText(date: Date, language: Language, timeZone: string): string {
  if (language === 'ja') {
    const parts = new Intl.DateTimeFormat('ja-JP', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      weekday: 'short',
    }).formatToParts(date);
    const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
    return `${of('year')}年${of('month')}月${of('day')}日(${of('weekday')})`;
  }
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  }).format(date);
}

/** `2026年11月21日(土) 15:04`, `Sat, 21 November 2026, 15:04`; to the second where a minute does not tell apart. */
export function instantText(instant: string, language: Language, toTheSecond = false): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return `${dayText(date, language, ZONE)}${language === 'ja' ? ' ' : ', '}${(toTheSecond ? clockWithSeconds : clock).format(date)}`;
}

/** A calendar day in full. */
export function fullDay(day: string, language: Language): string {
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.getTime()) ? day : dayText(date, language, 'UTC');
}

/** A calendar day for tables: `2019/04/01`, `2019-04-01`. */
export function shortDay(day: string, language: Language): string {
  return language === 'ja' ? day.replaceAll('-', '/') : day;
}

/** What a field for date and time holds (`2026-11-21T15:04`), read as Asia/Tokyo. */
export function tokyoInstant(local: string): string | undefined {
  const date = new Date(`${local.slice(0, 16)}:00+09:00`);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** Days of the calendar in Japan until then: 0 on that day, negative when it is over. */
export function tokyoDaysUntil(instant: string): number {
  const day = (time: number): number => Math.floor((time + 9 * 3_600_000) / 86_400_000);
  return day(Date.parse(instant)) - day(Date.now());
}

/** A day in Japan, so many days from today, as `2026-11-21`. */
export function dayFromToday(days: number): string {
  return tokyoDay(new Date(Date.now() + days * 86_400_000).toISOString());
}

/** Now, in Asia/Tokyo, as a field for date and time wants it. */
export function tokyoNow(): string {
  return new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 16);
}

/** The day of an instant in Asia/Tokyo, as `2026-11-21`. */
export function tokyoDay(instant: string): string {
  return new Date(Date.parse(instant) + 9 * 3_600_000).toISOString().slice(0, 10);
}

/** The last day of a period that ends before this instant. */
export function lastDayBefore(instant: string): string {
  return tokyoDay(new Date(Date.parse(instant) - 1).toISOString());
}
