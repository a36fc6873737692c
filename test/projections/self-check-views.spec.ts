import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PROJECTIONS } from '@enishi/projections/all';
import {
  carryOnRebuild,
  requestRebuild,
  schemaOf,
  type Opener,
  type Projection,
} from '@enishi/projections/engine';
import { checkViews, SELF_CHECK_SESSION, type ViewCheck } from '@enishi/worker';
import * as fc from 'fast-check';
import type { PoolClient } from 'pg';
import { directedHistories, histories, keysErased } from './support/histories';
import { applyAll, beginAnew, dump, viewsDatabase, type ViewsDatabase } from './support/laws';
import type { MemoryLedger } from './support/memory-ledger';
import { PlainVault } from './support/plain-vault';
import type { Said } from './support/self-check-process';

jest.setTimeout(120_000);

let views: ViewsDatabase;
let db: PoolClient;
beforeAll(async () => {
  views = await viewsDatabase('selfcheck');
  db = await views.pool.connect();
});
afterAll(async () => {
  db.release();
  await views.stop();
});

/** As the server that follows the ledger has them: filled until an event, by a vault that may fail. */
async function serve(
  ledger: MemoryLedger,
  vault = new PlainVault(),
  projections: readonly Projection[] = PROJECTIONS,
) {
  for (const projection of projections) {
    await beginAnew(db, projection);
    await applyAll(db, projection, vault, ledger.records, [40]);
  }
}

const check = (
  ledger: Pick<MemoryLedger, 'readAll'>,
  vault: Opener = new PlainVault(),
  projections: readonly Projection[] = PROJECTIONS,
) => checkViews({ databaseUrl: views.database.url, store: ledger, vault, projections });

/** All rows of all views. */
async function everything(): Promise<readonly string[]> {
  const found: string[] = [];
  for (const projection of PROJECTIONS) found.push(await dump(db, projection));
  return found;
}

/** Temporary tables of anybody, and sessions of a check. */
async function left(): Promise<{ tables: number; sessions: number }> {
  const { rows } = await db.query<{ tables: number; sessions: number }>(
    `SELECT (SELECT count(*)::int FROM pg_class WHERE relpersistence = 't') AS tables,
        (SELECT count(*)::int FROM pg_stat_activity WHERE application_name = $1) AS sessions`,
    [SELF_CHECK_SESSION],
  );
  return rows[0]!;
}

/** Sessions end a moment after their connections. */
async function nothingLeft(): Promise<void> {
  while ((await left()).sessions > 0) await sleep(20);
  expect(await left()).toEqual({ tables: 0, sessions: 0 });
}

const gist = ({ view, state, found, differences, parked }: ViewCheck) => ({
  ...{ view, state, found, differences: differences.length },
  parked: parked.length,
});

test('views that follow their events are found the same, whatever keys are gone by then; nothing is left behind', async () => {
  let rows = 0;
  await fc.assert(
    fc.asyncProperty(histories(60), fc.boolean(), async (ledger, erased) => {
      await serve(ledger);
      const vault = new PlainVault();
      if (erased) for (const key of keysErased(ledger)) vault.destroyed.add(key);
      const before = await everything();
      const found = await check(ledger, vault);
      expect(found.map(gist)).toEqual(
        PROJECTIONS.map(({ name }) => ({ view: name, state: 'same', found: 0, differences: 0, parked: 0 })),
      );
      expect(await everything()).toEqual(before);
      for (const one of found) rows += one.rows;
    }),
    {
      numRuns: 6,
      examples: directedHistories()
        .slice(18, 20)
        .map((ledger) => [ledger, true]),
    },
  );
  expect(rows).toBeGreaterThan(0);
  await nothingLeft();
});

