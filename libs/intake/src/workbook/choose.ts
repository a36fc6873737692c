import { checkMapping, proposeMapping } from '../columns';
import { uniqueHeaders } from '../recognise';
import type { Book, SheetEntry } from './book';
import { findHeader, HEADER_WITHIN, nameOf, type Header } from './header';
import { readMerges } from './merges';
import { WorkbookRefused, type SheetName } from './refusal';
import { rowsOf, type SheetRow } from './sheet';

/** A sheet to be read, and where its header is. */
export interface ChosenSheet extends SheetName {
  readonly part: string;
  readonly header: Header;
  /** Sheets left out: hidden ones, and other ones that hold something. */
  readonly hiddenSheets: number;
  readonly otherSheets: number;
}

interface Candidate extends SheetName {
  readonly entry: SheetEntry;
  readonly isEmpty: boolean;
  readonly header?: Header;
}

/**
 * Chooses the sheet that holds the leavers: the one asked for; else the only one that looks like a list of them;
 * else the only one that holds anything.
 *
 * @param asked name of a sheet, or its number as the tabs are counted in Excel (a name is tried first)
 * @throws WorkbookRefused `sheet-not-chosen` with the sheets where several may be meant; others as their codes say
 */
export async function chooseSheet(book: Book, asked?: string): Promise<ChosenSheet> {
  const visible = book.sheets.filter(({ hidden }) => !hidden);
  const hiddenSheets = book.sheets.length - visible.length;
  const names = visible.map(({ name }, index) => ({ number: index + 1, name }));
  if (asked !== undefined) {
    const entry = visible[indexOf(asked, book, names)]!;
    const candidate = await candidateOf(book, entry, visible.indexOf(entry) + 1);
    if (candidate.isEmpty) throw new WorkbookRefused('sheet-empty');
    return chosen(candidate, hiddenSheets, visible.length - 1);
  }
  const candidates: Candidate[] = [];
  for (const [index, entry] of visible.entries()) {
    const candidate = await candidateOf(book, entry, index + 1);
    if (!candidate.isEmpty) candidates.push(candidate);
  }
  if (candidates.length === 0) throw new WorkbookRefused('sheet-none');
  const likely = candidates.filter(({ header }) => header && looksLikeLeavers(header));
  const [only, another] = likely.length > 0 ? likely : candidates;
  if (only === undefined || another !== undefined) {
    const choice = (likely.length > 0 ? likely : candidates).map(({ number, name }) => ({ number, name }));
    throw new WorkbookRefused('sheet-not-chosen', { count: choice.length }, choice);
  }
  return chosen(only, hiddenSheets, candidates.length - 1);
}

function indexOf(asked: string, book: Book, names: readonly SheetName[]): number {
  const wanted = plainName(asked);
  const byName = names.findIndex(({ name }) => plainName(name) === wanted);
  if (byName >= 0) return byName;
  if (book.sheets.some(({ name, hidden }) => hidden && plainName(name) === wanted)) {
    throw new WorkbookRefused('sheet-hidden', {}, names);
  }
  const byNumber = /^\d{1,4}$/.test(wanted) ? names.findIndex(({ number }) => number === Number(wanted)) : -1;
  if (byNumber < 0) throw new WorkbookRefused('sheet-unknown', {}, names);
  return byNumber;
}

/** Names of sheets as Excel compares them, and as people type them. */
function plainName(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

function chosen(
  { number, name, entry, header }: Candidate,
  hiddenSheets: number,
  otherSheets: number,
): ChosenSheet {
  if (header === undefined) throw new WorkbookRefused('header-not-found');
  return { number, name, part: entry.part, header, hiddenSheets, otherSheets };
}

async function candidateOf(book: Book, entry: SheetEntry, number: number): Promise<Candidate> {
  const rows = await firstRows(book, entry.part);
  const lastRow = rows.at(-1)?.number ?? 0;
  const merges = rows.length === 0 ? [] : await readMerges(book, entry.part, lastRow);
  const header = findHeader(rows, merges);
  return { number, name: entry.name, entry, isEmpty: rows.length === 0, ...(header && { header }) };
}

async function firstRows(book: Book, part: string): Promise<readonly SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const some of rowsOf(book, part)) {
    rows.push(...some);
    if (rows.length >= HEADER_WITHIN) break;
  }
  return rows.slice(0, HEADER_WITHIN);
}

/** Whether every field that an import needs has a column. */
function looksLikeLeavers(header: Header): boolean {
  const headers = uniqueHeaders(header.names.map((_, column) => nameOf(header, column)));
  return checkMapping(proposeMapping(headers).mapping, headers).length === 0;
}
