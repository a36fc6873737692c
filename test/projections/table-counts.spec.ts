import { carryOnRebuild, readVersion, refreshStatistics, requestRebuild } from '@enishi/projections/engine';
import { runProjector } from '@enishi/worker';
import { viewsDatabase, type ViewsDatabase } from './support/laws';
import { MemoryLedger, uuid } from './support/memory-ledger';
import { PlainVault } from './support/plain-vault';
import { eventually, register, toy } from './support/toy';

const projection = toy();
let views: ViewsDatabase;
let ledger: MemoryLedger;
let vault: PlainVault;
beforeEach(async () => {
  views = await viewsDatabase('counts');
  ledger = new MemoryLedger();
  vault = new PlainVault();
});
afterEach(() => views.stop());

const many = (from: number, to: number): void => {
  for (let n = from; n < to; n++) register(ledger, `p${n}`, '田中');
};

/** Rows of the serving table as the planner knows them; negative before anybody counted. */
const counted = async (): Promise<number> => {
  const { rows } = await views.pool.query<{ rows: number }>(
    `SELECT reltuples::int AS rows FROM pg_class WHERE oid = to_regclass('toy_names.person')`,
  );
  return rows[0]?.rows ?? -1;
};

async function following(work: () => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const options = { store: ledger, vault, pool: views.pool, projection, pollMs: 20, countMs: 20 };
  const done = runProjector({ ...options, signal: stop.signal });
  try {
    await work();
  } finally {
    stop.abort();
    await done;
  }
}

test('a rebuilt version is counted when it is switched to', async () => {
  many(0, 25);
  await requestRebuild(views.pool, projection);
  const db = await views.pool.connect();
  const signal = new AbortController().signal;
  expect(await carryOnRebuild({ store: ledger, vault, db, projection, signal, batchSize: 10 })).toBe(
    'switched',
  );
  db.release();
  expect(await counted()).toBe(25);
});

test('after much was written the runner counts, by itself; after little it does not', async () => {
  await following(async () => {
    many(0, 50);
    await eventually(async () => (await readVersion(views.pool, 'toy-names', 'serving'))?.handled === 50);
    expect(await refreshStatistics(views.pool, 'toy-names', 'serving', () => 50)).toEqual([]);
    expect(await counted()).toBeLessThan(0);
    many(50, 1500);
    // Some batches may still come after it; those are little again.
    await eventually(async () => (await counted()) > 1000);
  });
});

test('what an ended runner left uncounted, the next one counts', async () => {
  many(0, 1500);
  await following(async () => {
    await eventually(async () => (await counted()) > 1000);
  });
  // PostgreSQL tells of what was written at its leisure; here at once, since the runner looks when it begins.
  await views.pool.query(
    `SELECT pg_stat_force_next_flush();
     INSERT INTO toy_names.person SELECT 'q' || n, NULL, NULL, 0 FROM generate_series(1, 2000) n`,
  );
  await following(() => eventually(async () => (await counted()) === 3500));
});

test('counting waits for nobody who writes', async () => {
  many(0, 5);
  await following(() =>
    eventually(async () => (await readVersion(views.pool, 'toy-names', 'serving'))?.handled === 5),
  );
  const writer = await views.pool.connect();
  try {
    await writer.query('BEGIN');
    await writer.query('INSERT INTO toy_names.person VALUES ($1, NULL, NULL, 0)', [uuid('writing')]);
    expect(await refreshStatistics(views.pool, 'toy-names', 'serving', () => Infinity)).toEqual(['person']);
  } finally {
    await writer.query('ROLLBACK');
    writer.release();
  }
});
