import { createHash } from 'node:crypto';
import type { EventStore } from '@enishi/event-store';
import { openViews, readVersion, readVersions, type Views } from '@enishi/projections/engine';
import { leafHash } from '@enishi/transparency';
import {
  LeafMismatch,
  leafWriter,
  projectionsOf,
  readLeaf,
  runProjector,
  runProjectors,
  verifyLastLeaf,
  type ProjectorOptions,
} from '@enishi/worker';
import { Client, Pool } from 'pg';
import { testCluster } from '../support/postgres';
import { viewsDatabase, type ViewsDatabase } from './support/laws';
import { MemoryLedger, uuid } from './support/memory-ledger';
import { PlainVault } from './support/plain-vault';
import { eventually, register, rename, toy } from './support/toy';

let views: ViewsDatabase;
let ledger: MemoryLedger;
let vault: PlainVault;
let asked: Views;
let running: { readonly stop: AbortController; readonly done: Promise<void> }[];
beforeEach(async () => {
  views = await viewsDatabase('runner');
  ledger = new MemoryLedger();
  vault = new PlainVault();
  running = [];
  asked = openViews({ pool: views.pool, store: ledger, projections: [toy()], pollMs: 10 });
});
afterEach(async () => {
  for (const { stop } of running) stop.abort();
  await Promise.allSettled(running.map(({ done }) => done));
  await views.stop();
});

function run(options: Partial<ProjectorOptions> = {}) {
  const stop = new AbortController();
  const done = runProjector({
    store: ledger,
    vault,
    pool: views.pool,
    projection: toy(),
    signal: stop.signal,
    pollMs: 20,
    ...options,
  });
  done.catch(() => undefined);
  running.push({ stop, done });
  return { stop, done };
}

const family = async (person: string): Promise<string | undefined> => {
  const { rows } = await views.pool.query<{ family: string }>(
    'SELECT family FROM toy_names.person WHERE alumnus_id = $1',
    [uuid(person)],
  );
  return rows[0]?.family;
};

