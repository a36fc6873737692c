import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { cliOf } from './support/cli';
import { accepted, furnish } from './support/steps';

jest.setTimeout(120_000);

interface Entry {
  readonly name: string;
  readonly count: number;
  readonly roles: readonly string[];
  readonly ids: readonly string[];
  readonly due?: string;
}

describe('the work list', () => {
  let server: TestServer;
  let to: Api;
  /** Clients whose accounts have one role each. */
  const as: Record<string, Api> = {};
  const workOf = async (client: Api, whose = 'role'): Promise<ReadonlyMap<string, Entry>> => {
    const { work } = accepted(await client.get<{ work: Entry[] }>(`/v1/work?for=${whose}`)).body;
    return new Map(work.map((entry) => [entry.name, entry]));
  };

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    await furnish(to);
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    for (const role of ['hr', 'operator', 'auditor', 'compliance']) {
      const machine = { kind: 'machine', label: role };
      const { id } = accepted(await to.post<{ id: string }>('/v1/accounts', machine)).body;
      accepted(await to.post(`/v1/accounts/${id}/grants`, { role, validUntil }));
      const { token } = accepted(
        await to.post<{ token: string }>('/v1/tokens', { accountId: id, validUntil }),
      ).body;
      as[role] = api(server, token);
    }
  });
  afterAll(() => server?.stop());

  it('shows an export that waits to who may approve it, and not to who asked for it as theirs', async () => {
    const order = { content: 'consents', level: 'masked', format: 'csv', reason: '四半期の監査' };
    const { exportId } = accepted(await as['auditor']!.post<{ exportId: string }>('/v1/exports', order)).body;
    accepted(await as['compliance']!.post('/v1/exports', order));
    await as['auditor']!.get('/v1/exports');
    const role = (await workOf(as['compliance']!)).get('exports-to-approve');
    expect(role).toMatchObject({ count: 2, roles: ['compliance'], due: expect.any(String) });
    const mine = (await workOf(as['compliance']!, 'me')).get('exports-to-approve');
    expect(mine).toMatchObject({ count: 1, ids: [exportId] });
    for (const other of ['hr', 'operator', 'auditor'])
      expect((await workOf(as[other]!)).has('exports-to-approve')).toBe(false);
    // Auditors see all, and do none of it.
    expect((await workOf(as['auditor']!, 'all')).get('exports-to-approve')).toMatchObject({ count: 2 });
    expect((await as['hr']!.get('/v1/work?for=all')).body).toMatchObject({
      status: 403,
      code: 'permission-missing',
    });
  });

  it('shows a letter that is to be posted until it is, and one that came back', async () => {
    const person = {
      employeeNumber: 'W-1',
      name: { family: '髙﨑' },
      postalAddress: '東京都千代田区架空町1-2-3',
      employment: { joinedOn: '2015-04-01', leftOn: '2024-03-31' },
    };
    const { alumnusId } = accepted(await to.post<{ alumnusId: string }>('/v1/alumni', person)).body;
    const letter = {
      letter: 'correction-made',
      alumnusId,
      language: 'ja',
      means: 'post',
      values: { changes: '氏名' },
    };
    const { letterId } = accepted(await as['hr']!.post<{ letterId: string }>('/v1/letters', letter)).body;
    for (;;) {
      const found = (await workOf(as['hr']!)).get('letters-to-post');
      if (found !== undefined) {
        expect(found).toMatchObject({ count: 1, ids: [letterId] });
        break;
      }
    }
    const path = `/v1/letters/${letterId}/dispatches`;
    accepted(await as['hr']!.post(path, { outcome: 'posted' }));
    expect((await workOf(as['hr']!)).has('letters-to-post')).toBe(false);
    accepted(await as['hr']!.post(path, { outcome: 'came-back' }));
    expect((await workOf(as['hr']!)).get('letters-not-delivered')).toMatchObject({ ids: [letterId] });
    const all = (await to.get('/v1/work')).text;
    expect(all).not.toMatch(/髙﨑|架空町/);
  });

  it('prints as a table and as JSON lines', async () => {
    const run = cliOf(server);
    const { code, out } = await run(['work', '--for', 'all']);
    expect(code).toBe(0);
    expect(out).toContain('Exports of personal data to approve');
    const lines = (await run(['work', '--json'])).out.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as Entry).name)).toContain('letters-not-delivered');
  });
});
