import { isTrue, type Book } from './book';
import { EXCEL_COLUMNS, EXCEL_ROWS, WorkbookRefused } from './refusal';
import { dayOfSerial } from './serials';
import { RichText, unescaped } from './strings';
import { readXml, type Attributes, type XmlReader } from './xml';

/**
 * What a cell holds: text; a plain number; a number shown as a day, as that day (empty where there is none); an
 * error such as `#N/A`; a formula whose result was not saved.
 */
export type SheetCell =
  string | number | { readonly day: string } | { readonly error: true } | { readonly formula: true };

export interface SheetRow {
  /** As Excel shows it, from 1. */
  readonly number: number;
  readonly hidden: boolean;
  /** By column, from 0; null where nothing is. */
  readonly cells: readonly (SheetCell | null)[];
  /** How many cells were calculated by a formula. */
  readonly formulas: number;
}

/**
 * The rows of a sheet that hold something, in their order. Results of formulas are taken as they were saved;
 * nothing is calculated.
 *
 * @param part name of the sheet's part
 * @returns the rows of each piece read, which may be none
 * @throws WorkbookRefused where the sheet is damaged or beyond a limit
 */
export async function* rowsOf(
  book: Book,
  part: string,
): AsyncGenerator<readonly SheetRow[], void, undefined> {
  const reader = new RowReader(book);
  for await (const _ of readXml(book.parts.read(part, book.parts.bounds.sheet), reader)) {
    yield reader.take();
  }
}

/** Zero-based column of a cell's reference such as `AB12`. */
export function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
    if (column > EXCEL_COLUMNS) throw new WorkbookRefused('workbook-damaged');
  }
  return column - 1;
}

/** The letters of a zero-based column. */
export function lettersOf(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? lettersOf(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}

interface OpenRow {
  number: number;
  hidden: boolean;
  cells: (SheetCell | null)[];
  formulas: number;
}

interface OpenCell {
  column: number;
  type: string;
  style: number;
  value: string | undefined;
  formula: boolean;
}

class RowReader implements XmlReader {
  private rows: SheetRow[] = [];
  private row: OpenRow | undefined;
  private cell: OpenCell | undefined;
  private lastRow = 0;
  private inValue = false;
  private inline: RichText | undefined;

  constructor(private readonly book: Book) {}

  take(): readonly SheetRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  open(name: string, attributes: Attributes): void {
    if (this.inline) this.inline.open(name);
    else if (name === 'c') this.openCell(attributes);
    else if (name === 'v') this.inValue = this.cell !== undefined;
    else if (name === 'f' && this.cell) this.cell.formula = true;
    else if (name === 'is' && this.cell) this.inline = new RichText();
    else if (name === 'row') this.openRow(attributes);
  }

  text(text: string): void {
    if (this.inline) this.inline.text(text);
    else if (this.inValue && this.cell) this.cell.value = (this.cell.value ?? '') + text;
  }

  close(name: string): void {
    if (name === 'v') this.inValue = false;
    else if (name === 'is') {
      if (this.cell && this.inline) this.cell.value = this.inline.whole;
      this.inline = undefined;
    } else if (this.inline) this.inline.close(name);
    else if (name === 'c') this.closeCell();
    else if (name === 'row') this.closeRow();
  }

  private openRow({ r, hidden }: Attributes): void {
    const number = r === undefined ? this.lastRow + 1 : Number(r);
    if (!Number.isInteger(number) || number <= this.lastRow || number > EXCEL_ROWS) {
      throw new WorkbookRefused('workbook-damaged');
    }
    this.lastRow = number;
    this.row = { number, hidden: isTrue(hidden), cells: [], formulas: 0 };
  }

  private closeRow(): void {
    if (this.row && this.row.cells.length > 0) this.rows.push(this.row);
    this.row = undefined;
  }

  private openCell({ r, t, s }: Attributes): void {
    if (!this.row) return;
    const column = r === undefined ? this.row.cells.length : columnOf(r);
    if (column < this.row.cells.length) throw new WorkbookRefused('workbook-damaged');
    this.cell = { column, type: t ?? 'n', style: Number(s ?? 0), value: undefined, formula: false };
  }

  private closeCell(): void {
    const { row, cell, book } = this;
    this.cell = undefined;
    if (!row || !cell) return;
    const held = valueOf(cell, book);
    if (held === null) return;
    const { columns } = book.parts.bounds;
    if (cell.column >= columns) throw new WorkbookRefused('sheet-too-wide', { limit: columns });
    while (row.cells.length < cell.column) row.cells.push(null);
    row.cells.push(held);
    if (cell.formula) row.formulas += 1;
  }
}

function valueOf({ type, style, value, formula }: OpenCell, book: Book): SheetCell | null {
  if (value === undefined) return formula ? { formula: true } : null;
  switch (type) {
    case 's':
      return textOrNull(book.strings.at(Number(value)));
    case 'str':
      return textOrNull(unescaped(value));
    case 'inlineStr':
      return textOrNull(value);
    case 'b':
      return isTrue(value) ? 'TRUE' : 'FALSE';
    case 'e':
      return { error: true };
    case 'd':
      return { day: value.replace('T', ' ').replace(/ 00:00(:00(\.0+)?)?$/, '') };
    default:
      return numberOf(value, style, book);
  }
}

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text;
}

function numberOf(text: string, style: number, { formats, date1904 }: Book): SheetCell | null {
  if (text.trim() === '') return null;
  const value = Number(text);
  if (!Number.isFinite(value)) throw new WorkbookRefused('workbook-damaged');
  const format = formats[style];
  if (format === 'date') return { day: dayOfSerial(value, date1904) ?? '' };
  return format?.(value) ?? value;
}
