import type { Day, Decider, Fact, NewEvent } from '../kernel';
import { refuse } from '../refusals';
import { holdsMyNumber } from '../my-number';
import { UNWANTED } from '../texts';
import type { NumberingYear } from './kinds';

/** How documents are numbered (文書番号): `縁-2026-000123`. */
export interface Numbering {
  readonly prefix: string;
  readonly year: NumberingYear;
}

/** What holds until the company says otherwise; most offices count by the fiscal year. */
export const DEFAULT_NUMBERING: Numbering = { prefix: '縁', year: 'fiscal' };

/** Sets how documents are numbered from now on; numbers that were given stay. */
export interface SetNumbering extends Numbering {
  readonly kind: 'SetNumbering';
}

const LONGEST_PREFIX = 20;

/** Rules of the stream `letter-numbering`. */
export const numberingDecider: Decider<SetNumbering, Numbering, 'LetterNumberingSet'> = {
  initial: DEFAULT_NUMBERING,

  decide({ prefix, year }, state) {
    const wrong = prefix.length > LONGEST_PREFIX || /[\s{}]/.test(prefix) || UNWANTED.test(prefix);
    if (prefix === '' || wrong || holdsMyNumber(prefix))
      return refuse('letter-prefix-invalid', { most: LONGEST_PREFIX });
    if (prefix === state.prefix && year === state.year) return [];
    return [{ type: 'LetterNumberingSet', data: { prefix, year } }];
  },

  evolve: (_, { data: { prefix, year } }) => ({ prefix, year }),
};

/** Takes the next number of a year for a letter. */
export interface TakeNumber {
  readonly kind: 'TakeNumber';
  readonly letterId: string;
  readonly year: number;
  readonly prefix: string;
}

/**
 * Rules of a stream `letters-<year>`: each event is one number. It is appended at the revision that was read, so that no
 * number is given twice and none is left out, however many ask at once; and a letter has one. Only the events since the
 * letter was ordered need be read, and the last one.
 */
export const letterNumberDecider: Decider<TakeNumber, readonly Fact<'LetterNumbered'>[], 'LetterNumbered'> = {
  initial: [],

  decide({ letterId, year, prefix }, given) {
    if (given.some(({ data }) => data.letterId === letterId)) return [];
    const number = (given.at(-1)?.data.number ?? 0) + 1;
    const documentNumber = `${prefix}-${year}-${String(number).padStart(6, '0')}`;
    return [{ type: 'LetterNumbered', data: { letterId, year, number, documentNumber } } satisfies NewEvent];
  },

  evolve: (given, fact) => [...given, fact],
};

/**
 * The year a day is numbered under. Japan's fiscal year begins on 1 April and is called by the year in which it begins.
 *
 * @example numberingYear('2027-03-31', 'fiscal') // 2026
 */
export function numberingYear(day: Day, by: NumberingYear): number {
  const year = Number(day.slice(0, 4));
  return by === 'fiscal' && day.slice(5) < '04-01' ? year - 1 : year;
}
