import { survivorsOf } from './mutant-run';

jest.setTimeout(1_200_000);

it.each(Array.from({ length: 10 }, (_, n) => `full ${n}`))(
  'of 1,000 mutants none is taken for the bundle: %s',
  async (seed) => {
    const { names } = await survivorsOf(seed, 1000);
    expect(names).toEqual([]);
  },
);
