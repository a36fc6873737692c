import { ACCESS_RULES_TEMPLATE, PUBLIC_MATTERS_TEMPLATE, SECURITY_MEASURES_TEMPLATE } from '@enishi/domain';
import { chromium, type Browser, type Page } from 'playwright-core';
import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { accepted, caughtUp, furnish, importFile } from '../e2e/support/steps';
import { expectAccessible } from './support/accessibility';

jest.setTimeout(120_000);

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
/** A folder for pictures, where somebody wants to look. */
const PICTURES = process.env['ENISHI_TEST_PICTURES'];

const HEADER = '社員番号,姓,名,部署,入社年月日,退職年月日,メールアドレス,退職理由\n';
const GIVEN = ['一', '二', '三', '四', '五'];
const LEAVERS = GIVEN.map(
  (given, index) => `X-${index},消野,${given},営業部,2010-04-01,2019-03-31,x${index}@example.jp,転職`,
);

/** Looked at on a telephone. */
const PATHS = [
  ...['/erasures', '/erasures/new', '/retention', '/holds'],
  ...[
    '/alumni?at=2026-01-31',
    '/governance',
    '/governance/page',
    '/governance/rules',
    '/governance/purposes',
  ],
  ...['/audit/exports', '/audit/exports/new', '/audit/accounts', '/audit/log', '/audit/proof'],
];

const RULES = {
  title: { ja: '退職者個人情報取扱規程', en: 'Rules on data of people who left' },
  text: '第1条 …',
  access: ACCESS_RULES_TEMPLATE,
  measures: SECURITY_MEASURES_TEMPLATE,
};

