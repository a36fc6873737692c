import { csvScanner, textDecoder, type CsvFaultCode, type CsvRecord } from './csv';
import { uniqueHeaders } from './recognise';
import type { FileRecognition, SheetRecognition, TextRecognition } from './recognition';
import { stagedRows } from './staged-sheet';
import type { SheetCell } from './workbook/sheet';

export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** What is wrong with a record as a whole. */
export type RecordCode = 'columns-ragged' | 'bytes-invalid' | 'header-changed';

/** One record of a file: its cells, as many as the file has columns, or what is wrong with it. */
export type FileRecord = {
  /** 1-based physical line on which the record starts; of a sheet, its row as Excel shows it. */
  readonly line: number;
  /** 1-based number of the record, header and blank ones not counted. */
  readonly number: number;
} & (
  | { readonly cells: readonly (SheetCell | null)[]; readonly problem?: undefined; readonly ends?: undefined }
  | { readonly cells?: undefined; readonly problem: RecordProblem; readonly ends?: true }
);

interface RecordProblem {
  readonly code: RecordCode | CsvFaultCode;
  readonly column?: string;
  readonly params?: Readonly<Record<string, number>>;
}

/**
 * The records of a file, in order, blank ones left out. Keeps one chunk and one record in memory. Nothing in the
 * file throws.
 *
 * @param chunks the file's bytes from its first one, cut anywhere; of a workbook, the lines taken out of its sheet
 */
export function recordsOf(
  chunks: Chunks,
  recognition: FileRecognition,
): AsyncGenerator<FileRecord, void, undefined> {
  return recognition.format === 'xlsx' ? ofSheet(chunks, recognition) : ofText(chunks, recognition);
}

/** The rows of a sheet, from the lines that {@link OpenWorkbook} gave. */
async function* ofSheet(
  chunks: Chunks,
  { columns }: SheetRecognition,
): AsyncGenerator<FileRecord, void, undefined> {
  let number = 0;
  for await (const rows of stagedRows(chunks)) {
    for (const { line, cells } of rows) {
      number += 1;
      yield { line, number, cells: columns.map((column) => cells[column] ?? null) };
    }
  }
}

async function* ofText(
  chunks: Chunks,
  recognition: TextRecognition,
): AsyncGenerator<FileRecord, void, undefined> {
  const decoder = textDecoder(recognition.encoding);
  const scanner = csvScanner(recognition.separator);
  const check = recordChecker(recognition.headers);
  for await (const chunk of chunks) {
    for (const record of scanner.push(decoder.write(chunk))) {
      const checked = check(record);
      if (checked) yield checked;
      if (checked?.ends) return;
    }
  }
  for (const record of [...scanner.push(decoder.end()), ...scanner.end()]) {
    const checked = check(record);
    if (checked) yield checked;
  }
}

/** The header is checked against the recognition, blank records are passed over. */
function recordChecker(headers: readonly string[]): (record: CsvRecord) => FileRecord | undefined {
  let headerSeen = false;
  let number = 0;
  return ({ line, cells, fault }) => {
    if (!headerSeen) {
      headerSeen = true;
      const same = !fault && uniqueHeaders(cells).join('\0') === headers.join('\0');
      return same ? undefined : { line, number, problem: { code: 'header-changed' }, ends: true };
    }
    if (!fault && cells.every((cell) => cell === '')) return undefined;
    number += 1;
    if (fault) {
      const column = headers[fault.column];
      const problem = { code: fault.code, params: { line: fault.line } };
      return { line, number, problem: { ...problem, ...(column !== undefined && { column }) }, ends: true };
    }
    if (cells.length !== headers.length) {
      const params = { expected: headers.length, found: cells.length };
      return { line, number, problem: { code: 'columns-ragged', params } };
    }
    // Bytes without meaning, in any column: where one is, the borders of the cells are not sure either.
    const broken = cells.findIndex((cell) => cell.includes('\ufffd'));
    if (broken >= 0)
      return { line, number, problem: { code: 'bytes-invalid', column: headers[broken] ?? '' } };
    return { line, number, cells };
  };
}
