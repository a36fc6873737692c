import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { csvOf, type Column } from './csv';

const columns: readonly Column<readonly (string | number | undefined)[]>[] = [
  ['位置 leaf', ([first]) => first],
  ['値 value', ([, second]) => second],
];

// What the other exports are written by. It lets a NUL stand, which the ledger has not, and a CR or LF by itself unquoted.
it('writes what csv-stringify writes, formulas escaped', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.stringMatching(/^[=+\-@\t\r＝＋－＠]?[a",\r\n]{0,4}$/),
  );
  const field = fc.oneof(
    text.filter((value) => !/^\0|[\r\n]/.test(value.replaceAll('\r\n', ''))),
    fc.integer(),
    fc.constant(undefined),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(field, field), { maxLength: 5 }), (lines) => {
      const rows = lines.map((line) => line.map((value) => value ?? ''));
      const options = { record_delimiter: '\r\n', escape_formulas: true } as const;
      const expected = stringify([columns.map(([heading]) => heading), ...rows], options);
      expect(csvOf(columns, lines)).toBe(`\ufeff${expected}`);
    }),
  );
});
