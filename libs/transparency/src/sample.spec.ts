import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { drawFrom } from './sample';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const population = fc.uniqueArray(fc.uuid(), { maxLength: 60 });
const inTwoOrders = population.chain((ids) =>
  fc.tuple(fc.constant(ids), fc.shuffledSubarray(ids, { minLength: ids.length })),
);
const seed = fc.string({ maxLength: 20 }).filter((text) => !text.includes('\n'));
const size = fc.integer({ min: 0, max: 70 });

describe('a sample', () => {
  it('is as done by hand: the lowest hashes of seed, line feed and id', () => {
    const ids = ['6a7e0b7e-0000-4000-8000-000000000001', '6a7e0b7e-0000-4000-8000-000000000002', 'é'];
    const byHand = ids
      .map((id) => ({ id, rank: createHash('sha256').update(`2026-Q3\n${id}`, 'utf8').digest('hex') }))
      .sort((a, b) => (a.rank < b.rank ? -1 : 1));
    expect(drawFrom(ids, { seed: '2026-Q3', size: 2 }, sha256)).toEqual(byHand.slice(0, 2));
    // printf '%s\n%s' a b | sha256sum
    const [drawn] = drawFrom(['b'], { seed: 'a', size: 1 }, sha256);
    expect(drawn!.rank).toBe('7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78');
  });

  it('is the same for the same seed and population, in whatever order and in whatever pages', () => {
    fc.assert(
      fc.property(inTwoOrders, seed, size, fc.nat(60), ([ids, shuffled], text, n, cut) => {
        const draw = { seed: text, size: n };
        const whole = drawFrom(ids, draw, sha256);
        expect(drawFrom(shuffled, draw, sha256)).toEqual(whole);
        const first = drawFrom(shuffled.slice(0, cut), draw, sha256);
        expect(drawFrom(shuffled.slice(cut), draw, sha256, first)).toEqual(whole);
      }),
    );
  });

  it('repeats nothing, invents nothing, and is everything where it may be as large as the population', () => {
    fc.assert(
      fc.property(population, seed, size, (ids, text, n) => {
        const drawn = drawFrom(ids, { seed: text, size: n }, sha256).map(({ id }) => id);
        expect(drawn).toHaveLength(Math.min(n, ids.length));
        expect(new Set(drawn).size).toBe(drawn.length);
        expect(drawn.every((id) => ids.includes(id))).toBe(true);
      }),
    );
  });

  it('grows with its size: a smaller one is the beginning of a larger one', () => {
    fc.assert(
      fc.property(population, seed, size, size, (ids, text, n, more) => {
        const larger = drawFrom(ids, { seed: text, size: n + more }, sha256);
        expect(drawFrom(ids, { seed: text, size: n }, sha256)).toEqual(larger.slice(0, n));
      }),
    );
  });

  it('takes each item about as often as any other, over many seeds', () => {
    const ids = Array.from({ length: 20 }, (_, n) => `item-${n}`);
    const times = new Map(ids.map((id) => [id, 0]));
    for (let n = 0; n < 2000; n++) {
      for (const { id } of drawFrom(ids, { seed: `s${n}`, size: 5 }, sha256))
        times.set(id, times.get(id)! + 1);
    }
    // 500 expected each; five standard deviations of a binomial are 97.
    for (const count of times.values()) expect(Math.abs(count - 500)).toBeLessThan(97);
  });
});
