import { setTimeout as sleep } from 'node:timers/promises';
import { api, type Answer, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { accepted, PARTY, SYSTEM } from './support/steps';

jest.setTimeout(120_000);

interface Line {
  readonly requestId: string;
  readonly requester?: string;
  readonly standing: string;
  readonly daysLeft?: number;
  readonly revision: number;
  readonly openTasks: number;
}
interface Work {
  readonly name: string;
  readonly count: number;
  readonly ids: readonly string[];
}
interface Whole extends Line {
  readonly asked: string;
  readonly fee?: number;
  readonly tasks: readonly {
    readonly taskId: string;
    readonly systemId?: string;
    readonly ownerId: string;
    readonly task: string;
    readonly answer?: string;
    readonly proof?: string;
  }[];
  readonly letters: readonly { readonly letterId: string; readonly returned?: string }[];
  readonly timeline: readonly { readonly type: string; readonly fields: Record<string, unknown> }[];
}

const DAY = 86_400_000;
const UNKNOWN = '11111111-1111-4111-8111-111111111111';
const ASKED = {
  kind: 'disclosure',
  cameBy: 'paper',
  party: 'person',
  answerForm: 'paper',
  language: 'ja',
  requester: '𠮷野 結',
  asked: '保有する私のデータの開示を求めます',
  answerTo: '東京都千代田区架空町1-2-3',
};
const CHECK = { result: 'verified', method: 'document-seen', seen: '旅券の氏名と生年月日' };
const REFUSAL = { decision: 'refused', refusalGround: 'not-held', reason: '該当するデータを保有していない' };
const TOLD = {
  about: 'decision',
  form: 'paper',
  way: 'post',
  said: '該当なし',
  proof: '書留 123-45-67890-1',
};

describe('requests by the person', () => {
  let server: TestServer;
  let to: Api;
  let hr: Api;
  let auditor: Api;
  let accountId: string;
  let alumnusId: string;

  const as = async (role: string): Promise<{ client: Api; id: string }> => {
    const made = await to.post<{ id: string }>('/v1/accounts', { kind: 'machine', label: `desk ${role}` });
    const { id } = accepted(made).body;
    const validUntil = new Date(Date.now() + DAY).toISOString();
    accepted(await to.post(`/v1/accounts/${id}/grants`, { role, validUntil }));
    const token = accepted(await to.post<{ token: string }>('/v1/tokens', { accountId: id, validUntil }));
    return { client: api(server, token.body.token), id };
  };
  const receive = async (more: object = {}): Promise<string> =>
    accepted(await to.post<{ requestId: string }>('/v1/requests', { ...ASKED, ...more })).body.requestId;
  const step = (requestId: string, what: string, body: object = {}, by = to, ifMatch?: number) =>
    by.post(`/v1/requests/${requestId}/${what}`, body, ifMatch === undefined ? {} : { ifMatch });
  const done = async (requestId: string, ...steps: readonly (readonly [string, object?])[]) => {
    for (const [what, body] of steps) accepted(await step(requestId, what, body ?? {}));
  };
  const whole = async (requestId: string) => accepted(await to.get<Whole>(`/v1/requests/${requestId}`)).body;
  const list = async (query = '') =>
    accepted(await to.get<{ requests: Line[]; cursor?: string }>(`/v1/requests${query}`)).body;
  const told = ({ status, body }: Answer) => [status, body['code']];

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    ({ client: hr, id: accountId } = await as('hr'));
    ({ client: auditor } = await as('auditor'));
    const employment = { department: '営業部', joinedOn: '2015-04-01', leftOn: '2024-03-31' };
    const person = { employeeNumber: 'Q-1', name: { family: '𠮷野', given: '結' }, employment };
    alumnusId = accepted(await to.post<{ alumnusId: string }>('/v1/alumni', person)).body.alumnusId;
  });
  afterAll(() => server?.stop());

  it('go from intake to the end, and their state is what the events say', async () => {
    const requestId = await receive({ arrivedAt: new Date(Date.now() - 10 * DAY).toISOString() });
    expect((await list()).requests).toMatchObject([
      { requestId, requester: '𠮷野 結', standing: 'received', daysLeft: 4, openTasks: 0 },
    ]);
    await done(
      requestId,
      ['matches', { alumnusId }],
      ['identity-checks', CHECK],
      ['assignments', { assigneeId: accountId }],
      ['notes', { note: '範囲を電話で確認' }],
      ['fees', { amount: 500 }],
      ['tasks', { system: '給与システム', ownerId: accountId, dueOn: '2099-12-31', task: '写しを出力' }],
      ['decisions', { decision: 'accepted', reason: '請求のとおり' }],
    );
    expect(told(await step(requestId, 'executions', { changed: '一式' }))).toEqual([422, 'task-open']);
    const { taskId } = (await whole(requestId)).tasks[0]!;
    const scan = accepted(
      await to.post<{ artefactId: string }>(`/v1/requests/${requestId}/artefacts`, Buffer.from('写し')),
    ).body;
    const { artefactId } = scan;
    await done(
      requestId,
      [`tasks/${taskId}/answers`, { answer: 'done', proof: '一覧を受領', artefactId }],
      ['executions', { changed: '連絡先と在籍期間を開示' }],
      ['notifications', { ...TOLD, artefactId }],
      ['closures', { outcome: 'answered' }],
    );
    const { timeline, ...shown } = await whole(requestId);
    expect(shown).toMatchObject({
      standing: 'closed',
      outcome: 'answered',
      asked: ASKED.asked,
      fee: 500,
      alumnusId,
      assigneeName: 'desk hr',
      tasks: [{ taskId, answer: 'done', proof: '一覧を受領' }],
    });
    expect(shown).not.toHaveProperty('daysLeft');
    expect(timeline.map(({ type }) => type.slice('Request'.length))).toEqual([
      ...['Received', 'Matched', 'IdentityChecked', 'Assigned', 'Noted', 'FeeCharged', 'TaskOpened'],
      ...['Decided', 'TaskAnswered', 'Executed', 'Notified', 'Closed'],
    ]);
    expect(timeline[2]!.fields).toMatchObject({ seen: CHECK.seen });
    expect((await list()).requests).toEqual([]);
    expect((await list('?state=closed')).requests.map((one) => one.requestId)).toEqual([requestId]);

    const file = accepted(await auditor.get(`/v1/requests/${requestId}/artefacts/${artefactId}`));
    expect(file.text).toBe('写し');
    const other = await receive();
    expect((await to.get(`/v1/requests/${other}/artefacts/${artefactId}`)).status).toBe(404);
    const stolen = { artefactId, title: '別の請求の資料' };
    expect(told(await step(other, 'attachments', stolen))).toEqual([422, 'artefact-unknown']);

    const history = await to.get<{ events: { type: string }[] }>(`/v1/alumni/${alumnusId}/history`);
    expect(accepted(history).body.events.map(({ type }) => type)).toEqual([
      'AlumnusRegistered',
      ...['Matched', 'Decided', 'Executed', 'Notified', 'Closed'].map((what) => `Request${what}`),
    ]);
    await done(other, ['closures', { outcome: 'withdrawn', reason: '電話で取下げ' }]);
  });

  it('are never decided before it is verified who asks, and only by who may', async () => {
    const requestId = await receive();
    expect(told(await step(requestId, 'decisions', REFUSAL))).toEqual([422, 'request-unverified']);
    await done(requestId, ['identity-checks', { ...CHECK, result: 'not-verified' }]);
    const refused = await step(requestId, 'decisions', REFUSAL);
    expect(refused.body['messages']).toMatchObject({
      ja: expect.stringMatching(/37条/),
      en: expect.stringMatching(/37/),
    });
    await done(requestId, ['identity-checks', CHECK]);
    expect(told(await step(requestId, 'decisions', REFUSAL, hr))).toEqual([403, 'permission-missing']);
    expect(told(await step(requestId, 'notes', { note: 'x' }, auditor))).toEqual([403, 'permission-missing']);
    expect((await auditor.get(`/v1/requests/${requestId}`)).status).toBe(200);
    accepted(await step(requestId, 'decisions', REFUSAL));
    const form = { ...TOLD, form: 'electronic', formReason: '急ぎ' };
    expect(told(await step(requestId, 'notifications', form))).toEqual([422, 'answer-form-differs']);
    await done(requestId, ['notifications', TOLD], ['closures', { outcome: 'answered' }]);
  });

  it('end as unverifiable or as duplicates too, and a complaint opens them again', async () => {
    const first = await receive();
    const again = await receive();
    await done(again, ['links', { originalId: first }], ['closures', { outcome: 'duplicate' }]);
    expect(told(await step(first, 'links', { originalId: again }))).toEqual([422, 'request-link-unfit']);
    expect(told(await step(first, 'links', { originalId: UNKNOWN }))).toEqual([422, 'request-unknown']);
    const unknown = await receive();
    expect(told(await step(unknown, 'closures', { outcome: 'unverifiable' }))).toEqual([
      422,
      'request-not-notified',
    ]);
    await done(
      unknown,
      ['notifications', { ...TOLD, about: 'unverifiable' }],
      ['closures', { outcome: 'unverifiable' }],
    );
    await done(
      first,
      ['identity-checks', CHECK],
      ['decisions', REFUSAL],
      ['notifications', TOLD],
      ['closures', { outcome: 'answered' }],
      ['complaints', { complaint: '保有しているはずだ' }],
    );
    expect((await list('?state=complained')).requests.map((one) => one.requestId)).toEqual([first]);
    await done(first, ['decisions', REFUSAL], ['notifications', TOLD], ['closures', { outcome: 'answered' }]);
  });

  it('by two clerks at once are decided by one of them', async () => {
    const requestId = await receive();
    await done(requestId, ['identity-checks', CHECK]);
    const { revision } = await whole(requestId);
    const both = await Promise.all(
      [REFUSAL, { ...REFUSAL, refusalGround: 'harm' }].map((body) =>
        step(requestId, 'decisions', body, to, revision),
      ),
    );
    expect(both.map(told).sort()).toEqual([
      [200, undefined],
      [412, 'precondition-failed'],
    ]);
    expect(told(await step(requestId, 'decisions', REFUSAL))).toEqual([422, 'request-decided']);
  });

  it('many at once are each decided by themselves, and the answer says so of each', async () => {
    const [ready, unverified, moved] = [await receive(), await receive(), await receive()];
    for (const id of [ready, moved]) await done(id, ['identity-checks', CHECK]);
    const { revision } = await whole(moved);
    await done(moved, ['notes', { note: '確認中' }]);
    const decisions = [ready, unverified, moved, UNKNOWN].map((requestId) => ({
      ...REFUSAL,
      requestId,
      ...(requestId === moved && { revision }),
    }));
    const order = { key: 'many' };
    const answer = accepted(await to.post('/v1/requests/decisions', { decisions }, order));
    expect(answer.body['results']).toMatchObject([
      { requestId: ready, outcome: 'done' },
      { requestId: unverified, outcome: 'refused', code: 'request-unverified' },
      { requestId: moved, outcome: 'refused', code: 'precondition-failed' },
      { requestId: UNKNOWN, outcome: 'refused', code: 'request-unknown' },
    ]);
    expect((await to.post('/v1/requests/decisions', { decisions }, order)).body).toEqual(answer.body);
    const requests = [ready, unverified].map((requestId) => ({ requestId }));
    const assigned = await to.post('/v1/requests/assignments', { requests, assigneeId: accountId });
    expect(accepted(assigned).body['results']).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }]);
    const nobody = await to.post('/v1/requests/assignments', { requests, assigneeId: UNKNOWN });
    expect(nobody.body).toMatchObject({
      code: 'not-valid',
      errors: [{ path: 'assigneeId', code: 'account-unknown' }],
    });
  });

  it('are listed by what is due, filtered, page by page', async () => {
    const late = await receive({
      kind: 'erasure',
      ground: 'no-longer-needed',
      arrivedAt: new Date(Date.now() - 20 * DAY).toISOString(),
    });
    const { requests, cursor } = await list('?limit=1');
    expect(requests).toMatchObject([{ requestId: late, daysLeft: -6 }]);
    const rest = await list(`?limit=100&cursor=${encodeURIComponent(cursor!)}`);
    expect(rest.requests.map((one) => one.requestId)).not.toContain(late);
    expect(rest.requests.length).toBeGreaterThan(2);
    const days = rest.requests.map(({ daysLeft = Infinity }) => daysLeft);
    expect(days).toEqual(days.toSorted((a, b) => a - b));
    const ids = async (query: string) => (await list(query)).requests.map((one) => one.requestId);
    const yesterday = new Date(Date.now() - DAY).toISOString();
    expect(await ids(`?dueBefore=${yesterday}`)).toEqual([late]);
    expect(await ids('?kind=erasure')).toEqual([late]);
    expect((await ids(`?assigneeId=${accountId}`)).length).toBe(2);
    expect(await ids(`?alumnusId=${alumnusId}&state=all`)).toHaveLength(1);
  });

  it('deferred under a law, they are carried out after it lets go', async () => {
    const requestId = await receive({ kind: 'erasure', ground: 'no-longer-needed' });
    const deferral = { decision: 'deferred', deferredUntil: '2099-03-31', reason: '労働者名簿の保存期間' };
    await done(requestId, ['matches', { alumnusId }], ['identity-checks', CHECK]);
    expect(told(await step(requestId, 'decisions', deferral))).toEqual([422, 'deferral-incomplete']);
    await done(requestId, ['decisions', { ...deferral, deferredUnder: 'roster' }], ['notifications', TOLD]);
    expect(await whole(requestId)).toMatchObject({ standing: 'deferred', dueAt: '2099-03-31T14:59:59.999Z' });
    expect(told(await step(requestId, 'executions', { changed: '消去' }))).toEqual([422, 'request-deferred']);
  });

  it('are carried out in every system of the inventory that may hold the data', async () => {
    const system = { ...SYSTEM, responsibleId: accountId };
    const add = async (code: string, more: object = {}): Promise<string> =>
      accepted(await to.post<{ systemId: string }>('/v1/systems', { ...system, code, ...more })).body
        .systemId;
    const payroll = await add('payroll');
    await add('archive', { documents: [] });
    const entry = {
      systemId: payroll,
      document: 'wage-ledger',
      anchors: [{ anchor: 'last-entry', day: '2024-03-25' }],
    };
    accepted(await to.post(`/v1/alumni/${alumnusId}/held-elsewhere`, entry));
    const requestId = await receive();
    await done(requestId, ['matches', { alumnusId }], ['identity-checks', CHECK]);
    await done(requestId, ['decisions', { decision: 'accepted', reason: '請求のとおり' }]);
    const [task, ...others] = (await whole(requestId)).tasks;
    expect(task).toMatchObject({
      systemId: payroll,
      ownerId: accountId,
      task: expect.stringContaining('賃金台帳'),
    });
    expect(others).toEqual([]);
    const mine = accepted(await hr.get<{ work: Work[] }>('/v1/work?for=me')).body.work;
    expect(mine.find(({ name }) => name === 'request-tasks')).toMatchObject({ count: 1, ids: [requestId] });
    await add('directory', { name: '社員名簿', categories: ['contact'] });
    const execute = ['executions', { changed: '一式を開示' }] as const;
    const answer = { answer: 'done', proof: '一覧を受領' };
    await done(requestId, [`tasks/${task!.taskId}/answers`, answer]);
    expect(told(await step(requestId, ...execute))).toEqual([422, 'systems-unasked']);
    await done(requestId, ['system-tasks']);
    expect(told(await step(requestId, ...execute))).toEqual([422, 'task-open']);
    const open = (await whole(requestId)).tasks.filter((one) => one.answer === undefined);
    expect(open).toHaveLength(1);
    await done(
      requestId,
      [`tasks/${open[0]!.taskId}/answers`, { ...answer, answer: 'nothing-held' }],
      execute,
    );

    const path = `/v1/requests/${requestId}/disclosure`;
    expect(accepted(await to.get(path)).body).toMatchObject({
      alumnusId,
      values: { employeeNumber: 'Q-1', name: { family: '𠮷野', given: '結' } },
      employments: [{ department: '営業部', leftOn: '2024-03-31' }],
      recipients: [],
      systems: [
        { system: '給与システム', answer: 'done', proof: '一覧を受領' },
        { system: '社員名簿', answer: 'nothing-held' },
      ],
    });
    expect(told(await hr.get(path))).toEqual([403, 'permission-missing']);
    const log = await to.get<{ entries: object[] }>(
      `/v1/access-log?limit=1&route=${encodeURIComponent('GET /v1/requests/:requestId/disclosure')}`,
    );
    expect(accepted(log).body.entries).toMatchObject([{ personIds: [alumnusId] }]);
    const refused = await receive();
    await done(refused, ['matches', { alumnusId }], ['identity-checks', CHECK], ['decisions', REFUSAL]);
    expect(told(await to.get(`/v1/requests/${refused}/disclosure`))).toEqual([422, 'request-refused']);
    const other = await receive({ kind: 'complaint' });
    expect(told(await to.get(`/v1/requests/${other}/disclosure`))).toEqual([409, 'request-no-disclosure']);
  });

  it('are answered by letters, which tell the person when they leave', async () => {
    accepted(await to.send('PUT', '/v1/company', { party: PARTY }));
    const requestId = await receive();
    const letter = { letter: 'request-decided-refused', means: 'post' };
    expect(told(await step(requestId, 'letters', letter))).toEqual([422, 'request-undecided']);
    await done(requestId, ['identity-checks', CHECK], ['decisions', REFUSAL]);
    const mail = { ...letter, means: 'email', email: 'yui@example.jp', formReason: '急ぎ' };
    expect(told(await step(requestId, 'letters', mail))).toEqual([422, 'answer-form-differs']);
    const written = accepted(await step(requestId, 'letters', letter)).body['letterId'] as string;
    const become = async (standing: string) => {
      for (let left = 200; (await whole(requestId)).standing !== standing && left > 0; left--)
        await sleep(25);
      return (await whole(requestId)).standing;
    };
    const noted = async (outcome: string) => {
      const path = `/v1/letters/${written}`;
      for (let left = 200; (await to.get(path)).body['standing'] === 'ordered' && left > 0; left--)
        await sleep(25);
      accepted(await to.post(`${path}/dispatches`, { outcome }));
    };
    await noted('posted');
    expect(await become('notified')).toBe('notified');
    const { text } = accepted(await to.get<{ text: string }>(`/v1/letters/${written}`)).body;
    for (const said of ['𠮷野 結 様', '対象のデータがない', '個人情報保護法 33条', REFUSAL.reason]) {
      expect(text).toContain(said);
    }
    await noted('came-back');
    expect(await become('decided')).toBe('decided');
    expect((await whole(requestId)).letters).toMatchObject([{ letterId: written, returned: 'returned' }]);
  });

  it('stand in the work list, for the assignee and the deputy', async () => {
    const seen = () => ({ headers: { 'enishi-position': to.position()! } });
    const waiting = async (by: Api, query = '') =>
      accepted(await by.get<{ work: Work[] }>(`/v1/work${query}`, seen())).body.work.find(
        ({ name }) => name === 'requests-to-identify',
      )?.count ?? 0;
    const { accountId: own } = (await to.get<{ accountId: string }>('/auth/me')).body;
    const before = [await waiting(to, '?for=me'), await waiting(hr, '?for=me')] as const;
    const requestId = await receive();
    await done(requestId, ['assignments', { assigneeId: own }]);
    expect([await waiting(to, '?for=me'), await waiting(hr, '?for=me')]).toEqual([before[0] + 1, before[1]]);
    await done(requestId, ['assignments', { assigneeId: own, deputyId: accountId }]);
    expect(await waiting(hr, '?for=me')).toBe(before[1] + 1);
    expect(accepted(await auditor.get<{ work: Work[] }>('/v1/work')).body.work).toEqual([]);
    await done(requestId, ['pauses', { reason: '書類の到着待ち' }]);
    expect([await waiting(to, '?for=me'), await waiting(hr, '?for=me')]).toEqual(before);
  });

  it('are named by corrections only where they were granted, for the same person', async () => {
    const requestId = await receive({ kind: 'correction' });
    await done(requestId, ['identity-checks', CHECK]);
    const path = `/v1/alumni/${alumnusId}`;
    const correct = async () => {
      const { headers } = await to.get(path);
      const body = {
        phone: '090-1234-5678',
        investigation: { origin: 'person', checked: '戸籍抄本', requestId },
      };
      const ifMatch = Number(/\d+/.exec(String(headers.get('etag')))![0]);
      return to.send('PATCH', path, body, { ifMatch });
    };
    expect(told(await correct())).toEqual([422, 'request-of-another']);
    await done(requestId, ['matches', { alumnusId }]);
    expect(told(await correct())).toEqual([422, 'request-undecided']);
    await done(requestId, ['decisions', { decision: 'accepted', reason: '戸籍のとおり' }]);
    accepted(await correct());
  });

  it('are a population that auditors draw from, with their steps and without their words', async () => {
    const query = 'of=requests&n=3&seed=q';
    const { population, items } = accepted(
      await to.get<{
        population: number;
        items: { id: string; request: Line; events: { eventId: string; type: string; sealed: string[] }[] }[];
      }>(`/v1/audit-samples?${query}`),
    ).body;
    expect([population, items.length]).toEqual([(await list('?state=all&limit=500')).requests.length, 3]);
    for (const { id, request, events } of items) {
      expect(request).not.toHaveProperty('requester');
      expect(events[0]).toMatchObject({ eventId: id, type: 'RequestReceived' });
      expect(events[0]!.sealed).toContain('asked');
    }
    const sheet = accepted(await to.get(`/v1/audit-samples/sheet?${query}`))
      .text.trimEnd()
      .split('\r\n');
    expect(sheet[0]).toContain('到達日時 arrived');
    expect(sheet.slice(1).map((line) => line.split(',')[2])).toEqual(
      items.map(({ request }) => request.requestId),
    );
  });

  it('keep what is said sealed: the trail shows that something was said, and reading it is logged', async () => {
    const trail = accepted(await to.get('/v1/audit-trail?limit=500'));
    expect(trail.text).toContain('RequestReceived');
    for (const said of ['𠮷野', '保有する私の', '旅券', '書留', '該当する'])
      expect(trail.text).not.toContain(said);
    const log = await to.get<{ entries: { personIds: string[] }[] }>(
      `/v1/access-log?limit=100&route=${encodeURIComponent('GET /v1/requests/:requestId')}`,
    );
    const readings = accepted(log).body.entries;
    expect(readings.flatMap(({ personIds }) => personIds)).toContain(alumnusId);
  });
});
