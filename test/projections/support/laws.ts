import type { RecordedEvent } from '@enishi/event-store';
import {
  applyBatch,
  carryOnRebuild,
  createVersion,
  dropVersion,
  migrateViews,
  openBatch,
  readVersion,
  requestRebuild,
  schemaOf,
  transaction,
  type Checkpoint,
  type Projection,
  type Slot,
} from '@enishi/projections/engine';
import { projectionsOf } from '@enishi/worker';
import * as fc from 'fast-check';
import { Pool, type PoolClient } from 'pg';
import { testCluster, type TestDatabase } from '../../support/postgres';
import { atVolume } from '../../support/volume';
import { directedHistories, histories, keysErased } from './histories';
import type { MemoryLedger } from './memory-ledger';
import { PlainVault } from './plain-vault';

/** A migrated database with a pool as the serving role. */
export interface ViewsDatabase {
  readonly database: TestDatabase;
  readonly pool: Pool;
  stop(): Promise<void>;
}

export async function viewsDatabase(prefix: string): Promise<ViewsDatabase> {
  const cluster = await testCluster();
  const database = await cluster.createDatabase(prefix);
  await migrateViews(database.ownerUrl, { servingRole: 'enishi_app' });
  // As the server's for its projectors: one connection each, another for each rebuild, and some.
  const pool = new Pool({ connectionString: database.url, max: 2 * projectionsOf('ledger-1').length + 3 });
  pool.on('error', () => undefined);
  return {
    database,
    pool,
    async stop() {
      await pool.end();
      await database.drop();
      await cluster.stop();
    },
  };
}

/** All rows of a version's tables, as text that can be compared. */
export async function dump(
  db: PoolClient | Pool,
  projection: Pick<Projection, 'name'>,
  slot: Slot = 'serving',
): Promise<string> {
  const schema = schemaOf(projection.name, slot);
  const { rows: tables } = await db.query<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = $1 ORDER BY 1',
    [schema],
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await db.query<{ row: string }>(
      `SELECT t::text AS row FROM ${schema}.${name} t ORDER BY 1`,
    );
    parts.push(`== ${name}`, ...rows.map(({ row }) => row));
  }
  return parts.join('\n');
}

