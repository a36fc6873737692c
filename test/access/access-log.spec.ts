import { createHash, randomUUID } from 'node:crypto';
import { AccessLog, Accounts, migrateAccess, Tokens } from '@enishi/access';
import { AccessUpkeep } from '../../libs/access/src/upkeep';
import { startApp, type TestApp } from './app';

describe('the access log', () => {
  let server: TestApp;
  let token: string;
  let accountId: string;

  beforeAll(async () => {
    server = await startApp();
    const accounts = new Accounts(server.pool);
    accountId = (await accounts.createMachine('test', 'system:test')).id;
    await accounts.grantRole({ accountId, role: 'hr' }, 'system:test');
    const until = new Date(Date.now() + 86_400_000);
    ({ token } = await new Tokens(server.pool).createToken(accountId, until, 'system:test'));
  }, 60_000);
  afterAll(() => server?.close());

  const get = (path: string, init: RequestInit = {}) =>
    fetch(server.url + path, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });
  const search = (body: object) =>
    get('/v1/alumni/search', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const entries = async () =>
    (await server.owner.query('SELECT * FROM access.reads WHERE about IS NULL ORDER BY at')).rows as object[];

  it('has the entry before the answer arrives: route pattern, view, field names, people, never a value', async () => {
    // The insert waits for this lock, and the answer for the insert.
    const lock = await server.owner.connect();
    await lock.query('BEGIN; LOCK TABLE access.reads IN SHARE MODE');
    let answered = false;
    const answer = get('/v1/alumni/some-person').then((response) => {
      answered = true;
      return response;
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(answered).toBe(false);
    await lock.query('COMMIT');
    lock.release();
    expect((await answer).status).toBe(200);
    const [entry, ...more] = await entries();
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      account: accountId,
      actor: expect.stringMatching(/^token:/) as string,
      route: 'GET /v1/alumni/:id',
      view: 'alumni-roster',
      fields: ['name'],
      person_ids: ['person-1', 'person-2'],
      reason: null,
    });
    expect(JSON.stringify(entry)).not.toContain('some-person');
    expect(JSON.stringify(entry)).not.toContain('山田');
  });

  it('needs no entry for an answer about nobody, and no answer leaves where the handler never said', async () => {
    const before = (await entries()).length;
    expect((await search({})).status).toBe(201);
    expect((await search({ forget: true })).status).toBe(500);
    expect(await entries()).toHaveLength(before);
  });

  it('answers 503 when the entry cannot be written, without the data and without a value in the logs', async () => {
    await server.owner.query('REVOKE INSERT ON access.reads FROM enishi_app');
    await server.owner.query(
      'REVOKE INSERT (id, account, actor, route, view, fields, person_ids, reason, correlation_id, about) ON access.reads FROM enishi_app',
    );
    const answer = await get('/v1/alumni/1');
    expect(answer.status).toBe(503);
    const text = await answer.text();
    expect(text).toContain('access-log-unavailable');
    expect(text).not.toContain('山田');
    const logs = server.logs.join('\n');
    expect(logs).toContain('access-log-unavailable');
    for (const value of ['山田', 'person-1', token]) expect(logs).not.toContain(value);
    await remigrate();
    expect((await get('/v1/alumni/1')).status).toBe(200);
  });

  it('lets the serving role add and read, and nothing else', async () => {
    const denied = { code: '42501' };
    for (const sql of [
      'DELETE FROM access.reads',
      `UPDATE access.reads SET reason = 'x'`,
      'TRUNCATE access.reads',
      `INSERT INTO access.reads (at, id, account, actor, route, view, fields, person_ids, correlation_id)
       VALUES (now() - interval '1 day', gen_random_uuid(), gen_random_uuid(), 'a', 'r', 'v', '{}', '{}', 'c')`,
      'UPDATE access.settings SET reads_retention_months = 1',
      'CREATE TABLE access.mine ()',
    ]) {
      await expect(server.pool.query(sql)).rejects.toMatchObject(denied);
    }
    const { rows } = await server.owner.query<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'access.reads'::regclass`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(4);
    for (const { name } of rows) {
      await expect(server.pool.query(`DELETE FROM ${name}`)).rejects.toMatchObject(denied);
    }
  });

  it('makes a missing month itself', async () => {
    const { rows } = await server.owner.query<{ name: string }>(
      `SELECT 'access.reads_' || to_char(now() AT TIME ZONE 'UTC', 'YYYY_MM') AS name`,
    );
    await server.owner.query(`DROP TABLE ${rows[0]!.name}`);
    expect((await get('/v1/alumni/1')).status).toBe(200);
    expect(await entries()).toHaveLength(1);
  });

  it('is dropped by the month when its retention is over, not before', async () => {
    await server.owner.query(
      `CREATE TABLE access.reads_2019_12 PARTITION OF access.reads FOR VALUES FROM ('2019-12-01Z') TO ('2020-01-01Z')`,
    );
    const upkeep = server.app.get(AccessUpkeep);
    await remigrate(240);
    await upkeep.run();
    const exists = async () =>
      (
        await server.owner.query<{ t: string | null }>(
          `SELECT to_regclass('access.reads_2019_12')::text AS t`,
        )
      ).rows[0]!.t;
    expect(await exists()).not.toBeNull();
    await remigrate(36);
    await upkeep.run();
    expect(await exists()).toBeNull();
    expect((await entries()).length).toBeGreaterThan(0);
  });

  it('gives the digest that anybody computes from the rows, and only of time that has passed', async () => {
    const log = new AccessLog(server.pool);
    const from = new Date();
    for (let i = 0; i < 5; i++) {
      await log.record({
        principal: { accountId, actor: `token:${randomUUID()}` },
        route: 'GET /v1/alumni',
        view: 'alumni-roster',
        fields: ['name', '部署'],
        personIds: [`p${i}`],
        ...(i % 2 && { reason: '本人からの"照会"' }),
        correlationId: 'c',
      });
    }
    const to = new Date(Date.now() + 2);
    await new Promise((resolve) => setTimeout(resolve, 10));
    const { rows } = await server.owner.query<Record<string, unknown>>(
      `SELECT *, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS text FROM access.reads
       WHERE at >= $1 AND at < $2 ORDER BY at, id`,
      [from, to],
    );
    expect(rows).toHaveLength(5);
    const lines = rows.map((r) =>
      JSON.stringify([
        r['id'],
        r['text'],
        r['account'],
        r['actor'],
        r['route'],
        r['view'],
        r['fields'],
        r['person_ids'],
        r['reason'],
        r['correlation_id'],
      ]),
    );
    const sha256 = createHash('sha256')
      .update(lines.map((line) => `${line}\n`).join(''))
      .digest('hex');
    expect(await log.digestReads(from, to)).toEqual({ entries: 5, sha256 });
    expect(await log.digestReads(to, to)).toMatchObject({ entries: 0 });
    await expect(log.digestReads(from, new Date(Date.now() + 60_000))).rejects.toThrow(RangeError);
  });

  it('pages through a long hour without losing or repeating an entry', async () => {
    await server.owner.query(
      `INSERT INTO access.reads (at, id, account, actor, route, view, fields, person_ids, correlation_id)
       SELECT now() - interval '1 ms' * (n / 3), gen_random_uuid(), $1, 'a', 'r', 'v', '{}', '{}', 'c'
       FROM generate_series(1, 2500) n`,
      [accountId],
    );
    const hour = new Date(Date.now() - 3_600_000);
    const { entries: counted } = await new AccessLog(server.pool).digestReads(hour, new Date());
    expect(counted).toBe((await entries()).length);
  });

  it('a digest waits for entries begun before it', async () => {
    const writer = await server.owner.connect();
    const from = new Date();
    await writer.query('BEGIN');
    await writer.query(
      `INSERT INTO access.reads (id, account, actor, route, view, fields, person_ids, correlation_id)
       VALUES (gen_random_uuid(), $1, 'a', 'r', 'v', '{}', '{}', 'c')`,
      [accountId],
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    const digest = new AccessLog(server.pool).digestReads(from, new Date());
    await new Promise((resolve) => setTimeout(resolve, 100));
    await writer.query('COMMIT');
    writer.release();
    expect((await digest).entries).toBe(1);
  });

  /** Through the test's own owner connection string: migration restores what a test took away. */
  async function remigrate(readsRetentionMonths?: number) {
    const { connectionString } = server.owner.options;
    return migrateAccess(connectionString!, {
      servingRole: 'enishi_app',
      ...(readsRetentionMonths !== undefined && { readsRetentionMonths }),
    });
  }

  it('migrates again, and twice at once, without doing anything twice', async () => {
    expect(await remigrate()).toEqual({ version: 3, applied: 0 });
    await expect(Promise.all([remigrate(), remigrate()])).resolves.toHaveLength(2);
    await server.owner.query('INSERT INTO access.migrations (version) VALUES (99)');
    await expect(remigrate()).rejects.toThrow('run the later version');
  });
});

describe('a lost database', () => {
  it('means 503, and nobody is let in', async () => {
    const server = await startApp();
    const token = `enishi_${'a'.repeat(43)}`;
    const ended = jest.spyOn(server.pool, 'query').mockImplementation(() => {
      throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    });
    const answer = await fetch(`${server.url}/v1/alumni/1`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([
      503,
      'access-database-unavailable',
    ]);
    ended.mockRestore();
    await server.close();
  }, 60_000);
});
