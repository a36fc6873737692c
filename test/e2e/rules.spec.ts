import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { cliOf, type Ran } from './support/cli';
import { accepted, furnish, headOf, IN_PERSON } from './support/steps';

jest.setTimeout(180_000);

interface Totals {
  readonly before: number;
  readonly after: number;
  readonly came: number;
  readonly went: number;
  readonly reasons: readonly { readonly change: string; readonly code: string; readonly count: number }[];
}
interface Side {
  readonly answer: string;
  readonly reasons: readonly { readonly code: string }[];
  readonly approachable: boolean;
}
interface DryRun {
  readonly version: number;
  readonly at: string;
  readonly supposesNotice: boolean;
  readonly totals: (Totals & { readonly asking: Totals }) | null;
  readonly rows: readonly {
    readonly alumnusId: string;
    readonly change: string | null;
    readonly asking: string | null;
    readonly before: Side;
    readonly after: Side;
  }[];
  readonly cursor?: string;
}
interface Content {
  readonly channels: readonly string[];
  readonly [member: string]: unknown;
}

const IN_TWO_YEARS = `${new Date().getFullYear() + 2}-04-01T00:00:00.000Z`;
const IN_TWO_AND_A_HALF = `${new Date().getFullYear() + 2}-10-01T00:00:00.000Z`;

