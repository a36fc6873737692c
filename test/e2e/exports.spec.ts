import { Client } from 'pg';
import { api, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { startServer, type TestServer } from '../support/server';
import { cliOf } from './support/cli';
import { accepted, furnish, IN_PERSON } from './support/steps';

jest.setTimeout(120_000);

interface Records {
  readonly '@context': object;
  readonly '@graph': readonly {
    readonly record_id: string;
    readonly events: readonly { readonly event_id?: string; readonly event_state: string }[];
  }[];
}
interface Receipts {
  readonly receipts: readonly { readonly consentReceiptID: string }[];
}

describe('exports', () => {
  let server: TestServer;
  let to: Api;
  let purposeId: string;
  /** Consented and withdrew; never asked. */
  let alumnusId: string;
  let other: string;
  let grantId: string;

  const register = async (employeeNumber: string, family: string, department: string) => {
    const employment = { department, joinedOn: '2015-04-01', leftOn: '2024-03-31' };
    const person = { employeeNumber, name: { family }, email: 'a@example.jp', employment };
    return accepted(await to.post<{ alumnusId: string }>('/v1/alumni', person)).body.alumnusId;
  };
  /** A client whose account has this grant and no other. */
  const as = async (grant: object): Promise<Api> => {
    const machine = { kind: 'machine', label: 'reader' };
    const { id } = accepted(await to.post<{ id: string }>('/v1/accounts', machine)).body;
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    accepted(await to.post(`/v1/accounts/${id}/grants`, { ...grant, validUntil }));
    const made = await to.post<{ token: string }>('/v1/tokens', { accountId: id, validUntil });
    return api(server, accepted(made).body.token);
  };
  /** The access log's entries of one view, oldest first. */
  const reads = async (view: string): Promise<readonly Record<string, unknown>[]> => {
    const client = new Client(databaseOf(server.home, 'enishi_admin'));
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(
        'SELECT route, fields, person_ids, reason FROM access.reads WHERE view = $1 ORDER BY at',
        [view],
      );
      return rows;
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    alumnusId = await register('E-1', '髙﨑', '営業部');
    other = await register('E-2', '𠮷野', '開発部');
  });
  afterAll(() => server?.stop());

  it('consent records of somebody who was never asked are none', async () => {
    ({ purposeId } = await furnish(to));
    const nothing = accepted(await to.get<Records>(`/v1/alumni/${alumnusId}/consent-records`)).body;
    expect(nothing['@graph']).toEqual([]);
  });

  it('consent records are JSON-LD whose events stand in the ledger', async () => {
    const consents = `/v1/alumni/${alumnusId}/consents/${purposeId}`;
    const grant = { channels: ['email', 'phone'], language: 'ja', ...IN_PERSON, evidence: '署名' };
    const granted = accepted(await to.post<{ eventIds: string[] }>(`${consents}/grants`, grant)).body;
    [grantId] = granted.eventIds as [string];
    const withdrawn = accepted(
      await to.post<{ eventIds: string[] }>(`${consents}/withdrawals`, { channels: ['phone'], ...IN_PERSON }),
    ).body;

    const answer = accepted(await to.get<Records>(`/v1/alumni/${alumnusId}/consent-records`));
    expect(answer.headers.get('content-type')).toBe('application/ld+json; charset=utf-8');
    const [record, ...more] = answer.body['@graph'];
    expect(more).toEqual([]);
    expect(record!.events.map(({ event_id, event_state }) => [event_id, event_state])).toEqual([
      [`urn:uuid:${grantId}`, 'dpv:ConsentGiven'],
      [`urn:uuid:${withdrawn.eventIds[0]!}`, 'dpv:ConsentWithdrawn'],
    ]);
    expect(answer.text).not.toMatch(/髙﨑|署名|a@example/);

    const { receipts } = accepted(await to.get<Receipts>(`/v1/alumni/${alumnusId}/consent-receipts`)).body;
    expect(receipts.map(({ consentReceiptID }) => consentReceiptID)).toEqual([grantId]);
  });

  it('consent records are read within the caller’s scope, and the access log has each reading', async () => {
    const scoped = await as({ role: 'hr', departments: ['開発部'] });
    expect((await scoped.get(`/v1/alumni/${alumnusId}/consent-records`)).status).toBe(404);
    expect((await scoped.get(`/v1/alumni/${alumnusId}/consent-receipts`)).status).toBe(404);
    const before = await reads('consent-records');
    accepted(await scoped.get(`/v1/alumni/${other}/consent-records`));
    expect((await reads('consent-records')).slice(before.length)).toEqual([
      {
        route: 'GET /v1/alumni/:alumnusId/consent-records',
        fields: [],
        person_ids: [other],
        reason: null,
      },
    ]);
  });

  it('the command line writes what the server answers', async () => {
    const enishi = cliOf(server);
    const records = await enishi(['records', alumnusId]);
    expect(records.code).toBe(0);
    const answered = accepted(await to.get(`/v1/alumni/${alumnusId}/consent-records`)).body;
    expect(JSON.parse(records.out)).toEqual(answered);
    const receipts = await enishi(['records', alumnusId, '--format', 'kantara']);
    expect((JSON.parse(receipts.out) as Receipts).receipts).toHaveLength(1);
  });
});
