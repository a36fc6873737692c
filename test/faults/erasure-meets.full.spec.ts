import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { tablesOf } from '../canary/places';
import {
  accepted,
  caughtUp,
  furnish,
  importFile,
  IN_PERSON,
  settled,
  wholeRoster,
} from '../e2e/support/steps';
import { api, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { startServer, type TestServer } from '../support/server';

jest.setTimeout(300_000);

const HEADER = '社員番号,姓,名,入社年月日,退職年月日,メールアドレス\n';
const PEOPLE = 1500;
const nameOf = (number: number): string => `幻野${number}番`;
/** @param domain another one corrects everybody's address */
const fileOf = (domain: string): Buffer =>
  Buffer.from(
    HEADER +
      Array.from(
        { length: PEOPLE },
        (_, number) => `R-${number},${nameOf(number)},結,2010-04-01,2019-03-31,r${number}@${domain}`,
      ).join('\n'),
  );

describe('an erasure over HTTP that meets', () => {
  let server: TestServer;
  let to: Api;
  let second: Api;
  let purposeId: string;
  let next = 0;
  const ids = new Map<string, string>();

  /** Others each time. */
  const some = (count: number): readonly string[] => Array.from({ length: count }, () => nameOf(next++));
  const erase = async (names: readonly string[]): Promise<void> => {
    const order = { alumnusIds: names.map((name) => ids.get(name)!), reason: '本人の申し出' };
    const { erasureId } = accepted(await to.post<{ erasureId: string }>('/v1/erasures', order)).body;
    accepted(await second.post(`/v1/erasures/${erasureId}/approval`));
    for (;;) {
      const { standing, failure } = accepted(await to.get(`/v1/erasures/${erasureId}`)).body;
      if (standing === 'executed') return;
      if (failure !== undefined) throw new Error(String(failure));
      await sleep(20);
    }
  };
  /** No view holds them, and no key of theirs is left. */
  const areGone = async (names: readonly string[]): Promise<void> => {
    await caughtUp(to);
    const tables = [...(await tablesOf(server.home)).values()].join('\n');
    expect(names.filter((name) => tables.includes(name))).toEqual([]);
    const client = new Client({ connectionString: databaseOf(server.home) });
    await client.connect();
    const { rows } = await client.query<{ keys: number }>(
      `SELECT count(*)::integer AS keys FROM vault.keys
        WHERE subject = ANY ($1) AND state <> 'destroyed' AND category <> 'consent-evidence'`,
      [names.map((name) => `alumnus:${ids.get(name)!}`)],
    );
    await client.end();
    expect(rows[0]!.keys).toBe(0);
  };

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    ({ purposeId } = await furnish(to));
    await importFile(to, fileOf('example.jp'));
    await caughtUp(to);
    for (const { name, alumnusId } of await wholeRoster(to, {
      purposeId,
      channel: 'email',
      mode: 'excluded',
    }))
      ids.set(name.family, alumnusId);
    expect(ids.size).toBe(PEOPLE);
    const account = { kind: 'machine', label: 'second' };
    const { id } = accepted(await to.post<{ id: string }>('/v1/accounts', account)).body;
    accepted(await to.post(`/v1/accounts/${id}/grants`, { role: 'compliance' }));
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    const made = await to.post<{ token: string }>('/v1/tokens', { accountId: id, validUntil });
    second = api(server, accepted(made).body.token);
  });
  afterAll(() => server?.stop());

  it('an import that names them: the import goes on, and they are gone', async () => {
    const { importId } = accepted(
      await to.post<{ importId: string }>('/v1/imports', fileOf('example.com')),
    ).body;
    accepted(await to.post(`/v1/imports/${importId}/run`));
    const names = [...some(200)];
    await erase(names);
    const { state, counts, failure } = await settled(to, importId);
    expect([state, failure]).toEqual(['done', undefined]);
    expect(counts).toMatchObject({ registered: 0, refused: 0 });
    expect(counts['corrected']! + counts['blocked']! + counts['unchanged']!).toBe(PEOPLE);
    await areGone(names);
    const again = await importFile(to, fileOf('example.com'));
    expect(again.counts).toMatchObject({ registered: 0, corrected: 0, blocked: names.length });
    await areGone(names);
  });

  it('an export with personal data: no file holds them', async () => {
    const names = some(20);
    const grant = { channels: ['email'], language: 'ja', ...IN_PERSON };
    for (const name of names)
      accepted(await to.post(`/v1/alumni/${ids.get(name)!}/consents/${purposeId}/grants`, grant));
    await caughtUp(to);
    const asked = { content: 'consents', level: 'full', format: 'jsonl', reason: '監査' };
    for (const name of names.slice(0, 8)) {
      const { exportId } = accepted(await second.post<{ exportId: string }>('/v1/exports', asked)).body;
      const erasing = [name];
      const [approved] = await Promise.all([to.post(`/v1/exports/${exportId}/approval`), erase(erasing)]);
      accepted(approved);
      const standing = async () => (await to.get(`/v1/exports/${exportId}`)).body['standing'];
      while (['approved', 'making'].includes(String(await standing()))) await sleep(20);
      // Given up, or made after they were gone.
      expect(['purged', 'made']).toContain(await standing());
      if ((await standing()) === 'made') {
        accepted(await second.post(`/v1/exports/${exportId}/hand-over`, { recipient: '架空監査法人' }));
        const { text } = accepted(await second.get(`/v1/exports/${exportId}/file`));
        expect(text).not.toContain(name);
        expect(text).toContain(names.at(-1)!);
      }
      await areGone(erasing);
    }
  });

  it('a view that is built anew: neither the old one nor the new one holds them', async () => {
    for (const view of ['alumni-roster', 'as-of-facts']) {
      const names = some(30);
      const [rebuilding] = await Promise.all([to.post(`/v1/projections/${view}/rebuild`), erase(names)]);
      accepted(rebuilding);
      const isBuilding = async () => {
        const { body } = await to.get<{ projections: { name: string; rebuilding?: object }[] }>(
          '/v1/projections',
        );
        return body.projections.find(({ name }) => name === view)?.rebuilding !== undefined;
      };
      while (await isBuilding()) await sleep(50);
      await areGone(names);
    }
  });
});
