const DAY_MS = 86_400_000;
const SECONDS = 86_400;
/** Serial 0 of the two systems (ECMA-376 18.17.4.1). That of 1900 takes 1900 for a leap year, as Lotus did. */
const ZERO_1900 = Date.UTC(1899, 11, 30);
const ZERO_1904 = Date.UTC(1904, 0, 1);
/** 9999-12-31. */
const LAST_SERIAL = 2_958_465;

/**
 * The day, and time if it has one, that a spreadsheet's serial number stands for.
 *
 * @param serial days since the beginning of the system, with the time of day as fraction
 * @param date1904 whether the workbook counts from 1904, as Excel for Macintosh did
 * @returns `2019-03-31` or `2019-03-31 17:30`; undefined where there is no such day
 */
export function dayOfSerial(serial: number, date1904: boolean): string | undefined {
  let day = Math.floor(serial);
  let seconds = Math.round((serial - day) * SECONDS);
  if (seconds === SECONDS) [day, seconds] = [day + 1, 0];
  if (!(serial >= (date1904 ? 0 : 1)) || day > LAST_SERIAL) return undefined;
  // 29 February 1900, which never was.
  if (!date1904 && day === 60) return undefined;
  const days = !date1904 && day < 60 ? day + 1 : day;
  const moment = new Date((date1904 ? ZERO_1904 : ZERO_1900) + days * DAY_MS + seconds * 1000).toISOString();
  return seconds === 0 ? moment.slice(0, 10) : `${moment.slice(0, 10)} ${moment.slice(11, 16)}`;
}

/**
 * Whether a number without a date's format is taken for a serial in a column of days: five digits, which are
 * 1927 to 2173. Smaller ones are most likely years or counts, larger ones days written as `20190331`.
 */
export function isLikelySerial(value: number): boolean {
  return value >= 10_000 && value < 100_000;
}
