import { Client } from 'pg';
import { api, type Answer, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { startServer, type TestServer } from '../support/server';
import { accepted, caughtUp, furnish, headOf, IN_PERSON, wholeRoster } from './support/steps';

jest.setTimeout(180_000);

interface Pair {
  readonly alumnusId: string;
  readonly otherId: string;
  readonly score: number;
  readonly grounds: readonly { readonly code: string }[];
}
interface Pairs {
  readonly pairs: readonly Pair[];
  readonly total: number;
}
interface History {
  readonly events: readonly { readonly type: string; readonly eventId: string }[];
}

const HANAKO = { kana: { family: 'タカハシ', given: 'ハナコ' }, birthDate: '1985-05-05' };

describe('two records of one person', () => {
  let server: TestServer;
  let to: Api;
  let purposeId: string;
  let programmeId: string;
  let numbers = 0;

  /** Somebody who left in that year, by e-mail. */
  const register = async (family: string, left: number, more: object = {}): Promise<string> => {
    numbers += 1;
    const answer = await to.post<{ alumnusId: string }>('/v1/alumni', {
      employeeNumber: `D-${numbers}`,
      name: { family, given: '花子' },
      email: `d${numbers}@example.jp`,
      employment: {
        department: '営業部',
        joinedOn: '2005-04-01',
        leftOn: `${left}-03-31`,
        leavingKind: 'personal-reason',
      },
      ...more,
    });
    return accepted(answer).body.alumnusId;
  };
  const grant = async (who: string) =>
    accepted(
      await to.post(`/v1/alumni/${who}/consents/${purposeId}/grants`, {
        channels: ['email'],
        language: 'ja',
        ...IN_PERSON,
        evidence: '署名',
      }),
    );
  const list = async (state = 'proposed') => {
    await caughtUp(to);
    return accepted(await to.get<Pairs>(`/v1/duplicates?state=${state}`)).body;
  };
  const between = ({ pairs }: Pairs, one: string, other: string) =>
    pairs.find(
      ({ alumnusId, otherId }) => alumnusId === [one, other].sort()[0] && otherId === [one, other].sort()[1],
    );
  const listed = async () => {
    await caughtUp(to);
    const rows = await wholeRoster(to, { purposeId, channel: 'email', mode: 'contactable' });
    return rows.map(({ alumnusId }) => alumnusId);
  };
  const why = async (who: string) => {
    await caughtUp(to);
    const question = new URLSearchParams({ purposeId, channel: 'email', programmeId });
    const { body } = await to.get<{ answer: string; reasons: { code: string; messages: { ja: string } }[] }>(
      `/v1/alumni/${who}/why?${question.toString()}`,
    );
    return body;
  };
  const refusal = ({ status, body }: Answer) => [status, body['code']];

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    ({ purposeId, programmeId } = await furnish(to));
  });
  afterAll(() => server?.stop());

  it('is proposed with its grounds, linked, answered for by the stricter of both, and parted again', async () => {
    const before = await register('高橋', 2015, HANAKO);
    const after = await register('佐藤', 2024, {
      ...HANAKO,
      kana: { family: 'サトウ', given: 'ハナコ' },
      formerNames: ['髙橋'],
    });
    const stranger = await register('佐藤', 2020, { birthDate: '1990-01-01' });
    const found = await list();
    expect(between(found, before, after)).toMatchObject({
      grounds: [{ code: 'birth-date-and-former-name' }],
    });
    expect(found.pairs.some(({ alumnusId, otherId }) => [alumnusId, otherId].includes(stranger))).toBe(false);

    await grant(before);
    await grant(after);
    expect((await listed()).sort()).toEqual([before, after].sort());
    const histories = async () =>
      Promise.all(
        [before, after].map(async (who) => (await to.get<History>(`/v1/alumni/${who}/history`)).body.events),
      );
    const untouched = await histories();

    const pair = `/v1/duplicates/${after}/${before}`;
    const side = accepted(await to.get<Record<string, unknown>>(pair)).body;
    expect(side).toMatchObject({ state: 'none', records: [{}, {}] });
    expect(side['fields']).toEqual(
      expect.arrayContaining([
        { field: 'birthDate', comparison: 'same' },
        { field: 'name', comparison: 'different' },
        { field: 'formerNames', comparison: 'only-one' },
        { field: 'email', comparison: 'different' },
      ]),
    );
    expect(JSON.stringify(side)).not.toContain('d1@example.jp');

    accepted(await to.post(`${pair}/link`, { reason: '本人に電話で確認した' }));
    expect(await listed()).toEqual([after]);
    expect((await why(before)).reasons).toMatchObject([{ code: 'linked-listed-once' }]);
    expect(between(await list(), before, after)).toBeUndefined();
    expect(between(await list('linked'), before, after)).toMatchObject({ state: 'linked' });
    const [ofBefore, ofAfter] = await histories();
    for (const [events, former] of [
      [ofBefore!, untouched[0]!],
      [ofAfter!, untouched[1]!],
    ] as const) {
      expect(events.slice(0, former.length)).toEqual(former);
      expect(events.slice(former.length)).toMatchObject([{ type: 'AlumniLinked' }]);
    }
    const linked = accepted(await to.get<object>(`/v1/alumni/${before}/linked`)).body;
    expect(linked).toEqual({
      linked: [{ alumnusId: after, name: { family: '佐藤', given: '花子' }, direct: true }],
    });

    // A no to the one record is a no to the other.
    const out = { channels: ['email'], ...IN_PERSON };
    accepted(await to.post(`/v1/alumni/${before}/consents/${purposeId}/withdrawals`, out));
    expect(await listed()).toEqual([]);
    const { reasons } = await why(after);
    expect(reasons).toMatchObject([{ code: 'linked-record' }]);
    expect(reasons[0]!.messages.ja).toContain('同意が撤回されています');

    accepted(await to.post(`${pair}/unlink`, { reason: '同姓同名の別人だった' }));
    expect(await listed()).toEqual([after]);
    expect((await why(before)).reasons).toMatchObject([{ code: 'consent-withdrawn' }]);
    expect(between(await list(), before, after)).toBeDefined();

    // As it was before the two were parted.
    const at = new Date().toISOString();
    const asOf = { purposeId, channel: 'email', mode: 'contactable', at };
    expect((await to.post<{ rows: object[] }>('/v1/roster/search', asOf)).body.rows).toHaveLength(1);
  });

  it('is not asked in one what the person refused in the other, and may be asked when the two are parted', async () => {
    const [one, other, third] = [
      await register('辻', 2018),
      await register('堀', 2019),
      await register('関', 2020),
    ];
    const ask = (who: string) =>
      to.post(`/v1/alumni/${who}/consents/${purposeId}/requests`, {
        channels: ['email'],
        captureChannel: 'email',
        language: 'ja',
      });
    for (const [a, b] of [
      [one, other],
      [third, other],
    ])
      accepted(await to.post(`/v1/duplicates/${a}/${b}/link`, { reason: '本人に確認した' }));
    const no = { channels: ['email'], language: 'ja', ...IN_PERSON, evidence: '口頭' };
    accepted(await to.post(`/v1/alumni/${one}/consents/${purposeId}/refusals`, no));

    // By way of the record in the middle, and whatever the views know: the streams are asked.
    for (const who of [other, third]) {
      const answer = await ask(who);
      expect(refusal(answer)).toEqual([422, 'linked-record-forbids']);
      expect(answer.body).toMatchObject({
        details: { alumnusId: one, against: 'refused-for-this-version', channel: 'email' },
        messages: {
          ja: `同じ人として紐づけた記録（${one.slice(0, 8)}）に理由があるため、依頼できません（連絡手段「メール」について同意しない旨の回答があったため、再度の依頼はできません）。`,
        },
      });
    }
    // A consent that comes by itself is the person's word, and is kept; the no in the other record stands in its way.
    await grant(third);
    expect((await why(third)).reasons).toMatchObject([{ code: 'linked-record' }]);

    accepted(await to.post(`/v1/duplicates/${one}/${other}/unlink`, { reason: '別人だった' }));
    expect(refusal(await ask(other))).toEqual([422, 'linked-record-forbids']);
    accepted(await to.post(`/v1/duplicates/${third}/${other}/unlink`, { reason: '別人だった' }));
    accepted(await ask(other));
  });

  it('enters the access log when a list or a pair of records is read, with whom it showed', async () => {
    const reads = async () => {
      const client = new Client(databaseOf(server.home, 'enishi_admin'));
      await client.connect();
      try {
        const { rows } = await client.query<{ route: string; view: string; person_ids: string[] }>(
          `SELECT route, view, person_ids FROM access.reads WHERE route LIKE 'GET /v1/duplicates%' ORDER BY at`,
        );
        return rows;
      } finally {
        await client.end();
      }
    };
    const twin = { birthDate: '1961-01-31', email: 'twin@example.jp' };
    const [one, other] = [await register('岸', 2018, twin), await register('岸', 2019, twin)];
    const before = (await reads()).length;
    const shown = (await list()).pairs.flatMap(({ alumnusId, otherId }) => [alumnusId, otherId]);
    expect(shown).toEqual(expect.arrayContaining([one, other]));
    accepted(await to.get(`/v1/duplicates/${other}/${one}`));
    // Nobody was shown, so nobody is noted.
    expect((await to.get(`/v1/duplicates/${one}/11111111-1111-4111-8111-111111111111`)).status).toBe(404);
    const [ofList, ofPair, ...more] = (await reads()).slice(before);
    expect(more).toEqual([]);
    expect(ofList).toMatchObject({ route: 'GET /v1/duplicates', view: 'alumni-roster' });
    expect([...ofList!.person_ids].sort()).toEqual([...new Set(shown)].sort());
    expect(ofPair).toEqual({
      route: 'GET /v1/duplicates/:alumnusId/:otherId',
      view: 'alumnus',
      person_ids: [one, other].sort(),
    });
  });

  it('does not propose anew what somebody found to be different people', async () => {
    const one = await register('森', 2019, { birthDate: '1970-07-07', email: 'mori@example.jp' });
    const other = await register('森', 2021, { birthDate: '1970-07-07', email: 'Mori@example.jp' });
    expect(between(await list(), one, other)?.grounds.map(({ code }) => code)).toEqual([
      'email',
      'birth-date-and-name',
    ]);
    const pair = `/v1/duplicates/${one}/${other}`;
    accepted(await to.post(`${pair}/dismiss`, { reason: '双子の姉妹' }));
    expect(between(await list(), one, other)).toBeUndefined();
    expect(between(await list('dismissed'), one, other)).toBeDefined();
    accepted(await to.post(`${pair}/link`, { reason: 'やはり本人' }));
    expect(between(await list('dismissed'), one, other)).toBeUndefined();
  });

  it('refuses with codes, and writes nothing then', async () => {
    const [one, other] = [await register('林', 2018), await register('原', 2018)];
    const pair = `/v1/duplicates/${one}/${other}`;
    const nobody = '11111111-1111-4111-8111-111111111111';
    const reason = { reason: '確認' };
    const head = await headOf(to);
    expect(refusal(await to.post(`${pair}/unlink`, reason))).toEqual([422, 'not-linked']);
    expect(refusal(await to.post(`/v1/duplicates/${one}/${one}/link`, reason))).toEqual([
      422,
      'link-to-itself',
    ]);
    expect(refusal(await to.post(`/v1/duplicates/${one}/${nobody}/link`, reason))).toEqual([
      422,
      'alumnus-unknown',
    ]);
    expect((await to.get(`/v1/duplicates/${one}/${nobody}`)).status).toBe(404);
    expect((await to.post(`${pair}/link`, { reason: ' ' })).status).toBe(400);
    expect((await to.post(`${pair}/link`, {})).status).toBe(400);
    expect(await headOf(to)).toBe(head);

    const key = { key: 'link-once' };
    const first = accepted(await to.post(`${pair}/link`, reason, key));
    expect((await to.post(`${pair}/link`, reason, key)).body).toEqual(first.body);
    expect(refusal(await to.post(`${pair}/dismiss`, reason))).toEqual([422, 'duplicate-linked']);
    // Two clerks: the second one had not seen what the first one did.
    expect((await to.post(`${pair}/unlink`, reason, { ifMatch: 7 })).status).toBe(412);
    // The same pair the other way round.
    const turned = accepted(
      await to.post<{ outcome: string }>(`/v1/duplicates/${other}/${one}/link`, reason),
    );
    expect(turned.body.outcome).toBe('unchanged');
  });

  it('is shown to who may see everybody, and decided by who may', async () => {
    const machine = async (grant: object) => {
      const { id } = accepted(
        await to.post<{ id: string }>('/v1/accounts', { kind: 'machine', label: JSON.stringify(grant) }),
      ).body;
      accepted(await to.post(`/v1/accounts/${id}/grants`, grant));
      const validUntil = new Date(Date.now() + 3_600_000).toISOString();
      const { token } = accepted(
        await to.post<{ token: string }>('/v1/tokens', { accountId: id, validUntil }),
      ).body;
      return api(server, token);
    };
    const [one, other] = [await register('東', 2018), await register('西', 2018)];
    const pair = `/v1/duplicates/${one}/${other}`;
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const auditor = await machine({ role: 'auditor', validUntil: until });
    expect((await auditor.get('/v1/duplicates')).status).toBe(200);
    expect((await auditor.post(`${pair}/link`, { reason: '確認' })).status).toBe(403);
    const some = await machine({ role: 'hr', departments: ['営業部'] });
    expect(refusal(await some.get('/v1/duplicates'))).toEqual([403, 'scope-missing']);
    expect(refusal(await some.post(`${pair}/link`, { reason: '確認' }))).toEqual([403, 'scope-missing']);
  });
});
