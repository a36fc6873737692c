import { Readable } from 'node:stream';
import { csvLine } from '@enishi/bundle';
import type { FastifyReply } from 'fastify';
import iconv from 'iconv-lite';
import { inCp932 } from './access-csv';
import { workbook } from './workbook';

/** A heading in both languages, since Excel in Japan opens it, and what stands under it. */
export type Column<Row> = readonly [string, (row: Row) => string | number | undefined];

/** What a table shows of each row, and the row as JSON. */
export interface Table<Row> {
  readonly columns: readonly Column<Row>[];
  json(row: Row): Record<string, unknown>;
}

/** A file that is made while it is sent. */
export interface FileBody {
  readonly extension: string;
  readonly type: string;
  readonly chunks: AsyncIterable<Buffer | string> | Iterable<Buffer>;
}

type Pages<Row> = AsyncIterable<readonly Row[]>;
type Encoding = 'utf-8' | 'cp932';

/** Media type of an Excel workbook. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Rows as CSV (UTF-8 with BOM, or CP932), JSON Lines or an Excel workbook, page by page. */
export function tableBody<Row>(
  format: 'csv' | 'jsonl' | 'xlsx',
  encoding: Encoding,
  table: Table<Row>,
  pages: Pages<Row>,
): FileBody {
  if (format === 'jsonl') {
    return { extension: 'jsonl', type: 'application/x-ndjson', chunks: jsonLines(table, pages) };
  }
  if (format === 'xlsx') return { extension: 'xlsx', type: XLSX, chunks: workbook(table, pages) };
  const charset = encoding === 'cp932' ? 'Shift_JIS' : 'utf-8';
  const lines = csvLines(table, pages);
  const held = encoding === 'cp932' ? inCp932(lines) : lines;
  return { extension: 'csv', type: `text/csv; charset=${charset}`, chunks: encoderOf(encoding)(held) };
}

/** Sends a file under this name, to nobody's cache. */
export async function sendFile(
  reply: FastifyReply,
  name: string,
  { extension, type, chunks }: FileBody,
): Promise<void> {
  await reply
    .header('content-type', type)
    .header('content-disposition', `attachment; filename="${name}.${extension}"`)
    .header('cache-control', 'no-store')
    .send(Readable.from(chunks));
}

/** RFC 4180 lines, header first; a field that a spreadsheet would take for a formula is escaped (ASVS 1.2.10). */
async function* csvLines<Row>({ columns }: Table<Row>, pages: Pages<Row>): AsyncGenerator<string> {
  yield csvLine(
    columns.map(([heading]) => [heading, () => heading]),
    undefined,
  );
  for await (const page of pages) yield page.map((row) => csvLine(columns, row)).join('');
}

async function* jsonLines<Row>({ json }: Table<Row>, pages: Pages<Row>): AsyncGenerator<string> {
  for await (const page of pages) yield `${page.map((row) => JSON.stringify(json(row))).join('\n')}\n`;
}

/** Bytes of the lines: UTF-8 with BOM, for Excel, or CP932, which must hold every character. */
export function encoderOf(encoding: Encoding): (lines: AsyncIterable<string>) => AsyncGenerator<Buffer> {
  return async function* (lines) {
    if (encoding === 'utf-8') yield Buffer.from('\ufeff');
    for await (const line of lines)
      yield encoding === 'utf-8' ? Buffer.from(line) : iconv.encode(line, 'cp932');
  };
}
