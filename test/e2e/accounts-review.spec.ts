import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { cliOf } from './support/cli';
import { accepted } from './support/steps';

jest.setTimeout(120_000);

interface Review {
  readonly standing: string;
  readonly accounts: readonly {
    readonly id: string;
    readonly label?: string;
    readonly lastUsed?: string;
    readonly grants: readonly { readonly role: string }[];
    readonly tokens: readonly object[];
  }[];
  readonly last?: { readonly reviewId: string; readonly digest: string; readonly kept: number };
  readonly dueAt?: string;
  readonly due: boolean;
}

describe('the quarterly review of accounts', () => {
  let server: TestServer;
  let to: Api;

  const review = async () => accepted(await to.get<Review>('/v1/accounts/review')).body;
  const account = async (label: string, role: string): Promise<readonly [string, Api]> => {
    const { id } = accepted(await to.post<{ id: string }>('/v1/accounts', { kind: 'machine', label })).body;
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    accepted(await to.post(`/v1/accounts/${id}/grants`, { role, validUntil, departments: ['営業部'] }));
    const made = await to.post<{ token: string }>('/v1/tokens', { accountId: id, validUntil });
    return [id, api(server, accepted(made).body.token)];
  };
  /** Everybody is kept, apart from these. */
  const decisions = ({ accounts }: Review, ...revoked: readonly string[]) =>
    accounts.map(({ id }) => ({
      accountId: id,
      decision: revoked.includes(id) ? 'revoke' : 'keep',
      reason: '在任中 𠮷',
    }));
  const refusal = async (body: object) => {
    const { status, body: problem } = await to.post('/v1/accounts/review', body);
    return [status, problem['code']];
  };

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
  });
  afterAll(() => server?.stop());

  it('lists who holds what, with scope, end, tokens and last use, and is due where there was none', async () => {
    const [id, machine] = await account('HRIS', 'hr');
    accepted(await machine.get('/auth/me'));
    const found = await review();
    expect(found).toMatchObject({ due: true });
    expect(found.last).toBeUndefined();
    const mine = found.accounts.find((one) => one.id === id);
    const until = expect.any(String) as string;
    expect(mine).toMatchObject({
      label: 'HRIS',
      lastUsed: until,
      grants: [{ role: 'hr', departments: ['営業部'], validUntil: until }],
      tokens: [{ validUntil: until, lastUsed: until }],
    });
  });

  it('is refused where it is not whole, not of today’s accounts, or about the reviewer; then nothing changes', async () => {
    const [revoked] = await account('left', 'hr');
    const listed = await review();
    const { standing } = listed;
    const all = decisions(listed);
    const me = accepted(await to.get<{ accountId: string }>('/auth/me')).body.accountId;
    const stranger = { accountId: '11111111-1111-4111-8111-111111111111', decision: 'keep', reason: 'x' };
    expect(await refusal({ standing, decisions: all.slice(1) })).toEqual([422, 'review-not-complete']);
    expect(await refusal({ standing, decisions: [...all, stranger] })).toEqual([
      422,
      'account-not-under-review',
    ]);
    expect(await refusal({ standing, decisions: [...all, all[0]!] })).toEqual([422, 'account-decided-twice']);
    expect(await refusal({ standing, decisions: decisions(listed, me) })).toEqual([403, 'own-grant']);
    expect(await refusal({ standing: 'a'.repeat(64), decisions: all })).toEqual([409, 'accounts-changed']);
    const blank = all.map((one) => ({ ...one, reason: ' ' }));
    expect(await refusal({ standing, decisions: blank })).toEqual([400, 'not-valid']);
    await account('new since', 'hr');
    expect(await refusal({ standing, decisions: decisions(listed, revoked) })).toEqual([
      409,
      'accounts-changed',
    ]);
    const now = await review();
    expect(now.last).toBeUndefined();
    expect(now.accounts.map(({ id }) => id)).toContain(revoked);
  });

  it('ends what was revoked at once, with an event that holds counts and a digest, and is due in three months', async () => {
    const [id, machine] = await account('to go', 'hr');
    const listed = await review();
    const body = { standing: listed.standing, decisions: decisions(listed, id) };
    const [, operator] = await account('operator', 'operator');
    expect((await operator.post('/v1/accounts/review', body)).status).toBe(403);
    const again = await review();
    const order = { standing: again.standing, decisions: decisions(again, id) };
    const signed = accepted(await to.post('/v1/accounts/review', order, { key: 'q4' })).body;
    expect(signed).toMatchObject({ kept: again.accounts.length - 1, revoked: 1 });
    expect(accepted(await to.post('/v1/accounts/review', order, { key: 'q4' })).body).toEqual(signed);
    expect((await machine.get('/auth/me')).status).toBe(401);

    const { body: trail } = await to.get<{ events: { type: string; fields: object; actor: string }[] }>(
      '/v1/audit-trail?limit=500',
    );
    const events = trail.events.filter(({ type }) => type === 'AccountsReviewed');
    const { reviewId, kept, revoked, digest, actor } = signed;
    expect(events).toMatchObject([{ actor, fields: { reviewId, kept, revoked, digest } }]);
    expect(JSON.stringify(events)).not.toContain('在任中');

    const { body: log } = await to.get<{ entries: { view: string; actor: string }[] }>(
      `/v1/access-log?aboutId=${id}&limit=2`,
    );
    expect(log.entries.map((one) => [one.view, one.actor]).sort()).toEqual([
      ['grant-ended', actor],
      ['token-ended', actor],
    ]);
    const after = await review();
    expect(after).toMatchObject({ due: false, last: { reviewId } });
    expect(after.accounts.map((one) => one.id)).not.toContain(id);
    const days = (Date.parse(after.dueAt!) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(88);
    expect(days).toBeLessThan(93);
  });

  it('from the command line: a sheet to decide in, and its signing off', async () => {
    const enishi = cliOf(server);
    const shown = await enishi(['accounts', 'review']);
    expect([shown.code, shown.err]).toEqual([0, expect.stringContaining('The next is due')]);
    expect(shown.out).toContain('hr [営業部] –');
    const folder = mkdtempSync(path.join(tmpdir(), 'enishi-review-'));
    try {
      const file = path.join(folder, 'review.json');
      writeFileSync(file, (await enishi(['accounts', 'review', '--sheet'])).out);
      const unwritten = await enishi(['accounts', 'sign-off', file]);
      expect([unwritten.code, unwritten.err]).toEqual([2, expect.stringContaining('reason')]);
      const sheet = (await enishi(['accounts', 'review', '--sheet'])).out;
      writeFileSync(file, sheet.replaceAll('"reason": ""', '"reason": "still needed"'));
      const { code, out } = await enishi(['accounts', 'sign-off', file]);
      expect([code, out]).toEqual([0, expect.stringContaining(', 0 revoked')]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
