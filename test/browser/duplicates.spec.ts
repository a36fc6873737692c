import { chromium, type Browser, type Page } from 'playwright-core';
import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { accepted, caughtUp, furnish, IN_PERSON } from '../e2e/support/steps';
import { expectAccessible } from './support/accessibility';

jest.setTimeout(120_000);

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
/** A folder for pictures, where somebody wants to look. */
const PICTURES = process.env['ENISHI_TEST_PICTURES'];

// A clerk's afternoon, in order: each step stands on the ones before. A machine without Chromium fails.
describe('duplicates in a real browser', () => {
  let server: TestServer;
  let browser: Browser;
  let page: Page;
  let to: Api;
  const said: string[] = [];
  const addresses: string[] = [];

  const clean = async (name: string): Promise<void> => {
    await expectAccessible(page);
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
  };
  const register = async (person: object): Promise<string> => {
    const employment = { department: '営業部', joinedOn: '2005-04-01', leftOn: '2015-03-31' };
    const whole = { employment, ...person };
    return accepted(await to.post<{ alumnusId: string }>('/v1/alumni', whole)).body.alumnusId;
  };
  const decide = async (button: string, reason: string): Promise<void> => {
    await page.getByRole('button', { name: button }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('理由').fill(reason);
    await clean(`dialog-${reason}`);
    await dialog.getByRole('button', { name: button }).click();
    await dialog.waitFor({ state: 'hidden' });
  };

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    server = await startServer();
    to = api(server);
    const { purposeId } = await furnish(to);
    const hanako = { kana: { family: 'タカハシ', given: 'ハナコ' }, birthDate: '1985-05-05' };
    const first = await register({
      ...hanako,
      employeeNumber: 'B-1',
      name: { family: '高橋', given: '花子' },
      email: 'hanako.t@example.jp',
      phone: '090-1234-5678',
    });
    await register({
      ...hanako,
      employeeNumber: 'B-2',
      name: { family: '佐藤', given: '花子' },
      kana: { family: 'サトウ', given: 'ハナコ' },
      formerNames: ['高橋'],
      email: 'hanako.s@example.jp',
      employment: { department: '開発部', joinedOn: '2018-04-01', leftOn: '2024-03-31' },
    });
    await register({ employeeNumber: 'B-3', name: { family: '森', given: '健' }, email: 'mori@example.jp' });
    await register({ employeeNumber: 'B-4', name: { family: '森', given: '進' }, email: 'mori@example.jp' });
    const answer = { channels: ['email'], language: 'ja', ...IN_PERSON, evidence: '署名' };
    accepted(await to.post(`/v1/alumni/${first}/consents/${purposeId}/grants`, answer));
    await caughtUp(to);
    page = await (
      await browser.newContext({ locale: 'ja-JP', viewport: { width: 1440, height: 900 } })
    ).newPage();
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => addresses.push(request.url()));
    await page.goto(server.url);
    await page.getByRole('button', { name: 'サインイン' }).click();
    await page.getByRole('button', { name: /中島 亮/ }).click();
    await page.getByRole('heading', { name: '今日やること' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('lists who looks like one person, and by what', async () => {
    await page.getByRole('link', { name: '重複の確認' }).click();
    await page.getByRole('heading', { name: '重複の確認' }).waitFor();
    await page.getByText('生年月日が同じで、旧姓が一致').waitFor();
    await page.getByText('2組のうち 2組').waitFor();
    await clean('list');
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await page.getByText('same date of birth, and a former name agrees').waitFor();
    await clean('list-en');
    await page.getByRole('button', { name: '日本語', exact: true }).click();
  });

  it('shows both records side by side, with what differs, and links them for a reason', async () => {
    await page
      .getByRole('link', { name: '高橋 花子と佐藤 花子を見比べる' })
      .or(page.getByRole('link', { name: '佐藤 花子と高橋 花子を見比べる' }))
      .click();
    await page.getByRole('heading', { name: '二つの記録を見比べる' }).waitFor();
    const birth = page.getByRole('row', { name: /^生年月日/ });
    await birth.getByText('一致').waitFor();
    await page.getByRole('row', { name: /^氏名/ }).getByText('相違').waitFor();
    await page
      .getByRole('row', { name: /^電話番号/ })
      .getByText('一方のみ')
      .waitFor();
    expect(await page.locator('main').textContent()).not.toContain('hanako.t@example.jp');
    await clean('pair');
    await decide('同じ人として紐づける', '本人に電話で確認した');
    await page.getByRole('status').getByText('同じ人として紐づけました').waitFor();
    await clean('linked');
  });

  it('names the linked record on the person’s page', async () => {
    const [linked] = (await to.get<{ pairs: { alumnusId: string }[] }>('/v1/duplicates?state=linked')).body
      .pairs;
    const { purposes } = (await to.get<{ purposes: { purposeId: string }[] }>('/v1/purposes')).body;
    const scope = `purpose=${purposes[0]!.purposeId}&channel=email`;
    await page.goto(`${server.url}/alumni?${scope}&person=${linked!.alumnusId}`);
    await page.getByText('同じ人として紐づけた記録:').waitFor();
    await clean('person');
    await page.getByRole('dialog').getByRole('link', { name: /花子/ }).click();
    await page.getByRole('heading', { name: '二つの記録を見比べる' }).waitFor();
  });

  it('undoes the link', async () => {
    await decide('紐づけを解除する', '同姓同名の別人だった');
    await page.getByRole('status').getByText('紐づけを解除しました').waitFor();
    await page.getByRole('button', { name: '同じ人として紐づける' }).waitFor();
  });

  it('notes that two are different people, who then leave the list', async () => {
    await page.getByRole('link', { name: '一覧へ戻る' }).click();
    await page.getByRole('link', { name: /森.*を見比べる/ }).click();
    await decide('別人として記録する', '家族で同じアドレスを使っている');
    await page.getByRole('link', { name: '一覧へ戻る' }).click();
    await page.getByText('1組のうち 1組').waitFor();
    await page.getByText('別人', { exact: true }).click();
    await page.getByRole('link', { name: /森.*を見比べる/ }).waitFor();
    await clean('dismissed');
  });

  it('fits a telephone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    /** How many pixels of a table lie beside the screen. */
    const beside = (): Promise<number> =>
      page.evaluate<number>(
        `(() => { const box = document.querySelector('.e-scroll'); return box.scrollWidth - box.clientWidth; })()`,
      );
    await page.getByRole('row', { name: /森 健/ }).getByRole('cell').first().waitFor();
    await clean('telephone-list');
    expect(await beside()).toBe(0);
    await page.getByRole('link', { name: /森.*を見比べる/ }).click();
    await page
      .getByRole('row', { name: /^メールアドレス/ })
      .getByText('一致')
      .waitFor();
    await clean('telephone');
    expect(await beside()).toBe(0);
    const width = await page.evaluate<number>('document.documentElement.scrollWidth');
    expect(width).toBeLessThanOrEqual(390);
  });

  it('never put personal data into an address, and reported no error', () => {
    expect(addresses.filter((url) => /花子|森|example\.jp/.test(decodeURIComponent(url)))).toEqual([]);
    expect(said).toEqual([]);
  });
});
