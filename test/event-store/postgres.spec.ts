import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  type Append,
  type Appended,
  type EventStore,
  type ExpectedRevision,
  LEDGER_SCHEMA_VERSION,
  migrateLedger,
  openPostgresStore,
  type PostgresStoreOptions,
  prepareAppend,
  RevisionConflict,
  StoreUnavailable,
} from '@enishi/event-store';
import fc from 'fast-check';
import { Client } from 'pg';
import { groupStatement } from '../../libs/event-store/src/postgres-group';
import { anAppend, anEvent, readEverything } from '../contract/event-store.contract';
import { type TestCluster, testCluster, type TestDatabase } from '../support/postgres';
import type { Done, Order } from './appender';
import { type CuttingProxy, cuttingProxy } from './cutting-proxy';

jest.setTimeout(60_000);

let cluster: TestCluster;
let database: TestDatabase;
const opened: EventStore[] = [];
const proxies: CuttingProxy[] = [];

beforeAll(async () => {
  cluster = await testCluster();
  database = await cluster.createDatabase('engine');
  await migrateLedger(database.ownerUrl, { servingRole: 'enishi_app' });
});
afterAll(async () => {
  await Promise.all(opened.map((store) => store.close()));
  await Promise.all(proxies.map((proxy) => proxy.close()));
  await database.drop();
  await cluster.stop();
});

async function open(options: Partial<PostgresStoreOptions> = {}): Promise<EventStore> {
  const store = await openPostgresStore({ url: database.url, embedded: false, ...options });
  opened.push(store);
  return store;
}

async function openProxy(): Promise<CuttingProxy> {
  const proxy = await cuttingProxy(database.url);
  proxies.push(proxy);
  return proxy;
}

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(url);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Positions of the whole ledger are 1, 2, 3 … and no revision of a stream is missing. */
async function expectDense(store: EventStore): Promise<void> {
  const events = await readEverything(store);
  expect(events.map((event) => event.position)).toEqual(events.map((_, index) => BigInt(index + 1)));
  const next = new Map<string, number>();
  for (const event of events) {
    expect(event.revision).toBe(next.get(event.stream) ?? 0);
    next.set(event.stream, event.revision + 1);
  }
}

let streams = 0;
const aStream = (): string => `request-${(streams += 1)}`;

describe('migrateLedger', () => {
  it('changes nothing the second time, from a client or side by side', async () => {
    const fresh = await cluster.createDatabase('migrate');
    await Promise.all([1, 2, 3].map(() => migrateLedger(fresh.ownerUrl, { servingRole: 'enishi_app' })));
    const store = await open({ url: fresh.url });
    await store.append(anAppend('company', 'no-stream'));
    await withClient(fresh.ownerUrl, (client) => migrateLedger(client, { servingRole: 'enishi_app' }));
    expect(await store.readAll()).toHaveLength(1);
    await store.close();
    await fresh.drop();
  });

  it('refuses the schema of a newer program, and so does the store', async () => {
    const fresh = await cluster.createDatabase('migrate');
    await expect(open({ url: fresh.url })).rejects.toMatchObject({ code: 'schema-version' });
    await migrateLedger(fresh.ownerUrl, { servingRole: 'enishi_app' });
    await withClient(fresh.ownerUrl, (client) =>
      client.query('INSERT INTO ledger.schema_version (version) VALUES ($1)', [LEDGER_SCHEMA_VERSION + 1]),
    );
    await expect(migrateLedger(fresh.ownerUrl, { servingRole: 'enishi_app' })).rejects.toThrow(/version/);
    await expect(open({ url: fresh.url })).rejects.toMatchObject({ code: 'schema-version' });
    await fresh.drop();
  });
});

