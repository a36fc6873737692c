import { isKnownHeader, plainHeader } from '../columns';
import { looksLikeData } from '../recognise';
import type { Merge } from './merges';
import { lettersOf, type SheetCell, type SheetRow } from './sheet';

/** Where the column names of a sheet stand, and what they are. */
export interface Header {
  /** Name of each column from 0; empty where there is none. */
  readonly names: readonly string[];
  /** Rows of the sheet, from 1. */
  readonly firstRow: number;
  readonly lastRow: number;
  /** Rows that hold something above it: titles and remarks. */
  readonly above: number;
}

/** Rows in which a header is looked for: those that hold something, and no further down than this. */
export const HEADER_WITHIN = 40;
/** Fewest names we must know to be sure of a header row. */
const SURE = 2;

/** Groups about somebody else: a telephone number under `緊急連絡先` is never the person's. */
const ABOUT_OTHERS =
  /家族|緊急|扶養|配偶|世帯主|帰省|保証人|身元|代理|上司|紹介|推薦|後任|前任|担当|emergency|spouse|relative|manager/i;

/**
 * Finds the header of a sheet in its first rows: the row with the most names we know, below whatever titles;
 * joined with the row above or below it where merged cells make them one header.
 *
 * @param rows the first rows that hold something, in their order
 * @param merges merged cells that begin in them
 * @returns undefined where no row looks like a header
 */
export function findHeader(rows: readonly SheetRow[], merges: readonly Merge[]): Header | undefined {
  const texts = rows.map((row) => textsOf(row, merges));
  const scores = texts.map((row) => known(row));
  const best = scores.indexOf(Math.max(...scores));
  const at = (scores[best] ?? 0) >= SURE ? best : plausible(rows, texts);
  const row = at < 0 ? undefined : rows[at];
  if (row === undefined) return undefined;

  let first = at;
  let names: readonly string[] = texts[at] ?? [];
  const above = rows[at - 1];
  if (above && above.number === row.number - 1) {
    const joined = underGroups(names, texts[at - 1] ?? [], above, merges);
    if (joined) [names, first] = [joined, at - 1];
  }
  let last = at;
  const below = rows[at + 1];
  if (first === at && below && below.number === row.number + 1) {
    const joined = overParts(names, texts[at + 1] ?? [], row, below, merges);
    if (joined) [names, last] = [joined, at + 1];
  }
  return {
    names: names.map((name) => name.replace(/\s+/g, ' ').trim()),
    firstRow: rows[first]?.number ?? row.number,
    lastRow: rows[last]?.number ?? row.number,
    above: first,
  };
}

/** A header without names that we know: filled nearly as wide as the table, and with nothing but names. */
function plausible(rows: readonly SheetRow[], texts: readonly (readonly string[])[]): number {
  const width = Math.max(0, ...rows.map(({ cells }) => filled(cells)));
  return rows.findIndex(
    ({ cells }, index) =>
      filled(cells) >= Math.max(2, width / 2) &&
      cells.every((cell) => cell === null || typeof cell === 'string') &&
      !(texts[index] ?? []).some(looksLikeData),
  );
}

/** Texts of a row's cells, merged cells filled with what their first cell holds; numbers and days are no names. */
function textsOf({ number, cells }: SheetRow, merges: readonly Merge[]): string[] {
  const texts = cells.map((cell) => (typeof cell === 'string' ? cell : ''));
  for (const { top, bottom, left, right } of merges) {
    if (top !== number || bottom < number || right - left > 1000) continue;
    const value = texts[left] ?? '';
    if (value !== '') for (let column = left; column <= right; column += 1) texts[column] = value;
  }
  return Array.from(texts, (text) => text ?? '');
}

/** Joins names with the groups written above them; undefined where the row above is a title or data. */
function underGroups(
  names: readonly string[],
  groups: readonly string[],
  above: SheetRow,
  merges: readonly Merge[],
): readonly string[] | undefined {
  const width = Math.max(names.length, groups.length);
  const spans = merges.filter(({ top, left, right }) => top === above.number && right > left);
  const isTitle = spans.some(({ left, right }) => right - left + 1 >= width * 0.8);
  const texts = new Set(groups.filter((group) => group !== ''));
  if (isTitle || !holdsNames(above, groups)) return undefined;
  // Without merged cells a group is written over its first column: the next ones hang under it.
  const spread = spans.length > 0 ? groups : spreadRight(groups, names);
  const joined = joinAll(spread, names);
  const says = known(joined) > known(names) || spread.some((group) => ABOUT_OTHERS.test(group));
  return says || (spans.length > 0 && texts.size > 1) ? joined : undefined;
}

/** Joins names with the parts written below them; undefined where the row below is data. */
function overParts(
  names: readonly string[],
  parts: readonly string[],
  row: SheetRow,
  below: SheetRow,
  merges: readonly Merge[],
): readonly string[] | undefined {
  if (!holdsNames(below, parts)) return undefined;
  const own = merges.filter(({ top }) => top === row.number);
  const isSplit = own.some(({ left, right, bottom }) => right > left && bottom === row.number);
  const joined = joinAll(isSplit ? names : spreadRight(names, parts), parts);
  const isTall = own.some(({ bottom }) => bottom > row.number);
  return (isSplit && isTall) || known(joined) > known(names) ? joined : undefined;
}

function holdsNames({ cells }: SheetRow, texts: readonly string[]): boolean {
  return cells.every((cell) => cell === null || typeof cell === 'string') && !texts.some(looksLikeData);
}

function spreadRight(groups: readonly string[], parts: readonly string[]): readonly string[] {
  let group = '';
  return Array.from({ length: Math.max(groups.length, parts.length) }, (_, column) => {
    const [own, isOver] = [groups[column] ?? '', (parts[column] ?? '') !== ''];
    if (own !== '') group = isOver ? own : '';
    return own === '' && isOver ? group : own;
  });
}

function joinAll(groups: readonly string[], parts: readonly string[]): string[] {
  const length = Math.max(groups.length, parts.length);
  return Array.from({ length }, (_, column) => join(groups[column] ?? '', parts[column] ?? ''));
}

/**
 * `氏名` over `姓` is `氏名(姓)`. A name that we know only without its group stands alone, unless the group is
 * about somebody else.
 */
function join(group: string, part: string): string {
  if (group === '' || part === '' || plainHeader(group) === plainHeader(part)) return part || group;
  const joined = `${group}(${part})`;
  return ABOUT_OTHERS.test(group) || isKnownHeader(joined) || !isKnownHeader(part) ? joined : part;
}

function known(names: readonly string[]): number {
  return names.filter((name) => name !== '' && isKnownHeader(name)).length;
}

function filled(cells: readonly (SheetCell | null)[]): number {
  return cells.filter((cell) => cell !== null).length;
}

/** Name of a column for people, where it has none of its own: its letter. */
export function nameOf(header: Header, column: number): string {
  return header.names[column] || `[${lettersOf(column)}]`;
}
