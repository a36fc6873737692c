import { openGround, type Ground } from '../bench/ground';
import { survive, troublesOf } from './campaign/campaign';

jest.setTimeout(240_000);

let ground: Ground;
beforeAll(async () => {
  ground = await openGround({ benches: [], rows: 1000, quick: true, write: false });
});
afterAll(() => ground.stop());

// Every class of trouble once; `npm run test:full` goes through hundreds.
it('a ledger in trouble loses nothing, holds nothing twice, and shows what a rebuild shows', async () => {
  const result = await survive(ground, 'faults', troublesOf(0, 8));
  expect(result).toMatchObject({ lost: [], twice: [], differing: [], people: 24, acknowledged: 560 });
  expect(Object.values(result.troubles).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(3);
});