describe('the serving role', () => {
  it.each([
    `INSERT INTO ledger.events VALUES (1, 's', 0, gen_random_uuid(), 't', '{}', '{}', now())`,
    `UPDATE ledger.events SET data = '{}'`,
    'DELETE FROM ledger.events',
    'TRUNCATE ledger.events',
    'DELETE FROM ledger.append_lock',
    'INSERT INTO ledger.schema_version VALUES (99)',
    'SELECT 1 FROM ledger.append_lock FOR UPDATE',
    'CREATE TABLE ledger.mine (x int)',
    'DROP TABLE ledger.events',
    'ALTER TABLE ledger.events DISABLE TRIGGER ALL',
    'ALTER FUNCTION ledger.append OWNER TO enishi_app',
    'CREATE OR REPLACE VIEW ledger.head AS SELECT 1',
    'GRANT INSERT ON ledger.events TO enishi_app',
    'SET ROLE enishi_owner',
  ])('may not: %s', async (sql) => {
    await withClient(database.url, async (client) => {
      // A GRANT without the right to it is a warning; what matters is that nothing was granted.
      const failure = await client.query(sql).then(
        () => undefined,
        (error: { code: string }) => error.code,
      );
      if (!sql.startsWith('GRANT')) expect(failure).toBe('42501');
      const { rows } = await client.query<{ may: boolean }>(
        `SELECT has_table_privilege('ledger.events', 'INSERT, UPDATE, DELETE, TRUNCATE') AS may`,
      );
      expect(rows[0]!.may).toBe(false);
    });
  });

  it('must not be the owner or a superuser, but in embedded mode', async () => {
    const admin = new URL(cluster.adminUrl);
    admin.pathname = new URL(database.url).pathname;
    for (const url of [database.ownerUrl, admin.href]) {
      await expect(open({ url })).rejects.toMatchObject({ code: 'serving-role-privileged' });
    }
    await (await open({ url: database.ownerUrl, embedded: true })).close();
  });

  it.each([
    ['-c synchronous_commit=off', 'synchronous-commit'],
    ['-c synchronous_commit=local', 'synchronous-commit'],
    ['-c default_transaction_isolation=serializable', 'transaction-isolation'],
  ])('must not come with %s', async (settings, code) => {
    const attempt = open({ poolConfig: { connectionString: database.url, options: settings } });
    await expect(attempt).rejects.toMatchObject({ name: 'StoreMisconfigured', code });
  });

  it.each([
    ['BEGIN ISOLATION LEVEL REPEATABLE READ', /READ COMMITTED/],
    ['BEGIN ISOLATION LEVEL SERIALIZABLE', /READ COMMITTED/],
    ['BEGIN; SET LOCAL synchronous_commit = off', /synchronous_commit/],
  ])('cannot append after %s', async (begin, message) => {
    await withClient(database.url, async (client) => {
      await client.query(begin);
      const statement = groupStatement([prepareAppend(anAppend(aStream(), 'no-stream'))]);
      await expect(client.query(statement)).rejects.toThrow(message);
    });
  });

  it.each([
    ['no append', [], [], [], []],
    ['more revisions than streams', ['a'], [0, 0], [1], [randomUUID()]],
    ['more events than counted', ['a'], [0], [1], [randomUUID(), randomUUID()]],
    ['fewer events than counted', ['a'], [0], [2], [randomUUID()]],
    ['an append without events', ['a', 'b'], [0, 0], [0, 1], [randomUUID()]],
    ['a revision left out', [null], [0], [1], [randomUUID()]],
    ['a count left out', ['a'], [0], [null], [randomUUID()]],
    ['a system stream', ['$a'], [0], [1], [randomUUID()]],
  ])('cannot call append with %s', async (_, names, firsts, counts, ids) => {
    await withClient(database.url, async (client) => {
      const before = await client.query('SELECT position FROM ledger.head');
      const texts = ids.map(() => '{}');
      await expect(
        client.query('SELECT * FROM ledger.append($1, $2, $3, $4, $5, $6, $7)', [
          names,
          firsts,
          counts,
          ids,
          texts,
          texts,
          texts,
        ]),
      ).rejects.toThrow();
      expect((await client.query('SELECT position FROM ledger.head')).rows).toEqual(before.rows);
    });
  });
});

