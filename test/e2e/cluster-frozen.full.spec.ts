import { setTimeout as sleep } from 'node:timers/promises';
import { readVersions, runnersAmong } from '@enishi/projections/engine';
import { clientOf, readiness, ready, startCluster, type Cluster, type Member } from './support/cluster';
import { accepted, furnish, importFile, leaversFile } from './support/steps';

jest.setTimeout(300_000);

const VIEW = 'alumni-roster';
const FROZEN_MS = 30_000;
const TAKEN_OVER_WITHIN_MS = 5000;

describe('a worker that freezes for half a minute, its connections open', () => {
  let cluster: Cluster;
  afterEach(() => cluster?.stop());

  /** Who holds the lock of the view: the PostgreSQL process, which no frozen worker can change. */
  const holder = async (): Promise<number | undefined> => {
    const { rows } = await cluster.pool.query<{ pid: number }>(
      `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1 AND granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND ((classid::bigint << 32) | objid::bigint) = hashtextextended('enishi:projection:${VIEW}:serving', 0)`,
    );
    return rows[0]?.pid;
  };

  it.each(['at rest', 'in the middle of its work'])(
    'frozen %s: another takes over in five seconds, and it writes nothing when it wakes',
    async (when) => {
      cluster = await startCluster(`frozen_${when === 'at rest' ? 'rest' : 'work'}`);
      const token = await cluster.token('compliance', 'hr', 'operator');
      const api = await cluster.start('api');
      const first = await cluster.start('worker');
      const to = clientOf(api, token);
      await ready(api);
      await furnish(to);
      const second = await cluster.start('worker');
      const before = await holder();
      expect(before).toBeDefined();

      const file = leaversFile(2000);
      const importing = when === 'at rest' ? undefined : importFile(to, file);
      if (importing) await sleep(1500);
      first.child.kill('SIGSTOP');
      const began = performance.now();
      let taken = before;
      while (taken === before || taken === undefined) {
        if (performance.now() - began > 2 * TAKEN_OVER_WITHIN_MS) throw new Error('nobody took over');
        await sleep(20);
        taken = await holder();
      }
      expect(performance.now() - began).toBeLessThan(TAKEN_OVER_WITHIN_MS);
      await (importing ?? importFile(to, file));
      await caughtUpIn(cluster);
      const served = await rowsOf(cluster);
      await sleep(Math.max(0, FROZEN_MS - (performance.now() - began)));
      first.child.kill('SIGCONT');
      await sleep(3000);
      // It is a worker again, one that waits for its turn; what it had in hand was not written.
      expect(await holder()).toBe(taken);
      expect(await rowsOf(cluster)).toEqual(served);
      expect(first.output()).not.toMatch(/projection ended/);
      expect((await readiness(first)).status).toBe('ready');
      await sameAsRebuilt(cluster, to);
      await Promise.all([first, second].map((worker) => end(worker)));
    },
  );
});

async function end(worker: Member): Promise<void> {
  worker.child.kill('SIGTERM');
  expect(await worker.ended).toMatchObject({ code: 0 });
}

async function caughtUpIn({ pool }: Cluster): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const { rows } = await pool.query<{ behind: boolean }>(
      `SELECT bool_or(position IS DISTINCT FROM (SELECT max(position) FROM ledger.events)) AS behind
         FROM views.projection WHERE slot = 'serving'`,
    );
    if (rows[0]!.behind === false) return;
    await sleep(100);
  }
  throw new Error(`not caught up: ${JSON.stringify(await readVersions(pool), bigints)}`);
}

const bigints = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

/** Every row that the roster serves from, in an order of its own; without times of writing. */
async function rowsOf({ pool }: Cluster): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'alumni_roster' ORDER BY 1`,
  );
  expect(rows.length).toBeGreaterThan(3);
  const all: string[] = [];
  for (const { name } of rows) {
    const { rows: own } = await pool.query<{ row: string }>(
      `SELECT t::text AS row FROM ${name} t ORDER BY 1`,
    );
    all.push(...own.map(({ row }) => `${name} ${row}`));
  }
  return all;
}

/** The oracle: a rebuild from the first event gives the same rows. */
async function sameAsRebuilt(cluster: Cluster, to: ReturnType<typeof clientOf>): Promise<void> {
  const served = await rowsOf(cluster);
  accepted(await to.post(`/v1/projections/${VIEW}/rebuild`));
  for (let attempt = 0; attempt < 600; attempt++) {
    await sleep(100);
    const { serving, building } = await runnersAmong(cluster.pool, [VIEW]);
    const versions = (await readVersions(cluster.pool, VIEW)).filter(({ slot }) => slot === 'building');
    if (versions.length === 0 && building.size === 0 && serving.size === 1) break;
  }
  expect(await rowsOf(cluster)).toEqual(served);
}
