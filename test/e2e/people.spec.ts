import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { api, type Answer, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { startServer, type TestServer } from '../support/server';
import { accepted, furnish, headOf, IN_PERSON } from './support/steps';

jest.setTimeout(120_000);

const EMPLOYMENT = { department: '営業部', joinedOn: '2015-04-01', leftOn: '2024-03-31' };

describe('people, by hand', () => {
  let server: TestServer;
  let to: Api;
  let purposeId: string;
  let numbers = 0;

  const register = async (more: object = {}): Promise<string> => {
    const person = { employeeNumber: `P-${(numbers += 1)}`, name: { family: '縁野' }, email: 'a@example.jp' };
    const answer = await to.post<{ alumnusId: string }>('/v1/alumni', {
      ...person,
      employment: EMPLOYMENT,
      ...more,
    });
    return accepted(answer).body.alumnusId;
  };
  const refusal = ({ status, body }: Answer) => [status, body['code'], body['details']];

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    ({ purposeId } = await furnish(to));
  });
  afterAll(() => server?.stop());

  it('a day that does not exist, or of no life, is named by its field', async () => {
    const alumnusId = await register();
    const person = { employeeNumber: 'D-1', name: { family: '縁野' }, employment: EMPLOYMENT };
    const search = { purposeId, channel: 'email', mode: 'excluded' };
    const head = await headOf(to);
    for (const day of [
      '2023-02-30',
      '2023-13-01',
      '0000-01-01',
      '1899-12-31',
      '2201-01-01',
      '2023-2-3',
      '',
    ]) {
      const attempts: readonly (readonly [string, Promise<Answer>])[] = [
        ['leftFrom', to.post('/v1/roster/search', { ...search, leftFrom: day })],
        ['leftTo', to.post('/v1/roster/search', { ...search, leftTo: day })],
        ['birthDate', to.post('/v1/alumni', { ...person, birthDate: day })],
        [
          'employment.leftOn',
          to.post('/v1/alumni', { ...person, employment: { ...EMPLOYMENT, leftOn: day } }),
        ],
        ['joinedOn', to.post(`/v1/alumni/${alumnusId}/employments`, { ...EMPLOYMENT, joinedOn: day })],
        ['returnedOn', to.post(`/v1/alumni/${alumnusId}/return`, { returnedOn: day })],
        ['diedOn', to.post(`/v1/alumni/${alumnusId}/death`, { diedOn: day })],
      ];
      for (const [path, attempt] of attempts) {
        const { status, body } = await attempt;
        expect([day, status, body['errors']]).toMatchObject([day, 400, [{ path, code: 'isDay' }]]);
      }
    }
    const asOf = await to.post('/v1/roster/search', { ...search, at: '2023-02-30' });
    expect([asOf.status, asOf.body['errors']]).toMatchObject([400, [{ path: 'at' }]]);
    // Its beginning in Asia/Tokyo lies in the year 0, which no database knows.
    expect((await to.get('/v1/audit-trail?from=0001-01-01')).status).toBe(400);
    expect(await headOf(to)).toBe(head);
  });

  it('characters that turn or break a line are refused as in a file', async () => {
    const alumnusId = await register();
    const path = `/v1/alumni/${alumnusId}`;
    const person = { employeeNumber: 'C-1', name: { family: '縁野' }, employment: EMPLOYMENT };
    for (const [field, attempt] of [
      ['name', to.post('/v1/alumni', { ...person, name: { family: '縁\n野' } })],
      ['name', to.post('/v1/alumni', { ...person, name: { family: '縁野', given: '\u202e結' } })],
      ['lineId', to.patch(path, { lineId: 'a\u200bb' }, { ifMatch: 0 })],
      ['department', to.post(`${path}/employments`, { ...EMPLOYMENT, department: '営業\n部' })],
      ['reason', to.post(`${path}/reveal`, { fields: ['email'], reason: '確認\u2066' })],
    ] as const) {
      expect(refusal(await attempt)).toEqual([422, 'control-character', { field }]);
    }
    const address = '東京都\n千代田区';
    accepted(await to.patch(path, { postalAddress: address, reason: '転居\n届' }, { ifMatch: 0 }));
  });

  it('a return comes after the leaving, once, and its day is shown', async () => {
    const alumnusId = await register();
    const back = (body: object) => to.post(`/v1/alumni/${alumnusId}/return`, body);
    expect(refusal(await back({ returnedOn: '2020-01-01' }))).toEqual([422, 'returned-before-leaving', {}]);
    accepted(await back({ returnedOn: '2025-04-01' }));
    expect((await back({ returnedOn: '2025-04-01' })).body).toMatchObject({ outcome: 'unchanged' });
    expect(refusal(await back({ returnedOn: '2025-05-01' }))).toEqual([422, 'already-returned', {}]);
    const shown = accepted(await to.get(`/v1/alumni/${alumnusId}`));
    expect(shown.body).toMatchObject({ state: { returned: true, returnedOn: '2025-04-01' } });
  });

  it('why somebody may be contacted is told with its events, also where the trail is behind the roster', async () => {
    const alumnusId = await register({ employment: { ...EMPLOYMENT, leavingKind: 'personal-reason' } });
    const grant = { channels: ['email'], language: 'ja', ...IN_PERSON };
    const why = `/v1/alumni/${alumnusId}/why?${new URLSearchParams({ purposeId, channel: 'email' }).toString()}`;
    const admin = new Client(databaseOf(server.home, 'enishi_admin'));
    await admin.connect();
    try {
      // Nothing is written into the trail until this lets go of it; the roster goes on.
      await admin.query('BEGIN; LOCK TABLE audit_trail.event IN SHARE MODE');
      accepted(await to.post(`/v1/alumni/${alumnusId}/consents/${purposeId}/grants`, grant));
      accepted(await to.post('/v1/roster/search', { purposeId, channel: 'email', mode: 'contactable' }));
      const asked = to.get<{ answer: string; because: { type: string }[] }>(why);
      await Promise.race([asked, sleep(500)]);
      await admin.query('COMMIT');
      const { body } = accepted(await asked);
      expect([body.answer, body.because.map(({ type }) => type)]).toEqual([
        'yes',
        expect.arrayContaining(['ConsentGranted']),
      ]);
    } finally {
      await admin.end();
    }
  });

  it('a My Number is refused wherever it stands, named by its field and never repeated', async () => {
    const wrong = '123456789018';
    const alumnusId = await register();
    const consents = (what: string) => `/v1/alumni/${alumnusId}/consents/${purposeId}/${what}`;
    const grant = { channels: ['email'], language: 'ja', ...IN_PERSON };
    const granted = await to.post<{ eventIds: string[] }>(consents('grants'), grant);
    const eventId = accepted(granted).body.eventIds[0];
    const head = await headOf(to);
    const person = { employeeNumber: 'N-1', name: { family: '縁野' }, employment: EMPLOYMENT };
    const patch = (body: object) => to.patch(`/v1/alumni/${alumnusId}`, body, { ifMatch: 0 });
    const attempts: readonly (readonly [string, Promise<Answer>])[] = [
      ['employeeNumber', to.post('/v1/alumni', { ...person, employeeNumber: wrong })],
      ['employeeNumber', to.post('/v1/alumni', { ...person, employeeNumber: '１２３４-５６７８-９０１８' })],
      ['lineId', to.post('/v1/alumni', { ...person, lineId: wrong })],
      ['job', to.post('/v1/alumni', { ...person, employment: { ...EMPLOYMENT, job: wrong } })],
      ['postalAddress', patch({ postalAddress: `東京都 ${wrong}` })],
      ['name', patch({ name: { family: wrong } })],
      ['reason', patch({ lineId: 'line', reason: `番号 ${wrong}` })],
      ['reason', to.post(`/v1/alumni/${alumnusId}/reveal`, { fields: ['email'], reason: wrong })],
      ['evidence', to.post(consents('grants'), { ...grant, channels: ['phone'], evidence: wrong })],
      ['evidence', to.post(consents('withdrawals'), { channels: ['email'], ...IN_PERSON, evidence: wrong })],
      ['reason', to.post(consents('invalidations'), { eventId, reason: wrong })],
    ];
    for (const [field, attempt] of attempts) {
      const answer = await attempt;
      expect(refusal(answer)).toEqual([422, 'my-number', { field }]);
      expect(answer.text).not.toContain(wrong);
    }
    const officer = { name: { family: '架空' }, workContact: wrong };
    expect(refusal(await to.put('/v1/company/responsible-officer', officer))).toEqual([
      422,
      'my-number',
      { field: 'officer.workContact' },
    ]);
    expect(await headOf(to)).toBe(head);
  });
});
