import type { Day } from '@enishi/domain';
import { checkMapping, type Mapping, type MappingProblem } from './columns';
import type { CsvFaultCode } from './csv';
import type { DateOrder } from './days';
import { recordsOf, type Chunks, type RecordCode } from './records';
import type { FileRecognition } from './recognition';
import type { CellCode } from './cells';
import { rowReader, type LeaverRow, type Problem } from './rows';

export type ParseCode = CellCode | CsvFaultCode | RecordCode;

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
  const sheet = recognition.format === 'xlsx' ? { sheet: recognition } : {};
  const read = rowReader(recognition.headers, mapping, { ...options, ...sheet });
  for await (const record of recordsOf(chunks, recognition)) {
    const { line, number, cells, problem, ends } = record;
    if (cells !== undefined) yield { line, number, ...read(cells) };
    else {
      const problems = [{ ...problem, severity: 'error' }] as const;
      yield { line, number, outcome: 'refused', problems, ...(ends && { ends }) };
    }
  }
}