describe('in views of a history', () => {
  const ledger = directedHistories().at(-1)!;
  const person = ledger.records.find(({ type }) => type === 'AlumnusRegistered')!.data['alumnusId'] as string;
  const published = ledger.records.find(({ type }) => type === 'PurposePublished')!.position.toString();
  beforeAll(() => serve(ledger));

  /** What a check finds after a change by hand, which is then taken back. */
  async function after(change: string, view: string): Promise<ViewCheck> {
    const projection = PROJECTIONS.find(({ name }) => name === view)!;
    await db.query(change);
    try {
      return (await check(ledger, new PlainVault(), [projection]))[0]!;
    } finally {
      await serve(ledger, new PlainVault(), [projection]);
    }
  }

  test.each([
    [
      'another name',
      'alumni-roster',
      `UPDATE alumni_roster.person SET programme = '{"kanariya":1}' WHERE alumnus_id = '${person}'`,
      { table: 'person', row: person, what: 'changed' },
    ],
    [
      'a withdrawal turned into a grant',
      'alumni-roster',
      `UPDATE alumni_roster.consent SET state = 'expired' WHERE alumnus_id = '${person}'`,
      { table: 'consent', row: expect.stringContaining(`${person}.`) as string, what: 'changed' },
    ],
    [
      'somebody who is gone',
      'as-of-facts',
      `DELETE FROM as_of_facts.subject WHERE alumnus_id = '${person}'`,
      { table: 'subject', row: person, what: 'missing' },
    ],
    [
      'an event that never was',
      'audit-trail',
      `INSERT INTO audit_trail.event SELECT (jsonb_populate_record(e, '{"position": 5}')).*
         FROM audit_trail.event e LIMIT 1`,
      { table: 'event', row: '5', what: 'extra' },
    ],
    [
      'a consent at another time',
      'consent-history',
      `UPDATE consent_history.consent_event SET effective_at = effective_at + interval '1 day'
        WHERE position = (SELECT max(position) FROM consent_history.consent_event)`,
      { table: 'consent_event', what: 'changed' },
    ],
    [
      'another notice',
      'purpose-catalogue',
      `UPDATE purpose_catalogue.purpose_fact SET fact = fact || ' ' WHERE position = ${published}`,
      { table: 'purpose_fact', row: published, what: 'changed' },
    ],
  ])('%s is named by table and key, without a value', async (_, view, change, difference) => {
    const found = await after(change, view);
    expect(found).toMatchObject({ view, state: 'different', differences: [difference] });
    expect(found.found).toBe(found.differences.length);
    expect(
      JSON.stringify(found, (__, value: unknown) => (typeof value === 'bigint' ? 0 : value)),
    ).not.toMatch(/kanariya|Tanaka|髙橋/);
  });

  test('a table that is gone is named, and the others are compared', async () => {
    const views = PROJECTIONS.filter(({ name }) => name === 'purpose-catalogue');
    const { rows } = (await check(ledger, new PlainVault(), views))[0]!;
    await db.query('ALTER TABLE purpose_catalogue.purpose_fact RENAME TO away');
    try {
      const [found] = await check(ledger, new PlainVault(), views);
      expect(found).toMatchObject({
        ...{ state: 'different', rows, found: 1 },
        differences: [{ table: 'purpose_fact', row: '', what: 'table-missing' }],
      });
    } finally {
      await db.query('ALTER TABLE purpose_catalogue.away RENAME TO purpose_fact');
    }
  });

  test('a view that is behind is compared up to where it stands, and one of another version is not', async () => {
    const [roster] = PROJECTIONS;
    await beginAnew(db, roster!);
    await applyAll(db, roster!, new PlainVault(), ledger.records.slice(0, 3), [2]);
    const [behind] = await check(ledger, new PlainVault(), [roster!]);
    expect(behind).toMatchObject({ state: 'same', position: ledger.records[2]!.position });
    await serve(ledger, new PlainVault(), [roster!]);
    const [newer] = await check(ledger, new PlainVault(), [{ ...roster!, version: roster!.version + 1 }]);
    expect(newer).toMatchObject({ state: 'other-version', rows: 0 });
  });

  test('what comes while it works is part of it', async () => {
    const audit = PROJECTIONS.filter(({ name }) => name === 'audit-trail');
    await beginAnew(db, audit[0]!);
    await applyAll(db, audit[0]!, new PlainVault(), ledger.records.slice(0, 4), [2]);
    let read = 0;
    const store: Pick<MemoryLedger, 'readAll'> = {
      readAll: async (options) => {
        if ((read += 1) === 1) await applyAll(db, audit[0]!, new PlainVault(), ledger.records.slice(4), [2]);
        return ledger.readAll(options);
      },
    };
    const [found] = await check(store, new PlainVault(), audit);
    expect(found).toMatchObject({
      state: 'same',
      rows: ledger.records.length,
      position: ledger.records.at(-1)!.position,
    });
  });
});

