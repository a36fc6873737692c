import * as fc from 'fast-check';
import { rangeOf } from './byte-range';

it.each([
  ['bytes=0-', 800, { from: 0, length: 800 }],
  ['bytes=500-', 800, { from: 500, length: 300 }],
  ['bytes=500-599', 800, { from: 500, length: 100 }],
  ['bytes=500-9999', 800, { from: 500, length: 300 }],
  ['bytes=-100', 800, { from: 700, length: 100 }],
  ['bytes=-9999', 800, { from: 0, length: 800 }],
  ['bytes=800-', 800, 'unsatisfiable'],
  ['bytes=-0', 800, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  ['bytes=9-3', 800, undefined],
  ['bytes=0-1,5-6', 800, undefined],
  ['bytes=-', 800, undefined],
  ['lines=0-1', 800, undefined],
  [undefined, 800, undefined],
])('%s of %i bytes', (header, bytes, span) => expect(rangeOf(header, bytes)).toEqual(span));

it('a range lies within the file, whatever was asked', () => {
  fc.assert(
    fc.property(fc.nat(2000), fc.nat(2000), fc.nat(1500), (first, last, bytes) => {
      const span = rangeOf(`bytes=${first}-${last}`, bytes);
      if (typeof span !== 'object') return;
      expect(span.from).toBe(first);
      expect(span.length).toBeGreaterThan(0);
      expect(span.from + span.length).toBeLessThanOrEqual(bytes);
    }),
  );
});
