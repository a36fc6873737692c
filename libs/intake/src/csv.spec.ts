import { stringify } from 'csv-stringify/sync';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import * as iconv from 'iconv-lite';
import {
  csvScanner,
  ENCODINGS,
  LONGEST_RECORD,
  SEPARATORS,
  textDecoder,
  type CsvRecord,
  type Separator,
} from './csv';

/** All records of a text, given to the scanner in pieces of `size` characters. */
function scan(text: string, separator: Separator = ',', size = text.length || 1): CsvRecord[] {
  const scanner = csvScanner(separator);
  const records: CsvRecord[] = [];
  for (let at = 0; at < text.length; at += size) records.push(...scanner.push(text.slice(at, at + size)));
  return [...records, ...scanner.end()];
}

const cell = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.string({ unit: fc.constantFrom('"', ',', ';', '\t', '\n', '\r\n', 'あ', ' '), maxLength: 6 }),
);
// A line that is one empty cell is a blank line, and blank lines are passed over.
const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 6 });

describe('csvScanner', () => {
  it('reads back whatever csv-stringify writes, cut anywhere', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(...SEPARATORS),
        fc.integer({ min: 1, max: 40 }),
        (rows, separator, size) => {
          const text = stringify(rows, {
            delimiter: separator,
            record_delimiter: '\r\n',
            quoted_match: /[\r\n]/,
          });
          expect(scan(text, separator, size).map((record) => record.cells)).toEqual(rows);
        },
      ),
    );
  });

  it('agrees with csv-parse on any text: the same records, or a fault where that throws', () => {
    const text = fc.string({
      unit: fc.constantFrom('"', '"', ',', '\n', '\r\n', 'a', '髙', ' '),
      maxLength: 24,
    });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 5 }), (content, size) => {
        const records = scan(content, ',', size);
        const read = (): string[][] =>
          parse(content, {
            relax_column_count: true,
            record_delimiter: ['\r\n', '\n'],
            skip_empty_lines: true,
          });
        if (records.at(-1)?.fault) expect(read).toThrow();
        else expect(records.map((record) => record.cells)).toEqual(read());
      }),
      { numRuns: 1000 },
    );
  });

  it('tells the physical line on which a record starts', () => {
    const records = scan('a,b\r\n\r\n"x\ny\nz",1\nc,d', ',', 3);
    expect(records).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 3, cells: ['x\ny\nz', '1'] },
      { line: 6, cells: ['c', 'd'] },
    ]);
  });

  it.each([
    ['a,b\n1,"x\n2,y\n', { code: 'quote-unclosed', line: 2, column: 1 }],
    ['a,b\n1,x"y\n2,z\n', { code: 'quote-unexpected', line: 2, column: 1 }],
    ['a,b\n"1\n2"x,y\n', { code: 'text-after-quote', line: 3, column: 0 }],
  ])('gives the records before broken quoting, says where it is, and ends: %j', (text, fault) => {
    const records = scan(text, ',', 4);
    expect(records).toHaveLength(2);
    expect(records[0]).toEqual({ line: 1, cells: ['a', 'b'] });
    expect(records[1]).toEqual({ line: 2, cells: [], fault });
  });

  it('does not gather a whole file behind one forgotten quote', () => {
    const scanner = csvScanner(',');
    scanner.push('a,b\n1,"');
    let records: CsvRecord[] = [];
    for (let i = 0; i < 40 && records.length === 0; i += 1)
      records = scanner.push('x'.repeat(LONGEST_RECORD / 32));
    expect(records).toEqual([{ line: 2, cells: [], fault: { code: 'record-too-long', line: 2, column: 0 } }]);
  });
});

describe('textDecoder', () => {
  it.each(ENCODINGS)('gives the text of %s, cut between any two bytes', (encoding) => {
    const text = '社員番号,髙橋﨑①ｽｽﾞｷ～－\r\n';
    const bytes = iconv.encode(text, encoding, { addBOM: encoding.startsWith('utf') });
    for (let size = 1; size < 5; size += 1) {
      const decoder = textDecoder(encoding);
      let read = '';
      for (let at = 0; at < bytes.length; at += size) read += decoder.write(bytes.subarray(at, at + size));
      expect(read + decoder.end()).toBe(text);
    }
  });
});