describe('what cannot be applied', () => {
  const ledger = directedHistories().at(-1)!;
  const consent = ledger.records.find(({ type }) => type === 'ConsentGranted')!;
  const who = consent.data['alumnusId'] as string;
  const broken = () => {
    const vault = new PlainVault();
    vault.broken.add(consent.id);
    return vault;
  };
  const parked = { scope: { kind: 'alumnus', id: who }, position: consent.position, code: 'seal-broken' };
  const history = PROJECTIONS.filter(({ name }) => name === 'alumni-roster');

  test('by the view is said, and its rows are compared all the same', async () => {
    await serve(ledger, broken(), history);
    for (const vault of [broken(), new PlainVault()]) {
      const [found] = await check(ledger, vault, history);
      expect(found).toMatchObject({ state: 'same', found: 0, parked: [{ ...parked, by: 'serving' }] });
    }
    await db.query(`UPDATE alumni_roster.person SET job = 'x' WHERE alumnus_id = $1`, [who]);
    const [found] = await check(ledger, new PlainVault(), history);
    expect(found).toMatchObject({ found: 1, differences: [{ table: 'person', row: who }] });
  });

  test('and is released by a rebuild meanwhile: the view is checked anew', async () => {
    await serve(ledger, broken(), history);
    const [projection] = history;
    const { signal } = new AbortController();
    let pages = 0;
    const store: Pick<MemoryLedger, 'readAll'> = {
      readAll: async (options) => {
        if ((pages += 1) === 1) {
          await requestRebuild(views.pool, projection!);
          const rebuild = { store: ledger, vault: new PlainVault(), db, projection: projection!, signal };
          expect(await carryOnRebuild(rebuild)).toBe('switched');
        }
        return ledger.readAll(options);
      },
    };
    const [found] = await check(store, new PlainVault(), history);
    expect(found).toMatchObject({ state: 'same', found: 0, parked: [] });
    expect(pages).toBeGreaterThan(1);
  });

  test('any more is said, and what it leaves out is a difference', async () => {
    await serve(ledger, new PlainVault(), history);
    const [found] = await check(ledger, broken(), history);
    expect(found).toMatchObject({ state: 'different', parked: [{ ...parked, by: 'rebuild' }] });
    expect(found!.differences).toContainEqual({
      ...{ table: 'consent_fact', what: 'extra' },
      row: `${who}.${String(consent.data['purposeId'])}`,
    });
  });
});

describe('interrupted half-way', () => {
  const ledger = directedHistories()[0]!;
  beforeAll(() => serve(ledger));

  test.each<[string, () => Promise<unknown>]>([
    [
      'by a fault of the vault',
      () => Promise.reject(Object.assign(new Error('away'), { code: 'ECONNRESET' })),
    ],
    [
      'by sessions cut off in the database',
      () =>
        db.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [
          SELF_CHECK_SESSION,
        ]),
    ],
  ])('%s, it fails, leaves nothing behind, and may be repeated', async (_, interrupt) => {
    let built = 0;
    const vault: Opener = {
      async openFacts(records, options) {
        built = (await left()).tables;
        await interrupt();
        return new PlainVault().openFacts(records, options);
      },
    };
    await expect(check(ledger, vault)).rejects.toThrow();
    expect(built).toBeGreaterThan(0);
    await nothingLeft();
    expect((await check(ledger)).every(({ state }) => state === 'same')).toBe(true);
  });

  test('by kill -9 of its process, nothing is left behind', async () => {
    const hook = path.join(__dirname, '../event-store/typescript-hook.cjs');
    const child = fork(path.join(__dirname, 'support/self-check-process.ts'), [views.database.url], {
      execArgv: ['-r', hook],
    });
    await inTheMiddle(child);
    expect((await left()).tables).toBeGreaterThan(0);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    await nothingLeft();
  });
});

/** Resolves when the process says that it is building. */
function inTheMiddle(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('message', (said: Said) => (said === 'building' ? resolve() : reject(new Error(said))));
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
}

it('every table that is compared has a key', () => {
  for (const { name, tables } of PROJECTIONS) {
    const without = tables
      .split('CREATE TABLE')
      .slice(1)
      .filter((table) => !/PRIMARY KEY/.test(table));
    expect([schemaOf(name, 'serving'), without]).toEqual([schemaOf(name, 'serving'), []]);
  }
});
