import { Accounts } from '@enishi/access';
import { startApp, type TestApp } from './app';
import { Browser } from './browser';
import { startIssuer, type Claims, type FakeIssuer } from './issuer';

describe('tokens of an issuer', () => {
  let issuer: FakeIssuer;
  let server: TestApp;
  let accounts: Accounts;

  beforeAll(async () => {
    issuer = await startIssuer('enishi');
    server = await startApp({
      mode: 'production',
      oidc: { issuer: issuer.issuer, audience: 'https://api.example' },
    });
    accounts = new Accounts(server.pool);
  }, 60_000);
  afterAll(async () => {
    await server?.close();
    await issuer?.close();
  });

  const now = () => Math.floor(Date.now() / 1000);
  const access = (change: Claims = {}): Claims => ({
    iss: issuer.issuer,
    aud: 'https://api.example',
    sub: 'hr-1',
    iat: now(),
    exp: now() + 60,
    ...change,
  });
  const call = async (token: string) => {
    const answer = await fetch(`${server.url}/auth/me`, { headers: { authorization: `Bearer ${token}` } });
    return [answer.status, (await answer.json()) as Record<string, unknown>] as const;
  };

  describe('as bearer', () => {
    beforeAll(async () => {
      const { id } = await accounts.ensureStaff(issuer.issuer, 'hr-1', 'system:test');
      await accounts.grantRole({ accountId: id, role: 'hr' }, 'system:test');
    });

    it('is taken, with or without the type of RFC 9068, and needs no CSRF token', async () => {
      expect(await call(await issuer.sign(access()))).toMatchObject([
        200,
        { roles: ['hr'], sessionKind: 'bearer' },
      ]);
      const typed = await issuer.sign(access(), { typ: 'at+jwt' });
      expect((await call(typed))[0]).toBe(200);
      const post = await fetch(`${server.url}/v1/alumni`, {
        method: 'POST',
        headers: { authorization: `Bearer ${typed}` },
      });
      expect(post.status).toBe(201);
    });

    it('allows clocks to differ a little', async () => {
      expect((await call(await issuer.sign(access({ exp: now() - 10 }))))[0]).toBe(200);
    });

    it.each<[string, () => Promise<string> | string]>([
      ['alg none', () => issuer.unsigned(access())],
      ['the wrong audience', () => issuer.sign(access({ aud: 'enishi' }))],
      ['no audience', () => issuer.sign(access({ aud: undefined }))],
      ['another issuer', () => issuer.sign(access({ iss: 'https://other.example' }))],
      ['an end long past', () => issuer.sign(access({ exp: now() - 300 }))],
      ['no end', () => issuer.sign({ ...access(), exp: undefined })],
      ['another key', () => issuer.sign(access(), { key: issuer.foreignKey })],
      ['the claims of an ID token', () => issuer.sign(access({ nonce: 'n' }))],
      ['the claims of a logout token', () => issuer.sign(access({ events: {} }))],
      ['the type of something else', () => issuer.sign(access(), { typ: 'logout+jwt' })],
      ['no shape', () => 'abc'],
    ])('is refused with %s', async (_, make) => {
      const [status, body] = await call(await make());
      // Past the limit of failures, the same refusal comes as 429.
      expect([status, body['message']]).toEqual([401, 'not-signed-in']);
    });

    it('is refused with an HMAC made with the public key', async () => {
      const jwks = (await (await fetch(`${issuer.issuer}/jwks`)).json()) as { keys: object[] };
      const { SignJWT } = await import('jose');
      const forged = await new SignJWT(access())
        .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
        .sign(Buffer.from(JSON.stringify(jwks.keys[0])));
      expect((await call(forged))[0]).toBe(401);
    });

    it('of somebody without an account answers 403 account-unknown', async () => {
      expect(await call(await issuer.sign(access({ sub: 'stranger' })))).toMatchObject([
        403,
        { message: 'account-unknown' },
      ]);
    });
  });

  describe('as ID token at sign-in', () => {
    async function signIn(idToken: FakeIssuer['idToken']) {
      issuer.idToken = idToken;
      const browser = new Browser(server.url);
      const login = await browser.request('/auth/login');
      const asked = new URL(login.headers.get('location')!).searchParams;
      issuer.nonce = asked.get('nonce')!;
      return browser.request(`/auth/callback?code=c&state=${asked.get('state')!}`);
    }
    const message = async (answer: Response) => [
      answer.status,
      ((await answer.json()) as { message: string }).message,
    ];

    it('signs in with the verifier, and signing out ends at the issuer', async () => {
      const answer = await signIn((claims) => issuer.sign({ ...claims, sub: 'hr-1' }));
      expect(answer.status).toBe(302);
      expect(issuer.verifier).toMatch(/^[\w-]{43}$/);
      const cookie = answer.headers
        .getSetCookie()
        .find((line) => line.startsWith('enishi-session='))!
        .split(';')[0]!;
      const me = (await (await fetch(`${server.url}/auth/me`, { headers: { cookie } })).json()) as Claims;
      const out = await fetch(`${server.url}/auth/logout`, {
        method: 'POST',
        headers: { cookie, 'x-enishi-csrf': me['csrfToken'] as string },
      });
      const next = new URL(((await out.json()) as { next: string }).next);
      expect(next.origin + next.pathname).toBe(`${issuer.issuer}/end`);
      expect(next.searchParams.get('post_logout_redirect_uri')).toBe(`${server.url}/`);
      expect(next.searchParams.get('id_token_hint')).toMatch(/^eyJ/);
    });

    it.each<[string, FakeIssuer['idToken']]>([
      ['another nonce', (claims) => issuer.sign({ ...claims, nonce: 'other' })],
      ['another audience', (claims) => issuer.sign({ ...claims, aud: 'other' })],
      ['another key', (claims) => issuer.sign(claims, { key: issuer.foreignKey })],
      ['alg none', (claims) => Promise.resolve(issuer.unsigned(claims))],
    ])('is refused with %s', async (_, idToken) => {
      expect(await message(await signIn(idToken))).toEqual([401, 'sign-in-failed']);
    });

    it('of somebody unknown, or whose grants have ended, answers 403 account-unknown', async () => {
      const as = (sub: string) => signIn((claims) => issuer.sign({ ...claims, sub }));
      expect(await message(await as('stranger'))).toEqual([403, 'account-unknown']);
      const { id } = await accounts.ensureStaff(issuer.issuer, 'former', 'system:test');
      const grant = await accounts.grantRole({ accountId: id, role: 'hr' }, 'system:test');
      expect((await as('former')).status).toBe(302);
      await accounts.revokeGrant(grant, 'system:test');
      expect(await message(await as('former'))).toEqual([403, 'account-unknown']);
    });

    it('lets two tabs sign in at once', async () => {
      const browser = new Browser(server.url);
      const begun = [];
      for (let tab = 0; tab < 2; tab++) {
        const login = await browser.request('/auth/login');
        begun.push(new URL(login.headers.get('location')!).searchParams);
      }
      for (const asked of begun) {
        issuer.nonce = asked.get('nonce')!;
        issuer.idToken = (claims) => issuer.sign({ ...claims, sub: 'hr-1' });
        expect((await browser.request(`/auth/callback?code=c&state=${asked.get('state')!}`)).status).toBe(
          302,
        );
      }
    });

    it('refuses the issuer’s own refusal', async () => {
      const browser = new Browser(server.url);
      const login = await browser.request('/auth/login');
      const state = new URL(login.headers.get('location')!).searchParams.get('state')!;
      const answer = await browser.request(`/auth/callback?error=access_denied&state=${state}`);
      expect(await message(answer)).toEqual([401, 'sign-in-failed']);
    });
  });

  it('stops answering an address that keeps failing, and logs neither address nor name nor token', async () => {
    let last = 0;
    for (let i = 0; i < 30 && last !== 429; i++) [last] = await call(`enishi_${'x'.repeat(42)}${i % 10}`);
    expect(last).toBe(429);
    expect((await fetch(`${server.url}/auth/login`, { redirect: 'manual' })).status).toBe(429);
    // A good token from the same address is answered all the same.
    expect((await call(await issuer.sign(access())))[0]).toBe(200);
    const logs = server.logs.join('\n');
    expect(logs).toContain('sign-in-failed');
    for (const secret of ['127.0.0.1"', '秘密', 'eyJ', 'enishi_x', 'stranger', 'hr-1'])
      expect(logs).not.toContain(secret);
  });
});

describe('an issuer that does not answer', () => {
  it('means 503, and the next request tries again', async () => {
    const issuer = await startIssuer('enishi');
    const server = await startApp({ mode: 'production', oidc: { issuer: issuer.issuer, audience: 'a' } });
    await issuer.close();
    const answer = await fetch(`${server.url}/auth/login`, { redirect: 'manual' });
    expect(answer.status).toBe(503);
    const bearer = await fetch(`${server.url}/auth/me`, { headers: { authorization: 'Bearer a.b.c' } });
    expect(bearer.status).toBe(503);
    expect(await bearer.json()).toMatchObject({ message: 'identity-provider-unavailable' });
    await server.close();
  }, 60_000);
});