describe('rules: tried before they are published, and those of any moment', () => {
  let server: TestServer;
  let to: Api;
  let enishi: (args: readonly string[]) => Promise<Ran>;
  let purposeId: string;
  let programmeId: string;
  const folder = mkdtempSync(path.join(tmpdir(), 'enishi-rules-'));
  /** One in sales and one in development who consented, and one in sales who was never asked. */
  const people: string[] = [];

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    enishi = cliOf(server);
    ({ purposeId, programmeId } = await furnish(to));
    for (const [employeeNumber, department, leftOn] of [
      ['T-1', '営業部', '2019-03-31'],
      ['T-2', '開発部', '2012-03-31'],
      ['T-3', '営業部', '2009-03-31'],
    ]) {
      const employment = { department, joinedOn: '2005-04-01', leftOn, leavingKind: 'personal-reason' };
      const name = { family: `縁野${employeeNumber}` };
      const person = { employeeNumber, name, email: `${employeeNumber}@example.jp`, employment };
      people.push(accepted(await to.post<{ alumnusId: string }>('/v1/alumni', person)).body.alumnusId);
    }
    const grant = { channels: ['email'], language: 'ja', ...IN_PERSON, evidence: '署名' };
    for (const who of people.slice(0, 2))
      accepted(await to.post(`/v1/alumni/${who}/consents/${purposeId}/grants`, grant));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await server?.stop();
  });

  const contentOf = async (of: string) =>
    accepted(await to.get<{ versions: { content: Content }[] }>(of)).body.versions.at(-1)!.content;
  const purpose = () => `/v1/purposes/${purposeId}`;
  const programme = () => `/v1/programmes/${programmeId}`;
  const tried = async (of: string, body: object) =>
    accepted(await to.post<DryRun>(`${of}/dry-run`, { channel: 'email', ...body })).body;
  const diff = async (at: string, fromKnown: string) => {
    const asked = { purposeId, channel: 'email', from: at, fromKnown, to: at };
    const answer = await to.post<{ totals: Totals; rows: DryRun['rows'] }>('/v1/roster/diff', asked);
    return accepted(answer).body;
  };
  const changes = (rows: DryRun['rows']) =>
    rows.flatMap(({ alumnusId, change }) => (change === null ? [] : [[alumnusId, change]]));

  it('a programme’s rule: who would gain or lose, person by person and in all, and nothing is written', async () => {
    const content = {
      ...(await contentOf(programme())),
      eligibility: { fact: 'service-months', atLeast: 120 },
    };
    const head = await headOf(to);
    const whole = await tried(`${programme()}/revisions`, { purposeId, content });
    expect(whole).toMatchObject({
      version: 2,
      supposesNotice: false,
      totals: {
        ...{ before: 2, after: 1, came: 0, went: 1 },
        reasons: [{ change: 'went', code: 'not-eligible', count: 1 }],
        asking: { before: 1, after: 0, came: 0, went: 1 },
      },
    });
    const rows = new Map(whole.rows.map((row) => [row.alumnusId, row]));
    expect([...rows.keys()].sort()).toEqual([people[1], people[2]].sort());
    expect(rows.get(people[1]!)).toMatchObject({
      change: 'went',
      asking: null,
      before: { answer: 'yes', reasons: [], approachable: false },
      after: { answer: 'no', because: [], reasons: [{ code: 'not-eligible' }], approachable: false },
    });
    expect(rows.get(people[2]!)).toMatchObject({
      change: null,
      asking: 'went',
      before: { reasons: [{ code: 'never-asked' }], approachable: true },
      after: { reasons: [{ code: 'not-eligible' }, { code: 'never-asked' }], approachable: false },
    });
    expect(JSON.stringify(whole)).not.toMatch(/example\.jp|supposed-/);
    const first = await tried(`${programme()}/revisions`, { purposeId, content, limit: 1 });
    const { cursor } = first;
    const rest = await tried(`${programme()}/revisions`, { purposeId, content, limit: 1, cursor });
    expect([...first.rows, ...rest.rows]).toEqual(whole.rows);
    expect([rest.totals, rest.cursor]).toEqual([null, undefined]);
    expect(await headOf(to)).toBe(head);
  });

  it('shows who sees one department only its people, and reads are in the access log', async () => {
    const machine = { kind: 'machine', label: 'sales' };
    const { id } = accepted(await to.post<{ id: string }>('/v1/accounts', machine)).body;
    accepted(await to.post(`/v1/accounts/${id}/grants`, { role: 'hr', departments: ['営業部'] }));
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    const made = await to.post<{ token: string }>('/v1/tokens', { accountId: id, validUntil });
    const sales = api(server, accepted(made).body.token);
    const content = { ...(await contentOf(programme())), eligibility: { not: { all: [] } } };
    const body = { purposeId, channel: 'email', content };
    const answer = accepted(await sales.post<DryRun>(`${programme()}/revisions/dry-run`, body)).body;
    expect(answer.rows.map(({ alumnusId }) => alumnusId).sort()).toEqual([people[0], people[2]].sort());
    expect(answer.totals).toMatchObject({ before: 1, went: 1, asking: { before: 1, went: 1 } });
    const route = 'POST /v1/programmes/:programmeId/revisions/dry-run';
    const log = await to.get<{ entries: { personIds: string[] }[] }>(
      `/v1/access-log?route=${encodeURIComponent(route)}&alumnusId=${people[2]}`,
    );
    expect(accepted(log).body.entries.length).toBeGreaterThan(0);
  });

  it('a purpose changed beyond its scope: nobody may be contacted until they consent anew', async () => {
    const revision = { kind: 'beyond-scope', content: await contentOf(purpose()) };
    const { totals, rows } = await tried(`${purpose()}/revisions`, revision);
    expect(totals).toMatchObject({
      ...{ before: 2, after: 0, went: 2 },
      reasons: [{ change: 'went', code: 'consent-for-earlier-version', count: 2 }],
      asking: { before: 1, after: 3, came: 2, went: 0 },
    });
    expect(changes(rows)).toHaveLength(2);
    expect(rows).toMatchObject([{ asking: 'came' }, { asking: 'came' }]);
  });

  // By mail no longer; then, beyond the scope, by mail again.
  it.each([
    ['related', IN_TWO_YEARS, ['phone'], { went: 2, asking: { came: 0, went: 1 } }],
    ['beyond-scope', IN_TWO_AND_A_HALF, ['email'], { before: 0, after: 0, asking: { came: 3, went: 0 } }],
  ])(
    'a purpose changed, %s: what publishing it then comes to',
    async (kind, effectiveAt, channels, expected) => {
      const content = {
        ...(await contentOf(purpose())),
        channels,
        validityMonths: 6,
        categories: ['contact'],
      };
      const revision = { kind, content };
      const forecast = await tried(`${purpose()}/revisions`, { ...revision, effectiveAt });
      expect(forecast).toMatchObject({ totals: expected, supposesNotice: kind === 'related' });
      const known = new Date().toISOString();
      accepted(await to.post(`${purpose()}/revisions`, revision));
      const version = `${purpose()}/versions/${forecast.version}`;
      const drafted = await tried(`${version}/publication`, { effectiveAt });
      expect(drafted).toEqual({ ...forecast, at: expect.any(String) });
      accepted(await to.post(`${version}/publication`, { effectiveAt }));
      if (kind === 'related') {
        const rumour = await to.post(`${version}/notices`, { method: 'rumour', proof: 'url' });
        expect([rumour.status, rumour.body['code']]).toEqual([400, 'not-valid']);
        accepted(await to.post(`${version}/notices`, { method: 'website', proof: 'url' }));
      }
      const { totals, rows } = await diff(forecast.at, known);
      const { asking: _, ...contact } = forecast.totals!;
      expect(contact).toEqual(totals);
      expect(changes(forecast.rows)).toEqual(changes(rows));
    },
  );

  it('refuses what could not be published, in the same words', async () => {
    const content = await contentOf(purpose());
    const more = { kind: 'editorial', content: { ...content, channels: ['sms'] }, channel: 'email' };
    const answer = await to.post(`${purpose()}/revisions/dry-run`, more);
    expect([answer.status, answer.body['code']]).toEqual([422, 'revision-not-editorial']);
    const past = await to.post(`${purpose()}/revisions/dry-run`, {
      ...{ kind: 'beyond-scope', channel: 'email', effectiveAt: '2020-01-01' },
      content,
    });
    expect([past.status, past.body['code']]).toEqual([422, 'effective-in-past']);
    const nothing = '/v1/purposes/11111111-1111-4111-8111-111111111111/versions/1/publication/dry-run';
    expect((await to.post(nothing, { channel: 'email' })).status).toBe(404);
  });

  it('by the command line: with --dry-run alone nothing is written, without it no list is named', async () => {
    const file = path.join(folder, 'programme.json');
    const content = { ...(await contentOf(programme())), eligibility: { not: { all: [] } } };
    writeFileSync(file, JSON.stringify({ content }));
    const head = await headOf(to);
    const revise = ['programme', 'revise', 'rehire', '--file', file];
    const list = ['--purpose', 'rehire', '--channel', 'email'];
    const { code, out, err } = await enishi([...revise, '--dry-run', ...list]);
    expect(code).toBe(0);
    expect(out).toMatch(/^- .*may be contacted/m);
    expect(err).toContain('2 → 0 people: 0 came, 2 went');
    expect(err).toContain('May be asked for consent: 1 → 0 people');
    for (const wrong of [
      [...revise, ...list],
      [...revise, '--dry-run'],
      [...revise, '--dry-run', '--publish'],
    ])
      expect((await enishi(wrong)).code).toBe(2);
    expect(await headOf(to)).toBe(head);
    accepted(await to.post(`${programme()}/revisions`, { content }));
    const drafted = await enishi(['programme', 'publish', 'rehire', '--dry-run', ...list, '--json']);
    expect(JSON.parse(drafted.out)).toMatchObject({ version: 2, totals: { went: 2 }, more: false });
    const nothing = await enishi(['purpose', 'publish', 'rehire', '--dry-run', '--channel', 'email']);
    expect(nothing.code).toBe(2);
  });

  it('those in force at a moment, by what was known of it, with the events that made them so', async () => {
    interface Rules {
      readonly leaves: number;
      readonly purposes: readonly {
        readonly state: string;
        readonly inForce: Readonly<Record<string, unknown>> | null;
      }[];
      readonly programmes: readonly object[];
    }
    const rulesOf = async (query: Record<string, string>) =>
      accepted(await to.get<Rules>(`/v1/rules?${new URLSearchParams(query).toString()}`)).body;
    const { events } = accepted(
      await to.get<{ events: { eventId: string; type: string; recordedAt: string }[] }>(
        `/v1/audit-trail?purposeId=${purposeId}&limit=500`,
      ),
    ).body;
    const published = events
      .filter(({ type }) => type === 'PurposePublished')
      .sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1));
    const now = await rulesOf({});
    expect(now.purposes).toMatchObject([
      { code: 'rehire', state: 'in-force', inForce: { version: 1, consentsFrom: 1, noticeEventId: null } },
    ]);
    expect(now.purposes[0]!.inForce).toMatchObject({
      eventId: published[0]!.eventId,
      noticeHash: { ja: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(now.programmes).toMatchObject([
      { code: 'rehire', inForce: { version: 1, eligibility: { en: expect.stringContaining('3 years') } } },
    ]);
    // Published for later: in force then by what is known today, and not by what was known before.
    const then = await rulesOf({ at: IN_TWO_YEARS });
    expect(then.purposes[0]!.inForce).toMatchObject({ version: 2, consentsFrom: 1, since: IN_TWO_YEARS });
    const later = await rulesOf({ at: IN_TWO_AND_A_HALF });
    expect(later.purposes[0]!.inForce).toMatchObject({ version: 3, consentsFrom: 3 });
    const before = await rulesOf({ at: IN_TWO_YEARS, known: published[0]!.recordedAt });
    expect(before.purposes[0]!.inForce).toMatchObject({ version: 1 });
    expect(before.leaves).toBeLessThan(now.leaves);
    expect((await rulesOf({ at: '2020-01-01' })).purposes).toEqual([]);
    const { out, err } = await enishi(['rules', '--at', IN_TWO_YEARS]);
    expect(out).toMatch(/rehire .* v2\n.*\n.*related/);
    expect(out).toContain(published[1]!.eventId);
    expect(err).toContain('by the first');
  });
});
