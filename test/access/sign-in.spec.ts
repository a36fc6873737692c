import { hashOf } from '../../libs/access/src/secrets';
import { startApp, type TestApp } from './app';
import { Browser } from './browser';

describe('signing in at the development identity provider', () => {
  let server: TestApp;
  const printed: string[] = [];

  beforeAll(async () => {
    for (const method of ['warn', 'info', 'log', 'error'] as const) {
      jest.spyOn(console, method).mockImplementation((...values) => void printed.push(values.join(' ')));
    }
    server = await startApp();
  }, 60_000);
  afterAll(async () => {
    await server?.close();
    jest.restoreAllMocks();
  });

  it('goes through PKCE to a session that says who, what and its CSRF token', async () => {
    const browser = new Browser(server.url);
    const answer = await browser.signIn('dev-hr', '/roster?purpose=p1');
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/roster?purpose=p1');
    const me = (await (await browser.request('/auth/me')).json()) as Record<string, unknown>;
    expect(me).toMatchObject({
      name: '中島 亮',
      roles: ['hr'],
      sessionKind: 'cookie',
      mode: 'development',
      fields: ['contact', 'leaving-detail', 'employee-number'],
    });
    expect(me['actor']).toBe(`staff:${me['accountId'] as string}`);
  });

  it('asks for PKCE with S256, state and nonce, and keeps the verifier from the browser', async () => {
    const browser = new Browser(server.url);
    const login = await browser.request('/auth/login');
    const asked = new URL(login.headers.get('location')!).searchParams;
    expect(asked.get('code_challenge_method')).toBe('S256');
    for (const name of ['code_challenge', 'state', 'nonce']) expect(asked.get(name)).toMatch(/^[\w-]{43}$/);
    const { rows } = await server.owner.query<{ verifier: string }>(
      'SELECT verifier FROM access.sign_ins WHERE state_sha256 = $1',
      [hashOf(asked.get('state')!)],
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify([...browser.cookies, login.headers.get('location')])).not.toContain(
      rows[0]!.verifier,
    );
  });

  it('sets a session cookie no script reads, of which the database knows a hash only', async () => {
    const browser = new Browser(server.url);
    const answer = await browser.signIn('dev-auditor');
    const line = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('enishi-session='))!;
    expect(line).toMatch(/; HttpOnly/);
    expect(line).toMatch(/; SameSite=Lax/);
    expect(line).toMatch(/; Path=\//);
    const secret = browser.cookies.get('enishi-session')!;
    const { rows } = await server.owner.query<{ row: string; hash: Buffer }>(
      `SELECT s::text || encode(sealed, 'escape') AS row, sha256 AS hash FROM access.sessions s`,
    );
    expect(rows.some(({ hash }) => hash.equals(hashOf(secret)))).toBe(true);
    for (const { row } of rows) {
      expect(row).not.toContain(secret);
      expect(row).not.toContain('岡本');
    }
  });

  it('refuses another state, a state used before, and a state another browser was given', async () => {
    const browser = new Browser(server.url);
    const callback = new URL(await browser.chooseAtProvider('dev-hr'));
    const other = new URL(callback);
    other.searchParams.set('state', 'x'.repeat(43));
    const problem = async (from: Browser, url: URL) => {
      const answer = await from.request(url.href);
      expect(answer.headers.getSetCookie().join()).not.toContain('enishi-session=');
      return [answer.status, ((await answer.json()) as { message: string }).message];
    };
    expect(await problem(browser, other)).toEqual([401, 'sign-in-failed']);
    const stranger = new Browser(server.url);
    await stranger.request('/auth/login');
    expect(await problem(stranger, callback)).toEqual([401, 'sign-in-failed']);
    expect((await browser.request(callback.href)).status).toBe(302);
    expect(await problem(browser, callback)).toEqual([401, 'sign-in-failed']);
  });

  it('refuses a sign-in that took too long, and says so on a page to a browser', async () => {
    const browser = new Browser(server.url);
    const callback = await browser.chooseAtProvider('dev-hr');
    await server.owner.query(`UPDATE access.sign_ins SET expires_at = now() - interval '1 second'`);
    const answer = await browser.request(callback, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await answer.text()).toContain('もう一度サインインする');
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/auth/logout',
    'roster',
  ])('returns to / instead of %s', async (wanted) => {
    const answer = await new Browser(server.url).signIn('dev-hr', wanted);
    expect(answer.headers.get('location')).toBe('/');
  });

  it('sends a browser that came by another host name to the public one first', async () => {
    const answer = await fetch(
      `${server.url.replace('127.0.0.1', 'localhost')}/auth/login?return=/a%3Fb%3D1`,
      {
        redirect: 'manual',
      },
    );
    expect(answer.headers.get('location')).toBe(`${server.url}/auth/login?return=%2Fa%3Fb%3D1`);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  it('offers four invented people on a page that says what it is, and takes nobody else', async () => {
    const browser = new Browser(server.url);
    const { response, url } = await browser.follow('/auth/login');
    const html = await response.text();
    expect(html).toContain('開発専用です。');
    expect(html).toContain('Development only.');
    for (const name of ['藤原 綾', '中島 亮', '岡本 恵', '小野 隼']) expect(html).toContain(name);
    expect(html).not.toContain('<script');
    const forged = await browser.request(url, {
      method: 'POST',
      body: new URLSearchParams({ subject: 'root' }),
    });
    expect(forged.status).toBe(400);
    const elsewhere = await new Browser(server.url).request(url);
    expect(elsewhere.status).toBe(400);
  });

  it('ends the session for good on signing out', async () => {
    const browser = new Browser(server.url);
    await browser.signIn('dev-operator');
    const session = browser.cookies.get('enishi-session')!;
    const headers = { 'x-enishi-csrf': await browser.csrfToken() };
    const answer = await browser.request('/auth/logout', { method: 'POST', headers });
    expect(await answer.json()).toEqual({ next: '/' });
    expect(browser.cookies.has('enishi-session')).toBe(false);
    browser.cookies.set('enishi-session', session);
    expect((await browser.request('/auth/me')).status).toBe(401);
  });

  it.each([
    ['idle', `last_seen = now() - interval '2 hours 1 second'`],
    ['absolute', `expires_at = now() - interval '1 second'`],
  ])('ends at its %s limit', async (_, change) => {
    const browser = new Browser(server.url);
    await browser.signIn('dev-hr');
    await server.owner.query(`UPDATE access.sessions SET ${change} WHERE sha256 = $1`, [
      hashOf(browser.cookies.get('enishi-session')!),
    ]);
    const answer = await browser.request('/auth/me');
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ message: 'not-signed-in' });
  });

  it('wants the CSRF token of this session with everything that is not a mere read', async () => {
    const browser = new Browser(server.url);
    const neighbour = new Browser(server.url);
    await browser.signIn('dev-hr');
    await neighbour.signIn('dev-hr');
    const post = (token?: string) =>
      browser.request('/v1/alumni', { method: 'POST', headers: token ? { 'x-enishi-csrf': token } : {} });
    expect((await post()).status).toBe(403);
    expect(await (await post('guess')).json()).toMatchObject({ message: 'csrf-token-missing' });
    expect((await post(await neighbour.csrfToken())).status).toBe(403);
    expect((await post(await browser.csrfToken())).status).toBe(201);
  });

  it('prints nothing of its provider', () => {
    expect(printed.filter((line) => line.includes('oidc-provider'))).toEqual([]);
  });
});