/** Cuts every session of the serving role in this test's database, as a restarted server does. */
async function cutSessions(): Promise<void> {
  const cluster = await testCluster();
  const admin = new Client({ connectionString: cluster.adminUrl });
  await admin.connect();
  await admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND usename = 'enishi_app'`,
    [new URL(views.database.url).pathname.slice(1)],
  );
  await admin.end();
  await cluster.stop();
}

test('follows history and then what comes, and who waits for a position is woken', async () => {
  register(ledger, 'a', '田中');
  run({ onProgress: (name, position) => asked.advanced(name, position) });
  const { position } = register(ledger, 'b', '森');
  expect(await asked.waitFor('toy-names', position)).toBe('ok');
  expect(await family('b')).toBe('森');
  const later = rename(ledger, 'b', '林');
  expect(await asked.waitFor('toy-names', later.position)).toBe('ok');
  expect(await family('b')).toBe('林');
});

test('who waits in another process sees it by polling, or is told that the view is behind', async () => {
  register(ledger, 'a', '田中');
  expect(await asked.waitFor('toy-names', 10n, 50)).toBe('view-behind');
  run();
  expect(await asked.waitFor('toy-names', 10n)).toBe('ok');
});

test('who asks for somebody parked is told so', async () => {
  register(ledger, 'b', '森');
  const { position } = register(ledger, 'a', 'poison');
  run();
  expect(await asked.waitFor('toy-names', position)).toBe('ok');
  expect(await asked.waitFor('toy-names', position, 100, [{ kind: 'alumnus', id: uuid('a') }])).toBe(
    'view-parked',
  );
  expect(await asked.waitFor('toy-names', position, 100, [{ kind: 'alumnus', id: uuid('b') }])).toBe('ok');
  expect((await asked.status())[0]).toMatchObject({
    name: 'toy-names',
    lag: 0,
    parked: [{ code: 'TypeError' }],
  });
});

test('goes on by itself after the database has gone, nothing lost, nothing twice', async () => {
  for (let n = 0; n < 50; n++) register(ledger, `p${n}`, '田中');
  run({ batchSize: 3 });
  await eventually(async () => ((await readVersion(views.pool, 'toy-names', 'serving'))?.handled ?? 0) > 3);
  await cutSessions();
  for (let n = 50; n < 60; n++) register(ledger, `p${n}`, '森');
  const head = (await ledger.head())!;
  // Whoever asks may still be given a connection that was cut.
  await eventually(async () => (await asked.waitFor('toy-names', head).catch(() => 'cut')) === 'ok');
  expect((await readVersion(views.pool, 'toy-names', 'serving'))?.handled).toBe(60);
});

test('goes on by itself after the store has been away', async () => {
  let away = 3;
  ledger.beforeRead = () => {
    if (away-- > 0) throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
  };
  register(ledger, 'a', '田中');
  run();
  expect(await asked.waitFor('toy-names', 10n)).toBe('ok');
});

test('one runs, the other waits and takes over when the first stops', async () => {
  register(ledger, 'a', '田中');
  const first = run();
  await asked.waitFor('toy-names', 10n);
  const progress: bigint[] = [];
  run({ onProgress: (_, position) => progress.push(position) });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(progress).toEqual([]);
  first.stop.abort();
  await first.done;
  const { position } = register(ledger, 'b', '森');
  expect(await asked.waitFor('toy-names', position)).toBe('ok');
  expect(progress.at(-1)).toBe(position);
});

test('other rules are built beside while the old version answers, then take its place', async () => {
  register(ledger, 'a', '田中');
  const old = run();
  await asked.waitFor('toy-names', 10n);
  const next = openViews({ pool: views.pool, store: ledger, projections: [toy(2)], pollMs: 10 });
  old.stop.abort();
  await old.done;
  expect(await next.waitFor('toy-names', 10n, 20)).toBe('view-behind');
  run({ projection: toy(2) });
  expect(await next.waitFor('toy-names', 10n)).toBe('ok');
  const { rows } = await views.pool.query('SELECT kind FROM toy_names.person');
  expect(rows).toEqual([{ kind: 'AlumnusRegistered v2' }]);
  expect(await readVersions(views.pool, 'toy-names')).toMatchObject([{ slot: 'serving', version: 2 }]);
});

test('a rebuild asked for is done beside while events go on being shown', async () => {
  for (let n = 0; n < 40; n++) register(ledger, `p${n}`, '田中');
  run({ batchSize: 5 });
  await asked.waitFor('toy-names', (await ledger.head())!);
  const before = await readVersion(views.pool, 'toy-names', 'serving');
  await asked.rebuild('toy-names');
  const seen = new Set<string>();
  await eventually(async () => {
    const [status] = await asked.status();
    if (status?.rebuilding) seen.add(status.rebuilding.state);
    rename(ledger, 'p1', '佐藤');
    expect(await asked.waitFor('toy-names', (await ledger.head())!)).toBe('ok');
    return (
      (await readVersion(views.pool, 'toy-names', 'serving'))?.started.getTime() !== before?.started.getTime()
    );
  });
  expect([...seen]).toEqual(['running']);
  expect(await family('p1')).toBe('佐藤');
});

test('a rebuild that cannot go on stays stopped, and events go on being shown', async () => {
  const errors: object[] = [];
  const logger = {
    info: () => undefined,
    warn: () => undefined,
    error: (details: object) => void errors.push(details),
  };
  register(ledger, 'a', '田中');
  const without = { ...toy(), indexes: 'CREATE INDEX no_such ON person (no_such_column)' };
  const serving = run();
  await asked.waitFor('toy-names', 10n);
  serving.stop.abort();
  await serving.done;
  run({ projection: without, logger });
  await asked.rebuild('toy-names');
  await eventually(async () => (await asked.status())[0]?.rebuilding?.state === 'stopped');
  const [status] = await asked.status();
  expect(status?.rebuilding?.stoppedAt).toEqual({ position: 10n, code: '42703' });
  expect(errors).toEqual([{ projection: 'toy-names', position: '10', code: '42703' }]);
  const { position } = rename(ledger, 'a', '佐藤');
  expect(await asked.waitFor('toy-names', position)).toBe('ok');
  expect(await family('a')).toBe('佐藤');
});

test('a rebuild that cannot even be looked at does not end who follows', async () => {
  register(ledger, 'a', '田中');
  const pool = new Pool({ connectionString: views.database.url });
  // Its connections may still be leaving when the database is dropped.
  pool.on('error', () => undefined);
  pool.query = (async () => {
    throw new RangeError('cannot be asked');
  }) as unknown as typeof pool.query;
  const { stop, done } = run({ pool });
  expect(await asked.waitFor('toy-names', 10n)).toBe('ok');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const { position } = rename(ledger, 'a', '佐藤');
  expect(await asked.waitFor('toy-names', position)).toBe('ok');
  stop.abort();
  await done;
  await pool.end();
});

test('other rules whose rebuild cannot begin leave the version that stands', async () => {
  register(ledger, 'a', '田中');
  const old = run();
  await asked.waitFor('toy-names', 10n);
  old.stop.abort();
  await old.done;
  const codes: unknown[] = [];
  const logger = {
    info: () => undefined,
    warn: () => undefined,
    error: (details: object) => void codes.push('code' in details && details.code),
  };
  const next = run({ projection: { ...toy(2), tables: 'CREATE TABLE' }, logger });
  await eventually(async () => codes.length > 0);
  expect(codes).toEqual(['42601']);
  expect(await family('a')).toBe('田中');
  next.stop.abort();
  await expect(next.done).resolves.toBeUndefined();
});

describe('all projections together', () => {
  const ended: [string, unknown][] = [];
  const all = (signal: AbortSignal) =>
    runProjectors({
      store: {
        subscribe: (options) => ledger.subscribe(options),
        readStream: (stream, options) => ledger.readStream(stream, options),
        head: () => ledger.head(),
        // Only rebuilds read this way.
        readAll: async () => {
          throw new RangeError('not a row');
        },
      } as Partial<EventStore> as EventStore,
      vault,
      pool: views.pool,
      ledgerId: 'ledger-1',
      signal,
      pollMs: 20,
      onEnded: (projection, error) => void ended.push([projection, error]),
    });
  let stop: AbortController;
  let done: Promise<void>;
  beforeEach(() => {
    ended.length = 0;
    stop = new AbortController();
  });
  afterEach(async () => {
    stop.abort();
    await done;
  });
  const reached = (name: string, position: bigint) =>
    eventually(
      async () => (await readVersion(views.pool, name, 'serving'))?.checkpoint?.position === position,
    );

  test('tell which one ended for good, once, and the others go on', async () => {
    register(ledger, 'a', '田中');
    done = all(stop.signal);
    await reached('leaves', 10n);
    stop.abort();
    await done;
    expect(ended).toEqual([]);

    ledger.records[0] = { ...ledger.records[0]!, dataText: '{"altered":true}' };
    stop = new AbortController();
    done = all(stop.signal);
    await eventually(async () => ended.length > 0);
    const { position } = rename(ledger, 'a', '佐藤');
    await reached('audit-trail', position);
    await reached('alumni-roster', position);
    expect(ended).toEqual([['leaves', expect.any(LeafMismatch)]]);
  });

  test('do not tell of a rebuild that stops', async () => {
    const { position } = register(ledger, 'a', '田中');
    done = all(stop.signal);
    await reached('audit-trail', position);
    asked = openViews({ pool: views.pool, store: ledger, projections: projectionsOf('ledger-1') });
    await asked.rebuild('audit-trail');
    await eventually(
      async () => (await readVersion(views.pool, 'audit-trail', 'building'))?.state === 'stopped',
    );
    const later = rename(ledger, 'a', '佐藤');
    await reached('audit-trail', later.position);
    expect(ended).toEqual([]);
  });
});

describe('leaves', () => {
  test('never go back in time, though the clock of the store did', async () => {
    for (const name of ['a', 'b', 'c']) register(ledger, name, '田中');
    const times = ['2026-03-01T00:00:05.000Z', '2026-03-01T00:00:01.250Z', '2026-03-01T00:00:07.000Z'];
    times.forEach((recordedAt, index) => (ledger.records[index] = { ...ledger.records[index]!, recordedAt }));
    const projection = leafWriter('ledger-1');
    asked = openViews({ pool: views.pool, store: ledger, projections: [projection], pollMs: 10 });
    // One by one, so that what is remembered between batches counts.
    const { stop, done } = run({ projection, batchSize: 1 });
    expect(await asked.waitFor('leaves', (await ledger.head())!)).toBe('ok');
    stop.abort();
    await done;
    const { rows } = await views.pool.query<{ at: Date }>(
      'SELECT recorded_at AS at FROM leaves.leaf ORDER BY number',
    );
    expect(rows.map(({ at }) => at.toISOString())).toEqual([times[0], times[0], times[2]]);
    const { hash } = (await readLeaf(views.pool, { number: 2n }))!;
    const input = { ...ledger.records[1]!, recordedAt: times[0]!, ledger: 'ledger-1' };
    expect(hash).toEqual(
      Buffer.from(leafHash(input, (bytes) => createHash('sha256').update(bytes).digest())),
    );
    ledger.records.length = 2;
    await views.pool.query('DELETE FROM leaves.leaf WHERE number = 3');
    await views.pool.query(`UPDATE leaves.last_leaf SET number = 2, stream = $1, revision = $2`, [
      ledger.records[1]!.stream,
      ledger.records[1]!.revision,
    ]);
    await verifyLastLeaf(views.pool, ledger, 'ledger-1');
  });

  test('number every event; a ledger that is not the one they were made of is refused', async () => {
    for (const name of ['a', 'b', 'c']) register(ledger, name, '田中');
    const projection = leafWriter('ledger-1');
    asked = openViews({ pool: views.pool, store: ledger, projections: [projection], pollMs: 10 });
    const first = run({ projection });
    expect(await asked.waitFor('leaves', (await ledger.head())!)).toBe('ok');
    first.stop.abort();
    await first.done;
    expect(await readLeaf(views.pool, { number: 3n })).toMatchObject({
      position: 30n,
      eventId: ledger.records[2]!.id,
    });
    expect(await readLeaf(views.pool, { position: 10n })).toMatchObject({ number: 1n });

    await verifyLastLeaf(views.pool, ledger, 'ledger-1');
    ledger.records[2] = { ...ledger.records[2]!, dataText: '{"altered":true}' };
    const verify: ProjectorOptions['verify'] = (db, checkpoint) =>
      verifyLastLeaf(db, ledger, 'ledger-1', checkpoint);
    await expect(run({ projection, verify }).done).rejects.toBeInstanceOf(LeafMismatch);
    ledger.records.length = 2;
    await expect(verifyLastLeaf(views.pool, ledger, 'ledger-1')).rejects.toBeInstanceOf(LeafMismatch);
  });
});
