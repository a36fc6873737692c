import type { Bilingual, Language } from '@enishi/domain';

/** A report as it is to be printed; plain data, so that another thread can print it. */
export interface Report {
  readonly language: Language;
  readonly title: string;
  /** Who, what of, when: label and text. */
  readonly particulars: readonly (readonly [string, string])[];
  readonly totals: readonly (readonly [string, string])[];
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly string[])[];
  /** How a reader can check it. */
  readonly verification: readonly string[];
  /** Stands at the foot of every page, beside its number. */
  readonly foot: string;
  readonly author: string;
  /** When it was made; the same in the file's properties. */
  readonly madeAt: string;
}

/** A column of a report. Widths are in points; those of a page of A4 across come to 782. */
export interface ReportColumn<Heading = string> {
  readonly heading: Heading;
  readonly width: number;
  /** Ids and times: one line each, whose breaks need not be looked for. */
  readonly whole?: true;
}

/** The columns in one language. */
export function columnsIn(
  language: Language,
  columns: readonly ReportColumn<Bilingual>[],
): readonly ReportColumn[] {
  return columns.map(({ heading, ...rest }) => ({ ...rest, heading: heading[language] }));
}

/** Lines that a report prints at most; more are for a table. */
export const MOST_LINES = 5000;

const TOKYO = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'short',
  timeStyle: 'medium',
});

/** An instant as people in Japan read it, to the second: `2026-11-21 20:01:15`. */
export function inTokyo(instant: string): string {
  return TOKYO.format(Date.parse(instant));
}
