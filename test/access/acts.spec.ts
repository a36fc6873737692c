import { AccessLogReader, Accounts, Tokens, type AccessLogEntry } from '@enishi/access';
import { startApp, type TestApp } from './app';
import { Browser } from './browser';

const DAY_MS = 86_400_000;

describe('what is done about accounts', () => {
  let server: TestApp;
  let accounts: Accounts;
  let tokens: Tokens;
  let now: Date | undefined;

  beforeAll(async () => {
    server = await startApp({ clock: { now: () => (now ?? new Date()).toISOString() } });
    accounts = new Accounts(server.pool);
    tokens = new Tokens(server.pool);
  }, 60_000);
  afterAll(() => server?.close());
  afterEach(() => {
    now = undefined;
  });

  const about = async (aboutId: string): Promise<readonly AccessLogEntry[]> =>
    (await new AccessLogReader(server.pool).page({ aboutId }, 100)).entries.toReversed();
  const failures = async (): Promise<readonly AccessLogEntry[]> =>
    (await new AccessLogReader(server.pool).page({ view: 'sign-in-failed' }, 100)).entries;
  const call = (token: string, path = '/v1/alumni/x') =>
    fetch(server.url + path, { headers: { authorization: `Bearer ${token}` } });

  it('is in the access log with the change itself: who, whom, what; and a repeat leaves nothing', async () => {
    const operator = await accounts.createMachine('operator', 'system:test');
    const by = `staff:${operator.id}`;
    const { id } = await accounts.createMachine('auditor', by);
    const validUntil = new Date(Date.now() + DAY_MS);
    const grant = await accounts.grantRole({ accountId: id, role: 'auditor', validUntil }, by);
    await accounts.grantRole({ accountId: id, role: 'auditor', validUntil }, by, grant);
    const token = await tokens.createToken(id, validUntil, by);
    for (const _ of [1, 2]) await tokens.revokeToken(token.id, `token:${token.id}`);
    for (const _ of [1, 2]) await accounts.revokeGrant(grant, 'system:test');
    const until = `until:${validUntil.toISOString().slice(0, 19)}Z`;
    const noted = await about(id);
    expect(noted.map(({ view, actor, accountId, fields }) => [view, actor, accountId, fields])).toEqual([
      ['account-made', by, operator.id, ['machine']],
      ['role-granted', by, operator.id, ['role:auditor', `grant:${grant}`, until]],
      ['token-made', by, operator.id, [`token:${token.id}`]],
      ['token-ended', `token:${token.id}`, id, [`token:${token.id}`]],
      ['grant-ended', 'system:test', undefined, ['role:auditor', `grant:${grant}`]],
    ]);
    expect(JSON.stringify(noted)).not.toContain(token.token);
  });

  it('notes nothing of an order that changed nothing', async () => {
    const before = (await about('11111111-1111-4111-8111-111111111111')).length;
    const nobody = { accountId: '11111111-1111-4111-8111-111111111111', role: 'hr' } as const;
    await expect(accounts.grantRole(nobody, 'system:test')).rejects.toThrow('account-not-found');
    expect(await about(nobody.accountId)).toHaveLength(before);
  });

  it('signing in and out, with the last use of the account', async () => {
    const browser = new Browser(server.url);
    await browser.signIn('dev-auditor');
    const me = (await (await browser.request('/auth/me')).json()) as { accountId: string };
    const csrf = await browser.csrfToken();
    await browser.request('/auth/logout', { method: 'POST', headers: { 'x-enishi-csrf': csrf } });
    const noted = (await about(me.accountId)).filter(({ view }) => view.startsWith('signed'));
    const actor = `staff:${me.accountId}`;
    expect(noted.map((one) => [one.view, one.actor, one.accountId])).toEqual([
      ['signed-in', actor, me.accountId],
      ['signed-out', actor, me.accountId],
    ]);
    const account = (await accounts.listAccounts()).find(({ id }) => id === me.accountId);
    expect(Date.now() - account!.lastUsed!.getTime()).toBeLessThan(60_000);
  });

  it('what was refused, by code and tag of the address: no token, no address; and no more past the limit', async () => {
    const wrong = `enishi_${'x'.repeat(43)}`;
    for (let i = 0; i < 25; i++) await call(wrong);
    const noted = await failures();
    expect(noted).toHaveLength(20);
    expect(noted[0]).toMatchObject({ actor: 'system:sign-in', reason: 'token-not-valid', personIds: [] });
    expect(noted[0]).not.toHaveProperty('accountId');
    expect(noted[0]!.fields).toEqual([expect.stringMatching(/^client:[0-9a-f]{12}$/)]);
    for (const value of [wrong, '127.0.0.1']) expect(JSON.stringify(noted)).not.toContain(value);
  });

  it('a grant ends at its instant, on the next request, by the clock of the program', async () => {
    const { id } = await accounts.createMachine('two grants', 'system:test');
    const first = new Date(Date.now() + DAY_MS);
    const second = new Date(Date.now() + 2 * DAY_MS);
    await accounts.grantRole(
      { accountId: id, role: 'auditor', departments: ['営業部'], validUntil: first },
      'system:test',
    );
    await accounts.grantRole({ accountId: id, role: 'operator', validUntil: second }, 'system:test');
    const { token } = await tokens.createToken(id, new Date(Date.now() + 9 * DAY_MS), 'system:test');
    const at = async (instant: Date | undefined) => {
      now = instant;
      const [person, me] = [await call(token), await call(token, '/auth/me')];
      return [person.status, me.status, ((await me.json()) as { roles?: string[] }).roles];
    };
    expect(await at(undefined)).toEqual([200, 200, ['auditor', 'operator']]);
    expect(await at(new Date(first.getTime() - 1))).toEqual([200, 200, ['auditor', 'operator']]);
    expect(await at(first)).toEqual([403, 200, ['operator']]);
    expect(await at(second)).toEqual([403, 403, undefined]);
    now = undefined;
    const { scopes } = (await (await call(token)).json()) as { scopes: object[] };
    expect(scopes).toEqual([{ departments: ['営業部'], fields: [] }]);
    const used = (await accounts.listAccounts()).find((account) => account.id === id)!.lastUsed;
    expect(Date.now() - used!.getTime()).toBeLessThan(60_000);
  });
});
