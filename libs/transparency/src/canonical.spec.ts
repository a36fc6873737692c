import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonical, type NotCanonical } from './canonical';

/** JSON as the ledger knows it, with members that are absent, keys in any order and numbers in any form. */
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom('\\', '"', '\n', '\t', '\u001f', '\u2028', 'é', '髙', '😀', 'u0000', 'ud83d'),
    }),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 }),
    fc.constantFrom(0, -0, 1e-7, 1e20 / 1e10, 0.1, 5e-324, null, true, false, undefined),
    fc.date({ noInvalidDate: true }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.string({ unit: fc.constantFrom('a', 'B', '1', '10', '€', '😀', 'ﬁ', '$') }),
      tie('value'),
      {
        maxKeys: 5,
      },
    ),
  ),
})).value;

it('writes what the reference implementation writes', () => {
  fc.assert(
    fc.property(json, (value) => {
      fc.pre(value !== undefined);
      expect(canonical(value)).toBe(canonicalize(value));
    }),
    { numRuns: 2000 },
  );
});

it('writes the same of an object whose names stand in order already', () => {
  fc.assert(
    fc.property(json, (value) => {
      fc.pre(value !== undefined);
      const text = canonical(value);
      expect(canonical(JSON.parse(text))).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

it.each<[string, unknown]>([
  ['a lone surrogate', { a: { b: 'x', c: '\udc00' } }],
  ['NUL', { a: ['x\0'] }],
  ['an integer beyond 2^53', { a: 1, b: { c: 2 ** 53 } }],
  ['a function', { a: 1, b: () => 1 }],
])('refuses %s also where the names stand in order', (_, value) => {
  expect(() => canonical(value)).toThrow(expect.objectContaining({ name: 'NotCanonical' }));
});

it('gives the bytes that RFC 8785 gives for its own sample', () => {
  const sample = {
    numbers: [Number('333333333.33333329'), 4.5, 2e-3, 1e-27],
    string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  };
  expect(canonical(sample)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

it.each<[string, unknown, NotCanonical['reason']]>([
  ['an integer beyond 2^53', { a: [2 ** 53] }, 'number'],
  ['not a number', [Number.NaN], 'number'],
  ['infinity', Number.NEGATIVE_INFINITY, 'number'],
  ['a bigint', { a: 1n }, 'not-json'],
  ['a function', [() => 1], 'not-json'],
  ['a symbol', { a: Symbol('a') }, 'not-json'],
  ['nothing', undefined, 'not-json'],
  ['NUL', { a: 'x\0' }, 'nul'],
  ['NUL in a name', { 'x\0': 1 }, 'nul'],
  ['a lone surrogate', ['\ud83d'], 'lone-surrogate'],
])('refuses %s', (_, value, reason) => {
  expect(() => canonical(value)).toThrow(expect.objectContaining({ name: 'NotCanonical', reason }));
});

it('takes text that only looks like an escape', () => {
  expect(canonical('\\u0000 \\ud800')).toBe(String.raw`"\\u0000 \\ud800"`);
});
