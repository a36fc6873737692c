import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { openEventStore } from '@enishi/event-store';
import { PROJECTIONS } from '@enishi/projections/all';
import { Client } from 'pg';
import { api, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { startServer, type TestServer } from '../support/server';
import { cliOf } from './support/cli';
import { tablesOf } from '../canary/places';
import { accepted, caughtUp, furnish, importFile, IN_PERSON, wholeRoster } from './support/steps';

jest.setTimeout(120_000);

const HEADER = '社員番号,姓,名,部署,入社年月日,退職年月日,メールアドレス,退職理由\n';
const row = (number: string, given: string) =>
  `${number},消野,${given},営業部,2010-04-01,2019-03-31,${number}@example.jp,転職`;
const file = (...rows: readonly string[]) => Buffer.from(HEADER + rows.join('\n'));
const GIVEN = ['一', '二', '三', '四', '五', '六', '七'];
const OLD_FILE = file(...GIVEN.map((given, index) => row(`X-${index + 1}`, given)));

interface Erasure {
  readonly erasureId: string;
  readonly standing: string;
  readonly [name: string]: unknown;
}
interface Certificate {
  readonly people: number;
  readonly categories: readonly { readonly category: string; readonly keys: number }[];
  readonly blockedUntil?: string;
  readonly event: { readonly eventId: string; readonly proof?: string };
  readonly irrecoverableFrom?: { readonly at: string };
}

describe('erasing people', () => {
  let server: TestServer;
  let to: Api;
  let second: Api;
  let purposeId: string;
  const ids: Record<string, string> = {};

  const order = (who: readonly string[], more: object = {}) => ({
    alumnusIds: who.map((given) => ids[given]!),
    reason: '本人の申し出',
    ...more,
  });
  const propose = async (body: object, by = to) =>
    accepted(await by.post<Erasure>('/v1/erasures', body)).body;
  const one = async (erasureId: string) => accepted(await to.get<Erasure>(`/v1/erasures/${erasureId}`)).body;
  const executed = async (erasureId: string, by = second): Promise<Erasure> => {
    accepted(await by.post(`/v1/erasures/${erasureId}/approval`));
    for (;;) {
      const plan = await one(erasureId);
      if (plan.standing === 'executed') return plan;
      if (plan['failure'] !== undefined) throw new Error(JSON.stringify(plan));
      await sleep(30);
    }
  };
  const code = async (answer: Promise<{ status: number; body: Record<string, unknown> }>) => {
    const { status, body } = await answer;
    return [status, body['code']];
  };
  const names = async () => {
    await caughtUp(to);
    const rows = await wholeRoster(to, { purposeId, channel: 'email', mode: 'excluded' });
    return rows.flatMap(({ name }) => name?.given ?? []).sort();
  };
  const certificate = async (erasureId: string, query = '') =>
    accepted(await to.get<Certificate>(`/v1/erasures/${erasureId}/certificate${query}`)).body;
  const database = async <T>(work: (client: Client) => Promise<T>): Promise<T> => {
    const client = new Client({ connectionString: databaseOf(server.home) });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    server = await startServer({ env: { ENISHI_CHECKPOINT_SECONDS: '1' } });
    to = api(server);
    ({ purposeId } = await furnish(to));
    await importFile(to, OLD_FILE);
    await caughtUp(to);
    for (const { alumnusId, name } of await wholeRoster(to, {
      purposeId,
      channel: 'email',
      mode: 'excluded',
    }))
      ids[name.given!] = alumnusId;
    const { id } = accepted(
      await to.post<{ id: string }>('/v1/accounts', { kind: 'machine', label: 'second' }),
    ).body;
    accepted(await to.post(`/v1/accounts/${id}/grants`, { role: 'compliance' }));
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    const made = await to.post<{ token: string }>('/v1/tokens', { accountId: id, validUntil });
    second = api(server, accepted(made).body.token);
  });
  afterAll(() => server?.stop());

  it('is shown before, and changes nothing by that', async () => {
    const unknown = '11111111-1111-4111-8111-111111111111';
    const { alumnusIds } = order(['一', '二']);
    const body = { alumnusIds: [...alumnusIds, unknown] };
    const seen = accepted(await to.post('/v1/erasures/preview', body)).body;
    expect(seen).toEqual({
      people: 2,
      parts: [{ categories: ['programme', 'contact', 'profile', 'leaving-detail'], people: 2 }],
      held: 0,
      heldIds: [],
      empty: 1,
      emptyIds: [unknown],
      second: true,
      waits: [],
      elsewhere: [],
      recipients: [],
    });
    expect((await to.get<{ erasures: object[] }>('/v1/erasures')).body.erasures).toEqual([]);
    expect(await code(to.post('/v1/erasures/preview', {}))).toEqual([400, 'not-valid']);
    expect(await code(to.post('/v1/erasures/preview', { ...body, marked: true }))).toEqual([
      400,
      'not-valid',
    ]);
    const staff = { ...body, categories: ['staff'] };
    expect(await code(to.post('/v1/erasures/preview', staff))).toEqual([400, 'not-valid']);
  });

  it('takes two people where it is more than one, and nobody erases by a plan that was refused', async () => {
    const { erasureId } = await propose(order(['一', '二']));
    expect(await code(to.post(`/v1/erasures/${erasureId}/approval`))).toEqual([422, 'erasure-own-plan']);
    accepted(await second.post(`/v1/erasures/${erasureId}/refusal`, { reason: '保全の確認' }));
    await caughtUp(to);
    expect(await one(erasureId)).toMatchObject({
      standing: 'refused',
      reason: '本人の申し出',
      refusal: '保全の確認',
    });
    expect(await code(second.post(`/v1/erasures/${erasureId}/approval`))).toEqual([422, 'erasure-standing']);
    expect(await code(to.get(`/v1/erasures/${erasureId}/certificate`))).toEqual([
      409,
      'erasure-not-executed',
    ]);
    expect(await names()).toEqual([...GIVEN].sort());
  });

  it('erases one person by one who may, for good: views, keys, an old file, the export that held them', async () => {
    const grants = `/v1/alumni/${ids['一']}/consents/${purposeId}/grants`;
    const consent = { channels: ['email'], language: 'ja', ...IN_PERSON, evidence: '署名' };
    accepted(await to.post(grants, consent));
    const asked = { content: 'consents', level: 'masked', format: 'csv', reason: '監査' };
    const { exportId } = accepted(await second.post<{ exportId: string }>('/v1/exports', asked)).body;
    accepted(await to.post(`/v1/exports/${exportId}/approval`));
    const standing = async () => (await to.get(`/v1/exports/${exportId}`)).body['standing'];
    while ((await standing()) !== 'made') await sleep(30);

    const plan = await propose(order(['一']));
    expect(plan).toMatchObject({ people: 1, second: false });
    expect(await executed(plan.erasureId, to)).toMatchObject({ erased: 1, left: 0, keys: 3 });
    expect(await standing()).toBe('purged');
    expect(await names()).not.toContain('一');
    const person = accepted(await to.get(`/v1/alumni/${ids['一']}`)).text;
    expect(person).not.toContain('消野');
    const patch = { phone: '090-1234-5678' };
    const corrected = await to.patch(`/v1/alumni/${ids['一']}`, patch, { ifMatch: 0 });
    expect(corrected.status).toBeGreaterThanOrEqual(400);
    expect(corrected.status).toBeLessThan(500);
    const keys = await database((client) =>
      client.query<{ category: string; state: string; wrapped: Buffer | null }>(
        'SELECT category, state, wrapped FROM vault.keys WHERE subject = $1 ORDER BY category',
        [`alumnus:${ids['一']}`],
      ),
    );
    expect(keys.rows.map(({ category, state }) => `${category} ${state}`)).toEqual([
      'consent-evidence live',
      'contact destroyed',
      'leaving-detail destroyed',
      'profile destroyed',
      'programme destroyed',
    ]);

    const { counts } = await importFile(to, OLD_FILE);
    expect(counts).toMatchObject({ registered: 0, unchanged: GIVEN.length - 1 });
    expect(await names()).not.toContain('一');
    const again = { source: 'hr', employeeNumber: 'X-1', name: { family: '消野' } };
    const employment = { joinedOn: '2010-04-01', leftOn: '2019-03-31' };
    const byHand = await to.post('/v1/alumni', { ...again, employment });
    expect([byHand.status, byHand.body['code']]).toEqual([422, 'identity-blocked']);
  });

  it('is certified with the proof of its event, and says from when on nothing can be recovered', async () => {
    const { erasureId } = await propose(order(['二']));
    await executed(erasureId, to);
    let whole = await certificate(erasureId);
    while (whole.event.proof === undefined) {
      await sleep(100);
      whole = await certificate(erasureId);
    }
    expect(whole).toMatchObject({
      people: 1,
      left: 0,
      categories: [
        { category: 'contact', keys: 1 },
        { category: 'leaving-detail', keys: 1 },
        { category: 'programme', keys: 1 },
      ],
    });
    expect(whole.event.proof).toMatch(/^c2sp\.org\/tlog-proof@v1\n/);
    expect(whole).not.toHaveProperty('irrecoverableFrom');
    expect(JSON.stringify(whole)).not.toContain('消野');
    const own = await certificate(erasureId, `?alumnusId=${ids['二']}`);
    expect(own).toMatchObject({ alumnusId: ids['二'], people: 1, categories: whole.categories });
    expect(Date.parse(own.blockedUntil!)).toBeGreaterThan(Date.now() + 4 * 365 * 86_400_000);
    expect(await code(to.get(`/v1/erasures/${erasureId}/certificate?alumnusId=${ids['三']}`))).toEqual([
      404,
      'erasure-not-of-person',
    ]);

    accepted(await to.post('/v1/vault/rotation'));
    let after = await certificate(erasureId);
    for (; after.irrecoverableFrom === undefined; after = await certificate(erasureId)) await sleep(50);
    expect(Date.parse(after.irrecoverableFrom.at)).toBeLessThanOrEqual(Date.now());
  });

  it('leaves whoever is held meanwhile as they are, and tells how many', async () => {
    const { erasureId } = await propose(order(['三', '四']));
    await holdOf(server, ids['四']!);
    expect(await executed(erasureId)).toMatchObject({ people: 2, erased: 1, left: 1 });
    expect(await names()).toContain('四');
    expect(await names()).not.toContain('三');
    const seen = accepted(await to.post('/v1/erasures/preview', { alumnusIds: [ids['四']] })).body;
    expect(seen).toMatchObject({ people: 0, held: 1, heldIds: [ids['四']] });
    expect(await code(to.post('/v1/erasures', order(['四'])))).toEqual([422, 'erasure-of-nobody']);
  });

  it('erases single categories, and the person stays', async () => {
    const { erasureId } = await propose(order(['五'], { categories: ['contact'] }));
    expect(await executed(erasureId, to)).toMatchObject({ erased: 1, keys: 1 });
    expect(await names()).toContain('五');
    const asked = { fields: ['email', 'leavingReason'], reason: '確認' };
    const shown = accepted(await to.post(`/v1/alumni/${ids['五']}/reveal`, asked)).text;
    expect(shown).not.toContain('example.jp');
    expect(shown).toContain('転職');
    expect(await certificate(erasureId, `?alumnusId=${ids['五']}`)).not.toHaveProperty('blockedUntil');
  });

  it('erases single items for good, and the rest of the person stays', async () => {
    const path = `/v1/alumni/${ids['七']}`;
    const given = await to.patch(path, { phone: '090-1111-2222' }, { ifMatch: 0 });
    const { eventIds } = accepted(given).body as unknown as { eventIds: string[] };
    accepted(await to.patch(path, { phone: '090-3333-4444' }, { ifMatch: 1 }));
    const reveal = { fields: ['email', 'phone', 'leavingReason'], reason: '確認' };
    const shown = async () => accepted(await to.post(`${path}/reveal`, reveal)).text;
    const items = (more: object) => ({ alumnusId: ids['七'], reason: '本人の申し出', ...more });

    // A value of before alone: what stands now stays.
    const before = items({ fields: ['phone'], eventIds });
    const old = accepted(await to.post<Erasure>('/v1/erasures/items', before)).body;
    expect(old).toMatchObject({ people: 1, second: false });
    expect(await executed(old.erasureId, to)).toMatchObject({
      erased: 1,
      left: 0,
      keys: 1,
      fields: ['phone'],
    });
    expect(await shown()).toContain('+819033334444');
    expect(await code(to.post('/v1/erasures/items', before))).toEqual([422, 'erasure-item-unknown']);

    const mail = items({ fields: ['email', 'leavingReason'] });
    const { erasureId } = accepted(await to.post<Erasure>('/v1/erasures/items', mail)).body;
    expect(await executed(erasureId, to)).toMatchObject({ erased: 1, keys: 2 });
    expect(await shown()).not.toMatch(/example\.jp|転職/);
    expect(await shown()).toContain('+819033334444');
    const people = (await tablesOf(server.home)).get('alumni_roster.person')!;
    expect(people).toContain('X-6@example.jp');
    expect(people).not.toContain('X-7@example.jp');
    await importFile(to, OLD_FILE);
    expect(await shown()).not.toMatch(/example\.jp|転職/);
    // The person says it anew.
    accepted(await to.patch(path, { email: 'nana@example.com' }, { ifMatch: 2 }));
    expect(await shown()).toContain('nana@example.com');

    const own = await certificate(erasureId, `?alumnusId=${ids['七']}`);
    expect(own).toMatchObject({ fields: ['email', 'leavingReason'], people: 1 });
    expect(own).not.toHaveProperty('blockedUntil');
    const keys = own.categories.map(({ category, keys }) => `${category} ${keys}`);
    expect(keys).toEqual(['contact 1', 'leaving-detail 1']);
    const wrong = { ...mail, fields: ['name'] };
    expect(await code(to.post('/v1/erasures/items', wrong))).toEqual([400, 'not-valid']);
    const request = items({ fields: ['phone'], requestId: '11111111-1111-4111-8111-111111111111' });
    expect(await code(to.post('/v1/erasures/items', request))).toEqual([422, 'request-unknown']);
  });

  it('erases whom an undone import had brought, as long as they are marked', async () => {
    const { importId } = await importFile(to, file(row('Y-1', '八'), row('Y-2', '九')));
    accepted(await to.post(`/v1/imports/${importId}/undo`, { reason: '別の会社' }));
    const undone = async () => (await to.get(`/v1/imports/${importId}/undo`)).body['state'];
    while ((await undone()) !== 'done') await sleep(30);
    const { erasureId } = await propose({ marked: true, reason: '取消しの後始末' });
    // Known again before the plan is carried out.
    await importFile(to, file(row('Y-2', '九')));
    expect(await executed(erasureId)).toMatchObject({
      ground: 'import-undone',
      people: 2,
      erased: 1,
      left: 1,
    });
    expect(await names()).toContain('九');
    expect(accepted(await to.post('/v1/erasures/preview', { marked: true })).body).toMatchObject({
      people: 0,
    });
  });

  it('knows every table and every folder there is, and what of whom it holds', async () => {
    const { stores } = accepted(
      await to.get<{ stores: { place: string; ends: string; categories: string[] }[] }>(
        '/v1/erasures/stores',
      ),
    ).body;
    const client = new Client(databaseOf(server.home, 'enishi_admin'));
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `SELECT schemaname || '.' || tablename AS name FROM pg_tables
        WHERE schemaname !~ '^(pg_|information_schema)'`,
    );
    await client.end();
    const places = [
      ...rows.map(({ name }) => name.replace('_building.', '.')),
      ...readdirSync(server.home).map((name) => `home/${name}`),
    ];
    const patternOf = (place: string) =>
      new RegExp(`^${place.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
    const declared = (place: string) => stores.filter((store) => patternOf(store.place).test(place));
    expect(places.filter((place) => declared(place).length !== 1)).toEqual([]);
    const tables = stores.filter(({ place }) => !place.startsWith('home/'));
    expect(tables.filter(({ place }) => !places.some((one) => patternOf(place).test(one)))).toEqual([]);
    // What the engine of the views erases, and what says so here, are the same.
    for (const { name, subjects } of PROJECTIONS) {
      for (const { table, erase } of subjects) {
        const [store] = declared(`${name.replaceAll('-', '_')}.${table}`);
        expect([table, store?.ends, store?.categories.toSorted()]).toEqual([
          table,
          'view',
          Object.keys(erase).toSorted(),
        ]);
      }
    }
  });

  it('is drawn from by auditors, each person with what of them, under which plan', async () => {
    const query = 'of=erasures&n=3&seed=2026-Q3';
    const { body } = accepted(
      await to.get<{ population: number; items: { erasure: object; events: { type: string }[] }[] }>(
        `/v1/audit-samples?${query}`,
      ),
    );
    expect(body.population).toBeGreaterThanOrEqual(4);
    expect(body.items).toHaveLength(3);
    for (const { erasure, events } of body.items) {
      expect(erasure).toMatchObject({ alumnusId: expect.any(String), erasureId: expect.any(String) });
      expect(events.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['ErasureStarted', 'ErasureCompleted']),
      );
    }
    const sheet = accepted(await to.get(`/v1/audit-samples/sheet?${query}`)).text;
    expect(sheet).toContain('消去計画ID plan');
    expect(sheet).not.toContain('消野');
  });

  it('is certified on a page too, in both languages', async () => {
    const { erasures } = (await to.get<{ erasures: Erasure[] }>('/v1/erasures')).body;
    const { erasureId } = erasures.find(({ standing }) => standing === 'executed')!;
    for (const language of ['ja', 'en']) {
      const page = await to.get(`/v1/erasures/${erasureId}/certificate/pdf?language=${language}`);
      expect(page.headers.get('content-type')).toBe('application/pdf');
      expect(accepted(page).bytes.subarray(0, 5).toString()).toBe('%PDF-');
    }
  });

  it('is done from the command line too', async () => {
    const enishi = cliOf(server);
    const dry = await enishi(['erasure', 'plan', '--alumnus', ids['六']!, '--dry-run', '--json']);
    expect(JSON.parse(dry.out)).toMatchObject({ people: 1 });
    const planned = await enishi([
      'erasure',
      'plan',
      '--alumnus',
      ids['六']!,
      '--reason',
      '申し出',
      '--json',
    ]);
    const { erasureId } = JSON.parse(planned.out) as Erasure;
    const approved = await enishi(['erasure', 'approve', erasureId, '--wait']);
    expect(approved).toMatchObject({ code: 0, err: expect.any(String) });
    expect(approved.out).toMatch(/State +carried out/);
    const people = await enishi(['erasure', 'people', erasureId]);
    expect(people.out).toContain(ids['六']!);
    const shown = await enishi(['erasure', 'certificate', erasureId, '--alumnus', ids['六']!]);
    expect(shown.out).toMatch(/Keys destroyed +programme: 1/);
    expect(shown.out).not.toContain('消野');
    const listed = await enishi(['erasure', '--json']);
    expect(listed.out).toContain(erasureId);
    const item = ['erasure', 'erase-item', ids['七']!, '--field', 'phone', '--reason', '申し出'];
    const proposed = JSON.parse((await enishi([...item, '--json'])).out) as Erasure;
    const told = await enishi(['erasure', 'approve', proposed.erasureId, '--wait']);
    expect(told.out).toMatch(/Items to be erased +telephone number/);
  });
});

/** Puts a hold into the ledger, as whoever must keep somebody's data would. */
async function holdOf({ home }: TestServer, alumnusId: string): Promise<void> {
  const logger = { warn: () => undefined };
  const store = await openEventStore({ url: databaseOf(home), embedded: true, logger });
  const now = new Date().toISOString();
  const [id, commandId, holdId] = [randomUUID(), randomUUID(), randomUUID()];
  const times = { decidedAt: now, effectiveAt: now };
  const ids = { commandId, $causationId: commandId, $correlationId: commandId };
  const metadata = { v: 1, actor: 'system:test', ...times, ...ids };
  const data = { alumnusId, holdId, stopsContact: false, reviewAt: '2099-01-01T00:00:00.000Z' };
  const events = [{ id, type: 'HoldPlaced', data, metadata }];
  await store.append({ stream: `lifecycle-${alumnusId}`, expected: 'no-stream', events });
  await store.close();
}
