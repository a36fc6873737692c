import { openPostgresStore, type EventStore } from '@enishi/event-store';
import { dropVersion, transaction } from '@enishi/projections/engine';
import { leafWriter, runProjector, sealIfDue } from '@enishi/worker';
import { Client, Pool } from 'pg';
import type { Infrastructure } from '../../apps/server/src/infrastructure';
import type { Ground, Place } from './ground';
import { median, timed } from './measure';
import type { People } from './people';
import { copyInto, rowsOf } from './raw-copy';
import { appendsOf } from './raw-group';
import { hashTree } from './raw-hashing';
import type { Result } from './result';

const PAGE = 2000;

/** What sealing writes. */
const TABLES = [
  { schema: 'leaves', name: 'leaf', columns: 'number, position, event_id, recorded_at, hash' },
  { schema: 'app', name: 'tree_nodes', columns: 'level, number, hash' },
  { schema: 'app', name: 'tree_heads', columns: 'size, root, previous, previous_root' },
  { schema: 'app', name: 'checkpoints', columns: 'size, note, event_id, signed_at' },
  { schema: 'app', name: 'published_checkpoints', columns: 'size, published_at' },
] as const;

/**
 * From events that have no leaf to a published checkpoint over all of them, by the runner of the leaves and the sealer,
 * against hashing the same leaves and nodes and COPY of exactly the rows.
 */
export async function sealingBench(ground: Ground, people: People): Promise<readonly Result[]> {
  const { room } = await people.open();
  const place = await ground.place('sealing');
  const store = await openPostgresStore({ url: place.appUrl, embedded: true });
  const pool = new Pool({ connectionString: place.appUrl });
  // A pool has ended before its connections have left, and the database goes with its connections.
  pool.on('connect', (connection) => connection.on('error', () => undefined));
  pool.on('error', () => undefined);
  const client = new Client({ connectionString: place.appUrl });
  await client.connect();
  try {
    await repeat(room.store, store);
    const raw: number[] = [];
    const ours: number[] = [];
    for (let round = 0; round < (ground.options.quick ? 1 : 3); round += 1) {
      await forget(place, pool);
      await ground.settle();
      const events = Number(await store.head());
      ours.push((events * 1000) / (await seal({ ...room, store, pool })));
      await ground.settle();
      const hashed = await hashTree(store, room.identity.ledgerId, events);
      raw.push((events * 1000) / (hashed + (await copyRows(ground, client))));
    }
    const events = Number(await store.head());
    return [
      {
        bench: 'sealing',
        line: `leaves, tree and checkpoint of ${events.toLocaleString('en')} events / hashing and COPY of the same rows`,
        unit: 'events/s',
        raw: median(raw),
        ours: median(ours),
        target: { kind: 'ratio', atLeast: 0.5 },
      },
    ];
  } finally {
    await Promise.all([client.end(), pool.end(), store.close()]);
    await ground.drop('sealing');
  }
}

/** Appends what one ledger has to another, event by event as it stands. */
async function repeat(from: EventStore, to: EventStore): Promise<void> {
  for (let after: bigint | undefined; ;) {
    const page = await from.readAll({ limit: PAGE, ...(after !== undefined && { after }) });
    after = page.at(-1)?.position;
    if (after === undefined) return;
    await to.appendMany(appendsOf(page));
  }
}

/** As before anything was sealed: the owner may take away what the serving role may only add to. */
async function forget({ ownerUrl }: Place, pool: Pool): Promise<void> {
  const db = await pool.connect();
  try {
    await transaction(db, () => dropVersion(db, 'leaves', 'serving'));
  } finally {
    db.release();
  }
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query('TRUNCATE app.tree_nodes, app.tree_heads CASCADE');
  } finally {
    await owner.end();
  }
}

type Sealed = Pick<Infrastructure, 'store' | 'pool' | 'vault' | 'ledger' | 'identity'>;

/** Answers milliseconds until a checkpoint over all events is published. */
async function seal({ store, pool, vault, ledger, identity }: Sealed): Promise<number> {
  const head = (await store.head())!;
  const ending = new AbortController();
  const projection = leafWriter(identity.ledgerId);
  let runner = Promise.resolve();
  const milliseconds = await timed(async () => {
    await new Promise<void>((resolve, reject) => {
      const onProgress = (_name: string, position: bigint): void => {
        if (position >= head) resolve();
      };
      runner = runProjector({ store, vault, pool, projection, signal: ending.signal, onProgress });
      runner.catch(reject);
    });
    await sealIfDue({ ledger: { ...ledger, store }, pool, intervalSeconds: 0 });
  });
  ending.abort();
  await runner;
  return milliseconds;
}

/** COPY of what was just written into tables like those, with their indexes and checks. Answers milliseconds. */
async function copyRows(ground: Ground, client: Client): Promise<number> {
  const rows = await rowsOf(
    client,
    TABLES.map(({ schema, name, columns }) => ({ table: `${schema}.${name}`, columns, where: 'true' })),
  );
  await client.query('CREATE SCHEMA raw_sealing');
  for (const { schema, name } of TABLES) {
    await client.query(`CREATE TABLE raw_sealing.${name} (LIKE ${schema}.${name} INCLUDING ALL)`);
  }
  await ground.settle();
  const milliseconds = await copyInto(
    client,
    rows.map((row) => ({ ...row, table: row.table.replace(/^\w+/, 'raw_sealing') })),
  );
  await client.query('DROP SCHEMA raw_sealing CASCADE');
  return milliseconds;
}
