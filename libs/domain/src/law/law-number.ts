import type { Day } from '../kernel';
import type { LawRow, LawVersion } from './law-row';
import { LAW, type LawCode } from './law-table';

/** What the company has set instead of a default, from a day on. */
export interface LawSetting {
  readonly code: LawCode;
  readonly value: number;
  readonly from: Day;
  /** The event that says so. */
  readonly eventId: string;
}

/** The row's version that holds on a day. */
export function lawVersion(code: LawCode, at: Day): LawVersion {
  const { versions }: LawRow = LAW[code];
  return versions.findLast(({ from }) => from <= at) ?? versions[0];
}

/**
 * The number that holds on a day: what the company has set by then, where the law of that day still allows it, else the
 * default. A setting that a new version of the law leaves behind counts no longer.
 *
 * @param set in the order of recording; of two from the same day the later one counts
 * @example lawNumber('labour-records', '2026-11-21') // 3
 */
export function lawNumber(code: LawCode, at: Day, set: readonly LawSetting[] = []): number {
  const { value, least, most } = lawVersion(code, at);
  const own = settingAt(code, at, set)?.value;
  return own !== undefined && own >= least && own <= most ? own : value;
}

/** What the company has set for a number, as of a day. */
export function settingAt(code: LawCode, at: Day, set: readonly LawSetting[]): LawSetting | undefined {
  return set
    .filter((one) => one.code === code && one.from <= at)
    .reduce<LawSetting | undefined>(
      (latest, one) => (latest === undefined || one.from >= latest.from ? one : latest),
      undefined,
    );
}
