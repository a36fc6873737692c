import { holdsFor, rosterColumns, type EligibilityRule } from '@enishi/domain';
import type { AsOfRow } from '@enishi/application';
import { foldText, gramsOf, gramsToFind } from '@enishi/projections/alumni-roster/query';
import type { RosterFilters } from '@enishi/projections/alumni-roster/query';
import type { SearchRosterDto } from './roster.dto';

/** Where a page of an as-of roster begins. */
export interface AsOfCursor {
  readonly at: string;
  /** Position of the last event that counts. */
  readonly known: string;
  readonly sortKey: string;
  readonly alumnusId: string;
}

/** The page of rows that the mode and the filters let through, in the order of readings. */
export function pageAsOf(
  rows: readonly AsOfRow[],
  mode: SearchRosterDto['mode'],
  filters: RosterFilters,
  departments: readonly string[] | undefined,
  { at, known }: Pick<AsOfCursor, 'at' | 'known'>,
  after: AsOfCursor | undefined,
  limit: number,
): { readonly rows: readonly AsOfRow[]; readonly total: number; readonly next?: AsOfCursor } {
  const members = rows
    .filter((row) => isListed(row, mode, filters, departments, at))
    .map((row) => ({ row, sortKey: sortKeyOf(row) }))
    .sort((a, b) => compare(a.sortKey, b.sortKey) || compare(a.row.alumnusId, b.row.alumnusId));
  const rest =
    after === undefined
      ? members
      : members.filter(({ row, sortKey }) => isAfter(sortKey, row.alumnusId, after));
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const more = rest.length > limit && last !== undefined;
  return {
    rows: page.map(({ row }) => row),
    total: members.length,
    ...(more && { next: { at, known, sortKey: last.sortKey, alumnusId: last.row.alumnusId } }),
  };
}

/** Whether a row belongs on a list. @param departments what the asker may see; absent: all */
export function isListed(
  row: AsOfRow,
  mode: SearchRosterDto['mode'],
  filters: RosterFilters,
  departments: readonly string[] | undefined,
  at: string,
): boolean {
  return isMember(row, mode) && passes(row, filters, departments, at);
}

function isMember(row: AsOfRow, mode: SearchRosterDto['mode']): boolean {
  if (mode === 'approachable') return row.approach.answer === 'yes';
  return (row.contact.answer === 'yes') === (mode === 'contactable');
}

function passes(
  row: AsOfRow,
  filters: RosterFilters,
  departments: readonly string[] | undefined,
  at: string,
): boolean {
  const { person, values } = row;
  const columns = rosterColumns(person);
  const months = columns.service_months;
  const { text, department, job, serviceMonthsMin, serviceMonthsMax, leftFrom, leftTo } = filters;
  const inScope =
    departments === undefined || (columns.department !== null && departments.includes(columns.department));
  return (
    inScope &&
    (text === undefined || isNamed(values, gramsToFind(text))) &&
    (department === undefined || columns.department === department) &&
    (job === undefined || columns.job === job) &&
    (serviceMonthsMin === undefined || (months !== null && months >= serviceMonthsMin)) &&
    (serviceMonthsMax === undefined || (months !== null && months <= serviceMonthsMax)) &&
    (leftFrom === undefined || (columns.left_on !== null && columns.left_on >= leftFrom)) &&
    (leftTo === undefined || (columns.left_on !== null && columns.left_on <= leftTo)) &&
    isEligible(filters.eligibility, row, at)
  );
}

function isEligible(rule: EligibilityRule | undefined, { person }: AsOfRow, at: string): boolean {
  return rule === undefined || holdsFor(rule, person, at);
}

/** Whether every gram is in one of the names; what has none to find is in nobody's. */
function isNamed(values: AsOfRow['values'], grams: readonly string[]): boolean {
  const names = namesOf(values).map((name) => gramsOf([name]));
  return grams.length > 0 && grams.every((gram) => names.some((name) => name.includes(gram)));
}

function namesOf({ name, kana, formerNames }: AsOfRow['values']): string[] {
  return [
    `${name?.family ?? ''}${name?.given ?? ''}`,
    `${kana?.family ?? ''}${kana?.given ?? ''}`,
    ...(formerNames ?? []),
  ].filter((text) => text !== '');
}

function sortKeyOf({ values: { kana, name } }: AsOfRow): string {
  const reading = `${kana?.family ?? ''}${kana?.given ?? ''}`;
  return foldText(reading === '' ? `${name?.family ?? ''}${name?.given ?? ''}` : reading);
}

function isAfter(sortKey: string, alumnusId: string, cursor: AsOfCursor): boolean {
  return (compare(sortKey, cursor.sortKey) || compare(alumnusId, cursor.alumnusId)) > 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
