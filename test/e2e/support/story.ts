import iconv from 'iconv-lite';
import { api, type Api } from '../../support/api';
import type { TestServer } from '../../support/server';
import {
  accepted,
  caughtUp,
  furnish,
  headOf,
  IN_PERSON,
  importFile,
  leaversFile,
  roster,
  wholeRoster,
  type Furnished,
  type RosterRow,
} from './steps';

interface HistoryView {
  readonly events: readonly { readonly eventId: string; readonly type: string; readonly position: string }[];
  readonly cursor?: string;
}

/**
 * One company's first weeks as specs, in order: each step stands on the ones before.
 * @param start starts a server on an empty ledger
 */
export function tellTheStory(start: () => Promise<TestServer>): void {
  let server: TestServer;
  let to: Api;
  let place: Furnished;
  let asked: { purposeId: string; channel: string };
  let people: readonly RosterRow[];
  /** The instant after which the purpose is in force. */
  let published: string;
  const grants = new Map<string, string>();
  const consents = (person: number) => `/v1/alumni/${people[person]!.alumnusId}/consents/${place.purposeId}`;
  const grant = async (person: number, more: object = {}) => {
    const body = { channels: ['email'], language: 'ja', ...IN_PERSON, ...more };
    const path = `${consents(person)}/grants`;
    return accepted(await to.post<{ eventIds: string[] }>(path, body)).body.eventIds[0]!;
  };
  const find = async (person: number) => {
    const excluded = await wholeRoster(to, { ...asked, mode: 'excluded' });
    const contactable = await wholeRoster(to, { ...asked, mode: 'contactable' });
    return [...excluded, ...contactable].find((row) => row.alumnusId === people[person]!.alumnusId)!;
  };
  const codes = (row: RosterRow) => row.reasons.map(({ code }) => code);

  beforeAll(async () => {
    server = await start();
    to = api(server);
  });
  afterAll(() => server?.stop());

  it('sets up company, purpose and programme', async () => {
    place = await furnish(to);
    const name = { family: '架空', given: '花子' };
    accepted(await to.put('/v1/company/responsible-officer', { name, title: '部長' }));
    published = new Date().toISOString();
    asked = { purposeId: place.purposeId, channel: 'email' };
    const company = await to.get<{ officer: { name: object } }>('/v1/company');
    expect(company.body.officer.name).toEqual(name);
    const { body, text } = await to.get(`/v1/purposes/${place.purposeId}`);
    expect(body).toMatchObject({ state: 'in-force', inForce: 1 });
    expect(text).toContain('株式会社架空');
    expect((await to.get(`/v1/programmes/${place.programmeId}`)).body).toMatchObject({ state: 'in-force' });
    expect((await to.post('/v1/purposes', { template: 'rehire' })).body).toMatchObject({
      code: 'code-taken',
    });
  });

  it('shows in a dry run what a file would do, and does nothing', async () => {
    const before = await headOf(to);
    const dry = await importFile(to, leaversFile(80, { faults: true }), { dryRun: true });
    expect(dry).toMatchObject({ state: 'checked', counts: { rows: 80, registered: 80 } });
    expect(await headOf(to)).toBe(before);
  });

  it('imports it; a second time changes nothing but the note of the import', async () => {
    const done = await importFile(to, leaversFile(80, { faults: true }));
    const { rows, leavers, registered, unchanged, corrected, employmentsAdded, notLeavers, refused } =
      done.counts;
    expect(done.state).toBe('done');
    expect(rows).toBe(leavers! + notLeavers! + refused!);
    expect(leavers).toBe(registered! + unchanged! + corrected! + employmentsAdded!);
    expect(registered).toBeGreaterThan(60);
    const again = await importFile(to, leaversFile(80, { faults: true }));
    expect(again.counts).toMatchObject({ leavers, registered: 0, corrected: 0, employmentsAdded: 0 });
    await caughtUp(to);
    people = await wholeRoster(to, { ...asked, mode: 'approachable', programmeId: place.programmeId });
    expect(people.length).toBeGreaterThan(10);
  });

  it('explains an empty roster: imported, reachable, consented', async () => {
    const query = new URLSearchParams(asked).toString();
    const funnel = (await to.get<Record<string, number>>(`/v1/roster/funnel?${query}`)).body;
    expect(funnel).toMatchObject({ asked: 0, consented: 0, contactable: 0 });
    expect(funnel['imported']).toBeGreaterThan(funnel['reachable']!);
    const empty = await roster(to, { ...asked, mode: 'contactable' });
    expect(empty).toMatchObject({ rows: [], total: { count: 0 } });
    const excluded = await wholeRoster(to, { ...asked, mode: 'excluded' });
    expect(excluded).toHaveLength(funnel['imported']!);
    expect(excluded.every((row) => codes(row).includes('never-asked'))).toBe(true);
  });

  it('asks, and each answer shows in the roster with the events behind it', async () => {
    const request = { channels: ['email'], captureChannel: 'email', language: 'ja' };
    accepted(await to.post(`${consents(0)}/requests`, request));
    expect(codes(await find(0))).toEqual(['consent-requested']);

    const backdated = { effectiveAt: published };
    for (const person of [0, 1, 2]) grants.set(people[person]!.alumnusId, await grant(person, backdated));
    accepted(await to.post(`${consents(3)}/refusals`, { channels: ['email'], language: 'ja', ...IN_PERSON }));
    const contactable = await wholeRoster(to, { ...asked, mode: 'contactable' });
    expect(new Set(contactable.map(({ alumnusId }) => alumnusId))).toEqual(new Set(grants.keys()));
    for (const row of contactable) {
      expect(row).toMatchObject({ answer: 'yes', reasons: [] });
      expect(row.because).toContain(grants.get(row.alumnusId));
      expect(row.channels['email']).toMatch(/^u\*+@example\.jp$/);
    }
    expect(codes(await find(3))).toEqual(['consent-refused']);
  });

  it('withdraws at once, and voids what was recorded in error', async () => {
    const withdrawal = { channels: ['email'], ...IN_PERSON };
    const { body } = accepted(
      await to.post<{ eventIds: string[] }>(`${consents(1)}/withdrawals`, withdrawal),
    );
    const withdrawn = await find(1);
    expect(withdrawn.reasons).toMatchObject([{ code: 'consent-withdrawn' }]);
    expect(withdrawn.reasons[0]!.eventIds).toContain(body.eventIds[0]);

    const voided = grants.get(people[2]!.alumnusId)!;
    accepted(await to.post(`${consents(2)}/invalidations`, { eventId: voided, reason: '別人の同意書' }));
    expect(codes(await find(2))).toEqual(['consent-invalidated']);
  });

  it('shows all three times of a backdated grant', async () => {
    const query = new URLSearchParams(asked).toString();
    const why = await to.get<{ answer: string; because: Record<string, string>[] }>(
      `/v1/alumni/${people[0]!.alumnusId}/why?${query}`,
    );
    expect(why.body.answer).toBe('yes');
    const { effectiveAt, decidedAt, recordedAt } = why.body.because.find(
      ({ type }) => type === 'ConsentGranted',
    )!;
    expect(effectiveAt).toBe(published);
    expect(decidedAt! > published).toBe(true);
    expect(Date.parse(recordedAt!)).toBeGreaterThanOrEqual(Date.parse(decidedAt!) - 1000);
  });

  it('lets no paper that surfaces later revive a withdrawn consent', async () => {
    const late = { channels: ['email'], language: 'ja', ...IN_PERSON, effectiveAt: published };
    await to.post(`${consents(1)}/grants`, late);
    expect(codes(await find(1))).toEqual(['consent-withdrawn']);
    const before = await to.post(`${consents(7)}/grants`, { ...late, effectiveAt: '2026-01-15' });
    expect(before.status).toBe(422);
    expect(before.body).toMatchObject({ messages: { ja: expect.any(String), en: expect.any(String) } });
  });

  it('tells a person’s history in order, page by page, and refuses another list’s cursor', async () => {
    const path = `/v1/alumni/${people[1]!.alumnusId}/history`;
    const whole = accepted(await to.get<HistoryView>(path)).body.events;
    expect(whole.map(({ type }) => type)).toEqual([
      'AlumnusRegistered',
      'ConsentGranted',
      'ConsentWithdrawn',
    ]);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const next = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = accepted(await to.get<HistoryView>(`${path}?limit=1${next}`)).body;
      paged.push(...page.events.map(({ eventId }) => eventId));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect(paged).toEqual(whole.map(({ eventId }) => eventId));

    const first = accepted(await to.get<HistoryView>(`${path}?limit=1`)).body.cursor!;
    const elsewhere = await to.get(`/v1/consent-history?cursor=${encodeURIComponent(first)}`);
    expect([elsewhere.status, elsewhere.body['code']]).toEqual([400, 'cursor-not-valid']);
  });

  it('exports the consent history as CSV for Excel, CP932 and JSON Lines, all with the same rows', async () => {
    const download = async (query: string) =>
      accepted(await to.get(`/v1/consent-history/export?${query}`)).bytes;
    const utf8 = await download('format=csv');
    expect(utf8.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const cp932 = await download('format=csv&encoding=cp932');
    expect(iconv.decode(cp932, 'cp932')).toBe(utf8.subarray(3).toString('utf8'));
    const lines = utf8.subarray(3).toString('utf8').trimEnd().split('\r\n');
    const json = (await download('format=jsonl')).toString('utf8').trimEnd().split('\n');
    expect(json.map((line) => (JSON.parse(line) as { eventId: string }).eventId)).toEqual(
      lines.slice(1).map((line) => line.split(',')[1]),
    );
    // One request, three grants, a refusal, a withdrawal, a void.
    expect(json).toHaveLength(7);
  });

  it('corrects a person only at the revision that was read', async () => {
    const path = `/v1/alumni/${people[4]!.alumnusId}`;
    const { body } = accepted(await to.get<{ revision: number }>(path));
    const blind = await to.patch(path, { email: 'blind@example.jp' });
    expect([blind.status, blind.body['code']]).toEqual([428, 'precondition-required']);
    const stale = await to.patch(path, { email: 'stale@example.jp' }, { ifMatch: body.revision + 1 });
    expect([stale.status, stale.body['code']]).toEqual([412, 'precondition-failed']);
    const right = accepted(await to.patch(path, { email: 'right@example.jp' }, { ifMatch: body.revision }));
    expect(right.headers.get('etag')).toBe(`"${body.revision + 1}"`);
    const late = await to.patch(path, { email: 'late@example.jp' }, { ifMatch: body.revision });
    expect([late.status, late.body['revision']]).toEqual([412, body.revision + 1]);
    const shown = await to.post<{ values: object }>(`${path}/reveal`, { fields: ['email'], reason: '確認' });
    expect(shown.body.values).toEqual({ email: 'right@example.jp' });
    accepted(await to.patch(path, { email: null }, { ifMatch: body.revision + 1 }));
    expect(codes(await find(4))).toContain('no-address');
  });

  it('stops every contact on a return and on a death, at once', async () => {
    await grant(5);
    await grant(6);
    accepted(await to.post(`/v1/alumni/${people[5]!.alumnusId}/return`, { returnedOn: '2026-06-01' }));
    accepted(await to.post(`/v1/alumni/${people[6]!.alumnusId}/death`, {}));
    expect(codes(await find(5))).toContain('returned');
    expect(codes(await find(6))).toContain('died');
    const left = await wholeRoster(to, { ...asked, mode: 'contactable' });
    expect(left.map(({ alumnusId }) => alumnusId)).toEqual([people[0]!.alumnusId]);
    const asking = await to.post(`${consents(6)}/requests`, {
      channels: ['email'],
      captureChannel: 'email',
      language: 'ja',
    });
    expect(asking.status).toBe(422);
  });

  it('answers for a time past as it was then', async () => {
    const then = await roster(to, { ...asked, mode: 'contactable', at: '2026-01-01' });
    expect(then.rows).toEqual([]);
    const now = await roster(to, { ...asked, mode: 'contactable', at: new Date().toISOString() });
    expect(now.rows.map(({ alumnusId }) => alumnusId)).toEqual([people[0]!.alumnusId]);
  });

  it('finds people by part of a name or reading, one character too', async () => {
    const [someone] = people;
    const text = someone!.kana!.family!.slice(0, 1);
    const found = await wholeRoster(to, { ...asked, mode: 'excluded', text });
    expect(found.length).toBeGreaterThan(0);
    for (const row of found) {
      const { family = '', given = '' } = row.kana ?? {};
      expect(`${family}${given}${row.name.family}${row.name.given ?? ''}`).toContain(text);
    }
    expect(await wholeRoster(to, { ...asked, mode: 'excluded', text: '存在しない名前' })).toEqual([]);
  });
}
