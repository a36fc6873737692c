import { readFileSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core';
import { generateLeavers } from '@enishi/intake';
import { api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { accepted, furnish, IN_PERSON, PARTY } from '../e2e/support/steps';
import { expectAccessibleInBoth } from './support/accessibility';

jest.setTimeout(90_000);

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const COUNT = 24;

/** The names and mail addresses of a file: nothing of it may ever stand in an address. */
function personalValues(file: Buffer): readonly string[] {
  const [header = '', ...lines] = file
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim()
    .split('\r\n');
  const names = header.split(',');
  const at = ['姓', '名', '姓カナ', '名カナ', 'メールアドレス', '電話番号'].map((name) =>
    names.indexOf(name),
  );
  return lines
    .flatMap((line) => at.map((index) => line.split(',')[index] ?? ''))
    .filter((value) => value !== '');
}

// One HR officer's first day, in order: each step stands on the ones before. A machine without Chromium fails.
describe('the console in a real browser', () => {
  const file = Buffer.concat([
    ...generateLeavers({ count: COUNT, seed: 11, layout: 'plain', encoding: 'utf-8' }),
  ]);
  let server: TestServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let personUrl: string;
  let purposeId: string;
  const accessible = (): Promise<void> => expectAccessibleInBoth(page);
  const said: string[] = [];
  const addresses: string[] = [];

  /** States what a form must not assume: where and how it was said, who said it, how that was confirmed. */
  const state = async (form: Locator, channel: string): Promise<void> => {
    await form.getByRole('checkbox', { name: channel }).check();
    await form.getByRole('combobox', { name: '取得方法' }).selectOption('exit-interview');
    await form.getByRole('combobox', { name: '意思表示の形' }).selectOption('document');
    await form.getByRole('combobox', { name: '本人確認の方法' }).selectOption('document-seen');
    await form.getByRole('combobox', { name: '意思を示した人' }).selectOption('person');
  };
  /** A browser of its own, signed in as somebody else; what its pages say counts too. */
  const as = async (name: RegExp): Promise<Page> => {
    const other = await (await browser.newContext({ locale: 'ja-JP' })).newPage();
    other.setDefaultTimeout(15_000);
    other.on('pageerror', (error) => said.push(error.message));
    await other.goto(server.url);
    await other.getByRole('button', { name: 'サインイン' }).click();
    await other.getByRole('button', { name }).click();
    await other.getByRole('heading', { name: '今日やること' }).waitFor();
    return other;
  };

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    server = await startServer();
    context = await browser.newContext({
      locale: 'ja-JP',
      // Far from Tokyo, where the console's times nevertheless are.
      timezoneId: 'America/New_York',
      viewport: { width: 1440, height: 900 },
    });
    context.on('request', (request) => addresses.push(request.url()));
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    page.on('console', (message) => {
      // The browser itself notes that nobody is signed in yet.
      const expected = message.location().url.endsWith('/auth/me');
      if (message.type() === 'error' && !expected) said.push(message.text());
    });
    page.on('pageerror', (error) => said.push(error.message));
    page.on('framenavigated', (frame) => addresses.push(frame.url()));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('says what it is before anybody is signed in', async () => {
    await page.goto(server.url);
    await page.getByRole('button', { name: 'サインイン' }).waitFor();
    await accessible();
  });

  it('signs in as the HR officer of development', async () => {
    await page.getByRole('button', { name: 'サインイン' }).click();
    await page.getByRole('button', { name: /中島 亮/ }).click();
    await page.getByRole('heading', { name: '今日やること' }).waitFor();
    await page.getByText('開発モード').waitFor();
    await page.getByRole('button', { name: /アカウント.*中島 亮/ }).click();
    await page.getByText('人事').last().waitFor();
    await page.keyboard.press('Escape');
  });

  it('explains what is missing first: the company, then a purpose', async () => {
    await page.getByRole('link', { name: '名簿', exact: true }).click();
    await page.getByRole('heading', { name: 'まず、会社の情報を登録します' }).waitFor();
    await page.getByText('npx enishi company set').waitFor();
    await accessible();
    const to = api(server);
    await to.put('/v1/company', { party: PARTY });
    await page.reload();
    await page.getByRole('banner').getByText('株式会社架空').waitFor();
    await page.getByRole('heading', { name: '使える利用目的がまだありません' }).waitFor();
    await accessible();
    ({ purposeId } = await furnish(to));
    await page.reload();
    await page.getByRole('heading', { name: 'まだだれも取り込まれていません' }).waitFor();
    await accessible();
  });

  it('takes a file in, tries it out and imports it', async () => {
    await page.getByRole('link', { name: '退職者を取り込む' }).click();
    await page.getByRole('heading', { name: '取り込み', exact: true }).waitFor();
    await accessible();
    const leavers = { name: 'leavers.csv', mimeType: 'text/csv', buffer: file };
    await page.locator('input[type=file]').setInputFiles(leavers);
    await page.getByRole('heading', { name: '列の対応付け' }).waitFor();
    await page.getByText('Enishi の標準書式').waitFor();
    await accessible();

    const joined = page.getByRole('combobox', { name: '「入社日」を取り込む項目' });
    await joined.selectOption('ignore');
    await page.getByText('必須の項目に対応する列がありません：入社日').waitFor();
    await accessible();
    await joined.selectOption('joinedOn');
    await page.getByRole('button', { name: '試しに読む' }).click();
    const run = page.getByRole('button', { name: new RegExp(`^${COUNT}(名|件)を取り込む$`) });
    await run.waitFor();
    await accessible();
    await run.click();
    await page.getByRole('heading', { name: `${COUNT}名を取り込みました` }).waitFor();
    await accessible();
  });

  it('finds the import again in the list', async () => {
    await page.getByRole('link', { name: '取り込み', exact: true }).click();
    await page.getByRole('cell', { name: '取り込み済み' }).waitFor();
    await accessible();
  });

  it('explains why nobody may be contacted yet, and leads to whom to ask', async () => {
    await page.getByRole('link', { name: '名簿', exact: true }).click();
    await page.getByRole('heading', { name: '連絡してよい人は、まだいません' }).waitFor();
    const funnel = page.getByRole('region', { name: '取り込みから連絡までの人数' });
    await funnel.getByText(`${COUNT}名`).first().waitFor();
    await accessible();
    await funnel.getByRole('link', { name: '同意を依頼する' }).click();
    await page.getByRole('row').nth(1).waitFor();
    await accessible();
    await page
      .getByRole('button', { name: /への依頼を記録$/ })
      .first()
      .waitFor();
  });

  it('searches by one character without putting it into the address', async () => {
    const before = page.url();
    const wanted = personalValues(file)[2]!.slice(0, 1);
    const search = page.getByRole('textbox', { name: '氏名・カナで探す' });
    const answer = page.waitForResponse((response) => response.url().endsWith('/v1/roster/search'));
    await search.fill(wanted);
    expect((await answer).status()).toBe(200);
    await page.getByRole('row').nth(1).waitFor();
    expect(page.url()).toBe(before);
    await search.fill('');
  });

  it('says no with its reason, and records a consent after a second look', async () => {
    await page.getByRole('row').nth(1).getByRole('link', { name: /なぜ$/ }).click();
    const drawer = page.getByRole('dialog').first();
    await drawer.getByText('連絡不可').waitFor();
    await drawer.getByText('never-asked').waitFor();
    await drawer.getByRole('heading', { name: '連絡できない理由' }).waitFor();
    personUrl = page.url();
    await accessible();

    await drawer.getByRole('button', { name: '同意を記録' }).click();
    const form = page.getByRole('dialog', { name: /^同意を記録/ });
    await form
      .getByRole('region', { name: /示した通知の文面/ })
      .getByText('株式会社架空')
      .first()
      .waitFor();
    await accessible();
    // Nobody has said anything yet, so the form says nothing either.
    for (const name of ['取得方法', '意思表示の形', '本人確認の方法', '意思を示した人'])
      expect(await form.getByRole('combobox', { name }).inputValue()).toBe('');
    expect(await form.getByRole('checkbox', { checked: true }).count()).toBe(0);
    await form.getByRole('button', { name: '内容を確かめる' }).click();
    await form.getByText('連絡手段を一つ以上選んでください。').waitFor();
    await form.getByText('実際に行った本人確認の方法を選んでください。').waitFor();
    await form.getByText('意思表示の形を選んでください。').waitFor();
    await form.getByText('意思を示した人を選んでください。').waitFor();
    await form.getByText('示した文面を確かめて、チェックしてください。').waitFor();
    await accessible();
    await state(form, 'メール');
    await form.getByRole('checkbox', { name: 'この文面を本人に示しました' }).check();
    await form.getByRole('textbox', { name: '証跡の説明' }).fill('退職面談で書面を受け取った');
    const scan = { name: 'form.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') };
    await form.locator('input[type=file]').setInputFiles(scan);
    await form.getByRole('button', { name: '内容を確かめる' }).click();
    await form.getByRole('heading', { name: '次の内容を記録します' }).waitFor();
    await accessible();
    await form.getByRole('button', { name: '1つの連絡手段の同意を記録' }).click();
    await form.getByText('同意を記録しました').waitFor();
    await accessible();
    await form.getByRole('button', { name: '閉じる' }).last().click();
  });

  it('shows the person as contactable, with the event that makes it so and its three times', async () => {
    const drawer = page.getByRole('dialog').first();
    await drawer.getByText('連絡可').waitFor();
    const event = drawer.locator('[data-event=ConsentGranted]');
    for (const time of ['発効', '判断', '記録']) await event.getByText(time, { exact: true }).waitFor();
    expect(await event.locator('time').allTextContents()).toEqual([
      expect.stringMatching(/^\d{4}年\d{1,2}月\d{1,2}日\([日月火水木金土]\) \d{2}:\d{2}(:\d{2})?$/),
      expect.anything(),
      expect.anything(),
    ]);
    await event.getByRole('button', { name: '本人の記録で見る' }).click();
    await drawer.locator('[data-event=AlumnusRegistered]').waitFor();
    await drawer.locator('[data-event=ConsentGranted][data-marked]').waitFor();
    await accessible();
    await drawer.getByRole('tab', { name: '同意' }).click();
    await drawer.getByRole('cell', { name: /同意あり/ }).waitFor();
    await accessible();
    await page.keyboard.press('Escape');
    await page.getByText('連絡できる人', { exact: true }).click();
    await page.getByRole('row').nth(1).getByText('同意あり').waitFor();
    await accessible();
  });

  it('shows a masked value for a reason, asked for once', async () => {
    await page.goto(personUrl);
    const drawer = page.getByRole('dialog').first();
    const reveal = drawer.getByRole('button', { name: /を表示$/ });
    await reveal.first().waitFor();
    const masked = await reveal.count();
    await reveal.first().click();
    const ask = page.getByRole('dialog', { name: '伏せた値を表示する理由' });
    await accessible();
    await ask.getByRole('textbox', { name: '理由' }).fill('本人から電話があったため');
    await ask.getByRole('button', { name: '理由を記録して表示' }).click();
    await ask.waitFor({ state: 'detached' });
    expect(await reveal.count()).toBe(masked - 1);
    await reveal.first().click();
    await reveal.nth(masked - 2).waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
  });

  it('keeps what was typed when the session ends, and goes on after signing in again', async () => {
    await page.goto(personUrl);
    await page.getByRole('button', { name: '拒否を記録' }).click();
    const form = page.getByRole('dialog', { name: /^拒否を記録/ });
    await state(form, '電話');
    await form.getByRole('checkbox', { name: 'この文面を本人に示しました' }).check();
    await form.getByRole('textbox', { name: '証跡の説明' }).fill('電話で確かめた');
    await form.getByRole('button', { name: '内容を確かめる' }).click();
    await context.clearCookies();
    const before = said.length;
    await form.getByRole('button', { name: '1つの連絡手段の拒否を記録' }).click();
    const expired = page.getByRole('dialog', { name: 'サインインの期限が切れました' });
    await expired.waitFor();
    await accessible();
    const opened = context.waitForEvent('page');
    await expired.getByRole('link', { name: '新しいタブでサインインする' }).click();
    await (await opened).getByRole('button', { name: /中島 亮/ }).click();
    await form.getByText('拒否を記録しました').waitFor();
    // The browser notes the 401; nothing else was said meanwhile.
    expect(said.splice(before).every((text) => text.includes('401'))).toBe(true);
  });

  it('records a withdrawal with what shows it', async () => {
    await page.goto(personUrl);
    await page.getByRole('button', { name: '撤回を記録' }).click();
    const form = page.getByRole('dialog', { name: /^撤回を記録/ });
    await state(form, 'メール');
    await form.getByRole('textbox', { name: '証跡の説明' }).fill('窓口で書面を受け取った');
    const scan = { name: 'w.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') };
    await form.locator('input[type=file]').setInputFiles(scan);
    await form.getByRole('button', { name: '内容を確かめる' }).click();
    await form.getByText('w.pdf').waitFor();
    await form.getByRole('button', { name: '1つの連絡手段の撤回を記録' }).click();
    await form.getByText('撤回を記録しました').waitFor();
    await form.getByRole('button', { name: '閉じる' }).last().click();
  });

  it('shows compliance what a consent stands on, for a reason, and tells seconds apart', async () => {
    const other = await as(/藤原 綾/);
    await other.goto(`${personUrl}&tab=record`);
    const event = other.locator('[data-event=ConsentGranted]');
    await event.getByRole('button', { name: '証跡を表示' }).click();
    const ask = other.getByRole('dialog', { name: '証跡を表示する理由' });
    await ask.getByRole('textbox', { name: '理由' }).fill('監査の質問に答えるため');
    await ask.getByRole('button', { name: '理由を記録して表示' }).click();
    await event.getByText('退職面談で書面を受け取った').waitFor();
    const kept = other.waitForEvent('download');
    await event.getByRole('button', { name: 'ファイルを保存' }).click();
    expect(readFileSync(await (await kept).path(), 'utf8')).toBe('%PDF-1.4');
    const person = new URL(personUrl).searchParams.get('person') ?? '';
    const { body } = await api(server).get<{ events: { recordedAt: string }[] }>(
      `/v1/alumni/${person}/history`,
    );
    const minutes = body.events.map(({ recordedAt }) => recordedAt.slice(0, 16));
    const times = await other.locator('[data-event] time').allTextContents();
    const precise = times.filter((_, index) => index % 3 === 0).map((text) => /:\d{2}:\d{2}$/.test(text));
    expect(precise).toEqual(minutes.map((minute) => minutes.filter((one) => one === minute).length > 1));
    await other.context().close();
  });

  it('tells an auditor who imports, and offers no place for a file', async () => {
    const other = await as(/岡本 恵/);
    await other.goto(`${server.url}/alumni/import`);
    await other.getByRole('heading', { name: '取り込みは、いまの役割では行えません' }).waitFor();
    expect(await other.locator('input[type=file]').count()).toBe(0);
    await other.context().close();
  });

  it('shows somebody who died as that, not as somebody to record a consent of', async () => {
    const to = api(server);
    const search = { purposeId, channel: 'email', mode: 'approachable' };
    const found = await to.post<{ rows: { alumnusId: string }[] }>('/v1/roster/search', search);
    const alumnusId = found.body.rows[0]!.alumnusId;
    const answer = { ...IN_PERSON, channels: ['email'], language: 'ja' };
    accepted(await to.post(`/v1/alumni/${alumnusId}/consents/${purposeId}/grants`, answer));
    accepted(await to.post(`/v1/alumni/${alumnusId}/death`, {}));
    const { revision } = (await to.get<{ revision: number }>(`/v1/alumni/${alumnusId}`)).body;
    const change = { phone: '090-1234-5678' };
    accepted(await to.patch(`/v1/alumni/${alumnusId}`, change, { ifMatch: revision }));
    await page.goto(`${server.url}/alumni?mode=excluded&person=${alumnusId}&tab=consent`);
    const drawer = page.getByRole('dialog').first();
    await drawer.getByRole('cell', { name: /死亡 記録された回答：同意あり/ }).waitFor();
    const grant = drawer.getByRole('button', { name: '同意を記録' });
    expect(await grant.getAttribute('data-variant')).toBe('default');
    expect(await drawer.getByRole('button', { name: '依頼を記録' }).count()).toBe(0);
    await accessible();
    await drawer.getByRole('tab', { name: '本人の記録' }).click();
    await drawer.locator('[data-event=AlumnusCorrected]').getByText('訂正した項目：電話').waitFor();
  });

  it('keeps the past of a purpose in reach after it was retired', async () => {
    const to = api(server);
    const { purposeId: news } = await furnish(to, 'news');
    accepted(await to.post(`/v1/purposes/${news}/retirement`, {}));
    await page.goto(`${server.url}/alumni?mode=excluded`);
    await page.getByRole('combobox', { name: '利用目的' }).selectOption(news);
    await page.getByText('この利用目的は廃止されています').waitFor();
    await page.getByRole('row').nth(1).waitFor();
    await accessible();
  });

  it('fits a telephone: nothing of the funnel leaves the page', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const language of ['English', '日本語']) {
      await page.getByRole('button', { name: language, exact: true }).click();
      await page.goto(`${server.url}/alumni?mode=excluded`);
      await page.getByRole('row').nth(1).waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    }
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('speaks English, completely, and remembers it', async () => {
    await page.goto(`${server.url}/alumni?mode=excluded`);
    await page.getByRole('button', { name: 'English', exact: true }).click();
    await page.getByRole('heading', { name: 'Roster' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Roster' }).waitFor();
    await page.getByRole('row').nth(1).getByText('Refused').or(page.getByText('No answer')).first().waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByRole('button', { name: '日本語', exact: true }).click();
    await page.getByRole('heading', { name: '名簿' }).waitFor();
  });

  it('never put personal data into an address, and reported no error', () => {
    const personal = personalValues(file).filter((value) => value.length > 1);
    const leaked = addresses.filter((url) => {
      const read = decodeURIComponent(url);
      return personal.some((value) => read.includes(value));
    });
    expect(leaked).toEqual([]);
    expect(addresses.filter((url) => !url.startsWith(server.url) && !url.startsWith('about:'))).toEqual([]);
    expect(said).toEqual([]);
  });
});
