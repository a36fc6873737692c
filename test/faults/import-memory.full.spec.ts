import { Client } from 'pg';
import { importThroughServer, peakResident, runUntil, uploadLeavers } from '../bench/volume-import';
import { clientOf, ready, startCluster } from '../e2e/support/cluster';
import { caughtUp } from '../e2e/support/steps';
import { databaseOf } from '../support/home-database';
import { postmasterOf, startServer, temporaryHome } from '../support/server';

jest.setTimeout(20 * 60_000);

const ROWS = 60_000;

it(`imports ${ROWS} leavers within 300 MB, views included, and goes on where a kill -9 stopped it`, async () => {
  const place = temporaryHome();
  try {
    const report = await importThroughServer({ home: place.home, rows: ROWS, kills: 2 });
    expect(report.last).toMatchObject({ state: 'done', counts: { rows: ROWS, leavers: ROWS } });
    // What was brought before a kill is neither lost nor compared again: all of it counts as registered.
    expect(report.last.counts).toMatchObject({ registered: ROWS, unchanged: 0, refused: 0 });
    expect(report.killedAt).toHaveLength(2);
    report.resumedAt.forEach((at, index) => expect(at).toBeGreaterThanOrEqual(report.killedAt[index]!));
    expect(await registrations(place.home)).toEqual({ events: ROWS, people: ROWS });
    expect(report.megabytes).toBeLessThanOrEqual(300);
  } finally {
    await place.remove();
  }
});

it(`imports ${ROWS} leavers within 300 MB in each of two processes, one that takes them in and one for the views`, async () => {
  const cluster = await startCluster('import_memory');
  try {
    const worker = await cluster.start('worker');
    const taking = await cluster.start('api');
    await ready(taking);
    const token = await cluster.token('hr', 'operator');
    const importId = await uploadLeavers({ url: taking.url, token }, ROWS);
    const pids = [worker.child.pid!, taking.child.pid!];
    let megabytes = 0;
    const look = (): void => {
      megabytes = Math.max(megabytes, ...pids.map(peakResident));
    };
    const to = clientOf(taking, token);
    const last = await runUntil(to, importId, Infinity, look);
    expect(last).toMatchObject({ state: 'done', counts: { registered: ROWS } });
    await caughtUp(to);
    look();
    expect(megabytes).toBeLessThanOrEqual(300);
  } finally {
    await cluster.stop();
  }
});

async function registrations(home: string): Promise<{ events: number; people: number }> {
  const server = await startServer({ home });
  const database = new Client(databaseOf(home));
  await database.connect();
  try {
    const { rows } = await database.query<{ events: number; people: number }>(
      `select count(*)::int as events, count(distinct stream)::int as people
         from ledger.events where type = 'AlumnusRegistered'`,
    );
    return rows[0]!;
  } finally {
    await database.end();
    await server.stop();
    expect(postmasterOf(home)).toBeUndefined();
  }
}
