import * as iconv from 'iconv-lite';

/** The encodings a file may have. `cp932` is Windows' Shift_JIS, with NEC and IBM extensions (髙 﨑 ①). */
export const ENCODINGS = ['utf-8', 'cp932', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const SEPARATORS = [',', ';', '\t'] as const;
export type Separator = (typeof SEPARATORS)[number];

/** Why the rest of a file cannot be read: after one of these, nothing that follows has a sure meaning. */
export type CsvFaultCode = 'quote-unclosed' | 'quote-unexpected' | 'text-after-quote' | 'record-too-long';

export interface CsvRecord {
  /** 1-based physical line on which the record starts. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Set on the last record when quoting is broken; `line` is where the fault is, `column` its 0-based cell. */
  readonly fault?: { readonly code: CsvFaultCode; readonly line: number; readonly column: number };
}

/** A reader of RFC 4180 text that is fed piece by piece. */
export interface CsvScanner {
  /** Takes the next piece of text and gives the records that it completes. */
  push(text: string): CsvRecord[];
  /** Says that nothing follows and gives the last record, if one is open. */
  end(): CsvRecord[];
}

/**
 * Longest record in characters. Without a limit one forgotten quote would draw the whole file into memory.
 */
export const LONGEST_RECORD = 1 << 20;

/**
 * Decodes piece by piece; a character cut by the border of two chunks is put together again. Bytes that have
 * no meaning in the encoding become U+FFFD.
 */
export function textDecoder(encoding: Encoding): { write(chunk: Uint8Array): string; end(): string } {
  const decoder = iconv.getDecoder(encoding, { stripBOM: true });
  return {
    write: (chunk) => decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)),
    end: () => decoder.end() ?? '',
  };
}

/**
 * Splits text into records by RFC 4180: `"` quotes a cell, `""` is a quote inside it, a quoted cell may hold
 * separators and line breaks; LF is taken like CRLF. Blank lines are passed over. Stricter than most readers:
 * a quote in the middle of an unquoted cell, or text after a closing quote, is a fault and ends the reading.
 *
 * Written here, and not taken from csv-parse, because a record must know the line it starts on, the records
 * before a fault must not be lost, and the split of unquoted lines is several times faster.
 * Its spec holds it against csv-parse and csv-stringify.
 */
export function csvScanner(separator: Separator): CsvScanner {
  let buffer = '';
  let line = 1;
  let ended = false;

  function scan(atEnd: boolean): CsvRecord[] {
    const records: CsvRecord[] = [];
    let start = 0;
    let quote = buffer.indexOf('"');
    while (start < buffer.length) {
      const newline = buffer.indexOf('\n', start);
      if (quote >= 0 && quote < start) quote = buffer.indexOf('"', start);
      const lineEnd = newline < 0 ? buffer.length : newline;
      if (quote >= 0 && quote < lineEnd) {
        const record = quotedRecord(buffer, start, line, separator, atEnd);
        if (record === undefined) break;
        if (record.fault) {
          records.push({ line, cells: [], fault: record.fault });
          ended = true;
          break;
        }
        records.push({ line, cells: record.cells });
        start = record.next;
        line = record.nextLine;
        continue;
      }
      if (newline < 0 && !atEnd) break;
      // A carriage return before the line feed belongs to the line end.
      const end = buffer.charCodeAt(lineEnd - 1) === 13 && lineEnd > start ? lineEnd - 1 : lineEnd;
      if (end > start) records.push({ line, cells: buffer.slice(start, end).split(separator) });
      start = lineEnd + 1;
      line += 1;
    }
    buffer = start >= buffer.length || ended ? '' : buffer.slice(start);
    if (buffer.length > LONGEST_RECORD) {
      records.push({ line, cells: [], fault: { code: 'record-too-long', line, column: 0 } });
      ended = true;
      buffer = '';
    }
    return records;
  }

  return {
    push(text) {
      if (ended) return [];
      buffer += text;
      return scan(false);
    },
    end() {
      if (ended) return [];
      const records = scan(true);
      ended = true;
      return records;
    },
  };
}

type QuotedRecord = CsvRecord & { readonly next: number; readonly nextLine: number };

/** Reads one record that holds a quote, cell by cell; undefined when the record is not complete yet. */
function quotedRecord(
  text: string,
  start: number,
  startLine: number,
  separator: Separator,
  atEnd: boolean,
): QuotedRecord | undefined {
  const cells: string[] = [];
  let line = startLine;
  let at = start;
  const fault = (code: CsvFaultCode, faultLine: number): QuotedRecord => ({
    line: startLine,
    cells: [],
    fault: { code, line: faultLine, column: cells.length },
    next: text.length,
    nextLine: faultLine,
  });
  for (;;) {
    if (text[at] === '"') {
      const opened = line;
      let value = '';
      at += 1;
      for (;;) {
        const close = text.indexOf('"', at);
        if (close < 0) return atEnd ? fault('quote-unclosed', opened) : undefined;
        if (close + 1 >= text.length && !atEnd) return undefined;
        if (text[close + 1] === '"') {
          value += text.slice(at, close + 1);
          at = close + 2;
          continue;
        }
        value += text.slice(at, close);
        at = close + 1;
        break;
      }
      for (let feed = value.indexOf('\n'); feed >= 0; feed = value.indexOf('\n', feed + 1)) line += 1;
      if (text[at] === '\r' && at + 1 >= text.length && !atEnd) return undefined;
      const next = text[at];
      const lineEnds =
        next === undefined || next === '\n' || (next === '\r' && (text[at + 1] ?? '\n') === '\n');
      if (next !== separator && !lineEnds) return fault('text-after-quote', line);
      cells.push(value);
    } else {
      const from = at;
      for (; at < text.length; at += 1) {
        const char = text[at];
        if (char === separator || char === '\n') break;
        if (char === '"') return fault('quote-unexpected', line);
      }
      if (at >= text.length && !atEnd) return undefined;
      const end = text[at] !== separator && text[at - 1] === '\r' && at > from ? at - 1 : at;
      cells.push(text.slice(from, end));
    }
    if (text[at] === separator) {
      at += 1;
      continue;
    }
    if (text[at] === '\r') at += 1;
    return { line: startLine, cells, next: at + 1, nextLine: line + 1 };
  }
}
