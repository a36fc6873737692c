import { chromium, type Browser, type Page } from 'playwright-core';
import { api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { accepted, CONTACT_POINT, PARTY } from '../e2e/support/steps';
import { expectAccessible } from './support/accessibility';

jest.setTimeout(120_000);

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
/** A folder for pictures, where somebody wants to look. */
const PICTURES = process.env['ENISHI_TEST_PICTURES'];
const PHONE = { width: 390, height: 800 };

describe('the public form for requests, in a browser', () => {
  let server: TestServer;
  let browser: Browser;

  const opened = async (scripts: boolean, path: string, dark = false): Promise<Page> => {
    const colorScheme = dark ? ('dark' as const) : ('light' as const);
    const context = await browser.newContext({ javaScriptEnabled: scripts, viewport: PHONE, colorScheme });
    const page = await context.newPage();
    page.setDefaultTimeout(30_000);
    await page.goto(server.url + path);
    return page;
  };
  const picture = async (page: Page, name: string): Promise<void> => {
    if (PICTURES !== undefined)
      await page.screenshot({ path: `${PICTURES}/request-form-${name}.png`, fullPage: true });
  };

  beforeAll(async () => {
    server = await startServer();
    const to = api(server);
    accepted(await to.put('/v1/company', { party: PARTY }));
    accepted(await to.put('/v1/company/contact-point', { contactPoint: CONTACT_POINT }));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('is filled in on a phone with scripts off: what is wrong is said, then a number is given', async () => {
    const page = await opened(false, '/requests/new?lang=ja');
    await page.getByLabel('ご請求の種類').selectOption('erasure');
    await page.getByLabel('ご本人の氏名').fill('𠮷野 結');
    await page.getByLabel('ご請求の内容').fill('連絡先を消去してください');
    await page.getByRole('button', { name: '請求を送る' }).click();
    expect(await page.getByRole('alert').innerText()).toContain('2 か所');
    await picture(page, 'wrong');
    expect(await page.getByLabel('ご本人の氏名').inputValue()).toBe('𠮷野 結');
    await page.getByLabel('ご請求の根拠').selectOption('no-longer-needed');
    await page.getByLabel('回答の送り先').fill('yui@example.jp');
    await page.getByRole('button', { name: '請求を送る' }).click();
    expect(await page.locator('h1').innerText()).toBe('ご請求を受け付けました');
    expect(await page.locator('strong').innerText()).toMatch(/^[0-9a-f]{8}$/);
    expect(page.url()).not.toMatch(/yui|%F0/);
    await picture(page, 'received');
    await page.context().close();
  });

  it.each([
    ['ja', false],
    ['en', true],
  ] as const)('is accessible in %s, empty, refused and taken (dark: %s)', async (language, dark) => {
    const page = await opened(true, `/requests/new?lang=${language}`, dark);
    await expectAccessible(page);
    await picture(page, `empty-${language}`);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.locator('button').click();
    await page.getByRole('alert').waitFor();
    await expectAccessible(page);
    await page.locator('#kind').selectOption('disclosure');
    for (const field of ['requester', 'asked', 'answerTo'])
      await page.locator(`#${field}`).fill(`text ${language}`);
    await page.locator('button').click();
    await page.locator('strong').waitFor();
    await expectAccessible(page);
    await picture(page, `taken-${language}`);
    await page.context().close();
  });
});
