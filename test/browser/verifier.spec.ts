import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { FILES } from '@enishi/bundle';
import { readNote } from '@enishi/transparency';
import { certify } from '../timestamping/invented-authority';
import { attestedBundle, inventedWitness, THEN } from '../verification/attested-bundle';
import { someLedger, zipped } from '../verification/invented-bundle';
import { KINDS_OF_BUNDLES, originalOf } from '../verification/mutant-run';
import { expectAccessibleInBoth } from './support/accessibility';

jest.setTimeout(120_000);

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
/** A folder for pictures, where somebody wants to look. */
const PICTURES = process.env['ENISHI_TEST_PICTURES'];
const PAGE = path.resolve(__dirname, '../../dist/verifier/verifier.html');

// From the disk, as on a PC without a network. A machine without Chromium fails.
describe('the page that verifies bundles, opened from disk', () => {
  const ledger = someLedger('in a browser');
  const [whole] = KINDS_OF_BUNDLES;
  const original = originalOf(ledger, whole!);
  const good = original.zip;
  let folder: string;
  let browser: Browser;
  let page: Page;
  const said: string[] = [];
  const addresses: string[] = [];

  const file = (name: string, content: string | Buffer): string => {
    const made = path.join(folder, name);
    writeFileSync(made, content);
    return made;
  };
  const verify = async (bundle: string): Promise<string> => {
    await page.locator('#bundle').setInputFiles(bundle);
    await page.getByRole('button', { name: /^(検証する|Verify)$/ }).click();
    await page.locator('#result h2, #result .problem').waitFor();
    return page.locator('#result').innerText();
  };
  const look = async (name: string): Promise<void> => {
    await expectAccessibleInBoth(page);
    if (PICTURES === undefined) return;
    for (const language of ['English', '日本語']) {
      await page.getByRole('button', { name: language, exact: true }).click();
      await page.screenshot({ path: `${PICTURES}/verifier-${name}-${language}.png`, fullPage: true });
    }
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'enishi-verifier-'));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    const context = await browser.newContext({
      locale: 'ja-JP',
      offline: true,
      viewport: { width: 1100, height: 800 },
    });
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    page.on('pageerror', (error) => said.push(error.message));
    page.on('console', (message) => said.push(message.text()));
    page.on('request', (request) => addresses.push(request.url()));
    await page.goto(pathToFileURL(PAGE).href);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('verifies a good bundle, in Japanese first, and says what that means', async () => {
    await look('empty');
    const text = await verify(file('bundle.zip', good));
    expect(text).toContain('検証できました');
    expect(text).toContain('自己署名');
    expect(text).toContain(ledger.keys.at(-1)!.vkey);
    await look('good');
  });

  it('says more with the key and the checkpoint that were kept', async () => {
    await page.locator('summary').click();
    await page.locator('#key').fill(ledger.keys.at(-1)!.vkey);
    await page
      .locator('#since')
      .setInputFiles(file('checkpoint.txt', ledger.checkpoint(9, [ledger.keys[0]!])));
    expect(await verify(file('bundle.zip', good))).toContain('イベント 9 件');
    await page.locator('#key').fill('no key');
    expect(await verify(file('bundle.zip', good))).toContain('公開鍵の形ではありません');
    await page.locator('#key').fill('');
  });

  it.each(['ec', 'rsa'] as const)(
    'says who outside saw it: a witness, an authority with a key of %s',
    async (kind) => {
      const root = certify({ name: 'Root', isAuthority: true, kind, ...THEN });
      const by = certify({ name: '時刻局', issuer: root, kind, ...THEN });
      const witness = inventedWitness('witness.example/one');
      const { text: over } = readNote(ledger.checkpoint(ledger.events.length, [ledger.keys.at(-1)!]));
      const seen = file('seen.zip', attestedBundle(ledger, { lines: [witness.line(over)], over, by }));
      await page.locator('#since').setInputFiles([]);
      await page.locator('#witnesses').fill(witness.vkey);
      await page.locator('#authorities').setInputFiles(file('root.pem', root.pem));
      const text = await verify(seen);
      expect(text).toContain('立会人 witness.example/one が 2026-11-18 20:06:40 JST に署名しています');
      expect(text).toContain('時刻認証局 時刻局 のタイムスタンプ');
      if (kind === 'ec') await look('seen');
      await page.locator('#authorities').setInputFiles(file('other.pem', certify({ name: 'Other' }).pem));
      expect(await verify(seen)).toContain('timestamp-untrusted');
      await page.locator('#authorities').setInputFiles(seen);
      expect(await verify(seen)).toContain('証明書として読めません');
      await page.locator('#authorities').setInputFiles([]);
      await page.locator('#witnesses').fill('');
    },
  );

  it('names the line that is wrong, and what is wrong with a file that is no bundle', async () => {
    const { unsigned, signer } = original;
    const consents = unsigned.files.get(FILES.consents)!.toString('utf8');
    const lied = Buffer.from(consents.replace('"kind":"withdrawn"', '"kind":"granted"'));
    const files = new Map(unsigned.files).set(FILES.consents, lied);
    const text = await verify(file('broken.zip', zipped({ ...unsigned, files }, signer)));
    expect(text).toContain('検証できません');
    expect(text).toMatch(/data\/consents\.jsonl、3 行目、イベント [0-9a-f-]{36}、項目 kind/);
    await look('broken');
    expect(await verify(file('letter.zip', Buffer.from('no zip')))).toContain('zip-unreadable');
  });

  it('takes a file that is dropped', async () => {
    const transfer = await page.evaluateHandle(dropped, good.toString('base64'));
    await page.locator('#drop').dispatchEvent('drop', { dataTransfer: transfer });
    await page.getByText('dropped.zip').waitFor();
    expect(await page.locator('#result').innerText()).toContain('検証できました');
  });

  it('prints the result, and never the form', async () => {
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#form').isVisible()).toBe(false);
    expect(await page.locator('#result h2').isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
  });

  it('asked for nothing and complained of nothing', () => {
    expect(addresses.every((address) => address.startsWith('file:'))).toBe(true);
    expect(said).toEqual([]);
  });
});

/** A file on its way to the page; runs in the browser. */
function dropped(base64: string): unknown {
  const { DataTransfer: Transfer, File: Dropped } = globalThis as unknown as Browserly;
  const transfer = new Transfer();
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  transfer.items.add(new Dropped([bytes], 'dropped.zip'));
  return transfer;
}

/** What of a browser is used there, whose types are not those of Node. */
interface Browserly {
  readonly DataTransfer: new () => { readonly items: { add(file: unknown): void } };
  readonly File: new (parts: readonly Uint8Array[], name: string) => unknown;
}
