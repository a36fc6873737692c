import type { Day } from '@enishi/domain';
import { checkMapping, type Mapping, type MappingProblem } from './columns';
import { csvScanner, textDecoder, type CsvFaultCode, type CsvRecord } from './csv';
import type { DateOrder } from './days';
import { uniqueHeaders } from './recognise';
import type { FileRecognition, SheetRecognition, TextRecognition } from './recognition';
import type { CellCode } from './cells';
import { rowReader, type LeaverRow, type Problem } from './rows';
import { stagedRows } from './staged-sheet';

export type ParseCode = CellCode | CsvFaultCode | 'columns-ragged' | 'bytes-invalid' | 'header-changed';

/** What one record of the file came to. Values are in `row` only, and only of a leaver. */
export interface LeaverResult {
  /** 1-based physical line on which the record starts; of a sheet, its row as Excel shows it. */
  readonly line: number;
  /** 1-based number of the record, header and blank ones not counted. */
  readonly number: number;
  readonly outcome: 'leaver' | 'not-a-leaver' | 'refused';
  /** With `leaver`. */
  readonly row?: LeaverRow;
  /** With `not-a-leaver`. */
  readonly reason?: 'still-employed' | 'leaves-later';
  readonly problems: readonly Problem<ParseCode>[];
  /** The file cannot be read beyond this record: its quoting is broken here, or it is another file. */
  readonly ends?: true;
}

export interface ParseOptions {
  readonly recognition: FileRecognition;
  readonly mapping: Mapping;
  /** The Asia/Tokyo day of the import. */
  readonly today: Day;
  /** Take free-text fields (`leavingDetail`) too; off unless asked for. */
  readonly freeText?: boolean;
  readonly dateOrder?: DateOrder;
}

/** A mapping that {@link checkMapping} does not pass was given to {@link parseLeavers}. */
export class MappingRefused extends Error {
  constructor(readonly problems: readonly MappingProblem[]) {
    super(`mapping refused: ${problems.map((problem) => problem.code).join(', ')}`);
    this.name = 'MappingRefused';
  }
}

/**
 * Reads a leavers' file record by record, in the order of the file. Keeps one chunk and one record in memory.
 *
 * @param chunks the file's bytes from its first one, cut anywhere; of a workbook, the lines taken out of its sheet
 * @throws MappingRefused before the first record, when the mapping does not fit the file or fills a field from a
 * refused column. Nothing in the file throws: what is wrong there is told by `problems`.
 */
export async function* parseLeavers(
  chunks: Chunks,
  options: ParseOptions,
): AsyncGenerator<LeaverResult, void, undefined> {
  const { recognition, mapping } = options;
  const mappingProblems = checkMapping(mapping, recognition.headers, recognition.myNumberColumns);
  if (mappingProblems.length > 0) throw new MappingRefused(mappingProblems);
  yield* recognition.format === 'xlsx'
    ? parseSheet(chunks, recognition, options)
    : parseText(chunks, recognition, options);
}

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** The rows of a sheet, from the lines that {@link OpenWorkbook} gave. */
async function* parseSheet(
  chunks: Chunks,
  recognition: SheetRecognition,
  options: ParseOptions,
): AsyncGenerator<LeaverResult, void, undefined> {
  const { headers, columns } = recognition;
  const readRow = rowReader(headers, options.mapping, { ...options, sheet: recognition });
  let number = 0;
  for await (const rows of stagedRows(chunks)) {
    for (const { line, cells } of rows) {
      number += 1;
      yield { line, number, ...readRow(columns.map((column) => cells[column] ?? null)) };
    }
  }
}

async function* parseText(
  chunks: Chunks,
  recognition: TextRecognition,
  options: ParseOptions,
): AsyncGenerator<LeaverResult, void, undefined> {
  const decoder = textDecoder(recognition.encoding);
  const scanner = csvScanner(recognition.separator);
  const read = recordReader(options);
  for await (const chunk of chunks) {
    for (const record of scanner.push(decoder.write(chunk))) {
      const result = read(record);
      if (result) yield result;
      if (result?.ends) return;
    }
  }
  for (const record of [...scanner.push(decoder.end()), ...scanner.end()]) {
    const result = read(record);
    if (result) yield result;
  }
}

/** The header is checked against the recognition, blank records are passed over, the others are read. */
function recordReader(options: ParseOptions): (record: CsvRecord) => LeaverResult | undefined {
  const { headers } = options.recognition;
  const readRow = rowReader(headers, options.mapping, options);
  let headerSeen = false;
  let number = 0;
  const refused = (line: number, problem: Omit<Problem<ParseCode>, 'severity'>): LeaverResult => ({
    line,
    number,
    outcome: 'refused',
    problems: [{ ...problem, severity: 'error' }],
  });

  return (record) => {
    const { line, cells, fault } = record;
    if (!headerSeen) {
      headerSeen = true;
      const same = !fault && uniqueHeaders(cells).join('\0') === headers.join('\0');
      return same ? undefined : { ...refused(line, { code: 'header-changed' }), ends: true };
    }
    if (!fault && cells.every((cell) => cell === '')) return undefined;
    number += 1;
    if (fault) {
      const column = headers[fault.column];
      const problem = { code: fault.code, params: { line: fault.line } };
      return { ...refused(line, column === undefined ? problem : { ...problem, column }), ends: true };
    }
    if (cells.length !== headers.length) {
      return refused(line, {
        code: 'columns-ragged',
        params: { expected: headers.length, found: cells.length },
      });
    }
    // Bytes without meaning, in any column: where one is, the borders of the cells are not sure either.
    const broken = cells.findIndex((cell) => cell.includes('\ufffd'));
    if (broken >= 0) return refused(line, { code: 'bytes-invalid', column: headers[broken] ?? '' });
    return { line, number, ...readRow(cells) };
  };
}
