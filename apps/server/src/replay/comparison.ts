import type { PersonAnswer } from '@enishi/domain';
import type { PersonAt, SubjectCursor } from '@enishi/projections/as-of-facts/query';

/** Who is on a roster in one state of things and not in another, with how many there are in all. */
export interface Compared {
  readonly rows: readonly Record<string, unknown>[];
  readonly totals: Record<string, unknown> | undefined;
  readonly next?: SubjectCursor;
}

/** What a comparison tells of one person after the other. */
export interface Telling {
  /** A row about somebody for whom it matters; `undefined` of everybody else. */
  row(before: PersonAnswer, after: PersonAnswer): Record<string, unknown> | undefined;
  count(before: PersonAnswer, after: PersonAnswer): void;
  /** Of everybody counted. */
  totals(): Record<string, unknown>;
}

/**
 * Compares two answers about everybody.
 * @param chunks with two answers for each person: before and after
 * @param departments what the asker may see; absent: all. Who was elsewhere in either state is left out
 * @param counts whether everybody is counted, or only as many looked at as fill the page
 */
export async function compare(
  chunks: AsyncIterable<readonly PersonAt[]>,
  telling: Telling,
  departments: readonly string[] | undefined,
  limit: number,
  counts: boolean,
): Promise<Compared> {
  const found: { readonly row: Record<string, unknown>; readonly at: SubjectCursor }[] = [];
  for await (const people of chunks) {
    for (const { sortKey, alumnusId, answers } of people) {
      const [before, after] = answers as readonly [PersonAnswer, PersonAnswer];
      if (!isSeen(before, departments) || !isSeen(after, departments)) continue;
      telling.count(before, after);
      const row = found.length > limit ? undefined : telling.row(before, after);
      if (row !== undefined) found.push({ row, at: { sortKey, alumnusId } });
    }
    if (!counts && found.length > limit) break;
  }
  const last = found[limit - 1];
  return {
    rows: found.slice(0, limit).map(({ row }) => row),
    totals: counts ? telling.totals() : undefined,
    ...(found.length > limit && last && { next: last.at }),
  };
}

function isSeen({ person }: PersonAnswer, departments: readonly string[] | undefined): boolean {
  if (departments === undefined || person === undefined) return true;
  const department = person.latest?.department;
  return department !== undefined && departments.includes(department);
}
