import {
  applyBatch,
  cancelRebuild,
  carryOnRebuild,
  CheckpointMoved,
  isTransient,
  openBatch,
  parkedScopes,
  readVersion,
  type RebuildOptions,
  RebuildStopped,
  refuseGaps,
  requestRebuild,
  ViewParked,
} from '@enishi/projections/engine';
import type { PoolClient } from 'pg';
import { applyAll, beginAnew, viewsDatabase, type ViewsDatabase } from './support/laws';
import { MemoryLedger, uuid } from './support/memory-ledger';
import { PlainVault } from './support/plain-vault';
import { erase, register, rename, toy } from './support/toy';

let views: ViewsDatabase;
let db: PoolClient;
beforeAll(async () => {
  views = await viewsDatabase('engine');
  db = await views.pool.connect();
});
afterAll(async () => {
  db.release();
  await views.stop();
});

const projection = toy();
let ledger: MemoryLedger;
let vault: PlainVault;
beforeEach(async () => {
  ledger = new MemoryLedger();
  vault = new PlainVault();
  await beginAnew(db, projection);
});

const people = async (schema = 'toy_names') =>
  (
    await db.query<{ id: string; family: string | null }>(
      `SELECT alumnus_id AS id, family FROM ${schema}.person`,
    )
  ).rows;
const familyOf = async (person: string) => (await people()).find(({ id }) => id === uuid(person))?.family;
const rebuild = (store: RebuildOptions['store'] = ledger) =>
  carryOnRebuild({
    store,
    vault,
    db,
    projection,
    signal: new AbortController().signal,
    batchSize: 2,
  });

describe('parking', () => {
  test('the event that cannot be applied parks its person; everybody else in the batch is applied', async () => {
    register(ledger, 'a', '田中');
    register(ledger, 'b', '森');
    const poison = rename(ledger, 'a', 'poison');
    rename(ledger, 'b', '林');
    rename(ledger, 'a', '佐藤');
    register(ledger, 'c', '渡邉');
    await applyAll(db, projection, vault, ledger.records, [100]);

    expect([await familyOf('a'), await familyOf('b'), await familyOf('c')]).toEqual(['田中', '林', '渡邉']);
    expect(await parkedScopes(db, 'toy-names')).toEqual([
      {
        scope: { kind: 'alumnus', id: uuid('a') },
        position: poison.position,
        eventId: poison.id,
        code: 'TypeError',
        since: expect.any(Date) as Date,
      },
    ]);
    expect((await readVersion(db, 'toy-names', 'serving'))?.checkpoint?.position).toBe(await ledger.head());
  });

  test('an event that does not open parks its person too', async () => {
    register(ledger, 'a', '田中');
    vault.broken.add(rename(ledger, 'a', '佐藤').id);
    register(ledger, 'b', '森');
    await applyAll(db, projection, vault, ledger.records, [100]);
    expect([await familyOf('a'), await familyOf('b')]).toEqual(['田中', '森']);
    expect((await parkedScopes(db, 'toy-names'))[0]?.code).toBe('seal-broken');
  });

  test('a parked person is erased all the same, and stays parked', async () => {
    register(ledger, 'a', '田中');
    rename(ledger, 'a', 'poison');
    erase(ledger, 'a', 'ErasureStarted');
    await applyAll(db, projection, vault, ledger.records, [100]);
    expect(await familyOf('a')).toBeNull();
    erase(ledger, 'a', 'ErasureCompleted');
    expect(await parkedScopes(db, 'toy-names')).toHaveLength(1);
  });

  test('an erasure that the projection cannot apply erases and parks', async () => {
    const failing = {
      ...projection,
      project: async (...[entries, client]: Parameters<typeof projection.project>) => {
        if (entries.some(({ fact }) => fact.type === 'ErasureStarted')) throw new Error('bug');
        await projection.project(entries, client);
      },
    };
    register(ledger, 'a', '田中');
    erase(ledger, 'a', 'ErasureStarted');
    await applyAll(db, failing, vault, ledger.records, [100]);
    expect(await familyOf('a')).toBeNull();
    expect(await parkedScopes(db, 'toy-names')).toHaveLength(1);
  });

  test('an erasure reaches the building version too', async () => {
    register(ledger, 'a', '田中');
    await requestRebuild(views.pool, projection);
    await applyAll(db, projection, vault, ledger.records, [100], { slot: 'building' });
    const started = erase(ledger, 'a', 'ErasureStarted');
    await applyAll(db, projection, vault, [started], [100], { slot: 'building' });
    expect(await people('toy_names_building')).toEqual([{ id: uuid('a'), family: null }]);
  });

  test('lists that would leave the parked person out are refused; lists about others are not', async () => {
    register(ledger, 'a', 'poison');
    await applyAll(db, projection, vault, ledger.records, [100]);
    await expect(refuseGaps(db, 'toy-names', undefined)).rejects.toBeInstanceOf(ViewParked);
    await expect(refuseGaps(db, 'toy-names', uuid('a'))).rejects.toBeInstanceOf(ViewParked);
    await refuseGaps(db, 'toy-names', uuid('b'));
  });
});

