import { holdsMyNumber } from '@enishi/domain';
import { csvScanner, SEPARATORS, textDecoder, type CsvFaultCode, type CsvRecord, type Encoding } from './csv';
import { readDay } from './days';
import { layoutOf } from './layouts';
import type { TextRecognition } from './recognition';
import type { SheetName, WorkbookCode } from './workbook/refusal';

export type RecognitionCode =
  | 'file-empty'
  | 'file-is-xls'
  | 'file-is-pdf'
  | 'file-is-binary'
  | 'encoding-utf-16-without-bom'
  | 'encoding-utf-32'
  | 'encoding-iso-2022-jp'
  | 'encoding-euc-jp'
  | 'encoding-unknown'
  | 'line-ends-unsupported'
  | 'separator-unknown'
  | 'header-missing'
  | WorkbookCode
  | CsvFaultCode;

export interface FileRefusal {
  readonly ok: false;
  readonly code: RecognitionCode;
  readonly params?: Readonly<Record<string, number>>;
  /** Of a workbook: the sheets to choose from. */
  readonly sheets?: readonly SheetName[];
}

/** Bytes from the start of a file that {@link recognise} should be given, where the file has as many. */
export const HEAD_BYTES = 256 * 1024;

/**
 * Tells how a leavers' file of text is to be read: encoding, separator, header row, layout.
 *
 * @param head the first {@link HEAD_BYTES} bytes of the file, or the whole of a shorter one
 * @returns how to read it, or a precise code why this is not a file to import. Never a cell's value: a file
 * without a header row is refused, so that a person's data is not taken for column names.
 */
export function recognise(head: Uint8Array): TextRecognition | FileRefusal {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (bytes.length === 0) return refuse('file-empty');
  const encoding = encodingOf(bytes);
  if (typeof encoding === 'object') return encoding;

  const decoder = textDecoder(encoding);
  let text = decoder.write(bytes);
  // A head that was cut may end inside a character or a record; both are left out unless it is all there is.
  const whole = bytes.length < HEAD_BYTES;
  if (whole) text += decoder.end();
  if (text.trim() === '') return refuse('file-empty');
  if (!text.includes('\n') && text.trim().includes('\r')) return refuse('line-ends-unsupported');

  const readings = SEPARATORS.map((separator) => {
    const scanner = csvScanner(separator);
    const records = scanner.push(text);
    return { separator, records: whole ? [...records, ...scanner.end()] : records };
  });
  // The separator is the one that cuts the header into most cells.
  const width = (records: readonly CsvRecord[]): number => records[0]?.cells.length ?? 0;
  const reading = readings.reduce((best, one) => (width(one.records) > width(best.records) ? one : best));
  const header = reading.records[0];
  if (!header || header.cells.length < 2) {
    const fault = readings.find((one) => one.records[0]?.fault)?.records[0]?.fault;
    return fault ? refuse(fault.code, { line: fault.line }) : refuse('separator-unknown');
  }
  if (header.cells.some(looksLikeData)) return refuse('header-missing', { line: header.line });

  const headers = uniqueHeaders(header.cells);
  const rows = reading.records.slice(1).filter((record) => !record.fault);
  return {
    ok: true,
    encoding,
    bom: bomOf(bytes) !== undefined,
    separator: reading.separator,
    headers,
    headerLine: header.line,
    layout: layoutOf(headers),
    myNumberColumns: headers.filter((_, index) => holdsMyNumbers(rows.map((row) => row.cells[index] ?? ''))),
  };
}

/** Names of columns that can be told apart: trimmed, empty ones by their place, repeated ones numbered. */
export function uniqueHeaders(cells: readonly string[]): string[] {
  const taken = new Set<string>();
  return cells.map((cell, index) => {
    const name = cell.trim() || `[${index + 1}]`;
    let unique = name;
    for (let nth = 2; taken.has(unique); nth += 1) unique = `${name} [${nth}]`;
    taken.add(unique);
    return unique;
  });
}

function refuse(code: RecognitionCode, params?: Readonly<Record<string, number>>): FileRefusal {
  return params ? { ok: false, code, params } : { ok: false, code };
}

function bomOf(bytes: Buffer): Encoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function encodingOf(bytes: Buffer): Encoding | FileRefusal {
  const starts = (...signature: number[]): boolean => signature.every((byte, index) => bytes[index] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04)) return refuse('file-is-zip');
  if (starts(0x25, 0x50, 0x44, 0x46)) return refuse('file-is-pdf');
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return refuse('file-is-xls');
  if (starts(0xff, 0xfe, 0, 0) || starts(0, 0, 0xfe, 0xff)) return refuse('encoding-utf-32');
  const bom = bomOf(bytes);
  if (bom) return bom;
  // UTF-16 has a zero beside each ASCII character, which is at least every separator and digit.
  if (countOf(bytes, (byte) => byte === 0) * 8 > bytes.length) return refuse('encoding-utf-16-without-bom');
  if (bytes.includes('\x1b$') || bytes.includes('\x1b(')) return refuse('encoding-iso-2022-jp');
  // A stray control character is a matter of its cell; many are no text.
  const controls = countOf(bytes, (byte) => byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13);
  if (controls * 50 > bytes.length) return refuse('file-is-binary');
  if (decodes(bytes, 'utf-8') !== undefined) return 'utf-8';
  const cp932 = decodes(bytes, 'cp932');
  // EUC-JP often decodes as CP932 too, into half-width kana mixed with rare kanji; real CP932 text has lead
  // bytes below 0xA0, which EUC-JP never has. Only half-width kana: CP932 from an old payroll system.
  if (/^(?:\p{ASCII}|\x8e[\xa1-\xdf]|\x8f?[\xa1-\xfe]{2})+$/u.test(evenTail(bytes))) {
    if (cp932 === undefined || /[^\p{ASCII}｡-ﾟ]/u.test(cp932)) return refuse('encoding-euc-jp');
  }
  return cp932 === undefined ? refuse('encoding-unknown') : 'cp932';
}

function countOf(bytes: Buffer, is: (byte: number) => boolean): number {
  let count = 0;
  for (const byte of bytes) if (is(byte)) count += 1;
  return count;
}

/** The bytes as Latin-1, cut at the last line end: what follows may be half a character. */
function evenTail(bytes: Buffer): string {
  const end = bytes.lastIndexOf(0x0a);
  return bytes.toString('latin1', 0, end < 0 ? bytes.length : end);
}

/** The text, or undefined if some bytes have no meaning in the encoding (a cut last character apart). */
function decodes(bytes: Buffer, encoding: Encoding): string | undefined {
  const text = textDecoder(encoding).write(bytes);
  return text.includes('\ufffd') ? undefined : text;
}

/** A cell that no column is named by: a number of four digits or more, a date, an address of mail. */
export function looksLikeData(cell: string): boolean {
  const text = cell.trim();
  if (text === '') return false;
  return /^[\d０-９-]{4,}$/.test(text) || /^\S+@\S+\.\S+$/.test(text) || typeof readDay(text) === 'string';
}

/** Most filled cells of a column are My Numbers, and there are three or more. */
function holdsMyNumbers(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  const found = filled.filter((cell) => holdsMyNumber(cell)).length;
  return found >= 3 && found * 10 >= filled.length * 8;
}
