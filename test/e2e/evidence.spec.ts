import { Client } from 'pg';
import { api, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { startServer, type TestServer } from '../support/server';
import { accepted, furnish, IN_PERSON } from './support/steps';

jest.setTimeout(120_000);

interface EventView {
  readonly eventId: string;
  readonly type: string;
  readonly sealed: readonly string[];
}
interface Shown {
  readonly values: Readonly<Record<string, unknown>>;
  readonly withheld: readonly string[];
  readonly erased: readonly string[];
}

const SCAN = Buffer.from('署名のある紙');
const REASON = '監査 2026-11 の確認';
const GRANT = {
  channels: ['email'],
  language: 'ja',
  ...IN_PERSON,
  party: 'legal-representative',
  evidence: '本人の署名を人事が確認',
  representative: { name: '縁野 守', relation: '親' },
};

describe('what shows an answer', () => {
  let server: TestServer;
  let to: Api;
  let alumnusId: string;
  let other: string;
  let artefactId: string;
  let events: readonly EventView[];

  const register = async (employeeNumber: string, department: string) => {
    const person = {
      employeeNumber,
      name: { family: '縁野' },
      email: 'a@example.jp',
      employment: { department, joinedOn: '2015-04-01', leftOn: '2024-03-31' },
    };
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
  const pathOf = (type: string, who = alumnusId) =>
    `/v1/alumni/${who}/events/${events.find((one) => one.type === type)!.eventId}/reveal`;
  const reveal = (client: Api, type: string, who?: string) =>
    client.post<Shown>(pathOf(type, who), { reason: REASON });
  const artefact = (client: Api, who = alumnusId, reason: string | undefined = encodeURIComponent(REASON)) =>
    client.get(`/v1/alumni/${who}/artefacts/${artefactId}`, {
      ...(reason !== undefined && { headers: { 'enishi-reason': reason } }),
    });
  /** The access log's entries of these two ways of reading, oldest first. */
  const reads = async (): Promise<readonly Record<string, unknown>[]> => {
    const client = new Client(databaseOf(server.home, 'enishi_admin'));
    await client.connect();
    try {
      const { rows } = await client.query<Record<string, unknown>>(
        `SELECT route, view, fields, person_ids, reason FROM access.reads WHERE view IN ('event', 'artefact') ORDER BY at`,
      );
      return rows;
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    const { purposeId } = await furnish(to);
    alumnusId = await register('E-1', '営業部');
    other = await register('E-2', '開発部');
    const kept = await to.post<{ artefactId: string }>(`/v1/alumni/${alumnusId}/artefacts`, SCAN);
    ({ artefactId } = accepted(kept).body);
    const consents = `/v1/alumni/${alumnusId}/consents/${purposeId}`;
    const granted = await to.post<{ eventIds: string[] }>(`${consents}/grants`, { ...GRANT, artefactId });
    const [eventId] = accepted(granted).body.eventIds;
    accepted(await to.post(`${consents}/invalidations`, { eventId, reason: '別人の用紙' }));
    const corrected = { phone: '090-1234-5678', reason: '本人の申し出' };
    accepted(await to.patch(`/v1/alumni/${alumnusId}`, corrected, { ifMatch: 0 }));
    accepted(await to.post(`/v1/alumni/${alumnusId}/return`, { returnedOn: '2025-04-01' }));
    const history = await to.get<{ events: EventView[] }>(`/v1/alumni/${alumnusId}/history`);
    ({ events } = accepted(history).body);
    expect(history.text).not.toMatch(/本人の署名|縁野 守|別人の用紙|本人の申し出|2025-04-01/);
  });
  afterAll(() => server?.stop());

  it('is named by the history, and only named', () => {
    const sealed = new Map(events.map((one) => [one.type, [...one.sealed].sort()]));
    expect(Object.fromEntries(sealed)).toEqual({
      AlumnusRegistered: ['email', 'employeeNumber', 'employment', 'name'],
      ConsentGranted: ['evidence', 'representative'],
      ConsentInvalidated: ['reason'],
      AlumnusCorrected: ['phone', 'reason'],
      AlumnusReturned: ['returnedOn'],
    });
  });

  it('is read event by event, for a reason, which the access log has before the answer', async () => {
    const auditor = await as({ role: 'auditor' });
    const expected = {
      ConsentGranted: { evidence: GRANT.evidence, representative: GRANT.representative },
      ConsentInvalidated: { reason: '別人の用紙' },
      AlumnusReturned: { returnedOn: '2025-04-01' },
    };
    for (const client of [to, auditor]) {
      for (const [type, values] of Object.entries(expected)) {
        const { body } = accepted(await reveal(client, type));
        expect(body).toMatchObject({ type, values, withheld: [], erased: [] });
      }
    }
    const before = await reads();
    expect(before).toHaveLength(6);
    expect(before[0]).toEqual({
      route: 'POST /v1/alumni/:alumnusId/events/:eventId/reveal',
      view: 'event',
      fields: ['evidence', 'representative'],
      person_ids: [alumnusId],
      reason: REASON,
    });
  });

  it('does not bring what is masked elsewhere to who may not see it there', async () => {
    const auditor = await as({ role: 'auditor' });
    expect(accepted(await reveal(auditor, 'AlumnusCorrected')).body).toMatchObject({
      values: { reason: '本人の申し出' },
      withheld: ['phone'],
    });
    const registered = accepted(await reveal(auditor, 'AlumnusRegistered')).body;
    expect([registered.values['name'], [...registered.withheld].sort()]).toEqual([
      { family: '縁野' },
      ['email', 'employeeNumber'],
    ]);
    const compliance = accepted(await reveal(to, 'AlumnusCorrected')).body;
    expect(compliance.values).toEqual({ phone: '+819012345678', reason: '本人の申し出' });
  });

  it('is a file, given back as it was kept', async () => {
    const auditor = await as({ role: 'auditor' });
    const { status, headers, bytes } = await artefact(auditor);
    expect([status, bytes.equals(SCAN)]).toEqual([200, true]);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': String(SCAN.length),
      'content-disposition': `attachment; filename="${artefactId}.bin"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    expect((await reads()).at(-1)).toEqual({
      route: 'GET /v1/alumni/:alumnusId/artefacts/:artefactId',
      view: 'artefact',
      fields: ['artefact'],
      person_ids: [alumnusId],
      reason: REASON,
    });
  });

  it('is for whom the role and the grant say, of the person named, and for a reason', async () => {
    const before = (await reads()).length;
    const hr = await as({ role: 'hr', fields: ['contact'] });
    const elsewhere = await as({ role: 'auditor', departments: ['開発部'] });
    const told = async (answer: Promise<{ status: number; body: object }>) => {
      const { status, body } = await answer;
      return [status, (body as { code: string }).code];
    };
    expect(await told(reveal(hr, 'ConsentGranted'))).toEqual([403, 'permission-missing']);
    expect(await told(artefact(hr))).toEqual([403, 'permission-missing']);
    expect(await told(reveal(elsewhere, 'ConsentGranted'))).toEqual([404, 'alumnus-unknown']);
    expect(await told(artefact(elsewhere))).toEqual([404, 'alumnus-unknown']);
    expect(await told(reveal(to, 'ConsentGranted', other))).toEqual([404, 'event-unknown']);
    expect(await told(artefact(to, other))).toEqual([404, 'artefact-unknown']);
    for (const reason of ['', ' ', undefined, 7]) {
      expect(await told(to.post(pathOf('ConsentGranted'), { reason }))).toEqual([400, 'not-valid']);
    }
    for (const reason of [undefined, '%20', '%', 'x'.repeat(600)]) {
      const answer = to.get(
        `/v1/alumni/${alumnusId}/artefacts/${artefactId}`,
        reason === undefined ? {} : { headers: { 'enishi-reason': reason } },
      );
      expect(await told(answer)).toEqual([400, 'reason-not-valid']);
    }
    const wrong = await to.post(pathOf('ConsentGranted'), { reason: '番号 123456789018' });
    expect([wrong.status, wrong.body['code'], wrong.body['details']]).toEqual([
      422,
      'my-number',
      { field: 'reason' },
    ]);
    expect(await reads()).toHaveLength(before);
  });
});
