import type { Day } from '@enishi/domain';

/** Order of day and month where the year comes last: `mdy` as in the United States, `dmy` as in Europe. */
export type DateOrder = 'mdy' | 'dmy';

export type DayFault =
  | 'date-unreadable'
  | 'date-impossible'
  | 'date-ambiguous'
  | 'date-two-digit-year'
  | 'date-excel-serial'
  | 'date-outside-era';

/**
 * First and last day of each era, by the cabinet orders that changed it (元号を改める政令); where two eras
 * share a day (1912-07-30, 1926-12-25) both readings are right. Meiji is left out: it begins in the lunar
 * calendar, and nobody born in it is alive.
 */
const ERAS = [
  { names: ['大正', '大', 'T'], firstYear: 1912, from: '1912-07-30', until: '1926-12-25' },
  { names: ['昭和', '昭', 'S'], firstYear: 1926, from: '1926-12-25', until: '1989-01-07' },
  { names: ['平成', '平', 'H'], firstYear: 1989, from: '1989-01-08', until: '2019-04-30' },
  { names: ['令和', '令', 'R'], firstYear: 2019, from: '2019-05-01', until: '9999-12-31' },
] as const;

const YEAR_FIRST = /^(\d{4})(?:([/.-])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))$/;
const YEAR_LAST = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/;
const SHORT_YEAR = /^\d{2}([/.-])\d{1,2}\1\d{1,2}$/;
const ERA =
  /^(大正|昭和|平成|令和|[大昭平令TSHR])(元|\d{1,2})(?:年(\d{1,2})月(\d{1,2})日|([/.-])(\d{1,2})\5(\d{1,2}))$/;
/** Midnight behind a day, as databases print it. Any other time of day is not a day. */
const MIDNIGHT = /[ T]0{1,2}:00(?::00(?:\.0+)?)?$/;

/**
 * Reads a calendar day as Japanese HR systems write it: `2012/04/01`, `2018-10-1`, `2012.4.1`, `2012年4月1日`,
 * `20120401`, `平成22年4月1日`, `H22.4.1`, `令和元年5月1日`, full-width digits too, a time of midnight behind it.
 *
 * @param text the cell, not blank
 * @param order how to read `4/5/2012`; without it such a text is `date-ambiguous`, never guessed
 * @returns the day as `YYYY-MM-DD`, or why there is none as `{ fault }`
 */
export function readDay(text: string, order?: DateOrder): Day | { readonly fault: DayFault } {
  // The usual form, without the work of the others.
  const usual = /^(\d{4})([/-])(\d{2})\2(\d{2})$/.exec(text);
  if (usual) return day(Number(usual[1]), Number(usual[3]), Number(usual[4]));
  const plain = text.normalize('NFKC').trim().toUpperCase().replace(MIDNIGHT, '').replace(/\s+/g, '');
  const yearFirst = YEAR_FIRST.exec(plain);
  if (yearFirst) {
    const [, year, , m1, d1, m2, d2, m3, d3] = yearFirst;
    return day(Number(year), Number(m1 ?? m2 ?? m3), Number(d1 ?? d2 ?? d3));
  }
  const era = ERA.exec(plain);
  if (era) {
    const [, name, yearText, m1, d1, , m2, d2] = era;
    const found = ERAS.find((one) => (one.names as readonly string[]).includes(name ?? ''));
    const yearOfEra = yearText === '元' ? 1 : Number(yearText);
    if (!found || yearOfEra === 0) return { fault: 'date-impossible' };
    const read = day(found.firstYear + yearOfEra - 1, Number(m1 ?? m2), Number(d1 ?? d2));
    if (typeof read !== 'string') return read;
    return read < found.from || read > found.until ? { fault: 'date-outside-era' } : read;
  }
  const yearLast = YEAR_LAST.exec(plain);
  if (yearLast) {
    const [, first, , second, year] = yearLast;
    if (order === 'mdy') return day(Number(year), Number(first), Number(second));
    if (order === 'dmy') return day(Number(year), Number(second), Number(first));
    return { fault: 'date-ambiguous' };
  }
  if (SHORT_YEAR.test(plain)) return { fault: 'date-two-digit-year' };
  // Excel counts days from 1900: five digits are 1927 to 2173. Reading them would hide a broken export.
  if (/^\d{5}(?:\.\d+)?$/.test(plain)) return { fault: 'date-excel-serial' };
  return { fault: 'date-unreadable' };
}

/** A day of the Gregorian calendar from 1900 on, or `date-impossible`. */
function day(year: number, month: number, dayOfMonth: number): Day | { readonly fault: DayFault } {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length =
    month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  if (year < 1900 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > length) {
    return { fault: 'date-impossible' };
  }
  return `${year}-${month < 10 ? '0' : ''}${month}-${dayOfMonth < 10 ? '0' : ''}${dayOfMonth}`;
}
