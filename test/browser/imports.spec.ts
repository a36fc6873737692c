import * as iconv from 'iconv-lite';
import { chromium, type Browser, type Page } from 'playwright-core';
import { accepted, caughtUp, furnish, importFile } from '../e2e/support/steps';
import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { zipOf, type ZipEntry } from '../support/zips';
import { expectAccessibleInBoth } from './support/accessibility';

jest.setTimeout(120_000);

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
const GIVEN = ['一', '二', '三', '四'];
const LEAVERS = [
  '社員番号,姓,名,入社年月日,退職年月日,退職区分,雇用形態,メールアドレス',
  ...GIVEN.map(
    (given, at) => `B-${at + 1},縁野,${given},2010-04-01,2024-03-31,自己都合,正社員,b${at}@example.jp`,
  ),
].join('\n');
const HEADER =
  '社員番号,氏名,利用目的,版,連絡手段,回答,同意日,同意方法,取得方法,本人確認,言語,同意書ファイル名';
const scan = (name: string, text = '%PDF-1.7') => {
  return { name, mimeType: 'application/pdf', buffer: Buffer.from(text) };
};

// A list of consents on its way through the console: HR hands it in with scans, compliance approves, HR takes it back.
describe('imports in a real browser', () => {
  let server: TestServer;
  let browser: Browser;
  let to: Api;
  let hr: Page;
  let compliance: Page;
  let importUrl: string;
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

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    server = await startServer();
    to = api(server);
    await furnish(to);
    await importFile(to, Buffer.from(LEAVERS));
    await caughtUp(to);
    hr = await as(/中島 亮/);
    compliance = await as(/藤原 綾/);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('takes a list of consents in, and the scans that its rows name', async () => {
    const now = new Date().toISOString();
    const row = (who: number, answer: string, file: string, version = '1') =>
      `B-${who},縁野${GIVEN[who - 1]},rehire,${version},email,${answer},${now},document,paper,document-seen,ja,${file}`;
    const list = [
      HEADER,
      row(1, '同意', '一.pdf'),
      row(2, '同意', ''),
      row(3, '同意', 'ない.pdf'),
      row(4, '不同意', ''),
    ];
    await hr.goto(`${server.url}/alumni/import`);
    await hr.getByText('同意', { exact: true }).click();
    await hr.getByText('書面やほかの仕組みで得た同意').waitFor();
    await expectAccessibleInBoth(hr);
    const buffer = Buffer.from(list.join('\n'));
    await hr
      .locator('input[type=file]')
      .setInputFiles({ name: 'consents.csv', mimeType: 'text/csv', buffer });
    await hr.getByRole('heading', { name: '同意の一覧の取り込み' }).waitFor();
    await hr.getByText('まだ 1 件も預かっていません。').waitFor();
    importUrl = hr.url();
    const files = [scan('だれのもの.pdf', '%PDF-1.7 2'), scan('memo.pdf', 'no scan')];
    await hr.locator('input[type=file]').setInputFiles(files);
    await hr.getByText(/1件を預かっています/).waitFor();
    await hr.getByText(/memo\.pdf: PDF・PNG・JPEG・TIFF のどれでもない/).waitFor();
    await expectAccessibleInBoth(hr);
  });

  it('opens a zip of Japanese Windows, and takes of it what is whole and lies in it', async () => {
    const cp932 = (name: string) => iconv.encode(name, 'cp932');
    const data = Buffer.from('%PDF-1.7');
    const zip = (entries: readonly ZipEntry[], name = 'scans.zip') => {
      return { name, mimeType: 'application/zip', buffer: zipOf(entries) };
    };
    const files = [
      zip([
        { name: cp932('部\\一.pdf'), data },
        { name: cp932('部\\Thumbs.db'), data },
        { name: cp932('表ソ.pdf'), data, checksum: 1 },
        { name: Buffer.from('../外.pdf'), data },
        { name: Buffer.from('大.pdf'), data, declared: 3 },
      ]),
      zip([{ name: Buffer.from('a.pdf'), data, flags: 1 }], 'locked.zip'),
      {
        name: 'cut.zip',
        mimeType: 'application/zip',
        buffer: zipOf([{ name: 'b.pdf', data }]).subarray(0, 40),
      },
    ];
    await hr.locator('input[type=file]').setInputFiles(files);
    await hr.getByText(/2件を預かっています/).waitFor();
    for (const told of [/表ソ\.pdf: .*壊れて/, /外\.pdf: ZIP ファイルの外/, /大\.pdf: .*壊れて/])
      await hr.getByText(told).waitFor();
    for (const told of [/locked\.zip: パスワード/, /cut\.zip: .*壊れて/]) await hr.getByText(told).waitFor();
    await expectAccessibleInBoth(hr);
  });

  it('forecasts what they come to, by row and by scan', async () => {
    await hr.getByRole('button', { name: '試しに読む' }).click();
    await hr.getByRole('button', { name: '3件を取り込む' }).waitFor();
    await hr.getByText('だれのもの.pdf').waitFor();
    await hr.getByRole('heading', { name: '行と対応したファイル 1件' }).waitFor();
    await hr.getByRole('row', { name: '一.pdf 2', exact: true }).waitFor();
    await hr.getByText('scan-missing', { exact: true }).waitFor();
    await expectAccessibleInBoth(hr);
    await hr.getByRole('button', { name: '3件を取り込む' }).click();
    await hr.getByRole('heading', { name: '3件の回答を記録しました' }).waitFor();
    await hr.getByText('コンプライアンスの役割の人が承認するまで').waitFor();
    expect(await hr.getByRole('button', { name: /承認/ }).count()).toBe(0);
    await expectAccessibleInBoth(hr);
  });

  it('shows compliance what an approval would take, and asks once more', async () => {
    await compliance.goto(`${server.url}/alumni/import`);
    await compliance.getByRole('cell', { name: '同意', exact: true }).waitFor();
    expect(await compliance.locator('input[type=file]').count()).toBe(0);
    await expectAccessibleInBoth(compliance);
    await compliance.goto(importUrl);
    await compliance.getByRole('heading', { name: '証跡不足の同意の承認' }).waitFor();
    await expectAccessibleInBoth(compliance);
    await compliance.getByRole('button', { name: '1件の同意を承認' }).click();
    const ask = compliance.getByRole('dialog', { name: '1件の同意を承認しますか' });
    await ask.waitFor();
    await expectAccessibleInBoth(compliance);
    await ask.getByRole('button', { name: '1件の同意を承認' }).click();
    await ask.waitFor({ state: 'detached' });
    await compliance.getByText('1件の同意を承認しました').waitFor();
    await compliance.getByText('承認を待つ同意はありません。').waitFor();
    await compliance.getByText('承認済み 1件', { exact: false }).waitFor();
    await expectAccessibleInBoth(compliance);
  });

  it('tells HR that nothing waits any more', async () => {
    await hr.reload();
    await hr.getByText('承認を待つ同意はありません。 承認済み 1件', { exact: false }).waitFor();
    expect(await hr.getByText('承認するまで').count()).toBe(0);
    expect(await hr.getByRole('button', { name: /承認/ }).count()).toBe(0);
    await expectAccessibleInBoth(hr);
  });

  it('takes an import back for a reason, and tells what came of it', async () => {
    await hr.getByRole('button', { name: '取り込みを取り消す' }).click();
    const ask = hr.getByRole('dialog', { name: '取り込みを取り消しますか' });
    await ask.getByText('対象: 回答 3件').waitFor();
    const yes = ask.getByRole('button', { name: '3件の回答を取り消す' });
    expect(await yes.isDisabled()).toBe(true);
    await ask.getByRole('textbox', { name: '取り消す理由' }).fill('別の会社の一覧だった');
    await expectAccessibleInBoth(hr);
    await yes.click();
    await ask.waitFor({ state: 'detached' });
    await hr.getByText('取り消しました', { exact: true }).waitFor();
    await hr.getByText('回答を無効にした人').waitFor();
    await expectAccessibleInBoth(hr);
    await hr.getByRole('link', { name: '取り込み', exact: true }).click();
    await hr.getByRole('cell', { name: '取消し済み' }).waitFor();
    await expectAccessibleInBoth(hr);
    const { body } = accepted(
      await to.get<{ counts: object }>(`/v1/imports/${importUrl.split('/').at(-1)}/undo`),
    );
    expect(body.counts).toMatchObject({ people: 3, reverted: 3, left: 0 });
  });

  it('puts no name of a person or a file into an address, and reports no error', () => {
    const leaked = addresses.filter((url) =>
      /縁野|一\.pdf|だれ|scans\.zip|consents\.csv/.test(decodeURIComponent(url)),
    );
    expect(leaked).toEqual([]);
    expect(said).toEqual([]);
  });
});
