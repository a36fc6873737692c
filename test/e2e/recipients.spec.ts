import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PURPOSE_TEMPLATES } from '@enishi/domain';
import { api, type Api } from '../support/api';
import { startServer, type TestServer } from '../support/server';
import { BODIES } from './support/bodies';
import { cliOf } from './support/cli';
import { accepted, IN_PERSON } from './support/steps';

jest.setTimeout(120_000);

interface Telling {
  readonly recipientId: string;
  readonly alumnusId: string;
  readonly ground: string;
  readonly items: readonly string[];
  readonly causeId: string;
  readonly toldId?: string;
}

const ENTRY = BODIES['Recipients.add'] as { readonly content: object } & Record<string, unknown>;

describe('recipients of the data', () => {
  let server: TestServer;
  /** Compliance. */
  let to: Api;

  const code = async (answer: Promise<{ status: number; body: Record<string, unknown> }>) => {
    const { status, body } = await answer;
    return [status, body['code']];
  };
  const entered = async (body: object) =>
    accepted(await to.post<{ recipientId: string }>('/v1/recipients', body)).body.recipientId;
  const one = async (recipientId: string) => accepted(await to.get(`/v1/recipients/${recipientId}`)).body;

  beforeAll(async () => {
    server = await startServer();
    to = api(server);
  });
  afterAll(() => server?.stop());

  it('are a register: entered, looked at, revised, ended', async () => {
    const recipientId = await entered(ENTRY);
    expect(await one(recipientId)).toMatchObject({
      code: 'mailer',
      version: 1,
      representative: '架空 太郎',
      contact: { name: '縁野 結' },
      reviews: [{ assessment: 'yearly' }],
      fault: { code: 'assessment-wanting', text: { en: expect.stringContaining('APPI 25') as string } },
    });
    type Log = { readonly entries: readonly { readonly view: string; readonly route: string }[] };
    const log = accepted(await to.get<Log>(`/v1/access-log?alumnusId=${recipientId}`)).body.entries;
    expect(log).toMatchObject([{ view: 'recipient', route: 'GET /v1/recipients/:recipientId' }]);
    const where = `/v1/recipients/${recipientId}`;
    const found = { assessment: 'selection', passed: true, findings: '立入検査で確認' };
    accepted(await to.post(`${where}/assessments`, found));
    const assessed = await one(recipientId);
    expect(assessed).toMatchObject({ assessments: [found] });
    expect(assessed).not.toHaveProperty('fault');
    accepted(await to.post(`${where}/revisions`, { ...described(), representative: '架空 次郎' }));
    expect(await one(recipientId)).toMatchObject({ version: 2, representative: '架空 次郎' });
    expect(await code(to.post(`${where}/end`, { disposal: 'not-due' }))).toEqual([
      422,
      'disposal-not-confirmed',
    ]);
    accepted(await to.post(`${where}/end`, { disposal: 'certificate', proof: '消去証明書 1' }));
    expect(await one(recipientId)).toMatchObject({ disposal: 'certificate', proof: '消去証明書 1' });
    expect(await code(to.post(`${where}/assessments`, found))).toEqual([422, 'recipient-ended']);
  });

  it('are listed without their people, who stand sealed in the ledger', async () => {
    const { text, body } = accepted(await to.get<{ recipients: object[] }>('/v1/recipients'));
    expect(body.recipients).toHaveLength(1);
    for (const name of ['架空 次郎', '架空 太郎', '縁野', '立入検査', '消去証明書']) {
      expect(text).not.toContain(name);
    }
    const trail = accepted(await to.get('/v1/audit-trail?limit=500')).text;
    expect(trail).toContain('架空配信株式会社');
    for (const name of ['架空 次郎', '架空 太郎', '縁野']) expect(trail).not.toContain(name);
  });

  it('have a code of their own and a basis of article 28, or are refused', async () => {
    expect(await code(to.post('/v1/recipients', ENTRY))).toEqual([422, 'code-taken']);
    const abroad = { ...ENTRY, code: 'abroad', content: { ...ENTRY.content, country: 'SG' } };
    const { status, body } = await to.post('/v1/recipients', abroad);
    expect([status, body['code']]).toEqual([422, 'transfer-basis-unfit']);
    expect(body['messages']).toMatchObject({ ja: expect.stringContaining('28 条') as string });
    expect(await code(to.get(`/v1/recipients/${randomUUID()}`))).toEqual([404, 'recipient-unknown']);
  });

  it('are kept on the command line too', async () => {
    const enishi = cliOf(server);
    const file = path.join(server.home, 'recipient.json');
    writeFileSync(file, JSON.stringify(described()));
    const added = await enishi(['recipient', 'add', 'auditor', '--role', 'third-party', '--file', file]);
    expect(added).toMatchObject({ code: 0 });
    const revised = await enishi(['recipient', 'revise', 'auditor', '--address-ja', '大阪府']);
    expect(revised).toMatchObject({ code: 0 });
    const shown = await enishi(['recipient', 'show', 'auditor', '--lang', 'ja']);
    for (const text of ['大阪府 / Tokyo', '架空 太郎', '第三者提供先', '提供可']) {
      expect(shown.out).toContain(text);
    }
    const listed = await enishi(['recipient', 'list', '--lang', 'en']);
    expect(listed.out).toMatch(/auditor .* third party .* may be given data/);
    const wrong = await enishi(['recipient', 'assess', 'auditor', '--as', 'yearly', '--passed']);
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('does not apply') as string });
    const done = await enishi(['recipient', 'end', 'auditor', '--disposal', 'not-due']);
    expect(done).toMatchObject({ code: 0 });
  });

  it('are ended for good with what became of the data', async () => {
    const { recipients } = accepted(await to.get<{ recipients: object[] }>('/v1/recipients')).body;
    expect(recipients).toMatchObject([{ code: 'mailer', disposal: 'certificate' }, { code: 'auditor' }]);
    for (const one of recipients) expect(one).toMatchObject({ fault: { code: 'recipient-ended' } });
  });

  describe('and what they were given', () => {
    let purposeId: string;
    let partner: string;
    let printer: string;
    let first: string;
    let second: string;
    let consentId: string;

    const register = async (employeeNumber: string, email: string) => {
      const employment = { joinedOn: '2015-04-01', leftOn: '2024-03-31' };
      const person = { employeeNumber, name: { family: '縁野' }, email, employment };
      return accepted(await to.post<{ alumnusId: string }>('/v1/alumni', person)).body.alumnusId;
    };
    const waiting = async (name: string): Promise<number> => {
      type Work = { readonly work: readonly { readonly name: string; readonly count: number }[] };
      const { work } = accepted(await to.get<Work>('/v1/work?for=all')).body;
      return work.find((one) => one.name === name)?.count ?? 0;
    };
    const giving = (more: object) => to.post<{ provisionId: string }>('/v1/provisions', more);
    const tellings = async (query: string, count: number): Promise<readonly Telling[]> => {
      for (;;) {
        const { body } = accepted(await to.get<{ tellings: Telling[] }>(`/v1/tellings?${query}`));
        if (body.tellings.length >= count) return body.tellings;
        await sleep(50);
      }
    };

    beforeAll(async () => {
      const recipients = [{ ja: '紹介会社', en: 'Agency' }];
      const content = { ...PURPOSE_TEMPLATES['rehire'], recipients };
      const drafted = await to.post<{ purposeId: string }>('/v1/purposes', { code: 'introduce', content });
      ({ purposeId } = accepted(drafted).body);
      accepted(await to.post(`/v1/purposes/${purposeId}/versions/1/publication`, {}));
      first = await register('R-1', 'first@example.jp');
      second = await register('R-2', 'second@example.jp');
      const answer = { channels: ['email'], language: 'ja', ...IN_PERSON };
      const granted = await to.post(`/v1/alumni/${first}/consents/${purposeId}/grants`, answer);
      [consentId] = accepted(granted).body['eventIds'] as [string];
      partner = await entered({ ...ENTRY, code: 'partner', role: 'third-party' });
      printer = await entered({ ...ENTRY, code: 'printer' });
    });

    it('is recorded with each consent, and refused without', async () => {
      const given = {
        ...{ recipientId: partner, ground: 'consent', purposeId, items: ['name', 'email'] },
        alumnusIds: [first],
        note: '暗号化した媒体',
      };
      const refused = await giving({ ...given, alumnusIds: [first, second] });
      expect([refused.status, refused.body]).toMatchObject([
        422,
        { code: 'provision-without-consent', details: { people: 1, alumnusId: second } },
      ]);
      const { provisionId } = accepted(await giving(given)).body;
      expect(accepted(await to.get(`/v1/provisions/${provisionId}`)).body).toMatchObject({
        recipient: { name: { ja: '架空配信株式会社' }, representative: '架空 太郎' },
        byConsent: true,
        note: '暗号化した媒体',
        members: [{ alumnusId: first, consentId }],
        keepUntil: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) as string,
      });
      expect(await code(giving({ ...given, alumnusIds: [randomUUID()] }))).toEqual([
        422,
        'provision-of-gone',
      ]);
      expect(await code(giving({ ...given, exportId: randomUUID() }))).toEqual([400, 'not-valid']);
    });

    it('goes to no processor who was not assessed', async () => {
      const entrusted = {
        ...{ recipientId: printer, ground: 'entrustment', items: ['email'], alumnusIds: [first, second] },
        effectiveAt: '2026-11-01',
      };
      expect(await code(giving(entrusted))).toEqual([422, 'assessment-wanting']);
      expect(await waiting('recipients-to-assess')).toBe(1);
      const passed = { assessment: 'selection', passed: true, effectiveAt: '2026-10-01' };
      accepted(await to.post(`/v1/recipients/${printer}/assessments`, passed));
      accepted(await giving(entrusted));
      expect(await waiting('recipients-to-assess')).toBe(0);
    });

    it('is found from the person, by the trail and by the desk, and the reading is logged', async () => {
      const of = async (who: string) =>
        accepted(await to.get<{ provisions: object[] }>(`/v1/provisions?alumnusId=${who}`)).body.provisions;
      expect(await of(second)).toMatchObject([{ recipientId: printer, ground: 'entrustment', people: 2 }]);
      expect(await of(first)).toMatchObject([{ recipientId: printer }, { recipientId: partner, consentId }]);
      const { events } = accepted(
        await to.get<{ events: { type: string }[] }>(`/v1/alumni/${first}/history?limit=100`),
      ).body;
      expect(events.filter(({ type }) => type === 'ProvisionChunkRecorded')).toHaveLength(2);
      const log = accepted(
        await to.get<{ entries: { view: string }[] }>(`/v1/access-log?alumnusId=${first}`),
      );
      expect(log.body.entries.map(({ view }) => view)).toContain('provisions');
    });

    it('is told of to whoever has it: corrections, withdrawals', async () => {
      const fix = { email: 'new@example.jp', investigation: { origin: 'person', checked: '返信で確認' } };
      const corrected = accepted(await to.patch(`/v1/alumni/${first}`, fix, { ifMatch: 0 }));
      const causeId = (corrected.body['eventIds'] as string[])[1];
      const due = await tellings(`alumnusId=${first}`, 2);
      expect(await waiting('recipients-to-tell')).toBe(2);
      expect(due).toMatchObject([
        { recipientId: partner, ground: 'correction', items: ['email'], causeId },
        { recipientId: printer, ground: 'correction', items: ['email'], causeId },
      ]);
      const told = { alumnusIds: [first, second], means: 'email', proof: '文書 2026-1 に返信あり' };
      const answer = accepted(await to.post(`/v1/recipients/${printer}/told`, told));
      expect(answer.body['eventIds']).toHaveLength(1);
      expect(accepted(await to.post(`/v1/recipients/${printer}/told`, told)).body['outcome']).toBe(
        'unchanged',
      );
      expect(await tellings(`alumnusId=${first}`, 1)).toMatchObject([{ recipientId: partner }]);
      expect(await tellings('state=told', 1)).toMatchObject([{ recipientId: printer, causeId }]);
      const out = { channels: ['email'], ...IN_PERSON };
      accepted(await to.post(`/v1/alumni/${first}/consents/${purposeId}/withdrawals`, out));
      expect(await tellings(`recipientId=${partner}`, 2)).toMatchObject([
        { ground: 'correction' },
        { ground: 'withdrawal', items: ['name', 'email'] },
      ]);
      const plan = accepted(await to.post('/v1/erasures/preview', { alumnusIds: [first, second] })).body;
      const given = [
        { recipientId: partner, people: 1, open: 1 },
        { recipientId: printer, people: 2, open: 0 },
      ];
      expect(plan['recipients']).toEqual(given.toSorted((a, b) => (a.recipientId < b.recipientId ? -1 : 1)));
    });

    it('is told of on the command line, with everything that is due', async () => {
      const enishi = cliOf(server);
      const listed = await enishi(['recipient', 'tellings', '--lang', 'ja']);
      expect(listed.out).toMatch(/partner .* 訂正 .*\n.*partner .* 同意の撤回/);
      const args = ['--all', '--means', 'post', '--proof', '書留 1'];
      expect(await enishi(['recipient', 'told', 'partner', ...args])).toMatchObject({ code: 0 });
      const none = await enishi(['recipient', 'tellings']);
      expect(none).toMatchObject({
        out: '',
        err: expect.stringContaining('Nobody has to be told') as string,
      });
      const record = ['--to', 'printer', '--ground', 'entrustment', '--items', 'name', '--alumnus', second];
      const recorded = await enishi(['provision', 'record', ...record, '--note', '紙']);
      expect(recorded).toMatchObject({ code: 0 });
      const shown = await enishi(['provision', 'list', '--alumnus', second]);
      expect(shown.out).toMatch(/printer .* entrusted \(27\(5\)\(i\)\)/);
    });

    it('came from somebody, and how they had come by it (30)', async () => {
      const receipt = {
        ...{ recipientId: partner, ground: 'consent', items: ['phone'], alumnusIds: [second] },
        acquired: '本人から取得。契約書の写しで確認',
      };
      const { receiptId } = accepted(await to.post<{ receiptId: string }>('/v1/receipts', receipt)).body;
      const { body } = accepted(await to.get(`/v1/receipts/${receiptId}`));
      expect(body).toMatchObject({ acquired: receipt.acquired, members: [{ alumnusId: second }], people: 1 });
      const { receipts } = accepted(
        await to.get<{ receipts: object[] }>(`/v1/receipts?alumnusId=${second}`),
      ).body;
      expect(receipts).toMatchObject([{ receiptId, recipientId: partner }]);
    });

    it('is corrected with what stood before, by whom it was said, and what was looked at', async () => {
      const { corrections } = accepted(
        await to.get<{ corrections: Record<string, unknown>[] }>(`/v1/alumni/${first}/corrections`),
      ).body;
      expect(corrections).toMatchObject([
        {
          origin: 'person',
          values: [{ field: 'email', before: 'f***@example.jp', after: 'n***@example.jp' }],
        },
      ]);
      const reveal = `/v1/alumni/${first}/events/${String(corrections[0]!['investigationId'])}/reveal`;
      expect(accepted(await to.post(reveal, { reason: '監査' })).body).toMatchObject({
        values: { checked: '返信で確認' },
      });
      const look = { fields: ['name'], origin: 'person', outcome: 'right', checked: '名簿と照合' };
      accepted(await to.post(`/v1/alumni/${first}/investigations`, look));
      expect(
        await code(to.post(`/v1/alumni/${first}/investigations`, { ...look, outcome: 'wrong' })),
      ).toEqual([422, 'correct-what-is-wrong']);
      const enishi = cliOf(server);
      const confirm = ['alumnus', 'confirm', first, '--field', 'email', '--origin', 'person'];
      expect(await enishi([...confirm, '--on', '2026-11-20'])).toMatchObject({ code: 0 });
      expect(
        await code(to.post(`/v1/alumni/${first}/confirmations`, { fields: ['phone'], origin: 'person' })),
      ).toEqual([422, 'nothing-to-confirm']);
      const shown = await enishi(['alumnus', 'corrections', first, '--lang', 'ja']);
      expect(shown.out).toMatch(/メールアドレス +f\*\*\*@example\.jp +n\*\*\*@example\.jp .* 本人/);
    });
  });

  function described(): object {
    const { code: _, role: __, ...rest } = ENTRY as Record<string, unknown>;
    return rest;
  }
});
