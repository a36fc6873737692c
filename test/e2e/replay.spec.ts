import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { cliOf } from './support/cli';
import { accepted, caughtUp, furnish, IN_PERSON } from './support/steps';

jest.setTimeout(180_000);

interface Step {
  readonly at: string;
  readonly event: { readonly type: string; readonly recordedAt: string } | null;
  readonly changed: boolean;
  readonly answer: 'yes' | 'no' | null;
  readonly reasons: readonly { readonly code: string }[];
  readonly consents: readonly { readonly state: string; readonly channel: string }[];
  readonly state: { readonly registered: boolean; readonly channels: readonly string[] };
}
interface Steps {
  readonly steps: readonly Step[];
  readonly cursor?: string;
}

describe('replay', () => {
  let server: TestServer;
  let to: Api;
  let purposeId: string;
  let who: string;
  /** Between the grant and the withdrawal, which takes effect then. */
  let between: string;

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    ({ purposeId } = await furnish(to));
    const employment = { department: '営業部', joinedOn: '2005-04-01', leftOn: '2019-03-31' };
    const person = {
      employeeNumber: 'R-1',
      name: { family: '縁野' },
      email: 'a@example.jp',
      employment: { ...employment, leavingKind: 'personal-reason' },
    };
    who = accepted(await to.post<{ alumnusId: string }>('/v1/alumni', person)).body.alumnusId;
  });
  afterAll(() => server?.stop());

  const stepsOf = async (query: Record<string, string> = {}) =>
    accepted(await to.get<Steps>(`/v1/alumni/${who}/replay?${new URLSearchParams(query).toString()}`)).body;
  const shape = ({ steps }: Steps) => steps.map(({ event, answer }) => [event?.type ?? 'time', answer]);
  /** Who might be contacted, from the tables and folded from the ledger. */
  const listedAt = async (at: string, known?: string) => {
    const body = { purposeId, channel: 'email', mode: 'contactable', at, ...(known && { known }) };
    const [fast, fold] = await Promise.all(
      [body, { ...body, fold: true }].map((one) =>
        to.post<{ rows: object[]; total: object }>('/v1/roster/search', one),
      ),
    );
    expect(accepted(fast!).body).toEqual(accepted(fold!).body);
    return fast!.body.rows.length;
  };
  const whyAt = async (at: string, known: string) => {
    const query = new URLSearchParams({ purposeId, channel: 'email', at, known }).toString();
    const { body } = accepted(
      await to.get<{ answer: string; sentence: { en: string } }>(`/v1/alumni/${who}/why?${query}`),
    );
    return [body.answer, body.sentence.en];
  };

  it('shows one person’s trail with the state after each event, and the roster by what was known when', async () => {
    const grant = { channels: ['email'], language: 'ja', ...IN_PERSON, evidence: '署名' };
    accepted(await to.post(`/v1/alumni/${who}/consents/${purposeId}/grants`, grant));
    const granted = (await stepsOf()).steps.at(-1)!.event!.recordedAt;
    await new Promise((resolve) => setTimeout(resolve, 20));
    between = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const out = { channels: ['email'], ...IN_PERSON, effectiveAt: between };
    accepted(await to.post(`/v1/alumni/${who}/consents/${purposeId}/withdrawals`, out));
    await caughtUp(to);

    const all = await stepsOf({ purposeId, channel: 'email' });
    expect(shape(all)).toEqual([
      ['AlumnusRegistered', 'no'],
      ['ConsentGranted', 'yes'],
      ['ConsentWithdrawn', 'no'],
    ]);
    expect(all.steps.map(({ reasons }) => reasons.map(({ code }) => code))).toEqual([
      ['never-asked'],
      [],
      ['consent-withdrawn'],
    ]);
    expect(all.steps[2]!.consents).toMatchObject([{ state: 'withdrawn', channel: 'email' }]);
    expect(all.steps[0]!.state).toMatchObject({ registered: true, channels: ['email'] });

    const first = await stepsOf({ purposeId, channel: 'email', limit: '2' });
    const rest = await stepsOf({ purposeId, channel: 'email', limit: '2', cursor: first.cursor! });
    expect([...first.steps, ...rest.steps]).toEqual(all.steps);
    expect((await stepsOf()).steps.map(({ answer }) => answer)).toEqual([null, null, null]);

    // Effective before it was recorded: by what was known then the person was still on the list.
    expect(await listedAt(between, granted)).toBe(1);
    expect(await listedAt(between)).toBe(1);
    const now = new Date().toISOString();
    expect(await listedAt(between, now)).toBe(0);
    expect(await whyAt(between, granted)).toEqual([
      'yes',
      'May be contacted for this purpose by this channel.',
    ]);
    expect(await whyAt(between, now)).toEqual(['no', 'Has withdrawn consent.']);
  });

  it('tells who came and who went between two moments, why, and how many', async () => {
    const { steps } = await stepsOf();
    const [registered, granted, withdrawn] = steps.map(({ event }) => event!.recordedAt);
    const diff = async (from: string, until: string, more: object = {}) =>
      accepted(
        await to.post<{
          totals: object | null;
          rows: { alumnusId: string; change: string; reasons: { code: string }[]; because: string[] }[];
        }>('/v1/roster/diff', { purposeId, channel: 'email', from, to: until, ...more }),
      ).body;
    const came = await diff(registered!, granted!);
    expect(came.totals).toMatchObject({
      ...{ before: 0, after: 1, came: 1, went: 0 },
      reasons: [{ change: 'came', code: 'never-asked', count: 1 }],
    });
    expect(came.rows).toMatchObject([{ alumnusId: who, change: 'came', reasons: [{ code: 'never-asked' }] }]);
    expect(came.rows[0]!.because.length).toBeGreaterThan(2);
    const went = await diff(granted!, withdrawn!);
    expect(went.totals).toMatchObject({ before: 1, after: 0, came: 0, went: 1 });
    expect(went.rows).toMatchObject([{ change: 'went', reasons: [{ code: 'consent-withdrawn' }] }]);
    expect((await diff(registered!, withdrawn!)).rows).toEqual([]);
    // The same moment, by what was known of it then and is known of it now.
    expect((await diff(between, between, { toKnown: withdrawn! })).totals).toMatchObject({ went: 1 });
    const answer = await to.post('/v1/roster/diff', { purposeId, channel: 'email', from: 'x', to: granted! });
    expect([answer.status, answer.body]).toMatchObject([400, { errors: [{ path: 'from' }] }]);
  });

  it('refuses half a question, and a known without its moment', async () => {
    const half = await to.get(`/v1/alumni/${who}/replay?channel=email`);
    expect([half.status, half.body]).toMatchObject([400, { errors: [{ path: 'purposeId' }] }]);
    const known = { purposeId, channel: 'email', mode: 'contactable', known: '2026-01-01' };
    const answer = await to.post('/v1/roster/search', known);
    expect([answer.status, answer.body]).toMatchObject([400, { errors: [{ path: 'known' }] }]);
    const nobody = '11111111-1111-4111-8111-111111111111';
    expect((await to.get(`/v1/alumni/${nobody}/replay`)).status).toBe(404);
  });

  it('by the command line', async () => {
    const enishi = cliOf(server);
    const { out, code } = await enishi(['replay', who, '--purpose', 'rehire', '--channel', 'email']);
    expect(code).toBe(0);
    expect(out).toMatch(/→ may not be contacted.*\n.*\n.*→ may be contacted/s);
    expect(out).not.toContain('縁野');
    const { out: lines } = await enishi(['replay', who, '--json']);
    expect(
      lines
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as Step).event?.type),
    ).toEqual(['AlumnusRegistered', 'ConsentGranted', 'ConsentWithdrawn']);
    expect((await enishi(['replay', who, '--channel', 'email'])).code).not.toBe(0);
    const question = ['--purpose', 'rehire', '--channel', 'email'];
    const diff = await enishi([
      'roster',
      'diff',
      ...question,
      '--from',
      between,
      '--to',
      new Date().toISOString(),
    ]);
    expect(diff.out).toMatch(/^- .*Has withdrawn consent/m);
    expect(diff.err).toContain('1 → 0 people: 0 came, 1 went');
  });
});
