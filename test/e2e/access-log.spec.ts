import iconv from 'iconv-lite';
import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { cliOf } from './support/cli';
import { accepted } from './support/steps';

jest.setTimeout(120_000);

interface Entry {
  readonly id: string;
  readonly actor: string;
  readonly actorName?: string;
  readonly accountId: string;
  readonly route: string;
  readonly view: string;
  readonly fields: readonly string[];
  readonly personIds: readonly string[];
  readonly reason?: string;
}

describe('the access log, to be read', () => {
  let server: TestServer;
  let to: Api;
  let auditor: Api;
  let auditorId: string;
  let inSales: string;
  let elsewhere: string;

  const register = async (employeeNumber: string, department: string): Promise<string> => {
    const employment = { department, joinedOn: '2015-04-01', leftOn: '2024-03-31' };
    const person = { employeeNumber, name: { family: '縁野' }, email: 'a@example.jp', employment };
    return accepted(await to.post<{ alumnusId: string }>('/v1/alumni', person)).body.alumnusId;
  };
  const entries = async (query: string, by: Api = to) =>
    accepted(await by.get<{ entries: Entry[]; cursor?: string }>(`/v1/access-log?${query}`)).body;
  const account = async (label: string, grant: object): Promise<readonly [string, Api]> => {
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    const { id } = accepted(await to.post<{ id: string }>('/v1/accounts', { kind: 'machine', label })).body;
    accepted(await to.post(`/v1/accounts/${id}/grants`, { validUntil, ...grant }));
    const made = await to.post<{ token: string }>('/v1/tokens', { accountId: id, validUntil });
    return [id, api(server, accepted(made).body.token)];
  };

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    inSales = await register('L-1', '営業部');
    elsewhere = await register('L-2', '開発部');
    [auditorId, auditor] = await account('=1+1 監査〜𠮷', { role: 'auditor' });
    for (const person of [inSales, elsewhere, inSales]) accepted(await auditor.get(`/v1/alumni/${person}`));
    accepted(
      await to.post(`/v1/alumni/${inSales}/reveal`, { fields: ['email'], reason: '=本人の"照会", 𠮷' }),
    );
  });
  afterAll(() => server?.stop());

  it('is asked by person, by actor, by account, by route and view, by period', async () => {
    const { entries: of } = await entries(`alumnusId=${inSales}`);
    expect(of.map(({ route }) => route)).toEqual([
      'POST /v1/alumni/:alumnusId/reveal',
      'GET /v1/alumni/:alumnusId',
      'GET /v1/alumni/:alumnusId',
    ]);
    expect(of[0]).toMatchObject({ fields: ['email'], personIds: [inSales], reason: '=本人の"照会", 𠮷' });
    expect(of[1]).toMatchObject({ accountId: auditorId, actorName: '=1+1 監査〜𠮷' });
    const actor = encodeURIComponent(of[1]!.actor);
    expect((await entries(`actor=${actor}`)).entries).toHaveLength(3);
    expect((await entries(`accountId=${auditorId}`)).entries).toHaveLength(3);
    const route = encodeURIComponent('GET /v1/alumni/:alumnusId');
    expect((await entries(`route=${route}&alumnusId=${elsewhere}`)).entries).toHaveLength(1);
    expect((await entries(`view=${of[0]!.view}&to=2020-01-01`)).entries).toEqual([]);
    expect((await entries(`alumnusId=${inSales}&from=2020-01-01`)).entries.length).toBeGreaterThan(2);
    for (const wrong of ['actor=x', 'alumnusId=x', 'from=soon', 'limit=101', 'colour=red']) {
      expect([wrong, (await to.get(`/v1/access-log?${wrong}`)).status]).toEqual([wrong, 400]);
    }
  });

  it('comes in pages whose cursor belongs to the question, and holds the reading itself', async () => {
    const query = `accountId=${auditorId}`;
    const first = await entries(`${query}&limit=2`);
    const second = await entries(`${query}&limit=2&cursor=${first.cursor}`);
    const ids = [...first.entries, ...second.entries].map(({ id }) => id);
    expect([first.entries.length, second.entries.length, new Set(ids).size]).toEqual([2, 1, 3]);
    expect(second.cursor).toBeUndefined();
    const other = await to.get(`/v1/access-log?limit=2&cursor=${first.cursor}`);
    expect([other.status, other.body['code']]).toEqual([400, 'cursor-not-valid']);
    const [latest] = (await entries('view=access-log')).entries;
    expect(latest).toMatchObject({ route: 'GET /v1/access-log', personIds: [] });
    await entries(`alumnusId=${elsewhere}&from=2020-01-01`, auditor);
    const [about] = (await entries(`alumnusId=${elsewhere}`)).entries;
    expect(about).toMatchObject({ view: 'access-log', fields: ['from'], accountId: auditorId });
  });

  it('as CSV: a line for each person, no formulas, and nothing lost that CP932 could hold', async () => {
    const path = `/v1/access-log/export?format=csv&alumnusId=${inSales}`;
    const { bytes, headers } = accepted(await auditor.get(path));
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const text = bytes.toString('utf8');
    expect(text.startsWith('\ufeff日時 time,')).toBe(true);
    expect(text).toContain(`,"'=本人の""照会"", 𠮷",`);
    expect(text).toContain(`,'=1+1 監査〜𠮷,token:`);
    const cp932 = accepted(await auditor.get(`${path}&encoding=cp932`));
    expect(cp932.headers.get('content-type')).toBe('text/csv; charset=Shift_JIS');
    expect(iconv.decode(cp932.bytes, 'cp932')).toContain(`,'=1+1 監査～〓,token:`);
    const lines = accepted(await to.get('/v1/access-log/export?format=jsonl'))
      .text.trim()
      .split('\n');
    expect(lines.length).toBeGreaterThan(6);
    expect(JSON.parse(lines[0]!)).toMatchObject({ route: 'GET /v1/access-log/export' });
  });

  it('is for compliance and auditors; a grant for some people shows those, and nobody beside them', async () => {
    const [, hr] = await account('hr', { role: 'hr' });
    expect((await hr.get('/v1/access-log')).status).toBe(403);
    const [, sales] = await account('sales', { role: 'auditor', departments: ['営業部'] });
    expect((await sales.get('/v1/access-log')).body).toMatchObject({ code: 'scope-missing' });
    expect((await sales.get(`/v1/access-log?alumnusId=${elsewhere}`)).status).toBe(404);
    expect((await sales.get('/v1/access-log/check')).status).toBe(403);
    const seen = (await entries(`alumnusId=${inSales}`, sales)).entries;
    expect(seen.length).toBeGreaterThan(2);
    expect(new Set(seen.flatMap(({ personIds }) => personIds))).toEqual(new Set([inSales]));
  });

  it('from the command line, and compared with the ledger', async () => {
    const enishi = cliOf(server);
    const { code, out } = await enishi(['access-log', '--of', inSales, '--by', auditorId]);
    expect([code, out]).toEqual([0, expect.stringContaining('=1+1 監査〜𠮷')]);
    const csv = await enishi(['access-log', '--of', inSales, '--csv']);
    expect(csv.out).toContain(`'=1+1`);
    const check = await enishi(['access-log', 'verify', '--json']);
    expect([check.code, JSON.parse(check.out)]).toEqual([
      0,
      { agreeing: 0, retired: 0, pending: expect.any(Number) as number, wrong: [] },
    ]);
  });
});