/** A version begun anew, empty. Emptying tables is much quicker than making them. */
export async function beginAnew(db: PoolClient, projection: Projection): Promise<void> {
  const { name } = projection;
  await transaction(db, async () => {
    await dropVersion(db, name, 'building');
    if ((await readVersion(db, name, 'serving'))?.version !== projection.version) {
      await dropVersion(db, name, 'serving');
      await createVersion(db, projection, 'serving');
      return;
    }
    const { rows } = await db.query<{ table: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS table FROM pg_tables WHERE schemaname = $1`,
      [schemaOf(name, 'serving')],
    );
    for (const { table } of rows) await db.query(`DELETE FROM ${table}`);
    await db.query(
      'UPDATE views.projection SET position = NULL, event_id = NULL, handled = 0 WHERE name = $1',
      [name],
    );
    await db.query('DELETE FROM views.parked WHERE projection = $1', [name]);
  });
}

/** Applies the records in batches of these sizes, over and over; answers the last checkpoint. */
export async function applyAll(
  db: PoolClient,
  projection: Projection,
  vault: PlainVault,
  records: readonly RecordedEvent[],
  sizes: readonly number[],
  options: { readonly slot?: Slot; readonly afterBatch?: (done: number) => Promise<void> } = {},
): Promise<Checkpoint | undefined> {
  const slot = options.slot ?? 'serving';
  let checkpoint = (await readVersion(db, projection.name, slot))?.checkpoint;
  for (let start = 0, turn = 0; start < records.length; turn++) {
    const page = records.slice(start, start + (sizes[turn % sizes.length] ?? 1));
    const batch = await openBatch(vault, projection, page);
    checkpoint = await applyBatch({ db, projection, slot }, vault, checkpoint, batch);
    start += page.length;
    await options.afterBatch?.(start);
  }
  return checkpoint;
}

/** Sets the checkpoint back, so that events are applied again over their own rows. */
async function setBack(db: PoolClient, projection: Projection, to: RecordedEvent | undefined): Promise<void> {
  await db.query(`UPDATE views.projection SET position = $2, event_id = $3 WHERE name = $1`, [
    projection.name,
    to?.position.toString() ?? null,
    to?.id ?? null,
  ]);
}

/**
 * The laws every projection obeys, on random histories.
 * @param make the projection; called once.
 */
export function itObeysTheLaws(
  make: () => Projection,
  options: {
    readonly runs?: number;
    readonly maxLength?: number;
    readonly of?: fc.Arbitrary<MemoryLedger>;
  } = {},
): void {
  const projection = make();
  jest.setTimeout(120_000);
  const { runs = atVolume(12, 50), maxLength = 120 } = options;
  const ledgers = options.of ?? histories(maxLength);
  let views: ViewsDatabase;
  let db: PoolClient;
  beforeAll(async () => {
    views = await viewsDatabase('laws');
    db = await views.pool.connect();
  });
  afterAll(async () => {
    db.release();
    await views.stop();
  });

  const rowsOf = async (
    ledger: MemoryLedger,
    vault: PlainVault,
    sizes: readonly number[],
  ): Promise<string> => {
    await beginAnew(db, projection);
    await applyAll(db, projection, vault, ledger.records, sizes);
    const { rows } = await db.query('SELECT * FROM views.parked');
    expect(rows).toEqual([]);
    return dump(db, projection);
  };
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });

  test('any batch size gives the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(ledgers, sizes, async (ledger, split) => {
        const whole = await rowsOf(ledger, new PlainVault(), [10_000]);
        expect(await rowsOf(ledger, new PlainVault(), split)).toBe(whole);
      }),
      { numRuns: runs },
    );
  });

  test('events applied again give the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(ledgers, sizes, fc.nat(), async (ledger, split, back) => {
        const whole = await rowsOf(ledger, new PlainVault(), [10_000]);
        const from = back % ledger.records.length;
        await setBack(db, projection, ledger.records[from - 1]);
        await applyAll(db, projection, new PlainVault(), ledger.records.slice(from), split);
        expect(await dump(db, projection)).toBe(whole);
      }),
      { numRuns: runs },
    );
  });

  test('a key destroyed before, during or after gives the same rows, and none of what it sealed', async () => {
    await fc.assert(
      fc.asyncProperty(ledgers, sizes, fc.nat(), async (ledger, split, when) => {
        const after = await rowsOf(ledger, new PlainVault(), split);
        const destroyed = new PlainVault();
        for (const key of keysErased(ledger)) destroyed.destroyed.add(key);
        expect(await rowsOf(ledger, destroyed, split)).toBe(after);

        const during = new PlainVault();
        await beginAnew(db, projection);
        await applyAll(db, projection, during, ledger.records, split, {
          async afterBatch(done) {
            if (done >= when % ledger.records.length)
              for (const key of keysErased(ledger)) during.destroyed.add(key);
          },
        });
        expect(await dump(db, projection)).toBe(after);
      }),
      { numRuns: runs, examples: directedHistories().map((ledger) => [ledger, [3], 1]) },
    );
  });

  test('rebuilt beside equals what serves, also when killed on the way', async () => {
    await fc.assert(
      fc.asyncProperty(ledgers, sizes, fc.nat(), async (ledger, split, when) => {
        const serving = await rowsOf(ledger, new PlainVault(), split);
        await requestRebuild(views.pool, projection);
        // Some batches, then nothing more: what a kill leaves.
        const done = when % ledger.records.length;
        await applyAll(db, projection, new PlainVault(), ledger.records.slice(0, done), split, {
          slot: 'building',
        });
        const outcome = await carryOnRebuild({
          store: ledger,
          vault: new PlainVault(),
          db,
          projection,
          signal: new AbortController().signal,
          batchSize: split[0] ?? 10,
        });
        expect(outcome).toBe('switched');
        expect(await readVersion(db, projection.name, 'building')).toBeUndefined();
        expect(await dump(db, projection)).toBe(serving);
      }),
      { numRuns: Math.ceil(runs / 2) },
    );
  });
}
