import { longestKept, type KeptCategory } from '../erasable';
import type { Day } from '../kernel';
import type { Category } from '../terms';
import { addDays } from '../time';
import { documentRow } from './documents';
import { lawNumber } from './law-number';
import { periodsAt, type LawSettings } from './law-settings';
import type { LawCode } from './law-table';
import { periodEnd } from './period';
import type { RetentionGround } from './person-grounds';
import { latestEnd, retentionMonths, type RetentionEnd } from './retention';

/** What the retention of people needs to know of a purpose. */
export interface RetainingPurpose {
  readonly purposeId: string;
  /** What it uses, over all versions that were published. */
  readonly categories: readonly Category[];
  /** The first day on which it is used no longer. */
  readonly retiredOn?: Day;
}

/** How long a ground lasts under the law of a day: first the wait, then the period. */
export interface RetentionTerm {
  readonly days: number;
  readonly months: number;
  /** A ground of a retired purpose runs from this day at the latest. */
  readonly latestFirst?: Day;
  readonly categories: readonly Category[];
  /** The number of law that says so. */
  readonly number: LawCode;
}

/** A ground and what it comes to under the law of a day. */
export interface RetentionBasis extends RetentionGround, Pick<RetentionTerm, 'categories' | 'number'> {
  readonly end: RetentionEnd;
}

/** What the roster needs of somebody whoever asks; the rest only where a purpose names it. */
const NEEDED: readonly Category[] = ['programme', 'contact'];
const REGISTERED: readonly Category[] = ['programme', 'contact', 'profile', 'leaving-detail'];

/**
 * How long grounds of a kind last under the law of a day.
 *
 * @param ground those of the same kind, document and purpose have the same
 * @param purposes by id; a ground of a purpose that is not among them keeps what every purpose needs
 */
export function retentionTerm(
  { ground, document, purposeId }: Pick<RetentionGround, 'ground' | 'document' | 'purposeId'>,
  purposes: ReadonlyMap<string, RetainingPurpose>,
  at: Day,
  settings: LawSettings,
): RetentionTerm {
  const { number } = documentRow(document);
  const months = retentionMonths(document, at, settings.numbers);
  if (document === 'consent-evidence') return { days: 0, months, categories: ['consent-evidence'], number };
  if (document === 'request-record') return { days: 0, months, categories: ['request-record'], number };
  if (document !== 'alumni-programme') return { days: 0, months, categories: [], number };
  if (ground === 'not-yet-asked') {
    const wait = lawNumber('approach-wait', at, settings.numbers);
    return { days: 0, months: wait, categories: REGISTERED, number: 'approach-wait' };
  }
  const own = purposeId === undefined ? undefined : periodsAt(purposeId, at, settings);
  const purpose = purposeId === undefined ? undefined : purposes.get(purposeId);
  const waits = ground === 'answer-awaited';
  const answerDays = own?.answerDays ?? lawNumber('answer-wait', at, settings.numbers);
  return {
    days: waits ? answerDays : 0,
    months: own?.keepMonths ?? months,
    categories: [...new Set([...NEEDED, ...(purpose?.categories ?? [])])],
    number: waits ? 'answer-wait' : number,
    ...(purpose?.retiredOn !== undefined && { latestFirst: purpose.retiredOn }),
  };
}

/** Until when a ground keeps something. */
export function groundEnd(
  { document, first }: Pick<RetentionGround, 'document' | 'first'>,
  { days, months, latestFirst }: RetentionTerm,
): RetentionEnd {
  const own = first === undefined ? undefined : addDays(first, days);
  const from = latestFirst !== undefined && (own === undefined || latestFirst < own) ? latestFirst : own;
  if (from === undefined) return { kind: 'open', missing: documentRow(document).anchor };
  return { kind: 'until', from, until: periodEnd(from, months) };
}

/**
 * What keeps which data of a person until when, under the law of a day. The latest end wins ({@link dataKeptUntil}); a
 * basis never says that anybody may be contacted: `contactability` does not look at it.
 */
export function retentionBases(
  grounds: readonly RetentionGround[],
  purposes: ReadonlyMap<string, RetainingPurpose>,
  at: Day,
  settings: LawSettings,
): readonly RetentionBasis[] {
  return grounds.map((ground) => {
    const term = retentionTerm(ground, purposes, at, settings);
    return { ...ground, categories: term.categories, number: term.number, end: groundEnd(ground, term) };
  });
}

/** What keeps a category longest; `undefined` where nothing does, and it is due. */
export function dataKeptUntil(
  bases: readonly RetentionBasis[],
  category: Category,
): RetentionEnd | undefined {
  return latestEnd(bases.filter(({ categories }) => categories.includes(category)).map(({ end }) => end));
}

/** What keeps each category longest, of those that anything keeps. */
export function keptCategories(bases: readonly RetentionBasis[]): readonly KeptCategory[] {
  const longest = new Map<Category, KeptCategory>();
  for (const { categories, number, end } of bases) {
    for (const category of categories) {
      const one: KeptCategory = { category, number, ...(end.kind === 'until' && { until: end.until }) };
      const known = longest.get(category);
      longest.set(category, known === undefined ? one : longestKept([known, one])!);
    }
  }
  return [...longest.values()];
}
