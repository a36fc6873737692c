import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { enishi } from '../cli/server';
import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { accepted, caughtUp, furnish, IN_PERSON, roster, SYSTEM } from './support/steps';

jest.setTimeout(120_000);

interface Basis {
  readonly ground: string;
  readonly until?: string;
  readonly law: { readonly en: string };
  readonly eventIds: readonly string[];
}
interface OfOne {
  readonly holds: readonly string[];
  readonly categories: readonly {
    readonly category: string;
    readonly due: boolean;
    readonly until?: string;
    readonly bases: readonly Basis[];
  }[];
  readonly elsewhere: readonly {
    readonly entryId: string;
    readonly until?: string;
    readonly disposedOn?: string;
  }[];
}
interface Due {
  readonly counts: readonly {
    readonly month: string;
    readonly category: string;
    readonly people: number;
    readonly held: number;
  }[];
  readonly elsewhere: readonly {
    readonly month: string;
    readonly document: string;
    readonly entries: number;
  }[];
  readonly people?: readonly {
    readonly alumnusId: string;
    readonly category: string;
    readonly dueOn?: string;
  }[];
}

interface Work {
  readonly name: string;
  readonly count: number;
}

const ANSWER = { channels: ['email'], language: 'ja', ...IN_PERSON };

describe('retention, holds, and what is held elsewhere', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'enishi-retention-'));
  const clock = path.join(folder, 'clock');
  let server: TestServer;
  let to: Api;
  let purposeId: string;
  let programmeId: string;
  /** Those of the first test: who never answered, and who has withdrawn. */
  let silent: string;
  let gone: string;

  const today = (day: string) => writeFileSync(clock, `${day}T03:00:00Z`);
  const register = async (employeeNumber: string): Promise<string> => {
    const someone = { employeeNumber, name: { family: '縁野' }, email: `${employeeNumber}@example.jp` };
    const employment = { department: '営業部', joinedOn: '2015-04-01', leftOn: '2024-03-31' };
    return accepted(await to.post<{ alumnusId: string }>('/v1/alumni', { ...someone, employment })).body
      .alumnusId;
  };
  const of = async (who: string) => {
    await caughtUp(to);
    return accepted(await to.get<OfOne>(`/v1/alumni/${who}/retention`)).body;
  };
  const category = async (who: string, name: string) =>
    (await of(who)).categories.find((one) => one.category === name);
  const due = async (month?: string) => {
    await caughtUp(to);
    return accepted(await to.get<Due>(`/v1/retention/due${month === undefined ? '' : `?month=${month}`}`))
      .body;
  };
  const run = (...argv: string[]) => enishi(argv, { ENISHI_HOME: server.home, XDG_STATE_HOME: folder });

  beforeAll(async () => {
    today('2026-12-01');
    server = await startServer({ env: { ENISHI_TEST_CLOCK: clock, ENISHI_ERASURE_ALONE: '100' } });
    to = api(server);
    ({ purposeId, programmeId } = await furnish(to));
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('who was never asked, who never answered and who has withdrawn falls due, each by its own rule', async () => {
    const never = await register('R-1');
    [silent, gone] = [await register('R-2'), await register('R-3')];
    const consents = (who: string, what: string) => `/v1/alumni/${who}/consents/${purposeId}/${what}`;
    const asked = { channels: ['email'], captureChannel: 'email', language: 'ja' };
    accepted(await to.post(consents(silent, 'requests'), asked));
    accepted(await to.post(consents(gone, 'grants'), { ...ANSWER, evidence: '本人の署名' }));
    const stands = await category(gone, 'contact');
    // The purpose lets a consent be valid for three years.
    expect([stands?.due, stands?.until, stands?.bases[0]?.ground]).toEqual([
      false,
      '2029-12-01',
      'consent-ended',
    ]);
    const out = await to.post<{ eventIds: string[] }>(consents(gone, 'withdrawals'), {
      channels: ['email'],
      ...IN_PERSON,
    });
    accepted(out);

    expect((await category(never, 'contact'))?.until).toBe('2027-12-01');
    expect((await category(silent, 'contact'))?.until).toBe('2027-03-01');
    expect(await category(gone, 'contact')).toMatchObject({
      until: '2026-12-01',
      bases: [{ ground: 'consent-ended', law: { en: 'APPI 22, policy' }, eventIds: out.body.eventIds }],
    });
    expect(await category(gone, 'consent-evidence')).toMatchObject({ due: false, until: '2031-12-01' });

    const { counts } = await due();
    const people = (month: string, what: string) =>
      counts.find((one) => one.month === month && one.category === what)?.people;
    expect([
      people('2026-12', 'contact'),
      people('2027-03', 'contact'),
      people('2027-12', 'contact'),
    ]).toEqual([1, 1, 1]);
    expect((await due('2027-03')).people?.map((one) => [one.alumnusId, one.dueOn])).toEqual([
      [silent, '2027-03-02'],
      [silent, '2027-03-02'],
    ]);
    today('2027-03-02');
    const dueNow = (await due('due')).people?.map(({ alumnusId, category: what }) => `${alumnusId} ${what}`);
    expect(dueNow?.toSorted()).toEqual(
      [gone, silent].flatMap((who) => [`${who} contact`, `${who} programme`]).toSorted(),
    );
  });

  it('the company sets numbers within the law, for all and for a purpose, from a day on', async () => {
    const who = await register('R-4');
    accepted(
      await to.post(`/v1/alumni/${who}/consents/${purposeId}/requests`, {
        ...{ channels: ['email'], captureChannel: 'email', language: 'ja' },
      }),
    );
    const set = { keepMonths: 1, answerDays: 30, reason: '採用の周期に合わせる' };
    accepted(await to.put(`/v1/law/purposes/${purposeId}`, set));
    expect((await category(who, 'contact'))?.until).toBe('2027-05-01');
    const refused = await to.put('/v1/law/numbers/health-check', { value: 6, reason: '念のため' });
    expect([refused.status, refused.body['code']]).toEqual([422, 'law-number-out-of-range']);
    const past = await to.put('/v1/law/numbers/labour-records', {
      value: 5,
      from: '2027-03-01',
      reason: '念のため',
    });
    expect(past.body['code']).toBe('effective-in-past');
    const cli = await run(
      'law',
      'purpose',
      purposeId,
      '--keep-months',
      '0',
      '--answer-days',
      '90',
      '--reason',
      '元に戻す',
    );
    expect([cli.code, cli.err]).toEqual([0, '']);
  });

  it('a document elsewhere is named with its end, makes nobody contactable, and is closed by a proven disposal', async () => {
    const who = await register('R-5');
    const added = await run(
      ...['inventory', 'add', '--code', 'payroll', '--name', SYSTEM.name, '--purpose', SYSTEM.purpose],
      ...['--items', SYSTEM.items, '--documents', 'roster,wage-ledger', '--department', SYSTEM.department],
      ...['--responsible', SYSTEM.responsible, '--access', SYSTEM.access, '--disposal', SYSTEM.disposal],
    );
    expect([added.code, added.err]).toEqual([0, '']);
    const listed = await run('inventory', 'list');
    expect(listed.out).toMatch(/payroll +給与システム .*架空 花子 +JP +in use/);
    const held = [
      'inventory',
      'held',
      who,
      '--system',
      'payroll',
      '--document',
      'roster',
      '--from',
      'leaving=2024-03-31',
    ];
    expect((await run(...held)).out).toContain('Document held elsewhere recorded');
    expect((await run(...held)).out).toContain('nothing changed');
    const wrong = await run(...held.slice(0, -1), 'pay-date=2024-03-31');
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('does not run from that day')]);

    const { elsewhere } = await of(who);
    expect(elsewhere).toMatchObject([{ document: 'roster', until: '2027-03-31' }]);
    expect((await due()).elsewhere).toMatchObject([{ month: '2027-04', document: 'roster', entries: 1 }]);
    const question = { purposeId, programmeId, channel: 'email', mode: 'excluded', limit: 500 };
    const row = (await roster(to, question)).rows.find(({ alumnusId }) => alumnusId === who);
    expect(row?.reasons.map(({ code }) => code)).toContain('never-asked');

    // The switch of 5(3) moves it.
    accepted(await to.put('/v1/law/numbers/labour-records', { value: 5, reason: '紛争に備える' }));
    expect((await of(who)).elsewhere[0]?.until).toBe('2029-03-31');
    const disposed = await run(
      'inventory',
      'dispose',
      who,
      elsewhere[0]!.entryId,
      '--on',
      '2027-03-01',
      '--proof',
      '証明書',
    );
    expect([disposed.code, disposed.err]).toEqual([0, '']);
    expect((await of(who)).elsewhere).toMatchObject([{ disposedOn: '2027-03-01' }]);
    expect((await due()).elsewhere).toEqual([]);
    expect((await category(who, 'request-record'))?.until).toBe('2030-03-02');
    const shown = await run('retention', 'of', who);
    expect(shown.out).toContain('record of a document held elsewhere');
  });

  it('a hold keeps everything, is told beside what is due, and its reason is sealed', async () => {
    const who = await register('R-6');
    const nobody = '11111111-1111-4111-8111-111111111111';
    const none = await to.post(`/v1/alumni/${nobody}/holds`, { reviewAt: '2090-01-01', reason: '労働審判' });
    expect(none.body['code']).toBe('alumnus-unknown');
    const placed = await run('hold', 'place', who, '--review', '2027-05-31', '--reason', '労働審判のため');
    expect([placed.code, placed.err]).toEqual([0, '']);
    today('2028-04-01');
    const { people, counts } = await due('due');
    expect(
      people?.filter(({ alumnusId }) => alumnusId === who).map((one) => Reflect.get(one, 'held')),
    ).toEqual([true, true]);
    expect(counts.find(({ month, category: what }) => month === 'due' && what === 'contact')?.held).toBe(1);
    const listed = await run('hold', 'list', '--json');
    expect(JSON.parse(listed.out)).toMatchObject({ alumnusId: who, stopsContact: false, due: true });
    expect(listed.out).not.toContain('労働審判');
    const [holdId] = (await of(who)).holds;
    const waits = async () => {
      await caughtUp(to);
      const { work } = accepted(await to.get<{ work: Work[] }>('/v1/work?for=all')).body;
      return work.find(({ name }) => name === 'holds-to-review');
    };
    expect(await waits()).toMatchObject({ count: 1, overdue: 1, ids: [holdId], roles: ['compliance'] });
    const review = ['hold', 'review', who, holdId!.slice(0, 8), '--reason', '係争中', '--next'];
    const past = await run(...review, '2028-03-31');
    expect([past.code, past.err]).toEqual([2, expect.stringContaining('must lie in the future')]);
    expect(await run(...review, '2028-09-30')).toMatchObject({ code: 0, err: '' });
    expect(await waits()).toBeUndefined();
    const holds = accepted(await to.get<{ holds: object[] }>(`/v1/alumni/${who}/holds`)).body.holds;
    expect(holds).toMatchObject([
      { due: false, reviewAt: '2028-09-29T15:00:00.000Z', reviewedBy: expect.any(String) },
    ]);
    const released = await run('hold', 'release', who, holdId!.slice(0, 8), '--reason', '和解');
    expect([released.code, released.err]).toEqual([0, '']);
    expect((await of(who)).holds).toEqual([]);
    const history = await to.get<{ events: { type: string }[] }>(`/v1/alumni/${who}/history`);
    expect(history.body.events.map(({ type }) => type)).toEqual([
      'AlumnusRegistered',
      'HoldPlaced',
      'HoldReviewed',
      'HoldReleased',
    ]);
  });

  interface Outlook {
    readonly waits: readonly object[];
    readonly elsewhere: readonly object[];
  }
  interface Plan extends Outlook {
    readonly erasureId: string;
    readonly standing: string;
    readonly people: number;
    readonly parts: readonly { readonly categories: readonly string[]; readonly people: number }[];
  }
  const preview = async (body: object) => accepted(await to.post<Plan>('/v1/erasures/preview', body)).body;
  const propose = async (body: object) =>
    accepted(await to.post<Plan>('/v1/erasures', { ...body, reason: '保存期間の満了' })).body;
  const executed = async (erasureId: string): Promise<Plan> => {
    accepted(await to.post(`/v1/erasures/${erasureId}/approval`));
    for (;;) {
      const plan = accepted(await to.get<Plan>(`/v1/erasures/${erasureId}`)).body;
      if (plan.standing === 'executed') return plan;
      if (Reflect.get(plan, 'failure') !== undefined) throw new Error(JSON.stringify(plan));
      await sleep(30);
    }
  };
  const refusalOf = async (body: object) => {
    const answer = await to.post('/v1/erasures', { ...body, reason: '申し出' });
    return [answer.status, answer.body['code'], answer.body['details']];
  };

  it('what is due is planned in one go; who has answered meanwhile is kept, and what must stay is told', async () => {
    const seen = await preview({ due: true });
    const { people } = await due('due');
    expect(seen.people).toBe(new Set(people?.map(({ alumnusId }) => alumnusId)).size);
    expect(seen.waits).toContainEqual(
      expect.objectContaining({ category: 'consent-evidence', people: 1, until: '2031-12-01' }),
    );
    const work = async () => {
      await caughtUp(to);
      const found = accepted(await to.get<{ work: Work[] }>('/v1/work?for=all')).body.work;
      return ['retention-due', 'erasures-to-approve'].map(
        (one) => found.find(({ name }) => name === one)?.count,
      );
    };
    expect(await work()).toEqual([seen.people, undefined]);
    const { erasureId } = await propose({ due: true });
    expect(await work()).toEqual([undefined, 1]);
    const answer = { ...ANSWER, evidence: '電話で確認' };
    accepted(await to.post(`/v1/alumni/${silent}/consents/${purposeId}/grants`, answer));
    const plan = await executed(erasureId);
    expect(plan).toMatchObject({
      ground: 'retention',
      people: seen.people,
      erased: seen.people - 1,
      left: 1,
    });
    expect((await category(silent, 'contact'))?.due).toBe(false);
    expect((await of(gone)).categories).toMatchObject([
      { category: 'consent-evidence', until: '2031-12-01' },
    ]);
    expect((await preview({ due: true })).people).toBe(0);
    const of1 = `/v1/erasures/${erasureId}/certificate?alumnusId=${gone}`;
    const { waits } = accepted(await to.get<Outlook>(of1)).body;
    const [law, number] = [{ ja: '当社方針', en: 'policy' }, 'consent-evidence'];
    expect(waits).toEqual([{ category: 'consent-evidence', number, law, people: 1, until: '2031-12-01' }]);
    const shown = await run('erasure', 'certificate', erasureId, '--alumnus', gone);
    expect(shown.out).toMatch(/Stays +evidence of consents: 1 +until 2031-12-01 +policy/);
  });

  it('evidence goes when its own end has come, not before', async () => {
    const order = { alumnusIds: [gone], categories: ['consent-evidence'] };
    const details = { category: 'consent-evidence', number: 'consent-evidence', until: '2031-12-01' };
    expect(await refusalOf(order)).toEqual([422, 'erasure-retained', details]);
    const dry = await run(
      'erasure',
      'plan',
      '--alumnus',
      gone,
      '--category',
      'consent-evidence',
      '--dry-run',
    );
    expect(dry.out).toMatch(/People +0\n.*Stays +evidence of consents: 1 +until 2031-12-01/s);
    today('2031-12-02');
    const { erasureId } = await propose(order);
    expect(await executed(erasureId)).toMatchObject({ erased: 1, keys: 1, waits: [] });
    expect((await of(gone)).categories).toEqual([]);
  });

  it('records of requests go with the keys of the requests, three years after the last of them', async () => {
    const who = await register('R-8');
    const held = ['--system', 'payroll', '--document', 'roster', '--from', 'leaving=2024-03-31'];
    expect(await run('inventory', 'held', who, ...held)).toMatchObject({ code: 0, err: '' });
    const asked = { kind: 'erasure', ground: 'no-longer-needed', cameBy: 'paper', party: 'person' };
    const words = { answerForm: 'paper', language: 'ja', requester: '縁野', asked: '消去を求めます' };
    const { requestId } = accepted(
      await to.post<{ requestId: string }>('/v1/requests', { ...asked, ...words, answerTo: '東京都' }),
    ).body;
    accepted(await to.post(`/v1/requests/${requestId}/matches`, { alumnusId: who }));
    const records = { alumnusIds: [who], categories: ['request-record'] };
    expect((await refusalOf(records))[1]).toBe('erasure-retained');
    accepted(
      await to.post(`/v1/requests/${requestId}/closures`, { outcome: 'withdrawn', reason: '本人が取下げ' }),
    );

    const law = { en: 'Labour Standards Act 109, 143(1)' };
    const { erasureId } = await propose({ alumnusIds: [who] });
    const plan = await executed(erasureId);
    expect(plan.elsewhere).toMatchObject([{ document: 'roster', law, entries: 1, over: 1 }]);
    expect(plan.waits).toMatchObject([{ category: 'request-record' }]);
    expect(plan.waits[0]).not.toHaveProperty('until');
    const [entry] = (await of(who)).elsewhere;
    const proof = { disposedOn: '2031-12-02', proof: '証明書' };
    accepted(await to.post(`/v1/alumni/${who}/held-elsewhere/${entry!.entryId}/disposal`, proof));
    today('2034-12-02');
    expect((await refusalOf(records))[2]).toMatchObject({ until: '2034-12-02' });
    today('2034-12-03');
    // Of somebody else nothing is kept but the request itself.
    const other = await register('R-10');
    const { requestId: another } = accepted(
      await to.post<{ requestId: string }>('/v1/requests', { ...asked, ...words, answerTo: '東京都' }),
    ).body;
    accepted(await to.post(`/v1/requests/${another}/matches`, { alumnusId: other }));
    accepted(
      await to.post(`/v1/requests/${another}/closures`, { outcome: 'withdrawn', reason: '本人が取下げ' }),
    );
    await executed((await propose({ alumnusIds: [other] })).erasureId);
    const last = await propose(records);
    expect(await executed(last.erasureId)).toMatchObject({ erased: 1, keys: 2 });
    const read = accepted(await to.get<{ asked?: string }>(`/v1/requests/${requestId}`)).body;
    expect(read.asked).toBeUndefined();
    await executed((await propose({ due: true })).erasureId);
    expect((await preview({ due: true })).people).toBe(0);
    today('2037-12-04');
    expect((await preview({ due: true })).parts).toContainEqual({
      categories: ['request-record'],
      people: 1,
    });
    today('2034-12-03');
  });

  it('the officer is told of reviews of holds, and each month of what is due, without a name', async () => {
    const officer = { name: { family: '架空' }, workContact: 'officer@example.jp' };
    accepted(await to.put('/v1/company/responsible-officer', officer));
    const who = await register('R-9');
    const placed = await run('hold', 'place', who, '--review', '2034-12-10', '--reason', '労働審判のため');
    expect([placed.code, placed.err]).toEqual([0, '']);
    const begin = async (day: string) => {
      today(day);
      while ((await to.get<{ asksSince?: string }>('/v1/clock')).body.asksSince === undefined)
        await sleep(100);
      accepted(await to.post('/v1/clock/confirmations', { day }));
    };
    const letters = async (...wanted: readonly string[]): Promise<string> => {
      for (;;) {
        const { text } = await to.get('/dev-mail');
        if (wanted.every((one) => text.includes(one))) return text;
        await sleep(100);
      }
    };
    await begin('2034-12-04');
    const told = await letters('保全措置の見直しの期限', who.slice(0, 8));
    expect(told).not.toContain('労働審判');
    await begin('2036-01-01');
    const monthly = await letters('保存期間の満了するデータ（2036-01）');
    expect(monthly).toContain('連絡先: 満了済み');
    expect(monthly).not.toContain('縁野');
  });
});