describe('groups', () => {
  it('answers repeats with the first position and time', async () => {
    const store = await open();
    const append = anAppend(aStream(), 'no-stream', 2);
    const first = await store.append(append);
    await store.append(anAppend(append.stream, 1));
    expect(first.repeated).toBe(false);
    expect(await store.append(append)).toEqual({ ...first, repeated: true });
    const upperCase = append.events.map((event) => ({ ...event, id: event.id.toUpperCase() }));
    expect(await store.append({ ...append, events: upperCase })).toEqual({ ...first, repeated: true });
  });

  it('settles a repeat and a conflict whose cause stands earlier in the same group', async () => {
    const store = await open();
    const append = anAppend(aStream(), 'no-stream', 2);
    const ahead = anAppend(append.stream, 1);
    const answers = await Promise.all([
      store.append(ahead).catch((error: unknown) => error),
      store.append(append),
      store.append(append),
      store.append(anAppend(append.stream, 'no-stream')).catch((error: unknown) => error),
      store.append(ahead),
    ]);
    const written = answers[1] as Appended;
    expect(answers[0]).toMatchObject({ name: 'RevisionConflict', actual: 'no-stream' });
    expect(written).toMatchObject({ revision: 1, repeated: false });
    expect(answers[2]).toEqual({ ...written, repeated: true });
    expect(answers[3]).toMatchObject({ name: 'RevisionConflict', actual: 1 });
    expect(answers[4]).toMatchObject({ revision: 2, position: written.position + 1n, repeated: false });
  });

  it('gives the answers of a simple model to any sequence of appends', async () => {
    const store = await open();
    const ids = Array.from({ length: 8 }, () => randomUUID());
    const command = fc.record({
      stream: fc.constantFrom('a', 'b', 'c'),
      expected: fc.oneof(
        { weight: 2, arbitrary: fc.constant<ExpectedRevision>('no-stream') },
        { weight: 3, arbitrary: fc.integer({ min: 0, max: 5 }) },
      ),
      ids: fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom<number[]>([0], [1], [0, 1], [2, 3]) },
        fc.uniqueArray(fc.nat({ max: ids.length - 1 }), { minLength: 1, maxLength: 3 }),
      ),
    });
    const groups = fc.array(fc.array(command, { minLength: 1, maxLength: 12 }), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(groups, async (commands) => {
        const run = randomUUID();
        let position = (await store.head()) ?? 0n;
        const model = new Map<string, { id: string; position: bigint }[]>();
        for (const group of commands) {
          const appends: Append[] = group.map(({ stream, expected, ids: chosen }) => ({
            stream: `${stream}-${run}`,
            expected,
            events: chosen.map((index) => anEvent({ id: ids[index]! })),
          }));
          const answers = await store.appendMany(appends);
          for (const [index, answer] of answers.entries()) {
            const { stream, expected, events } = appends[index]!;
            const stored = model.get(stream) ?? [];
            model.set(stream, stored);
            const first = expected === 'no-stream' ? 0 : expected + 1;
            const there = stored.slice(first, first + events.length);
            if (stored.length === first) {
              for (const event of events) stored.push({ id: event.id, position: (position += 1n) });
              expect(answer).toMatchObject({ revision: stored.length - 1, position, repeated: false });
            } else if (there.length === events.length && there.every((e, i) => e.id === events[i]!.id)) {
              const revision = first + events.length - 1;
              expect(answer).toMatchObject({ revision, position: there.at(-1)!.position, repeated: true });
            } else {
              expect(answer).toBeInstanceOf(RevisionConflict);
              const actual = stored.length === 0 ? 'no-stream' : stored.length - 1;
              expect(answer).toMatchObject({ stream, expected, actual });
            }
          }
        }
        for (const [stream, stored] of model) {
          const read = await store.readStream(stream);
          expect(read.map(({ id, position: at }) => ({ id, position: at }))).toEqual(stored);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('lets one append that the database refuses fail alone', async () => {
    const store = await open();
    await withClient(database.ownerUrl, (client) =>
      client.query(`ALTER TABLE ledger.events ADD CONSTRAINT poison CHECK (type <> 'Poison')`),
    );
    const poison: Append = { ...anAppend(aStream(), 'no-stream'), events: [anEvent({ type: 'Poison' })] };
    const outcomes = await Promise.allSettled([
      store.append(anAppend(aStream(), 'no-stream')),
      store.append(poison),
      store.append(anAppend(aStream(), 'no-stream')),
    ]);
    await withClient(database.ownerUrl, (client) =>
      client.query('ALTER TABLE ledger.events DROP CONSTRAINT poison'),
    );
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await expectDense(store);
  });

  it('lets single appends pass a long import', async () => {
    const store = await open();
    const order: string[] = [];
    const imported = store
      .appendMany(Array.from({ length: 6_000 }, () => anAppend(aStream(), 'no-stream')))
      .then(() => order.push('import'));
    await new Promise((resolve) => setTimeout(resolve, 5));
    await store.append(anAppend(aStream(), 'no-stream')).then(() => order.push('person'));
    await imported;
    expect(order).toEqual(['person', 'import']);
  });
});

describe('lost connections', () => {
  it('loses nothing and writes nothing twice when answers and requests get lost', async () => {
    const proxy = await openProxy();
    const store = await open({ url: proxy.url });
    const rounds = 30;
    const appends: Append[] = [];
    let repeated = 0;
    for (let round = 0; round < rounds; round += 1) {
      proxy.cutNext(round % 3 === 0 ? 'request' : 'answer');
      const group = Array.from({ length: 24 }, (_, i) => anAppend(aStream(), 'no-stream', 1 + (i % 3)));
      // A racer in each group: its conflict must stay a conflict when the group is sent again.
      const racer = anAppend(group[0]!.stream, 'no-stream');
      const answers = await Promise.all([
        ...group.map((append) => store.append(append)),
        store.append(racer).catch((error: unknown) => error),
      ]);
      expect(answers.at(-1)).toBeInstanceOf(RevisionConflict);
      repeated += (answers.slice(0, -1) as Appended[]).filter((answer) => answer.repeated).length;
      appends.push(...group);
    }
    expect(proxy.cuts).toBe(rounds);
    expect(repeated).toBe(((rounds * 2) / 3) * 24);
    for (const append of appends) {
      const read = await store.readStream(append.stream);
      expect(read.map((event) => event.id)).toEqual(append.events.map((event) => event.id));
    }
    await expectDense(store);
    await store.close();
  });

  it('continues a stream under cuts, each append at the revision the last one gave', async () => {
    const proxy = await openProxy();
    const store = await open({ url: proxy.url });
    const stream = aStream();
    let expected: ExpectedRevision = 'no-stream';
    for (let i = 0; i < 20; i += 1) {
      if (i % 2) proxy.cutNext('answer');
      expected = (await store.append(anAppend(stream, expected))).revision;
    }
    expect(await store.readStream(stream)).toHaveLength(20);
    await store.close();
  });

  it('takes a silent connection for lost', async () => {
    const proxy = await openProxy();
    const store = await open({ url: proxy.url, answerWithinMs: 300 });
    const append = anAppend(aStream(), 'no-stream');
    proxy.cutNext('silence');
    expect(await store.append(append)).toMatchObject({ revision: 0, repeated: true });
    await store.close();
  });

  it('waits out a refused connection', async () => {
    const proxy = await openProxy();
    const store = await open({ url: proxy.url });
    proxy.refuse();
    const append = store.append(anAppend(aStream(), 'no-stream'));
    const read = store.readAll({ limit: 1 });
    setTimeout(() => proxy.accept(), 400);
    expect((await append).revision).toBe(0);
    expect(await read).toHaveLength(1);
    await store.close();
  });

  it('gives up after the bound, and says whether the append may have been written', async () => {
    const proxy = await openProxy();
    const store = await open({ url: proxy.url, retryForMs: 400 });
    await store.append(anAppend(aStream(), 'no-stream'));

    const unknown = anAppend(aStream(), 'no-stream');
    proxy.cutNext('answer', { thenRefuse: true });
    const sent = store.append(unknown);
    const behind = new Promise((resolve) => setTimeout(resolve, 50)).then(() =>
      Promise.allSettled([store.append(anAppend(aStream(), 'no-stream')), store.readAll()]),
    );
    await expect(sent).rejects.toMatchObject({ name: 'StoreUnavailable', outcomeUnknown: true });
    const [unsent, read] = await behind;
    expect(unsent).toMatchObject({
      status: 'rejected',
      reason: { name: 'StoreUnavailable', outcomeUnknown: false },
    });
    expect(read).toMatchObject({ status: 'rejected', reason: { name: 'StoreUnavailable' } });

    proxy.accept();
    expect((await store.append(unknown)).repeated).toBe(true);
    await store.close();
  });

  it('gives up many reads within the bound of one', async () => {
    const proxy = await openProxy();
    const store = await open({ url: proxy.url, retryForMs: 400 });
    proxy.refuse();
    const begin = Date.now();
    const reads = await Promise.allSettled(Array.from({ length: 300 }, () => store.readStream(aStream())));
    expect(Date.now() - begin).toBeLessThan(4_000);
    for (const read of reads) expect(read).toMatchObject({ reason: { name: 'StoreUnavailable' } });
    proxy.accept();
    expect(await store.readStream(aStream())).toEqual([]);
    await store.close();
  });

  it('says unknown when the answer stays away for good', async () => {
    const proxy = await openProxy();
    const store = await open({ url: proxy.url, retryForMs: 300, answerWithinMs: 150 });
    const append = anAppend(aStream(), 'no-stream');
    proxy.cutNext('silence');
    const attempt = store.append(append).finally(() => clearInterval(again));
    const again = setInterval(() => proxy.cutNext('silence'), 5);
    await expect(attempt).rejects.toMatchObject({ name: 'StoreUnavailable', outcomeUnknown: true });
    expect(await store.readStream(append.stream)).toHaveLength(1);
    await store.close();
  });

  it('reports a database that cannot be reached at start', async () => {
    const proxy = await openProxy();
    proxy.refuse();
    await expect(open({ url: proxy.url, retryForMs: 200 })).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('keeps subscriptions, reads and appends going when the server ends every session', async () => {
    const store = await open();
    const stop = new AbortController();
    const after = (await store.head())!;
    const seen: bigint[] = [];
    const following = (async () => {
      for await (const page of store.subscribe({ after, limit: 3, signal: stop.signal })) {
        seen.push(...page.map((event) => event.position));
      }
    })();
    const total = 60;
    for (let i = 0; i < total; i += 1) {
      await store.append(anAppend(aStream(), 'no-stream'));
      if (i % 15 !== 7) continue;
      await withClient(cluster.adminUrl, (admin) =>
        admin.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, [
          new URL(database.url).pathname.slice(1),
        ]),
      );
    }
    const head = (await store.head())!;
    while (seen.at(-1) !== head) await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort();
    await following;
    expect(seen).toEqual(Array.from({ length: total }, (_, i) => after + BigInt(i + 1)));
  });
});

describe('a subscription', () => {
  it('reads a long ledger without keeping it in memory', async () => {
    const fresh = await cluster.createDatabase('memory');
    await migrateLedger(fresh.ownerUrl, { servingRole: 'enishi_app' });
    const store = await open({ url: fresh.url });
    const total = 60_000;
    for (let appended = 0; appended < total; appended += 10_000) {
      await store.appendMany(Array.from({ length: 100 }, () => anAppend(aStream(), 'no-stream', 100)));
    }
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const heldBytes = async (): Promise<number> => {
      for (let round = 0; round < 3; round += 1) {
        collect();
        await new Promise((resolve) => setImmediate(resolve));
      }
      return process.memoryUsage().heapUsed;
    };
    let read = 0;
    let early = 0;
    for await (const page of store.subscribe({ signal: new AbortController().signal })) {
      read += page.length;
      if (read === 10_000) early = await heldBytes();
      if (read < total) continue;
      // Before the subscription's end, which lets go of everything; 50,000 events are some 30 MB.
      expect((await heldBytes()) - early).toBeLessThan(6 * 1024 * 1024);
      break;
    }
    await store.close();
    await fresh.drop();
  });
});

describe('several processes', () => {
  it('share one ledger: dense positions, one winner for each contested stream', async () => {
    const fresh = await cluster.createDatabase('processes');
    await migrateLedger(fresh.ownerUrl, { servingRole: 'enishi_app' });
    const contested = Array.from({ length: 60 }, (_, i) => `alumnus-${i}`);
    const hook = path.join(__dirname, 'typescript-hook.cjs');
    const done = await Promise.all(
      ['a', 'b', 'c'].map(
        (name) =>
          new Promise<Done>((resolve, reject) => {
            const child = fork(path.join(__dirname, 'appender.ts'), { execArgv: ['-r', hook] });
            child.once('message', (message) => resolve(message as Done));
            child.once('exit', (code) => reject(new Error(`appender ended with ${code}`)));
            const order: Order = { url: fresh.url, name, callers: 16, each: 25, contested };
            child.send(order);
          }),
      ),
    );
    const store = await open({ url: fresh.url });
    const events = await readEverything(store);
    expect(new Set(events.map((event) => event.id))).toEqual(new Set(done.flatMap(({ ids }) => ids)));
    expect(events).toHaveLength(3 * 16 * 25 + contested.length);
    expect(done.flatMap(({ won }) => won).sort()).toEqual([...contested].sort());
    await expectDense(store);
    await store.close();
    await fresh.drop();
  });
});
