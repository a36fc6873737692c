import { crc32, deflateRawSync } from 'node:zlib';
import { Workbook } from 'exceljs';
import {
  openFile,
  parseLeavers,
  proposeMapping,
  type FileRefusal,
  type LeaverResult,
  type Mapping,
  type RandomAccess,
  type SheetRecognition,
  type WorkbookLimits,
} from '@enishi/intake';

export const TODAY = '2026-11-21';

/** Bytes in memory as a file. */
export function fileOf(bytes: Uint8Array): RandomAccess {
  return { size: bytes.length, read: (from, length) => Promise.resolve(bytes.subarray(from, from + length)) };
}

/** A workbook as exceljs writes it. */
export async function workbook(fill: (book: Workbook) => void): Promise<Buffer> {
  const book = new Workbook();
  fill(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** A workbook of one sheet with these rows. */
export function sheetOf(rows: readonly unknown[][], name = '退職者'): Promise<Buffer> {
  return workbook((book) => book.addWorksheet(name).addRows(rows as unknown[][]));
}

/** How the workbook is read, with the rows that were taken out of it. */
export interface Opened {
  readonly recognition: SheetRecognition;
  readonly lines: Buffer;
}

/** Opens a workbook that must be readable. */
export async function opened(bytes: Uint8Array, sheet?: string, limits?: WorkbookLimits): Promise<Opened> {
  const file = await openFile(fileOf(bytes), sheet, limits);
  if (!file.ok) throw new Error(file.code);
  if (!('workbook' in file)) throw new Error('no workbook');
  const lines: Uint8Array[] = [];
  for await (const line of file.workbook.lines()) lines.push(line);
  return { recognition: file.workbook.recognition(), lines: Buffer.concat(lines) };
}

/** Why a file is not read: at its opening, or while its rows are taken out. */
export async function refusalOf(
  bytes: Uint8Array,
  sheet?: string,
  limits?: WorkbookLimits,
): Promise<Partial<FileRefusal>> {
  const file = await openFile(fileOf(bytes), sheet, limits);
  if (!file.ok) return file;
  if (!('workbook' in file)) throw new Error('text');
  try {
    for await (const _ of file.workbook.lines());
  } catch (error) {
    return error as FileRefusal;
  }
  throw new Error('it was read');
}

/** What every row of a workbook comes to, read by the mapping that is proposed. */
export async function results(
  bytes: Uint8Array,
  options: { readonly sheet?: string; readonly mapping?: Mapping } = {},
): Promise<LeaverResult[]> {
  const { recognition, lines } = await opened(bytes, options.sheet);
  const { headers, myNumberColumns } = recognition;
  const mapping = { ...proposeMapping(headers, myNumberColumns).mapping, ...options.mapping };
  const all: LeaverResult[] = [];
  // Cut anywhere, as staging cuts it.
  const pieces = Array.from({ length: Math.ceil(lines.length / 97) }, (_, at) =>
    lines.subarray(at * 97, at * 97 + 97),
  );
  for await (const one of parseLeavers(pieces, { recognition, mapping, today: TODAY })) all.push(one);
  return all;
}

/** A zip with these entries, as small as a zip can be; `declared` overrules the size it says a part has. */
export function zipOf(
  parts: Readonly<Record<string, string | Buffer>>,
  declared: Record<string, number> = {},
): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(parts)) {
    const data = Buffer.from(content as string);
    const packed = deflateRawSync(data);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(data), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(declared[name] ?? data.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    central.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, place, Buffer.from(name)]),
    );
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** The parts of a workbook of one sheet, written by hand: what other programs write and exceljs does not. */
export function partsOf(sheet: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  return {
    '_rels/.rels': `<Relationships>${relation('r1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml':
      '<workbook xmlns:r="r"><sheets><sheet name="退職者" sheetId="1" r:id="s1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels':
      '<Relationships>' +
      relation('s1', 'worksheet', 'worksheets/sheet1.xml') +
      relation('s2', 'sharedStrings', '/xl/sharedStrings.xml') +
      relation('s3', 'styles', 'styles.xml') +
      '</Relationships>',
    'xl/worksheets/sheet1.xml': sheet,
    ...more,
  };
}
