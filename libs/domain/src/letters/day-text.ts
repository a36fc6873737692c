import type { Day } from '../kernel';
import type { Language } from '../terms';

/** The eras by the first day of each, the newest first (元号法; 昭和 and 大正 by the orders of their time). */
const ERAS: readonly (readonly [from: Day, name: string])[] = [
  ['2019-05-01', '令和'],
  ['1989-01-08', '平成'],
  ['1926-12-25', '昭和'],
  ['1912-07-30', '大正'],
];

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/**
 * A day as letters write it: with the Japanese era (和暦), whose first year is 元年; before Taisho by the calendar's year.
 *
 * @example dayText('2026-11-22', 'ja') // '令和8年11月22日'
 * @example dayText('2026-11-22', 'en') // '22 November 2026'
 */
export function dayText(day: Day, language: Language): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  if (language === 'en') return `${date} ${MONTHS[month - 1]!} ${year}`;
  return `${yearText(day, year)}年${month}月${date}日`;
}

function yearText(day: Day, year: number): string {
  const era = ERAS.find(([from]) => from <= day);
  if (era === undefined) return String(year);
  const count = year - Number(era[0].slice(0, 4)) + 1;
  return `${era[1]}${count === 1 ? '元' : count}`;
}
