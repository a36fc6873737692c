import { readVersions } from '@enishi/projections/engine';
import { Pool } from 'pg';
import { openGround, type Ground, type Place } from '../bench/ground';
import { survive } from './campaign/campaign';
import type { Trouble } from './campaign/trouble';

jest.setTimeout(600_000);

let ground: Ground;
beforeAll(async () => {
  ground = await openGround({ benches: [], rows: 1000, quick: true, write: false });
});
afterAll(() => ground.stop());

/** How far the versions that are being built have come, together; the greatest position of any where none is. */
async function built({ appUrl }: Place): Promise<{ running: number; position: bigint }> {
  const pool = new Pool({ connectionString: appUrl, max: 1 });
  try {
    const building = (await readVersions(pool)).filter(({ slot }) => slot === 'building');
    const position = building.reduce((sum, { checkpoint }) => sum + (checkpoint?.position ?? 0n), 0n);
    return { running: building.length, position };
  } finally {
    await pool.end();
  }
}

// Every process asks for the rebuild of all views and dies in it; one that is under way is carried on, not begun anew.
it.each(['before', 'after'] as const)(
  'a rebuild under load, killed three times (%s a batch), carries on and shows what a build from nothing shows',
  async (when) => {
    const filled: Trouble = { kind: 'moment', nth: 280, afterMs: 0 };
    const killed = [6, 9, 12].map((nth): Trouble => ({
      kind: 'step',
      fault: { step: 'rebuild', when, nth },
    }));
    const stood: { running: number; position: bigint }[] = [];
    const { troubles, expected, ...found } = await survive(ground, `rebuild_${when}`, [filled, ...killed], {
      perProcess: 200,
      afterEach: async (place) => void stood.push(await built(place)),
    });
    expect(troubles[`${when} rebuild`]).toEqual({ made: 3, came: 3 });
    const [none, first, second, third] = stood;
    expect(none!.running).toBe(0);
    for (const one of [first, second, third]) expect(one!.running).toBeGreaterThan(0);
    expect(second!.position).toBeGreaterThan(first!.position);
    expect(third!.position).toBeGreaterThan(second!.position);
    expect(found).toMatchObject({ lost: [], twice: [], differing: [], spoilt: [], people: expected });
  },
);