describe('the checkpoint', () => {
  test('moves only from where the runner left it: a zombie writes nothing', async () => {
    register(ledger, 'a', '田中');
    register(ledger, 'b', '森');
    const first = await openBatch(vault, projection, ledger.records.slice(0, 1));
    const both = await openBatch(vault, projection, ledger.records);
    const target = { db, projection, slot: 'serving' as const };
    await applyBatch(target, vault, undefined, both);
    rename(ledger, 'a', '佐藤');
    const zombie = await openBatch(vault, projection, ledger.records.slice(2));
    const stale = { position: 10n, eventId: ledger.records[0]!.id };
    await expect(applyBatch(target, vault, stale, zombie)).rejects.toBeInstanceOf(CheckpointMoved);
    await expect(applyBatch(target, vault, undefined, first)).rejects.toBeInstanceOf(CheckpointMoved);
    expect(await familyOf('a')).toBe('田中');
  });

  test('is not that of a program with other rules', async () => {
    register(ledger, 'a', '田中');
    const batch = await openBatch(vault, projection, ledger.records);
    const other = { db, projection: toy(2), slot: 'serving' as const };
    await expect(applyBatch(other, vault, undefined, batch)).rejects.toBeInstanceOf(CheckpointMoved);
  });
});

describe('a fault', () => {
  const fault = (code: string) => Object.assign(new Error('fault'), { code });

  // What is not transient in the serving version ends it, and with it the server.
  test.each([
    'ECONNREFUSED',
    'ENETUNREACH',
    'ENETDOWN',
    'EHOSTDOWN',
    'ECONNABORTED',
    '57P01',
    '53300',
    '40P01',
  ])('with the code %s passes', (code) => expect(isTransient(fault(code))).toBe(true));

  test.each(['54000', '23505', '42703', 'ENOENT'])('with the code %s does not', (code) =>
    expect(isTransient(fault(code))).toBe(false),
  );
});

