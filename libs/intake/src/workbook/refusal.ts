/** Why a workbook is not read. Codes are stable; each has its text in `messages-workbook.ts`. */
export type WorkbookCode =
  | 'file-is-zip'
  | 'file-is-not-workbook'
  | 'workbook-encrypted'
  | 'workbook-damaged'
  | 'workbook-too-large'
  | 'sheet-none'
  | 'sheet-unknown'
  | 'sheet-hidden'
  | 'sheet-empty'
  | 'sheet-not-chosen'
  | 'sheet-too-wide'
  | 'header-not-found';

/** A sheet as people choose it: tabs are counted as Excel shows them, hidden ones left out. */
export interface SheetName {
  readonly number: number;
  /** Company text: shown to who uploads, kept out of logs. */
  readonly name: string;
}

/** Stops the reading of a workbook. Its message is the code alone, so that a log holds nothing of the file. */
export class WorkbookRefused extends Error {
  constructor(
    readonly code: WorkbookCode,
    readonly params: Readonly<Record<string, number>> = {},
    /** With `sheet-not-chosen`, `sheet-unknown` and `sheet-hidden`: the sheets there are to choose from. */
    readonly sheets?: readonly SheetName[],
  ) {
    super(code);
    this.name = 'WorkbookRefused';
  }
}

/**
 * What a workbook may unfold to. A zip of a few kilobytes can hold gigabytes, so every part has its limit, which
 * is held against the size the zip declares and against the bytes that come out.
 */
export interface WorkbookLimits {
  /** Entries of the zip. */
  readonly entries: number;
  /** Bytes of a part that says how the workbook is made: relations, list of sheets, formats. */
  readonly smallPart: number;
  /** Bytes of the table of texts, which is kept in memory. */
  readonly strings: number;
  /** Bytes of one sheet's XML, which is not. */
  readonly sheet: number;
  /** Columns that hold something. */
  readonly columns: number;
}

const MEBIBYTE = 1024 * 1024;

/** A million leavers of twenty columns stay below these. */
export const WORKBOOK_LIMITS: WorkbookLimits = {
  entries: 10_000,
  smallPart: 16 * MEBIBYTE,
  strings: 256 * MEBIBYTE,
  sheet: 1536 * MEBIBYTE,
  columns: 512,
};

/** Rows and columns of a sheet as Excel has them. */
export const EXCEL_ROWS = 1_048_576;
export const EXCEL_COLUMNS = 16_384;

/** A part that unfolds to more than `limit` bytes. */
export function tooLarge(limit: number): WorkbookRefused {
  return new WorkbookRefused('workbook-too-large', { megabytes: Math.max(1, Math.floor(limit / MEBIBYTE)) });
}
