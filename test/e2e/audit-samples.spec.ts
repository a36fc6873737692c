import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { cliOf } from './support/cli';
import { accepted, furnish, headOf, IN_PERSON } from './support/steps';

jest.setTimeout(120_000);

interface Sample {
  readonly position: string;
  readonly population: number;
  readonly items: readonly {
    readonly number: number;
    readonly id: string;
    readonly rank: string;
    readonly actorName?: string;
    readonly consent?: Readonly<Record<string, unknown>>;
    readonly events?: readonly {
      readonly type: string;
      readonly stream: string;
      readonly recordedAt: string;
    }[];
    readonly use?: { readonly view: string; readonly personIds: readonly string[] };
  }[];
}

describe('samples for auditors', () => {
  let server: TestServer;
  let to: Api;
  let purposeId: string;
  const granted: string[] = [];
  let before: string;

  const sample = async (query: string, by: Api = to) =>
    accepted(await by.get<Sample>(`/v1/audit-samples?${query}`)).body;
  const rankOf = (seed: string, id: string) => createHash('sha256').update(`${seed}\n${id}`).digest('hex');

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    ({ purposeId } = await furnish(to));
    const answer = { channels: ['email'], language: 'ja', ...IN_PERSON, evidence: '本人の署名' };
    for (let n = 1; n <= 8; n++) {
      const employment = { department: '営業部', joinedOn: '2015-04-01', leftOn: '2024-03-31' };
      const person = {
        employeeNumber: `S-${n}`,
        name: { family: '縁野' },
        email: 'a@example.jp',
        employment,
      };
      const { alumnusId } = accepted(await to.post<{ alumnusId: string }>('/v1/alumni', person)).body;
      const path = `/v1/alumni/${alumnusId}/consents/${purposeId}`;
      const { eventIds } = accepted(await to.post<{ eventIds: string[] }>(`${path}/grants`, answer)).body;
      granted.push(...eventIds);
      if (n === 6) before = String(await headOf(to));
      if (n === 7) accepted(await to.post(`${path}/withdrawals`, { channels: ['email'], ...IN_PERSON }));
    }
  });
  afterAll(() => server?.stop());

  it('are drawn by hash of seed and id, from the population up to a position, and so drawn again', async () => {
    const { items, population, position } = await sample('of=consents&n=5&seed=2026-Q3');
    const expected = granted.map((id) => [rankOf('2026-Q3', id), id]).sort();
    expect(items.map(({ rank, id }) => [rank, id])).toEqual(expected.slice(0, 5));
    expect([population, position]).toEqual([8, String(await headOf(to))]);
    expect(items.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    const earlier = await sample(`of=consents&n=200&seed=2026-Q3&position=${before}`);
    expect(earlier.population).toBe(6);
    expect(new Set(earlier.items.map(({ id }) => id))).toEqual(new Set(granted.slice(0, 6)));
    // More recorded since changes nothing about a population that ends before.
    accepted(
      await to.put('/v1/company/contact-point', {
        contactPoint: { name: { ja: '窓口', en: 'Desk' }, email: 'b@example.jp' },
      }),
    );
    expect(await sample(`of=consents&n=200&seed=2026-Q3&position=${before}`)).toEqual(earlier);
    expect((await sample('of=consents&n=5&seed=other')).items[0]!.rank).not.toBe(items[0]!.rank);
  });

  it('lay the evidence beside each item: the stream in order, notice, evidence, who, three times', async () => {
    const { items, population } = await sample('of=withdrawals&seed=s');
    expect(population).toBe(1);
    const [{ consent, events, actorName } = {}] = items;
    expect(events?.map(({ type }) => type)).toEqual(['ConsentGranted', 'ConsentWithdrawn']);
    expect(new Set(events?.map(({ stream }) => stream)).size).toBe(1);
    expect(consent).toMatchObject({ kind: 'withdrawn', purposeId, ...IN_PERSON, party: 'person' });
    const times = ['effectiveAt', 'decidedAt', 'recordedAt'].map((name) => typeof consent?.[name]);
    expect(times).toEqual(['string', 'string', 'string']);
    expect(actorName).toBeDefined();
    const grants = (await sample('of=consents&n=1&seed=s')).items[0]!.consent!;
    expect(grants).toMatchObject({ kind: 'granted', purposeVersion: 1, hasEvidence: true });
    expect(grants['noticeHash']).toMatch(/^[0-9a-f]{64}$/);
  });

  it('of readings: entries of the access log in hours that the ledger has anchored', async () => {
    expect(await sample('of=readings&seed=s')).toMatchObject({ population: 0, items: [] });
  });

  it('of uses: files with personal data that were made; none here', async () => {
    expect(await sample('of=uses&seed=s')).toMatchObject({ population: 0, items: [] });
  });

  it('leave the draw in the access log, with its seed', async () => {
    await sample('of=consents&n=3&seed=again.1');
    const { body } = await to.get<{ entries: { fields: string[]; personIds: string[] }[] }>(
      '/v1/access-log?view=audit-sample&limit=1',
    );
    const [entry] = body.entries;
    expect(entry!.fields).toEqual(['of:consents', 'n:3', 'seed:again.1', `position:${await headOf(to)}`]);
    expect(entry!.personIds).toHaveLength(3);
  });

  it('come as a sheet with room for result and comment', async () => {
    const query = 'of=consents&n=4&seed=sheet';
    const { items } = await sample(query);
    const { bytes } = accepted(await to.get(`/v1/audit-samples/sheet?${query}`));
    const lines = bytes.toString('utf8').trimEnd().split('\r\n');
    expect(lines[0]).toMatch(/^\ufeff番号 number,記録ID id,.*,結果 result,コメント comment$/);
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 2))).toEqual(
      items.map(({ number, id }) => [String(number), id]),
    );
    const other = accepted(await to.get(`/v1/audit-samples/sheet?${query}&encoding=cp932`));
    expect(iconv.decode(other.bytes, 'cp932')).toBe(bytes.toString('utf8').slice(1));
  });

  it('take nothing else', async () => {
    const beyond = await to.get('/v1/audit-samples?of=consents&seed=s&position=999999999999');
    expect(beyond.body).toMatchObject({ errors: [{ path: 'position', code: 'beyond-head' }] });
    for (const wrong of ['of=consents', 'of=people&seed=s', 'of=consents&seed=a%0Ab', 'of=uses&seed=s&n=0']) {
      expect([wrong, (await to.get(`/v1/audit-samples?${wrong}`)).status]).toEqual([wrong, 400]);
    }
  });

  it('from the command line, the same', async () => {
    const enishi = cliOf(server);
    const { code, out } = await enishi([
      'audit',
      'sample',
      '--of',
      'consents',
      '--n',
      '2',
      '--seed',
      'cli',
      '--json',
    ]);
    expect(code).toBe(0);
    expect((JSON.parse(out) as Sample).items).toEqual((await sample('of=consents&n=2&seed=cli')).items);
    const text = await enishi(['audit', 'sample', '--of', 'withdrawals', '--seed', 'cli']);
    expect(text.out).toContain('1 of 1 up to position');
    expect(text.out).toContain('Consent withdrawn');
    expect((await enishi(['audit', '--limit', '1', '--json'])).code).toBe(0);
  });
});
