import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PUBLIC_MATTERS_TEMPLATE } from '@enishi/domain';
import { api, type Answer, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { cliOf, type Ran } from './support/cli';
import { accepted, caughtUp, CONTACT_POINT, furnish, headOf } from './support/steps';

jest.setTimeout(120_000);

interface Preview {
  readonly version: number;
  readonly basis?: string;
  readonly missing: readonly { readonly code: string }[];
  readonly published: boolean;
  readonly changed: readonly string[];
  readonly shows: readonly { readonly code: string; readonly version: number; readonly first: boolean }[];
}
interface PurposeView {
  readonly inForce: number | null;
  readonly versions: readonly {
    readonly version: number;
    readonly state: string;
    readonly content: Readonly<Record<string, object>>;
    readonly notices: readonly { readonly method: string; readonly proof: string }[];
  }[];
}
interface Versions {
  readonly versions: readonly {
    readonly version: number;
    readonly from: string;
    readonly until?: string;
    readonly hashJa: string;
    readonly hashEn: string;
  }[];
}

/** Text that would be markup if it were not escaped. */
const DESK = { ja: '相談窓口 <b>&"\'', en: 'Desk <script>alert(1)</script>' };
const bilingual = (text: string) => ({ ja: text, en: text });
const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

describe('the public page', () => {
  let server: TestServer;
  let to: Api;
  let nobody: Api;
  let enishi: (args: readonly string[]) => Promise<Ran>;
  let purposeId: string;
  const folder = mkdtempSync(path.join(tmpdir(), 'enishi-publication-'));

  const preview = async () => accepted(await to.get<Preview>('/v1/publication/preview')).body;
  const publish = async (basis?: string) =>
    to.post<{ outcome: string; code: string }>('/v1/publication', {
      basis: basis ?? (await preview()).basis,
    });
  const versions = async () => accepted(await to.get<Versions>('/v1/publication')).body.versions;
  const page = (query = '', headers: Readonly<Record<string, string>> = {}) =>
    nobody.get(`/privacy${query}`, { headers });
  const purpose = async () => accepted(await to.get<PurposeView>(`/v1/purposes/${purposeId}`)).body;
  /** The purpose once a notice of the version is recorded. */
  const noticed = async (version: number): Promise<PurposeView> => {
    for (;;) {
      await caughtUp(to);
      const found = await purpose();
      if ((found.versions.find((one) => one.version === version)?.notices.length ?? 0) > 0) return found;
      await sleep(50);
    }
  };

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
    nobody = api(server, null);
    enishi = cliOf(server);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await server?.stop();
  });

  it('is not there before it is published, and browsers are told so in their language', async () => {
    const answer = await page();
    expect([answer.status, answer.body['code']]).toEqual([404, 'page-not-published']);
    const html = await page('', { accept: 'text/html', 'accept-language': 'en-GB,en;q=0.9,ja;q=0.8' });
    expect([html.status, html.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(html.text).toContain('This page is not published yet');
    expect((await page('/versions', { accept: 'text/html' })).text).toContain('まだ公表されていません');
  });

  it('names what is missing, all at once, and is not published without it', async () => {
    const { missing, basis, shows } = await preview();
    expect([missing.map(({ code }) => code), basis, shows]).toEqual([
      [
        'page-without-company',
        'page-without-contact-point',
        'page-without-public-matters',
        'page-without-handling-rules',
        'page-without-purposes',
      ],
      undefined,
      [],
    ]);
    const head = await headOf(to);
    const refused = await publish('a'.repeat(64));
    expect([refused.status, refused.body.code, await headOf(to)]).toEqual([
      422,
      'page-without-company',
      head,
    ]);
    const cli = await enishi(['publication', 'publish']);
    expect([cli.code, cli.err]).toEqual([2, expect.stringContaining('page-without-handling-rules')]);
  });

  it('is made of what the company has stated, by commands', async () => {
    ({ purposeId } = await furnish(to));
    accepted(await to.put('/v1/company/contact-point', { contactPoint: { ...CONTACT_POINT, name: DESK } }));
    const rules = path.join(folder, 'rules.md');
    writeFileSync(rules, '\ufeff# 退職者個人情報取扱規程\r\n\r\n第1条 …\n');
    const adopt = ['handling-rules', 'adopt', '--document', rules, '--template', 'default'];
    const early = await enishi(adopt);
    expect([early.code, early.err]).toEqual([2, expect.stringContaining('Appoint the responsible officer')]);
    accepted(await to.put('/v1/company/responsible-officer', { name: { family: '架空' } }));
    for (const args of [adopt, ['company', 'public-matters', '--template', 'default']]) {
      expect([args, (await enishi(args)).code]).toEqual([args, 0]);
    }
    const again = await enishi([...adopt, '--json']);
    expect(JSON.parse(again.out)).toMatchObject({ outcome: 'unchanged' });
    const { body } = await to.get<{ versions: { fileHash: string; state: string }[] }>('/v1/handling-rules');
    const kept = await to.get('/v1/handling-rules/versions/1/text');
    expect(body.versions).toMatchObject([{ state: 'in-force', fileHash: sha256(readFileSync(rules)) }]);
    expect(kept.bytes).toEqual(readFileSync(rules));
    expect(await preview()).toMatchObject({
      missing: [],
      published: false,
      shows: [{ code: 'rehire', version: 1, first: true }],
    });
  });

  it('is published as it was looked at, and only so', async () => {
    const { basis } = await preview();
    accepted(
      await to.put('/v1/company/public-matters', {
        matters: { ...PUBLIC_MATTERS_TEMPLATE, fees: [{ kind: 'disclosure', yen: 500 }] },
      }),
    );
    const late = await publish(basis);
    expect([late.status, late.body.code]).toEqual([422, 'page-changed-meanwhile']);
    expect(accepted(await publish()).body.outcome).toBe('done');
    expect(accepted(await publish()).body.outcome).toBe('unchanged');
  });

  it('is served to everybody, whole, without scripts and with its hash', async () => {
    const [{ hashJa, hashEn } = { hashJa: '', hashEn: '' }] = await versions();
    const ja = accepted(await page());
    const en = accepted(await page('?lang=en'));
    expect([sha256(ja.bytes), sha256(en.bytes)]).toEqual([hashJa, hashEn]);
    expect(accepted(await page('', { 'accept-language': 'en' })).bytes).toEqual(en.bytes);
    const digest = Buffer.from(hashJa, 'hex').toString('base64');
    expect(ja.headers.get('content-digest')).toBe(`sha-256=:${digest}:`);
    expect(ja.headers.get('content-security-policy')).toContain("default-src 'none'");
    for (const text of [
      '株式会社架空',
      '代表取締役 架空 太郎',
      '再雇用（カムバック採用）のご案内',
      '500円',
      '無料',
    ])
      expect(ja.text).toContain(text);
    for (const text of ['Kaku Inc.', 'Rehire opportunities', '¥500', 'All other requests are free'])
      expect(en.text).toContain(text);
    for (const { text } of [ja, en]) expect(text).not.toMatch(/<script|<b>/);
    expect(ja.text).toContain('相談窓口 &#60;b&#62;&#38;&#34;&#39;');
  });

  it('is the notice of the purposes it is the first to show, with version and hash as the proof', async () => {
    const [{ hashJa, hashEn } = { hashJa: '', hashEn: '' }] = await versions();
    const { versions: published } = await noticed(1);
    expect(published[0]!.notices).toEqual([
      {
        method: 'website',
        proof: `/privacy/versions/1 sha-256 ja ${hashJa} en ${hashEn}`,
        effectiveAt: expect.any(String),
      },
    ]);
  });

  it('makes a related revision usable when it shows it, and not before', async () => {
    const { versions: before } = await purpose();
    const content = { ...before[0]!.content, retentionPeriod: { ja: '退職から2年', en: 'Two years' } };
    const path = `/v1/purposes/${purposeId}`;
    accepted(await to.post(`${path}/revisions`, { kind: 'related', content }));
    accepted(await to.post(`${path}/versions/2/publication`, {}));
    expect(await purpose()).toMatchObject({ inForce: 1, versions: [{}, { state: 'waiting-for-notice' }] });
    expect(await preview()).toMatchObject({ version: 2, changed: ['purposes'], published: true });
    const cli = await enishi(['publication', 'publish']);
    expect([cli.code, cli.out]).toEqual([0, expect.stringContaining('notices recorded: 1')]);
    expect(await noticed(2)).toMatchObject({ inForce: 2 });
    // The version before keeps the one notice that it has.
    expect((await purpose()).versions[0]!.notices).toHaveLength(1);
  });

  it('keeps every version byte by byte, with the period in which it was the public one', async () => {
    const [second, first] = await versions();
    expect([first!.version, first!.until, second!.version, second!.until]).toEqual([
      1,
      second!.from,
      2,
      undefined,
    ]);
    const old = await nobody.get('/privacy/versions/1?lang=en');
    expect(sha256(old.bytes)).toBe(first!.hashEn);
    expect((await page()).bytes).toEqual((await nobody.get('/privacy/versions/2')).bytes);
    const list = (await nobody.get('/privacy/versions')).text;
    for (const { hashJa } of [first!, second!]) expect(list).toContain(hashJa);
    for (const version of ['0', '3', '-1', '1.5', '99999999999999999999']) {
      const { status } = await nobody.get(`/privacy/versions/${version}`);
      expect([version, status >= 400 && status < 500]).toEqual([version, true]);
    }
    const file = path.join(folder, 'privacy.html');
    const shown = await enishi(['publication', 'show', '--version', '1', '--out', file]);
    expect([shown.code, sha256(readFileSync(file))]).toEqual([0, first!.hashEn]);
  });

  it('stands in the trail by its hashes, without its text', async () => {
    await caughtUp(to);
    const trail = await to.get<{ events: { type: string; fields: Record<string, unknown> }[] }>(
      '/v1/audit-trail?limit=500',
    );
    const issued = trail.body.events.filter(({ type }) => type === 'PrivacyPageIssued');
    expect(issued.map(({ fields }) => Object.keys(fields).sort())).toEqual(
      issued.map(() => ['basis', 'firstShown', 'hashEn', 'hashJa', 'version']),
    );
    expect(issued).toHaveLength(2);
  });

  it('may be published by compliance alone', async () => {
    const account = accepted(await to.post<{ id: string }>('/v1/accounts', { kind: 'machine', label: 'hr' }));
    accepted(await to.post(`/v1/accounts/${account.body.id}/grants`, { role: 'hr' }));
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    const made = await to.post<{ token: string }>('/v1/tokens', { accountId: account.body.id, validUntil });
    const hr = api(server, accepted(made).body.token);
    const denied: Answer = await hr.post('/v1/publication', { basis: 'a'.repeat(64) });
    expect([denied.status, denied.body['code']]).toEqual([403, 'permission-missing']);
    expect((await hr.get('/v1/publication')).status).toBe(200);
  });

  describe('and the five-point checklist', () => {
    interface Readiness {
      readonly ready: boolean;
      readonly points: readonly {
        readonly number: number;
        readonly met: boolean;
        readonly proofs: readonly { readonly eventId: string }[];
        readonly missing: readonly { readonly code: string; readonly command: string }[];
      }[];
    }
    const readiness = async () => accepted(await to.get<Readiness>('/v1/readiness-checklist')).body;
    const open = async () =>
      (await readiness()).points
        .filter(({ met }) => !met)
        .map(({ number, missing }) => [number, missing.map(({ code }) => code)]);

    it('says what is missing, and the command that supplies it', async () => {
      expect(await open()).toEqual([
        [2, ['consent-never-asked']],
        [5, ['rules-never-reviewed', 'accounts-never-reviewed']],
      ]);
      const cli = await enishi(['readiness']);
      expect([cli.code, cli.out]).toEqual([6, expect.stringContaining('3 of five points are met.')]);
      expect(cli.out).toContain('→ enishi handling-rules review');
    });

    it('is answered by the events that prove it, once that is done', async () => {
      const employment = { joinedOn: '2015-04-01', leftOn: '2024-03-31' };
      const person = { employeeNumber: 'P-1', name: { family: '縁野' }, email: 'p@example.jp', employment };
      const { alumnusId } = accepted(await to.post<{ alumnusId: string }>('/v1/alumni', person)).body;
      const asked = { channels: ['email'], captureChannel: 'email', language: 'ja' };
      accepted(await to.post(`/v1/alumni/${alumnusId}/consents/${purposeId}/requests`, asked));
      const said = ['--outcome', 'adequate', '--findings', '規程と権限を確認した'];
      expect((await enishi(['handling-rules', 'review', ...said])).code).toBe(0);
      const { standing, accounts } = (
        await to.get<{ standing: string; accounts: { id: string }[] }>('/v1/accounts/review')
      ).body;
      const decisions = accounts.map(({ id }) => ({ accountId: id, decision: 'keep', reason: '在任中' }));
      accepted(await to.post('/v1/accounts/review', { standing, decisions }));
      await caughtUp(to);
      const { ready, points } = await readiness();
      expect([ready, await open()]).toEqual([true, []]);
      const { events } = (await to.get<{ events: { eventId: string }[] }>('/v1/audit-trail?limit=500')).body;
      const known = new Set(events.map(({ eventId }) => eventId));
      const proofs = points.flatMap((point) => point.proofs.map(({ eventId }) => eventId));
      expect([proofs.length, proofs.filter((eventId) => !known.has(eventId))]).toEqual([12, []]);
      const cli = await enishi(['readiness', '--lang', 'ja']);
      expect([cli.code, cli.out]).toEqual([0, expect.stringContaining('5 項目すべてを満たしています。')]);
    });

    it('says that the page is out of date, at the point that it concerns', async () => {
      accepted(await to.put('/v1/company/contact-point', { contactPoint: CONTACT_POINT }));
      expect(await open()).toEqual([[4, ['page-shows-other-contact']]]);
      accepted(await publish());
      expect(await open()).toEqual([]);
    });

    it('and that it does not show who is given data abroad, which it then does', async () => {
      const content = {
        ...{ name: bilingual('Abroad Pte'), address: bilingual('Singapore'), country: 'SG' },
        ...{ basis: 'equivalent-measures', task: bilingual('Mailing'), measures: bilingual('Yearly audit') },
        contract: { reference: 'C-1', signedOn: '2026-01-05', until: '2030-01-04' },
      };
      const entry = { code: 'abroad', role: 'processor', representative: 'Kaku', content };
      const { recipientId } = accepted(await to.post<{ recipientId: string }>('/v1/recipients', entry)).body;
      expect(await preview()).toMatchObject({ missing: [{ code: 'page-without-foreign-system' }] });
      const shown = { system: bilingual('PDPA 2012'), measures: bilingual('Yearly audit') };
      const revised = { representative: 'Kaku', content: { ...content, shown } };
      accepted(await to.post(`/v1/recipients/${recipientId}/revisions`, revised));
      expect(await preview()).toMatchObject({ missing: [], changed: ['recipients'] });
      expect(await open()).toEqual([[3, ['page-shows-other-rules']]]);
      accepted(await publish());
      expect(await open()).toEqual([]);
      const text = (await page('?lang=en')).text;
      for (const said of ['Singapore', 'Mailing', 'PDPA 2012', 'Yearly audit', 'equal those required'])
        expect(text).toContain(said);
      for (const unsaid of ['Abroad Pte', 'Kaku</']) expect(text).not.toContain(unsaid);
    });

    it('keeps what a review found sealed, and shows it to whoever may read reviews', async () => {
      const { body } = await to.get<{ reviews: { findings: string; version: number }[] }>(
        '/v1/handling-rules/reviews',
      );
      expect(body.reviews).toMatchObject([{ findings: '規程と権限を確認した', version: 1 }]);
      const trail = await to.get('/v1/audit-trail?limit=500');
      expect(trail.text).toContain('HandlingRulesReviewed');
      expect(trail.text).not.toContain('規程と権限を確認した');
    });
  });
});