// A compliance officer's day, in order: each step stands on the ones before. A machine without Chromium fails.
describe('erasure, governance and proof in a real browser', () => {
  let server: TestServer;
  let browser: Browser;
  /** Human resources: proposes. */
  let hr: Page;
  /** Compliance: approves, holds, publishes. */
  let officer: Page;
  let to: Api;
  const said: string[] = [];
  const addresses: string[] = [];

  const as = async (name: RegExp): Promise<Page> => {
    const context = await browser.newContext({ locale: 'ja-JP', viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => said.push(error.message));
    page.on('request', (request) => addresses.push(request.url()));
    await page.goto(server.url);
    await page.getByRole('button', { name: 'サインイン' }).click();
    await page.getByRole('button', { name }).click();
    await page.getByRole('navigation', { name: 'おもな画面' }).waitFor();
    return page;
  };
  const look = async (page: Page, name: string): Promise<void> => {
    await expectAccessible(page);
    if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
  };
  const open = async (page: Page, link: string, heading = link): Promise<void> => {
    await page.getByRole('navigation', { name: 'おもな画面' }).getByRole('link', { name: link }).click();
    await page.getByRole('heading', { name: heading, level: 1 }).waitFor();
  };
  const choose = async (page: Page, given: string): Promise<void> => {
    await page.getByLabel('人を探す').fill(`消野 ${given}`);
    await page.getByRole('button', { name: `消野 ${given}を加える` }).click();
    await page.getByRole('button', { name: `消野 ${given}を外す` }).waitFor();
  };
  const propose = async (people: readonly string[], reason: string): Promise<void> => {
    await open(hr, '消去');
    await hr.getByRole('link', { name: '消去を計画する' }).click();
    for (const given of people) await choose(hr, given);
    await hr.getByText(`${people.length}名のデータが消えます`).waitFor();
    await hr.getByRole('textbox', { name: '理由' }).fill(reason);
    await look(hr, `plan-${people.length}`);
    await hr.getByRole('button', { name: `${people.length}名の消去を提案する` }).click();
    await hr.getByText('承認する役割の人の判断を待っています。').waitFor();
  };

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    server = await startServer({ env: { ENISHI_CHECKPOINT_SECONDS: '1' } });
    to = api(server);
    await furnish(to);
    await importFile(to, Buffer.from(HEADER + LEAVERS.join('\n')));
    await caughtUp(to);
    [hr, officer] = await Promise.all([as(/中島 亮/), as(/藤原 綾/)]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it('explains an empty list, shows what a plan would come to, and proposes it', async () => {
    await open(hr, '消去');
    await hr.getByRole('heading', { name: '消去の計画はまだありません' }).waitFor();
    await look(hr, 'erasures-empty');
    await propose(['一', '二'], '本人からの申し出');
    await hr.getByText('2名のうち 2名').waitFor();
    await look(hr, 'plan-waiting');
  });

  it('holds somebody’s data, who is then left out of a plan', async () => {
    await open(officer, '保全');
    await officer.getByRole('heading', { name: '保全中の人はいません' }).waitFor();
    await officer.getByRole('button', { name: '保全する' }).click();
    const dialog = officer.getByRole('dialog');
    await choose(officer, '三');
    await dialog.getByLabel('見直しの日').fill('2031-05-31');
    await dialog.getByLabel('理由').fill('労働審判');
    await look(officer, 'hold-dialog');
    await dialog.getByRole('button', { name: '保全する' }).click();
    await officer.getByRole('status').getByText('保全しました').waitFor();
    await officer.getByRole('cell', { name: '2031年5月31日(土)' }).waitFor();
    await officer.getByRole('button', { name: '消野 三の保全を続ける' }).click();
    await dialog.getByLabel('見直しの日').fill('2032-05-31');
    await dialog.getByLabel('理由').fill('審理が続いている');
    await dialog.getByRole('button', { name: '続ける' }).click();
    await officer.getByRole('cell', { name: '2032年5月31日(月)' }).waitFor();
    await look(officer, 'holds');

    await open(hr, '消去');
    await hr.getByRole('link', { name: '消去を計画する' }).click();
    await choose(hr, '三');
    await hr.getByText('保全中の1名は除かれます').waitFor();
    await hr.getByText('消去できる人がいません', { exact: false }).waitFor();
    expect(await hr.getByRole('button', { name: '消去を提案する' }).isDisabled()).toBe(true);
  });

  it('is refused with a reason that the proposer reads', async () => {
    await propose(['四'], '退職から5年');
    const address = hr.url();
    await officer.goto(address);
    await officer.getByRole('button', { name: '却下する' }).click();
    const dialog = officer.getByRole('dialog');
    await dialog.getByLabel('却下の理由').fill('まだ請求の対応中です');
    await dialog.getByRole('button', { name: '却下する' }).click();
    await hr.reload();
    await hr.getByText('まだ請求の対応中です').waitFor();
  });

  it('is approved by another person, carried out, and certified', async () => {
    await open(officer, '消去');
    await look(officer, 'erasures');
    await officer
      .getByRole('row', { name: /承認待ち/ })
      .getByRole('link')
      .click();
    await officer.getByRole('button', { name: '2名の消去を承認する' }).click();
    const dialog = officer.getByRole('dialog');
    const yes = dialog.getByRole('button', { name: '2名の消去を承認する' });
    expect(await yes.isDisabled()).toBe(true);
    await dialog.getByLabel('対象と理由を確かめました').check();
    await look(officer, 'approval-dialog');
    await yes.click();
    await officer.getByText('2名のデータを消去しました').waitFor();
    await officer.getByRole('heading', { name: '消去の証明書' }).waitFor();
    await officer.getByRole('button', { name: '台帳に含まれる証明' }).waitFor();
    await officer.getByText('消去済みの人').first().waitFor();
    await look(officer, 'certificate');
    const [file] = await Promise.all([
      officer.waitForEvent('download'),
      officer.getByRole('link', { name: '証明書（PDF）' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^erasure-.*\.pdf$/);
    expect(await officer.locator('main').textContent()).not.toContain('消野');
  });

  it('shows what falls due by month, as a chart and as its table, and why somebody’s data stay', async () => {
    await open(officer, '保存期限');
    await officer.getByRole('listitem').getByRole('button', { name: /3名/ }).first().click();
    await officer.getByRole('heading', { name: /期限が来る人$/, level: 2 }).waitFor();
    await officer.getByRole('cell', { name: /消野 四/ }).waitFor();
    await look(officer, 'retention');
    await officer.getByText('表で見る').click();
    await officer.getByRole('columnheader', { name: 'うち保全中' }).waitFor();
    await look(officer, 'retention-table');
    await officer
      .getByRole('cell', { name: /消野 三/ })
      .getByRole('link')
      .click();
    await officer.getByRole('heading', { name: '保存の根拠' }).waitFor();
    await officer.getByRole('button', { name: '消野 三の保全を解除する' }).waitFor();
    await look(officer, 'person-retention');
    await officer.getByRole('button', { name: '消野 三の保全を解除する' }).click();
    const dialog = officer.getByRole('dialog');
    await dialog.getByLabel('理由').fill('和解が成立した');
    await dialog.getByRole('button', { name: '解除する' }).click();
    await officer.getByRole('status').getByText('保全を解除しました').waitFor();
    await officer.getByText('保全されていません。').waitFor();
  });

  it('answers the five points, publishes the page, and reviews the rules', async () => {
    await open(officer, '準備状況');
    await officer.getByText(/5つの点のうち \d点に不足があります/).waitFor();
    await officer
      .getByRole('link', { name: /^証明：/ })
      .first()
      .waitFor();
    await look(officer, 'readiness');
    await open(officer, '公開ページ');
    await officer.getByText('公表する前に必要なもの').waitFor();
    accepted(await to.put('/v1/company/responsible-officer', { name: { family: '架空' } }));
    accepted(await to.put('/v1/company/public-matters', { matters: PUBLIC_MATTERS_TEMPLATE }));
    accepted(await to.post('/v1/handling-rules', RULES));

    await open(officer, '取扱規程');
    await officer.getByRole('heading', { name: '退職者個人情報取扱規程 第1版' }).waitFor();
    await officer.getByRole('button', { name: '見直しを記録する' }).click();
    const review = officer.getByRole('dialog');
    await review.getByLabel('このままでよい').check();
    await review.getByLabel('確かめたこと').fill('規程と権限を読み合わせた');
    await look(officer, 'review-dialog');
    await review.getByRole('button', { name: '見直しを記録する' }).click();
    await officer.getByRole('status').getByText('見直しを記録しました。').waitFor();
    await officer.getByRole('cell', { name: 'このままでよい' }).waitFor();
    await look(officer, 'rules');

    await open(officer, '公開ページ');
    await officer.getByText('この版の通知として記録される').waitFor();
    await look(officer, 'page-before');
    await officer.getByRole('button', { name: '第1版を公表する' }).click();
    const publish = officer.getByRole('dialog');
    await publish.getByText(/利用目的の版 1件には、ウェブサイトでの通知が記録されます/).waitFor();
    await look(officer, 'publish-dialog');
    await publish.getByRole('button', { name: '第1版を公表する' }).click();
    await officer.getByRole('status').getByText('第1版を公表しました。').waitFor();
    await officer.getByText('公表中のページは、いまの台帳の内容と同じです').waitFor();
    await officer.getByRole('link', { name: '第1版' }).waitFor();
    await look(officer, 'page-after');
    await open(officer, '利用目的');
    await officer.getByText('有効', { exact: true }).waitFor();
    await look(officer, 'purposes');
  });

  it('asks for an export with names, which another person lets be made, and hands it over', async () => {
    const auditor = await as(/岡本 恵/);
    await open(auditor, '書き出し');
    await look(auditor, 'exports-empty');
    await auditor.getByRole('link', { name: '書き出しを頼む' }).click();
    await auditor.getByLabel('台帳の記録（監査証跡）').check();
    const [plain] = await Promise.all([
      auditor.waitForEvent('download'),
      auditor.getByRole('link', { name: 'ファイルを取り出す' }).click(),
    ]);
    expect(plain.suggestedFilename()).toMatch(/\.csv$/);
    await auditor.getByLabel('氏名まで（連絡先は伏せる）').check();
    await auditor.getByLabel('理由').fill('四半期の監査');
    await look(auditor, 'export-order');
    await auditor.getByRole('button', { name: '承認を頼む' }).click();
    await auditor.getByText('承認する役割の人の判断を待っています。').waitFor();

    await officer.goto(auditor.url());
    await officer.getByText('四半期の監査').waitFor();
    await officer.getByRole('button', { name: '作ることを承認する' }).click();
    await officer.getByRole('dialog').getByRole('button', { name: '作ることを承認する' }).click();
    await officer.getByRole('heading', { name: 'ファイルができました' }).waitFor();
    await auditor
      .getByRole('button', { name: '引き渡しを記録する' })
      .or(auditor.getByText('承認待ち'))
      .waitFor();
    await auditor.reload();
    await auditor.getByRole('button', { name: '引き渡しを記録する' }).click();
    const dialog = auditor.getByRole('dialog');
    await dialog.getByLabel('渡す相手の氏名').fill('架空監査法人 縁野');
    await dialog.getByRole('button', { name: '引き渡しを記録する' }).click();
    const [file] = await Promise.all([
      auditor.waitForEvent('download'),
      auditor.getByRole('link', { name: 'ファイルを取り出す' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.csv$/);
    await look(auditor, 'export-handed-over');
    await auditor.context().close();
  });

  it('reviews every account, ends one, and signs it off', async () => {
    await open(officer, '利用権限の確認');
    await officer.getByText('まだ一度も確認していません。').waitFor();
    await look(officer, 'accounts');
    const rows = officer.getByRole('row').filter({ has: officer.getByRole('radiogroup') });
    for (let row = 0; row < (await rows.count()); row++) {
      await rows.nth(row).getByText('続ける', { exact: true }).click();
    }
    const operator = rows.filter({ hasText: '小野 隼' });
    await operator.getByText('終える', { exact: true }).click();
    await operator.getByRole('textbox').fill('異動した');
    await officer.getByLabel('続けるものの理由').fill('在任中で、担当業務に必要');
    await officer.getByRole('button', { name: /・終える 1件で署名する$/ }).click();
    await look(officer, 'sign-off');
    await officer
      .getByRole('dialog')
      .getByRole('button', { name: /・終える 1件で署名する$/ })
      .click();
    await officer
      .getByRole('status')
      .getByText(/^署名しました。/)
      .waitFor();
    // The list is asked for anew behind the message.
    await officer.getByText('小野 隼').first().waitFor({ state: 'detached' });
  });

  it('shows who looked at whom, and what proves the ledger', async () => {
    await open(officer, '閲覧の記録');
    await choose(officer, '三');
    await officer
      .getByRole('cell', { name: /retention-calendar/ })
      .first()
      .waitFor();
    await look(officer, 'access-log');
    await open(officer, '台帳の証明');
    await officer.getByText(/^[0-9a-f]{8}$/).waitFor();
    await officer.getByRole('heading', { name: 'チェックポイント（新しい順）' }).waitFor();
    await look(officer, 'proof');
  });

  it('shows the roster as of a day, to be read and not written', async () => {
    await open(officer, '名簿');
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await officer.getByLabel('過去の日の名簿').fill(yesterday);
    await officer.getByRole('button', { name: 'その日の終わりを表示' }).click();
    await officer
      .getByRole('status')
      .getByText(/ 時点の表示$/)
      .waitFor();
    await officer.getByRole('heading', { name: 'その日には、該当する人がいません' }).waitFor();
    expect(new URL(officer.url()).searchParams.get('at')).toContain(yesterday);
    await look(officer, 'as-of');
    await officer.getByRole('banner').getByRole('button', { name: '現在に戻る' }).click();
    await officer.getByText(/ 時点の表示$/).waitFor({ state: 'hidden' });
  });

  it('fits a telephone, in English and in the dark too', async () => {
    await officer.setViewportSize({ width: 390, height: 844 });
    await officer.getByRole('button', { name: 'English', exact: true }).click();
    await officer.getByRole('button', { name: 'Switch to dark colours' }).click();
    for (const path of PATHS) {
      await officer.goto(server.url + path);
      await officer.getByRole('heading', { level: 1 }).waitFor();
      await officer.locator('.mantine-Skeleton-root').first().waitFor({ state: 'hidden' });
      await look(officer, `telephone${path.replaceAll(/\W+/g, '-')}`);
      expect(await officer.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    }
  });

  it('never put personal data into an address, and reported no error', () => {
    expect(addresses.filter((url) => /消野|example\.jp/.test(decodeURIComponent(url)))).toEqual([]);
    expect(said).toEqual([]);
  });
});
