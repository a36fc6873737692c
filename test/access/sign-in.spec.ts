import { startApp, type TestApp } from './app';
import { Browser } from './browser';

describe('signing in at the development identity provider', () => {
  let server: TestApp;
  const warned = jest.spyOn(console, 'warn');
  const informed = jest.spyOn(console, 'info');

  beforeAll(async () => {
    server = await startApp();
  }, 60_000);
  afterAll(() => server?.close());

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
});
