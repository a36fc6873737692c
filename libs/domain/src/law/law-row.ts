import type { Day } from '../kernel';
import type { Bilingual } from '../shapes';

export type LawUnit = 'years' | 'months' | 'days';

/** A number as it holds from a day on, until the next version's day. */
export interface LawVersion {
  readonly from: Day;
  readonly value: number;
  /** What a company may set instead; the same as `value` where the law leaves no choice. */
  readonly least: number;
  readonly most: number;
}

/** A number that a law or a policy of ours states: the code asks for it by its code, docs/law.md is made from it. */
export interface LawRow {
  readonly rule: Bilingual;
  /** The article, or that it is a policy of ours. */
  readonly law: Bilingual;
  readonly unit: LawUnit;
  /** Ascending. The first one also answers for the days before it. */
  readonly versions: readonly [LawVersion, ...LawVersion[]];
  /** What executes it: function and file, from the root of the repository. */
  readonly executed: { readonly by: string; readonly file: string };
  /** The spec that fails without the row; it names the row's code. */
  readonly test: string;
}

/** Where the law is silent. */
export const POLICY: Bilingual = { ja: '当社方針', en: 'policy' };

/** The day as of which the rows were drawn up. A number that has held for longer begins with it too. */
export const AS_OF: Day = '2026-11-01';

/** A number in which the law leaves no choice. */
export function fixed(value: number, from: Day = AS_OF): readonly [LawVersion] {
  return [{ from, value, least: value, most: value }];
}

/** A number that a company may set within a range. */
export function between(
  least: number,
  value: number,
  most: number,
  from: Day = AS_OF,
): readonly [LawVersion] {
  return [{ from, value, least, most }];
}
