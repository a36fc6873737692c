import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { AccessLogReader } from '@enishi/access/tables';
import { anchorAccessLog } from '../../apps/server/src/access-digest';
import { checkAccessLog } from '../../apps/server/src/access-digest-check';
import { Sampler } from '../../apps/server/src/audit/sampling/sampler';
import { openTestRoom, type TestRoom } from './room';

jest.setTimeout(60_000);

const HOUR_MS = 3_600_000;

describe('the access log compared with the ledger', () => {
  let test: TestRoom;
  let owner: Client;
  const thisHour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;

  beforeAll(async () => {
    test = await openTestRoom('access_check');
    owner = new Client({ connectionString: test.ownerUrl });
    await owner.connect();
    await owner.query(
      `CREATE TABLE access.reads_old PARTITION OF access.reads FOR VALUES FROM ('2019-12-01Z') TO (date_trunc('month', now(), 'UTC'))`,
    );
    for (const hours of [5, 5, 4, 3]) await opened(thisHour - hours * HOUR_MS);
    await opened(Date.UTC(2019, 11, 24));
    await anchorAccessLog(test.room, new Date());
  });
  afterAll(async () => {
    await owner?.end();
    await test?.close();
  });

  async function opened(at: number, personId: string = randomUUID()): Promise<void> {
    await owner.query(
      `INSERT INTO access.reads (at, id, account, actor, route, view, fields, person_ids, correlation_id)
       VALUES ($1, gen_random_uuid(), gen_random_uuid(), 'staff:x', 'GET /v1/alumni/:id', 'person', '{name}', ARRAY[$2], 'c')`,
      [new Date(at + 1000), personId],
    );
  }
  const check = () => checkAccessLog(test.room);

  it('agrees hour by hour; what is not recorded yet is pending', async () => {
    await opened(Date.now() - 2000);
    expect(await check()).toEqual({ agreeing: 4, retired: 0, pending: 1, wrong: [] });
    const since = { from: thisHour - 4 * HOUR_MS, until: thisHour - 3 * HOUR_MS };
    expect(await checkAccessLog(test.room, since)).toMatchObject({ agreeing: 1, pending: 0 });
  });

  it('is what readings are drawn from: hours that were anchored by the position, with their event', async () => {
    const { pool, store } = test.room;
    const sampler = new Sampler(test.room, undefined as never, new AccessLogReader(pool));
    const head = (await store.head())!;
    const { population, items } = await sampler.readings({ seed: 's', size: 3 }, head);
    expect([population, items.length]).toEqual([5, 3]);
    for (const { reading, id, anchor } of items) {
      expect(reading).toMatchObject({ id, view: 'person', actor: 'staff:x' });
      expect(reading.at >= anchor.from && reading.at < anchor.to).toBe(true);
      expect(anchor.digest).toMatch(/^[0-9a-f]{64}$/);
    }
    const whole = await sampler.readings({ seed: 's', size: 9 }, head);
    expect(whole.items.slice(0, 3)).toEqual(items);
    expect(new Set(whole.items.map(({ id }) => id)).size).toBe(5);
    const [first] = await store.readStream('access-log');
    expect((await sampler.readings({ seed: 's', size: 9 }, first!.position)).population).toBe(1);
  });

  it('takes no month for changed that was dropped when its retention ended', async () => {
    await owner.query(`DELETE FROM access.reads WHERE at < '2020-01-01Z'`);
    expect(await check()).toEqual({ agreeing: 3, retired: 1, pending: 1, wrong: [] });
  });

  it('names the hour in which an entry was changed, removed, or put in later', async () => {
    const hour = (hours: number) => new Date(thisHour - hours * HOUR_MS).toISOString();
    const at = (hours: number) => [hour(hours), hour(hours - 1)];
    await owner.query(`UPDATE access.reads SET actor = 'staff:y' WHERE at >= $1 AND at < $2`, at(4));
    const removal =
      'DELETE FROM access.reads WHERE id = (SELECT id FROM access.reads WHERE at >= $1 AND at < $2 LIMIT 1)';
    await owner.query(removal, at(5));
    await opened(thisHour - 6 * HOUR_MS);
    const { agreeing, wrong } = await check();
    expect(agreeing).toBe(1);
    expect(wrong).toMatchObject([
      { from: hour(6), kind: 'without-event', found: { entries: 1 } },
      { from: hour(5), to: hour(4), kind: 'differs', recorded: { entries: 2 }, found: { entries: 1 } },
      { from: hour(4), kind: 'differs', recorded: { entries: 1 }, found: { entries: 1 } },
    ]);
  });
});
