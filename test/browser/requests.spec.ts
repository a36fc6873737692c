import { readFileSync } from 'node:fs';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import { accepted, caughtUp, furnish } from '../e2e/support/steps';
import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { expectAccessible, expectAccessibleInBoth } from './support/accessibility';

jest.setTimeout(120_000);

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
/** A folder for pictures, where somebody wants to look. */
const PICTURES = process.env['ENISHI_TEST_PICTURES'];
const PERSON = {
  employeeNumber: 'K-1',
  name: { family: '𠮷野', given: '結' },
  kana: { family: 'ヨシノ', given: 'ユイ' },
  email: 'yui@example.jp',
  employment: { department: '営業部', joinedOn: '2005-04-01', leftOn: '2015-03-31' },
};

// A request on its way over the desk, in order: each step stands on the ones before. A machine without Chromium fails.
describe('the work list and the requests desk in a real browser', () => {
  let server: TestServer;
  let browser: Browser;
  let to: Api;
  let hr: Page;
  let compliance: Page;
  let address: string;
  const said: string[] = [];
  const addresses: string[] = [];

  const as = async (name: RegExp): Promise<Page> => {
    const context = await browser.newContext({ locale: 'ja-JP', viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => addresses.push(request.url()));
    await page.goto(server.url);
    await page.getByRole('button', { name: 'サインイン' }).click();
    await page.getByRole('button', { name }).click();
    await page.getByRole('heading', { name: '今日やること' }).waitFor();
    return page;
  };
  const picture = async (page: Page, name: string): Promise<void> => {
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
  };
  /** A dialog, opened by a button of the page, looked at while it is empty. */
  const dialog = async (page: Page, button: string): Promise<Locator> => {
    const item = page.getByRole('menuitem', { name: button });
    const direct = page.getByRole('button', { name: button, exact: true });
    if ((await direct.count()) === 0) await page.getByRole('button', { name: 'その他の操作' }).click();
    await direct.or(item).first().click();
    const opened = page.getByRole('dialog');
    await opened.waitFor();
    await picture(page, `dialog-${button}`);
    return opened;
  };
  const told = (page: Page, text: string | RegExp) => page.getByRole('status').getByText(text).waitFor();
  const fits = async (page: Page): Promise<void> =>
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    server = await startServer();
    to = api(server);
    await furnish(to);
    accepted(await to.post('/v1/alumni', PERSON));
    await caughtUp(to);
    hr = await as(/中島 亮/);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('begins with what waits: where nothing does, it says so, and what would come', async () => {
    await hr.getByRole('heading', { name: 'いま、お待ちしているものはありません' }).waitFor();
    await expectAccessibleInBoth(hr);
    await picture(hr, 'work-empty');
  });

  it('lists what waits by what is wanted, and leads to where it is done', async () => {
    const twin = { ...PERSON, employeeNumber: 'K-2', name: { family: '吉野', given: '結' } };
    accepted(await to.post('/v1/alumni', twin));
    await caughtUp(to);
    await hr.reload();
    const entry = hr.getByRole('listitem').filter({ hasText: '同じ人と思われる記録の確認' });
    await entry.getByText('1件', { exact: true }).waitFor();
    await expectAccessible(hr);
    await picture(hr, 'work');
    await entry.getByRole('link', { name: /を開く$/ }).click();
    await hr.getByRole('heading', { name: '重複の確認' }).waitFor();
  });

  it('takes a request in that came on paper; what is missing is said, what was typed stays', async () => {
    await hr.getByRole('link', { name: '請求', exact: true }).click();
    await hr.getByRole('heading', { name: '対応を待つ請求はありません' }).waitFor();
    await expectAccessibleInBoth(hr);
    await picture(hr, 'requests-empty');
    let form = await dialog(hr, '請求を受け付ける');
    await form.getByRole('button', { name: '受け付ける', exact: true }).click();
    await form.getByText('選んでください。').first().waitFor();
    await expectAccessible(hr);
    await form.getByRole('textbox', { name: '本人の氏名' }).fill('𠮷野 結');
    await form.getByRole('button', { name: 'やめる' }).click();
    form = await dialog(hr, '請求を受け付ける');
    expect(await form.getByRole('textbox', { name: '本人の氏名' }).inputValue()).toBe('𠮷野 結');
    await form.getByRole('combobox', { name: '届いた方法' }).selectOption('paper');
    await form.getByRole('combobox', { name: '請求の種類' }).selectOption('erasure');
    await form.getByRole('combobox', { name: '請求の理由' }).selectOption('no-longer-needed');
    await form.getByRole('textbox', { name: '請求の内容' }).fill('連絡先を消去してください');
    await form.getByRole('combobox', { name: '希望する回答の方法' }).selectOption('paper');
    await form.getByRole('textbox', { name: '回答の送り先' }).fill('東京都千代田区架空町9-9-9');
    await form.getByRole('button', { name: '受け付ける', exact: true }).click();
    await hr.getByRole('heading', { name: /^消去の請求 [0-9a-f]{8}$/ }).waitFor();
    address = hr.url();
    await hr.getByText('本人確認待ち').waitFor();
    await hr.getByText('あと14日').waitFor();
    await expectAccessibleInBoth(hr);
    await picture(hr, 'request');
  });

  it('explains why it stands there, and why it is due then', async () => {
    await hr.getByRole('button', { name: 'なぜ' }).click();
    const why = hr.getByRole('dialog', { name: 'なぜこの状態か' });
    await why.getByText(/39条1項/).waitFor();
    await why.locator('[data-event=RequestReceived]').waitFor();
    await expectAccessible(hr);
    await picture(hr, 'why');
    await why.getByRole('button', { name: '閉じる' }).click();
  });

  it('matches it with a record, whose masked contact is shown for a reason', async () => {
    const form = await dialog(hr, '本人の記録を探す');
    await form.getByRole('textbox', { name: '氏名・カナで探す' }).fill('ヨシ');
    await form.getByRole('button', { name: '𠮷野 結の記録に結び付ける' }).waitFor();
    await expectAccessible(hr);
    await picture(hr, 'match');
    await form.getByRole('button', { name: '𠮷野 結の記録に結び付ける' }).click();
    await told(hr, '本人の記録に結び付けました。');
    await hr.getByRole('button', { name: 'メールを表示' }).click();
    const ask = hr.getByRole('dialog', { name: '伏せた値を表示する理由' });
    await ask.getByRole('textbox', { name: '理由' }).fill('届いた請求と照合するため');
    await ask.getByRole('button', { name: '理由を記録して表示' }).click();
    await hr.getByText(PERSON.email).waitFor();
  });

  it('records what was seen of who asks; typed words outlive the session', async () => {
    const form = await dialog(hr, '本人確認を記録');
    await expectAccessible(hr);
    await form.getByRole('radio', { name: '確認できた' }).check();
    await form.getByRole('combobox', { name: '確認の方法' }).selectOption('document-seen');
    await form.getByRole('textbox', { name: '何を見たか' }).fill('運転免許証の氏名と住所');
    await hr.context().clearCookies();
    await form.getByRole('button', { name: '結果を記録' }).click();
    const expired = hr.getByRole('dialog', { name: 'サインインの期限が切れました' });
    const opened = hr.context().waitForEvent('page');
    await expired.getByRole('link', { name: '新しいタブでサインインする' }).click();
    await (await opened).getByRole('button', { name: /中島 亮/ }).click();
    await told(hr, /本人確認の結果を記録しました/);
    await hr.getByText('決定は、法務・コンプライアンスの役割の人が行います。').waitFor();
    expect(await hr.getByRole('button', { name: '決定を記録' }).count()).toBe(0);
  });

  it('tells of two clerks the later one kindly what the other did, and keeps what was typed', async () => {
    compliance = await as(/藤原 綾/);
    await compliance.goto(address);
    const form = await dialog(compliance, '決定を記録');
    await form.getByRole('radio', { name: '延期する' }).check();
    await form.getByRole('combobox', { name: '保存が必要な文書' }).waitFor();
    await form.getByRole('radio', { name: '応じる', exact: true }).check();
    expect(await form.getByRole('combobox', { name: '保存が必要な文書' }).count()).toBe(0);
    await form.getByRole('textbox', { name: '理由' }).fill('請求のとおり');
    const other = await dialog(hr, 'メモを追加');
    await other.getByRole('textbox', { name: 'メモ' }).fill('本人に電話で確認した');
    await other.getByRole('button', { name: '追加' }).click();
    await told(hr, 'メモを追加しました。');
    await form.getByRole('button', { name: '決定を記録' }).click();
    await form.getByText('ほかの人が先に記録しました').waitFor();
    await form.getByText(/中島 亮 請求にメモを追加/).waitFor();
    expect(await form.getByRole('textbox', { name: '理由' }).inputValue()).toBe('請求のとおり');
    await expectAccessible(compliance);
    await picture(compliance, 'meanwhile');
    await form.getByRole('button', { name: '決定を記録' }).click();
    await told(compliance, /決定を記録しました/);
  });

  it('has it carried out where the data is, told, and closed', async () => {
    await hr.reload();
    let form = await dialog(hr, '作業を頼む');
    await form.getByRole('textbox', { name: 'システム' }).fill('名刺管理システム');
    await form.getByRole('textbox', { name: '頼むこと' }).fill('連絡先を消す');
    await form.getByRole('button', { name: '頼む', exact: true }).click();
    await told(hr, '作業を頼みました。');
    form = await dialog(hr, '作業の回答を記録');
    await form.getByRole('radio', { name: '対応済み' }).check();
    await form.getByRole('textbox', { name: '示すもの' }).fill('作業記録 2026-123');
    await form.getByRole('button', { name: '回答を記録' }).click();
    await told(hr, '作業の回答を記録しました。');
    await hr.getByRole('tab', { name: '作業 1' }).click();
    await hr.getByRole('tabpanel').getByText('作業記録 2026-123').waitFor();
    await expectAccessibleInBoth(hr);
    await picture(hr, 'tasks');
    form = await dialog(hr, '対応を記録');
    await form.getByRole('textbox', { name: '行ったこと' }).fill('連絡先を消去');
    await form.getByRole('button', { name: '対応を記録' }).click();
    form = await dialog(hr, '通知を記録');
    await form.getByRole('combobox', { name: '送り方' }).selectOption('post');
    await form.getByRole('textbox', { name: '伝えた内容' }).fill('連絡先を消去しました');
    await form.getByRole('textbox', { name: '示すもの' }).fill('書留 123-45-67890-1');
    await picture(hr, 'notify');
    await form.getByRole('button', { name: '通知を記録' }).click();
    await hr.getByRole('tab', { name: '文書' }).click();
    await hr.getByRole('tab', { name: 'メモ' }).click();
    await hr.getByRole('tabpanel').getByText('本人に電話で確認した').waitFor();
    form = await dialog(hr, '資料を添付');
    const letter = { name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') };
    await form.locator('input[type=file]').setInputFiles(letter);
    await form.getByRole('textbox', { name: '資料' }).fill('届いた手紙');
    await expectAccessible(hr);
    await form.getByRole('button', { name: '添付', exact: true }).click();
    await told(hr, '資料を添付しました。');
    const kept = hr.waitForEvent('download');
    await hr.getByRole('tabpanel').getByRole('button', { name: 'ファイルを保存' }).click();
    expect(readFileSync(await (await kept).path(), 'utf8')).toBe('%PDF-1.7');
    form = await dialog(hr, '完了にする');
    await form.getByRole('button', { name: '完了にする' }).click();
    await told(hr, /完了にしました/);
    await hr.getByText('完了', { exact: true }).waitFor();
    await expectAccessible(hr);
  });

  it('narrows the desk by filters in the address, each taken away again, a page at a time', async () => {
    const received = { cameBy: 'phone', party: 'person', answerForm: 'electronic', language: 'ja' };
    const asked = { ...received, requester: '架空 次郎', asked: '開示' };
    const day = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
    for (const [kind, days] of [
      ['disclosure', 16],
      ['correction', 12],
      ['disclosure', 1],
    ] as const)
      accepted(await to.post('/v1/requests', { ...asked, kind, arrivedAt: day(days) }));
    await hr.goto(`${server.url}/requests`);
    await hr.getByText('2日超過').waitFor();
    await hr.getByText('3件', { exact: true }).waitFor();
    await expectAccessibleInBoth(hr);
    await picture(hr, 'requests');
    await hr.getByRole('combobox', { name: '種類' }).selectOption('disclosure');
    await hr.getByText('2件', { exact: true }).waitFor();
    expect(new URL(hr.url()).search).toBe('?kind=disclosure');
    await hr.getByRole('combobox', { name: '期限' }).selectOption('over');
    await hr.getByText('1件', { exact: true }).waitFor();
    await hr.getByRole('button', { name: '種類：開示 を外す' }).click();
    await hr.getByRole('button', { name: 'すべて外す' }).click();
    await hr.getByText('3件', { exact: true }).waitFor();
    await hr.getByRole('combobox', { name: '状態' }).selectOption('closed');
    await hr.getByRole('row').nth(1).getByText('𠮷野 結').waitFor();
  });

  it('fits a telephone, and the dark', async () => {
    await hr.setViewportSize({ width: 390, height: 844 });
    await hr.emulateMedia({ colorScheme: 'dark' });
    for (const [name, url] of [
      ['request', address],
      ['requests', `${server.url}/requests`],
      ['work', `${server.url}/work`],
    ] as const) {
      await hr.goto(url);
      await hr.getByRole('heading', { level: 1 }).waitFor();
      await hr.locator('ol li, table tbody tr, .mantine-SegmentedControl-root ~ *').first().waitFor();
      await expectAccessibleInBoth(hr);
      await fits(hr);
      await picture(hr, `telephone-${name}`);
    }
  });

  it('put nothing personal into an address, and reported no error', () => {
    const leaked = addresses.filter((url) =>
      /野 結|ヨシ|example\.jp|架空|千代田/.test(decodeURIComponent(url)),
    );
    expect(leaked).toEqual([]);
    expect(said).toEqual([]);
  });
});
