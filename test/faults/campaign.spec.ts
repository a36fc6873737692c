import { openGround, type Ground } from '../bench/ground';
import { survive } from './campaign/campaign';
import { troublesOf } from './campaign/trouble';

jest.setTimeout(240_000);

let ground: Ground;
beforeAll(async () => {
  ground = await openGround({ benches: [], rows: 1000, quick: true, write: false });
});
afterAll(() => ground.stop());

// A few troubles of many kinds; `npm run test:full` goes through hundreds.
it('a ledger in trouble loses nothing, holds nothing twice, and shows what a rebuild shows', async () => {
  const { troubles, expected, ...found } = await survive(ground, 'faults', troublesOf(0, 8));
  expect(found).toMatchObject({ lost: [], twice: [], differing: [], spoilt: [], people: expected });
  expect(Object.values(troubles).reduce((sum, { came }) => sum + came, 0)).toBeGreaterThanOrEqual(7);
});
