import type { Encoding, Separator } from './csv';
import type { Layout } from './layouts';
import type { SheetName } from './workbook/refusal';

/** How to read a file. Plain data: it can be shown, stored, and corrected by hand before parsing. */
export type FileRecognition = TextRecognition | SheetRecognition;

interface Recognition {
  readonly ok: true;
  /** Column names, trimmed and made unique: a repeated `X` becomes `X [2]`, an empty one `[3]` by its place. */
  readonly headers: readonly string[];
  /** 1-based physical line of the header row; of a sheet, the last row of its header. */
  readonly headerLine: number;
  readonly layout: Layout;
  /** Columns whose cells are My Numbers, told from the rows seen; refused whatever their header says. */
  readonly myNumberColumns: readonly string[];
}

/** How to read a file of text. */
export interface TextRecognition extends Recognition {
  readonly format?: undefined;
  readonly encoding: Encoding;
  readonly bom: boolean;
  readonly separator: Separator;
}

/** How to read what was taken out of a workbook's sheet. */
export interface SheetRecognition extends Recognition {
  readonly format: 'xlsx';
  readonly sheet: SheetName;
  /** The sheet as it was asked for, where it was. */
  readonly asked?: string;
  /** Where the columns of `headers` stand in the sheet, from 0. */
  readonly columns: readonly number[];
  readonly date1904: boolean;
  /** Columns whose numbers, where they are text, all have so many digits, leading zeros among them. */
  readonly widths: Readonly<Record<string, number>>;
  /** Bytes of the lines that were taken out. */
  readonly lineBytes: number;
  /** What a person should know before the rows are read. */
  readonly notes: readonly Note[];
}

export type NoteCode =
  | 'sheets-hidden'
  | 'sheets-other'
  | 'rows-above-header'
  | 'header-joined'
  | 'rows-hidden'
  | 'formulas-as-saved'
  | 'days-from-serials'
  | 'zeros-may-be-lost';

export interface Note {
  readonly code: NoteCode;
  readonly column?: string;
  readonly params?: Readonly<Record<string, number>>;
}
