import { proposeMapping } from '../columns';
import { layoutOf } from '../layouts';
import { uniqueHeaders } from '../recognise';
import type { Note, SheetRecognition } from '../recognition';
import { lineOf } from '../staged-sheet';
import { readBook, type Book } from './book';
import { chooseSheet, type ChosenSheet } from './choose';
import { nameOf } from './header';
import { ColumnProfile } from './profile';
import { WORKBOOK_LIMITS, WorkbookRefused, type WorkbookLimits } from './refusal';
import { rowsOf, type SheetRow } from './sheet';
import type { RandomAccess } from '../zip-source';
import { Parts } from './zip';

/** A workbook whose sheet is chosen and whose header is found. */
export interface OpenWorkbook {
  /**
   * The rows below the header, as lines to be staged and read by `parseLeavers`. To be read to its end, once.
   * @throws WorkbookRefused where the sheet is damaged or beyond a limit
   */
  lines(): AsyncGenerator<Uint8Array, void, undefined>;
  /** How the lines are to be read. Known when they were all read: it says which columns hold anything. */
  recognition(): SheetRecognition;
}

/**
 * Opens a workbook (XLSX, XLSM) without keeping it in memory, and without calculating anything.
 *
 * @param sheet the sheet to read, by name or number; without it, the one that looks like a list of leavers
 * @throws WorkbookRefused with the code that says why it is not read
 */
export async function openWorkbook(
  source: RandomAccess,
  sheet?: string,
  limits: WorkbookLimits = WORKBOOK_LIMITS,
): Promise<OpenWorkbook> {
  const book = await readBook(await Parts.open(source, limits));
  const extraction = new Extraction(book, await chooseSheet(book, sheet), sheet);
  return { lines: () => extraction.lines(), recognition: () => extraction.recognition() };
}

class Extraction {
  private readonly profiles: ColumnProfile[] = [];
  private rows = 0;
  private bytes = 0;
  private hiddenRows = 0;
  private formulas = 0;

  constructor(
    private readonly book: Book,
    private readonly sheet: ChosenSheet,
    private readonly asked: string | undefined,
  ) {}

  async *lines(): AsyncGenerator<Uint8Array, void, undefined> {
    const { part, header } = this.sheet;
    for await (const rows of rowsOf(this.book, part)) {
      let text = '';
      for (const row of rows) {
        if (row.number <= header.lastRow) continue;
        this.look(row);
        text += lineOf(row);
      }
      if (text === '') continue;
      const lines = Buffer.from(text);
      this.bytes += lines.length;
      yield lines;
    }
    if (this.rows === 0) throw new WorkbookRefused('sheet-empty');
  }

  private look({ cells, hidden, formulas }: SheetRow): void {
    this.rows += 1;
    if (hidden) this.hiddenRows += 1;
    this.formulas += formulas;
    for (let column = 0; column < cells.length; column += 1) {
      const cell = cells[column];
      if (cell == null) continue;
      (this.profiles[column] ??= new ColumnProfile()).add(cell);
    }
  }

  recognition(): SheetRecognition {
    const { sheet, profiles } = this;
    const { header } = sheet;
    const width = Math.max(header.names.length, profiles.length);
    const columns = Array.from({ length: width }, (_, column) => column).filter(
      (column) => (header.names[column] ?? '') !== '' || profiles[column] !== undefined,
    );
    const headers = uniqueHeaders(columns.map((column) => nameOf(header, column)));
    const profileOf = (index: number): ColumnProfile => profiles[columns[index]!] ?? new ColumnProfile();
    const widths = headers.flatMap((name, index) => {
      const width = profileOf(index).fixedWidth;
      return width === undefined ? [] : [[name, width] as const];
    });
    const myNumberColumns = headers.filter((_, index) => profileOf(index).holdsMyNumbers);
    return {
      ok: true,
      format: 'xlsx',
      sheet: { number: sheet.number, name: sheet.name },
      ...(this.asked !== undefined && { asked: this.asked }),
      headers,
      columns,
      headerLine: header.lastRow,
      layout: layoutOf(headers),
      myNumberColumns,
      date1904: this.book.date1904,
      lineBytes: this.bytes,
      widths: Object.fromEntries(widths),
      notes: [...this.sheetNotes(), ...this.columnNotes(headers, myNumberColumns, profileOf)],
    };
  }

  private sheetNotes(): Note[] {
    const { header, hiddenSheets, otherSheets } = this.sheet;
    const counts: readonly (readonly [Note['code'], number])[] = [
      ['sheets-hidden', hiddenSheets],
      ['sheets-other', otherSheets],
      ['rows-above-header', header.above],
      ['header-joined', header.lastRow > header.firstRow ? header.lastRow - header.firstRow + 1 : 0],
      ['rows-hidden', this.hiddenRows],
      ['formulas-as-saved', this.formulas],
    ];
    return counts.flatMap(([code, count]) => (count > 0 ? [{ code, params: { count } }] : []));
  }

  /** About columns as they will most likely be mapped. */
  private columnNotes(
    headers: readonly string[],
    myNumberColumns: readonly string[],
    profileOf: (index: number) => ColumnProfile,
  ): Note[] {
    const { mapping } = proposeMapping(headers, myNumberColumns);
    return headers.flatMap((column, index): Note[] => {
      const field = mapping[column];
      const { serials, mayLackZeros } = profileOf(index);
      const isDay = field === 'joinedOn' || field === 'leftOn' || field === 'birthDate';
      if (isDay && serials > 0) return [{ code: 'days-from-serials', column, params: { count: serials } }];
      return field === 'employeeNumber' && mayLackZeros ? [{ code: 'zeros-may-be-lost', column }] : [];
    });
  }
}
