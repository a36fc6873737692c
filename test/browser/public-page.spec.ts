import { chromium, type Browser, type Page } from 'playwright-core';
import {
  ACCESS_RULES_TEMPLATE,
  PUBLIC_MATTERS_TEMPLATE,
  PURPOSE_TEMPLATES,
  resolveTemplate,
  SECURITY_MEASURES_TEMPLATE,
  type Language,
  type PageContent,
} from '@enishi/domain';
import { privacyPage } from '../../apps/server/src/governance/privacy-page';
import { DEMO_COMPANY } from '../../apps/cli/src/commands/demo-company';
import { facts } from '../support/scenario';
import { expectAccessible } from './support/accessibility';

jest.setTimeout(60_000);

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
/** A folder for pictures, where somebody wants to look. */
const PICTURES = process.env['ENISHI_TEST_PICTURES'];

const { party, contactPoint } = DEMO_COMPANY;
const [rules] = facts<'HandlingRulesAdopted'>([
  {
    type: 'HandlingRulesAdopted',
    data: {
      ...{ version: 2, fileHash: 'ab', officerId: 's1', reviewBy: '2027-11-30T15:00:00.000Z' },
      title: { ja: '退職者個人情報取扱規程', en: 'Rules for handling personal data of people who have left' },
      access: ACCESS_RULES_TEMPLATE,
      measures: SECURITY_MEASURES_TEMPLATE,
    },
  },
]);
const purpose = (code: string, version: number) => ({
  ...{ purposeId: code, code, version },
  content: resolveTemplate(PURPOSE_TEMPLATES[code]!, party, contactPoint),
});
const content: PageContent = {
  party: { value: party, eventId: 'c' },
  contactPoint: { value: contactPoint, eventId: 'p' },
  matters: {
    value: {
      ...PUBLIC_MATTERS_TEMPLATE,
      fees: [{ kind: 'disclosure', yen: 1500 }],
      accreditedBody: {
        ja: '一般財団法人架空協会\n電話 03-0000-0002',
        en: 'Kaku Association\nTelephone 03-0000-0002',
      },
    },
    eventId: 'm',
  },
  rules: rules!,
  purposes: [purpose('rehire', 1), { ...purpose('news', 3), from: '2027-03-31T15:00:00.000Z' }],
  abroad: [
    {
      ...{ recipientId: 'r', version: 1 },
      content: {
        name: { ja: '架空配信', en: 'Kaku Mailing' },
        address: { ja: 'シンガポール', en: 'Singapore' },
        ...({ country: 'SG', basis: 'equivalent-measures' } as const),
        task: { ja: 'メールの配信', en: 'Sending mail' },
        shown: {
          system: { ja: '個人情報保護法（PDPA）2012年', en: 'Personal Data Protection Act 2012' },
          measures: { ja: '年1回の監査', en: 'A yearly audit' },
        },
      },
    },
  ],
};
const pageIn = (language: Language) =>
  privacyPage(content, language, { version: 3, at: '2026-11-22T03:00:00.000Z' });

// A machine without Chromium fails.
describe('the public page in a browser', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    page = await browser.newPage();
  });
  afterAll(() => browser?.close());

  it.each(['ja', 'en'] as const)(
    'reads well on a desk, a phone, in the dark and on paper: %s',
    async (language) => {
      await page.setContent(pageIn(language));
      expect(await page.locator('html').getAttribute('lang')).toBe(language);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [1100, 390]) {
          await page.setViewportSize({ width, height: 800 });
          const wide = await page.evaluate('document.documentElement.scrollWidth > innerWidth');
          expect([width, wide]).toEqual([width, false]);
          await expectAccessible(page);
          if (PICTURES !== undefined) {
            const path = `${PICTURES}/public-page-${language}-${colorScheme}-${width}.png`;
            await page.screenshot({ path, fullPage: true });
          }
        }
      }
      await page.emulateMedia({ colorScheme: 'light', media: 'print' });
      for (const one of await page.locator('.screen').all()) expect(await one.isVisible()).toBe(false);
      const path = PICTURES === undefined ? {} : { path: `${PICTURES}/public-page-${language}.pdf` };
      await page.pdf({ format: 'A4', preferCSSPageSize: true, ...path });
      await page.emulateMedia({ media: 'screen' });
    },
  );

  it('has one heading, numbered parts, and links that a finger can meet', async () => {
    await page.setContent(pageIn('ja'));
    expect(await page.locator('h1').allInnerTexts()).toEqual(['退職された皆さまの個人情報の取扱いについて']);
    expect(await page.locator('h2').allInnerTexts()).toEqual([
      '1. 事業者',
      '2. 利用目的',
      '3. 安全管理のために講じた措置',
      '4. 共同利用',
      '5. 開示等のご請求',
      '6. お問い合わせ・苦情の窓口',
    ]);
    expect(await page.getByText('2027年4月1日から適用します。').count()).toBe(1);
    expect((await page.locator('.top a').boundingBox())!.height).toBeGreaterThanOrEqual(44);
  });
});