describe('a rebuild', () => {
  test('releases what is parked when the cause is gone', async () => {
    register(ledger, 'a', '田中');
    const broken = rename(ledger, 'a', '佐藤').id;
    vault.broken.add(broken);
    await applyAll(db, projection, vault, ledger.records, [100]);
    vault.broken.delete(broken);
    await requestRebuild(views.pool, projection);
    expect(await rebuild()).toBe('switched');
    expect(await parkedScopes(db, 'toy-names')).toEqual([]);
    expect(await familyOf('a')).toBe('佐藤');
  });

  test('stops at poison with its position, and the serving version goes on', async () => {
    register(ledger, 'a', '田中');
    register(ledger, 'b', '森');
    const poison = rename(ledger, 'a', 'poison');
    await applyAll(db, projection, vault, ledger.records, [100]);
    await requestRebuild(views.pool, projection);
    await expect(rebuild()).rejects.toBeInstanceOf(RebuildStopped);
    const row = await readVersion(db, 'toy-names', 'building');
    expect([row?.state, row?.stoppedAt, row?.stoppedCode]).toEqual(['stopped', poison.position, 'TypeError']);
    rename(ledger, 'b', '林');
    await applyAll(db, projection, vault, ledger.records.slice(3), [100]);
    expect(await familyOf('b')).toBe('林');
  });

  test('stops with a code where its indexes cannot be made, and is begun anew when asked for again', async () => {
    register(ledger, 'a', '田中');
    await applyAll(db, projection, vault, ledger.records, [100]);
    // Nothing repeats in it, so that nothing of it is compressed away: too long for an index row.
    const long = String.fromCodePoint(
      ...Array.from({ length: 3000 }, (_, n) => 0x4e00 + ((n * 7919) % 20000)),
    );
    const { position } = rename(ledger, 'a', long);
    await requestRebuild(views.pool, projection);
    const fault = await rebuild().catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(RebuildStopped);
    expect(fault).toMatchObject({ code: '54000', position, eventId: ledger.records[1]!.id });
    expect(await readVersion(db, 'toy-names', 'building')).toMatchObject({
      state: 'stopped',
      stoppedAt: position,
      stoppedCode: '54000',
    });
    expect(await familyOf('a')).toBe('田中');
    const { rows } = await db.query(
      `SELECT 1 FROM views.projection WHERE stopped_code LIKE '%' || $1 || '%'`,
      [long.slice(0, 3)],
    );
    expect(rows).toEqual([]);
    rename(ledger, 'a', '佐藤');
    await requestRebuild(views.pool, projection);
    expect(await rebuild()).toBe('switched');
    expect(await familyOf('a')).toBe('佐藤');
  });

  test('does not stop for what passes, nor when it was cancelled meanwhile', async () => {
    register(ledger, 'a', '田中');
    await requestRebuild(views.pool, projection);
    ledger.beforeRead = () => {
      throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    };
    await expect(rebuild()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect((await readVersion(db, 'toy-names', 'building'))?.state).toBe('running');
    const readAll = async (): Promise<never> => {
      await cancelRebuild(views.pool, 'toy-names');
      throw new RangeError('not a row');
    };
    await expect(rebuild({ readAll })).rejects.toBeInstanceOf(CheckpointMoved);
  });

  test('is carried on by the next runner, not begun anew', async () => {
    for (let n = 0; n < 9; n++) register(ledger, `p${n}`, '田中');
    await applyAll(db, projection, vault, ledger.records, [100]);
    await requestRebuild(views.pool, projection);
    await applyAll(db, projection, vault, ledger.records.slice(0, 5), [3], { slot: 'building' });
    await requestRebuild(views.pool, projection);
    expect((await readVersion(db, 'toy-names', 'building'))?.handled).toBe(5);
    vault.opened = 0;
    expect(await rebuild()).toBe('switched');
    expect(vault.opened).toBe(4);
    expect(await people()).toHaveLength(9);
  });

  test('does not switch while the serving version is ahead', async () => {
    register(ledger, 'a', '田中');
    register(ledger, 'b', '森');
    await applyAll(db, projection, vault, ledger.records, [100]);
    await requestRebuild(views.pool, projection);
    let reads = 0;
    const late = {
      readAll: (options: Parameters<MemoryLedger['readAll']>[0]) =>
        // The first pages of this reader miss the newest event.
        reads++ < 3
          ? ledger.readAll(options).then((page) => page.slice(0, 1).filter((r) => r.position < 20n))
          : ledger.readAll(options),
    };
    const seen: number[] = [];
    const options = { vault, db, projection, signal: new AbortController().signal };
    await carryOnRebuild({ ...options, store: late, onProgress: () => seen.push(reads) });
    expect(seen).toHaveLength(2);
    expect(await people()).toHaveLength(2);
  });

  test('cancelled leaves nothing, and its runner writes no more', async () => {
    register(ledger, 'a', '田中');
    await requestRebuild(views.pool, projection);
    const batch = await openBatch(vault, projection, ledger.records);
    await cancelRebuild(views.pool, 'toy-names');
    const target = { db, projection, slot: 'building' as const };
    await expect(applyBatch(target, vault, undefined, batch)).rejects.toBeInstanceOf(CheckpointMoved);
    const { rows } = await db.query(`SELECT 1 FROM pg_namespace WHERE nspname = 'toy_names_building'`);
    expect(rows).toEqual([]);
  });
});
