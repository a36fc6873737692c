import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import iconv from 'iconv-lite';
import { openEventStore } from '@enishi/event-store';
import { api, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { startServer, temporaryHome, type TestServer } from '../support/server';
import { BODIES } from './support/bodies';
import { cliOf } from './support/cli';
import { accepted, caughtUp, furnish, importFile, IN_PERSON, leaversFile } from './support/steps';

jest.setTimeout(120_000);

interface Export {
  readonly exportId: string;
  readonly standing: string;
  readonly lines?: number;
  readonly people?: number;
  readonly bytes?: number;
  readonly fileHash?: string;
  readonly reason?: string;
  readonly recipient?: string;
  readonly ground?: string;
}

/** Puts the beginning of somebody's erasure into the ledger, as the erasure desk would. */
async function startErasure({ home }: TestServer, alumnusId: string): Promise<void> {
  const logger = { warn: () => undefined };
  const store = await openEventStore({ url: databaseOf(home), embedded: true, logger });
  const now = new Date().toISOString();
  const [id, commandId] = [randomUUID(), randomUUID()];
  const times = { decidedAt: now, effectiveAt: now };
  const ids = { commandId, $causationId: commandId, $correlationId: commandId };
  const metadata = { v: 1, actor: 'system:test', ...times, ...ids };
  const data = { alumnusId, categories: ['programme', 'contact'] };
  const events = [{ id, type: 'ErasureStarted', data, metadata }];
  await store.append({ stream: `lifecycle-${alumnusId}`, expected: 'no-stream', events });
  await store.close();
}

const CONSENTS = { content: 'consents', level: 'masked', format: 'csv', reason: '四半期の監査' };

describe('exports with personal data', () => {
  const place = temporaryHome();
  let server: TestServer;
  /** Compliance; approves. */
  let to: Api;
  let auditor: Api;
  let purposeId: string;
  let first: string;
  let second: string;

  const as = async (role: string): Promise<Api> => {
    const machine = { kind: 'machine', label: `${role} of the test` };
    const { id } = accepted(await to.post<{ id: string }>('/v1/accounts', machine)).body;
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    accepted(await to.post(`/v1/accounts/${id}/grants`, { role, validUntil }));
    const made = await to.post<{ token: string }>('/v1/tokens', { accountId: id, validUntil });
    return api(server, accepted(made).body.token);
  };
  const register = async (employeeNumber: string, family: string, kana: string, email: string) => {
    const employment = { department: '営業部', joinedOn: '2015-04-01', leftOn: '2024-03-31' };
    const person = {
      employeeNumber,
      name: { family, given: '結' },
      kana: { family: kana, given: 'ユイ' },
      email,
      phone: '090-1234-5678',
      employment,
    };
    return accepted(await to.post<{ alumnusId: string }>('/v1/alumni', person)).body.alumnusId;
  };
  const one = async (exportId: string, by = auditor) =>
    accepted(await by.get<Export>(`/v1/exports/${exportId}`)).body;
  const requested = async (body: object = CONSENTS) =>
    accepted(await auditor.post<{ exportId: string }>('/v1/exports', body)).body.exportId;
  const until = async (exportId: string, standing: string): Promise<Export> => {
    for (;;) {
      const found = await one(exportId);
      if (found.standing === standing) return found;
      if (found.standing !== 'approved' && found.standing !== 'making') throw new Error(found.standing);
      await sleep(30);
    }
  };
  const made = async (body: object = CONSENTS): Promise<Export> => {
    const exportId = await requested(body);
    accepted(await to.post(`/v1/exports/${exportId}/approval`));
    return until(exportId, 'made');
  };
  const handOver = (exportId: string) =>
    auditor.post(`/v1/exports/${exportId}/hand-over`, { recipient: '架空監査法人 縁野' });
  const file = async (body: object): Promise<Buffer> => {
    const { exportId } = await made(body);
    accepted(await handOver(exportId));
    return accepted(await auditor.get(`/v1/exports/${exportId}/file`)).bytes;
  };
  const code = async (answer: Promise<{ status: number; body: Record<string, unknown> }>) => {
    const { status, body } = await answer;
    return [status, body['code']];
  };

  beforeAll(async () => {
    server = await startServer({ home: place.home, env: { ENISHI_CHECKPOINT_SECONDS: '1' } });
    to = api(server);
    ({ purposeId } = await furnish(to));
    auditor = await as('auditor');
    first = await register('P-00012', '髙﨑', 'タカサキ', 'takasaki@example.jp');
    second = await register('P-00034', '𠮷野', 'ヨシノ', 'yoshino@example.jp');
    const grant = { channels: ['email'], language: 'ja', ...IN_PERSON };
    const consents = (who: string) => `/v1/alumni/${who}/consents/${purposeId}`;
    accepted(await to.post(`${consents(first)}/grants`, { ...grant, evidence: '署名を確認 =1+1' }));
    accepted(await to.post(`${consents(second)}/grants`, grant));
    accepted(await to.post(`${consents(second)}/withdrawals`, { channels: ['email'], ...IN_PERSON }));
    await caughtUp(to);
  });
  afterAll(async () => {
    await server?.stop();
    await place.remove();
  });

  it('are asked for by one and approved by another; nobody else may', async () => {
    const hr = await as('hr');
    expect(await code(hr.post('/v1/exports', CONSENTS))).toEqual([403, 'permission-missing']);
    const exportId = await requested();
    expect(await code(auditor.post(`/v1/exports/${exportId}/approval`))).toEqual([403, 'permission-missing']);
    const own = accepted(await to.post<{ exportId: string }>('/v1/exports', CONSENTS)).body.exportId;
    expect(await code(to.post(`/v1/exports/${own}/approval`))).toEqual([422, 'export-own-request']);
    expect(await code(to.post(`/v1/exports/${own}/refusal`, { reason: 'x' }))).toEqual([
      422,
      'export-own-request',
    ]);
    accepted(await to.post(`/v1/exports/${exportId}/refusal`, { reason: '範囲が広い' }));
    expect(await one(exportId)).toMatchObject({
      standing: 'refused',
      reason: CONSENTS.reason,
      refusal: '範囲が広い',
    });
    const other = await as('auditor');
    expect(await one(exportId, other)).not.toHaveProperty('reason');
    expect(await code(other.delete(`/v1/exports/${own}`))).toEqual([403, 'export-of-another']);
    accepted(await to.delete(`/v1/exports/${own}`));
    const wrong = { ...CONSENTS, content: 'trail', kind: 'granted' };
    expect(await code(auditor.post('/v1/exports', wrong))).toEqual([422, 'export-condition-unfit']);
  });

  it('show at the level masked who people are, and not how they are reached', async () => {
    const bytes = await file(CONSENTS);
    const rows = parse(bytes, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows.map((row) => [row['本人ID alumnus'], row['種別 kind'], row['氏名 name']])).toEqual([
      [first, 'granted', '髙﨑 結'],
      [second, 'granted', '𠮷野 結'],
      [second, 'withdrawn', '𠮷野 結'],
    ]);
    expect(rows[0]).toMatchObject({
      'フリガナ kana': 'タカサキ ユイ',
      '社員番号 employee number': 'P-00012',
      'メール e-mail': 't***@example.jp',
      '電話 phone': '090-****-5678',
    });
    expect(bytes.toString()).not.toMatch(/takasaki|署名|1234/);
  });

  it('show at the level full contact and evidence too, in every format', async () => {
    const full = { ...CONSENTS, level: 'full', alumnusId: first };
    const cp932 = iconv.decode(await file({ ...full, encoding: 'cp932' }), 'cp932');
    expect(cp932).toContain('takasaki@example.jp');
    const [line] = (await file({ ...full, format: 'jsonl' })).toString().trimEnd().split('\n');
    expect(JSON.parse(line!)).toMatchObject({
      kind: 'granted',
      person: { name: { family: '髙﨑' }, email: 'takasaki@example.jp', state: 'known' },
      evidence: { evidence: '署名を確認 =1+1' },
    });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load((await file({ ...full, format: 'xlsx' })) as unknown as ArrayBuffer);
    expect(JSON.stringify(book.worksheets[0]!.getSheetValues())).toContain('署名を確認 =1+1');
    const trail = { ...full, content: 'trail', format: 'pdf', language: 'en' };
    expect((await file(trail)).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('are bundles too, in which values are disclosed with what proves them', async () => {
    while ((await to.get('/checkpoint')).status !== 200) await sleep(50);
    const bundle = { ...CONSENTS, format: 'bundle', alumnusId: first };
    const { exportId, lines, people } = await made(bundle);
    expect([lines, people]).toEqual([undefined, 1]);
    accepted(await handOver(exportId));
    const answer = accepted(await auditor.get(`/v1/exports/${exportId}/file`));
    expect(answer.headers.get('content-disposition')).toContain('.zip"');
    const names = answer.bytes.toString('latin1').match(/(?<=PK\x01\x02[\s\S]{42})[\w/.-]+/g);
    // The next entry begins behind a name.
    expect(names?.map((name) => name.replace(/PK$/, ''))).toEqual(
      expect.arrayContaining(['disclosures.jsonl', 'data/people.jsonl', 'manifest.sig']),
    );
  });

  it('as bundles, verify on the reader’s machine, which says what is proven and what is withheld', async () => {
    const cli = cliOf(server);
    const folder = mkdtempSync(path.join(tmpdir(), 'enishi-verify-'));
    const checked = async (body: object) => {
      const name = path.join(folder, `${randomUUID()}.zip`);
      writeFileSync(name, await file(body));
      const { code, out } = await cli(['verify', name, '--json']);
      return [code, JSON.parse(out) as object];
    };
    const counts = (proven: number, withheld: number) => ({ proven, withheld, erased: 0, people: 2 });
    const bundle = { ...CONSENTS, format: 'bundle' };
    const masked = await checked(bundle);
    expect(masked).toMatchObject([0, { manifest: { level: 'masked' }, counted: counts(6, 7) }]);
    const full = await checked({ ...bundle, level: 'full' });
    expect(full).toMatchObject([0, { manifest: { level: 'full' }, counted: counts(11, 2) }]);
    rmSync(folder, { recursive: true });
  });

  it('of the trail may be of one actor; nothing else is of one', async () => {
    const trail = { ...CONSENTS, content: 'trail' };
    const { actor } = parse<{ actor: string }>(iconv.decode(await file(trail), 'utf8'), {
      bom: true,
      columns: (names: string[]) => names.map((name) => name.split(' ').at(-1)!),
    })[0]!;
    const own = await made({ ...trail, actor });
    expect(own.lines).toBeGreaterThan(0);
    expect(await one(own.exportId)).toMatchObject({ actor });
    expect((await made({ ...trail, actor: 'system:nobody' })).lines).toBe(0);
    expect(await code(auditor.post('/v1/exports', { ...CONSENTS, actor }))).toEqual([
      422,
      'export-condition-unfit',
    ]);
  });

  it('may be recorded as given to a recipient, with everybody in the file', async () => {
    const { recipientId } = accepted(
      await to.post<{ recipientId: string }>('/v1/recipients', { ...BODIES['Recipients.add'], code: 'firm' }),
    ).body;
    accepted(
      await to.post(`/v1/recipients/${recipientId}/assessments`, { assessment: 'selection', passed: true }),
    );
    const { exportId } = await made();
    const given = { recipientId, ground: 'entrustment', items: ['name', 'consents'], exportId };
    const { provisionId } = accepted(await to.post<{ provisionId: string }>('/v1/provisions', given)).body;
    const record = accepted(await to.get<{ members: object[] }>(`/v1/provisions/${provisionId}`)).body;
    expect(record).toMatchObject({ exportId, people: 2 });
    expect(record.members).toEqual([{ alumnusId: first }, { alumnusId: second }]);
    const waiting = await requested();
    expect(await code(to.post('/v1/provisions', { ...given, exportId: waiting }))).toEqual([
      422,
      'export-not-made',
    ]);
  });

  it('leave a stream with whom the file holds, and no word of anybody in clear', async () => {
    const { exportId, lines, people, bytes } = await made();
    expect({ lines, people }).toEqual({ lines: 3, people: 2 });
    expect(bytes).toBeGreaterThan(500);
    const { events } = accepted(
      await to.get<{ events: { stream: string; type: string; fields: Record<string, unknown> }[] }>(
        '/v1/audit-trail?limit=500',
      ),
    ).body;
    const own = events.filter(({ stream }) => stream === `export-${exportId}`);
    expect(own.map(({ type }) => type)).toEqual([
      'ExportRequested',
      'ExportApproved',
      'ExportStarted',
      'ExportChunkRecorded',
      'ExportCompleted',
    ]);
    expect(own[3]!.fields).toEqual({ exportId, number: 0, lines: 3 });
    expect(JSON.stringify(own)).not.toMatch(/四半期|髙﨑|[0-9a-f]{64}/);
  });

  it('stand in the history of everybody whose data they hold, and in the access log before', async () => {
    const { exportId } = await made({ ...CONSENTS, alumnusId: second });
    await caughtUp(to);
    const included = async (who: string) => {
      const { body } = await to.get<{ events: { type: string; stream: string }[] }>(
        `/v1/alumni/${who}/history?limit=500`,
      );
      return body.events
        .filter(({ type }) => type === 'ExportChunkRecorded')
        .map(({ stream }) => stream.slice('export-'.length));
    };
    expect(await included(second)).toContain(exportId);
    expect(await included(first)).not.toContain(exportId);
    const listed = async (who: string) =>
      (await to.get<{ exports: Export[] }>(`/v1/exports?alumnusId=${who}`)).body.exports.map(
        (found) => found.exportId,
      );
    expect(await listed(second)).toContain(exportId);
    expect(await listed(first)).not.toContain(exportId);
    const { entries } = (
      await to.get<{ entries: { personIds: string[]; correlationId: string; fields: string[] }[] }>(
        '/v1/access-log?view=export&limit=1',
      )
    ).body;
    expect(entries).toMatchObject([
      { personIds: [second], fields: ['level:masked'], correlationId: exportId },
    ]);
    expect((await to.get(`/v1/alumni/${second}/replay`)).status).toBe(200);
  });

  it('are drawn as uses, each with who asked, who approved, and its steps', async () => {
    const { population, items } = accepted(
      await to.get<{
        population: number;
        items: { use: Record<string, unknown>; events: { type: string }[] }[];
      }>('/v1/audit-samples?of=uses&seed=s&n=2'),
    ).body;
    expect(population).toBeGreaterThan(2);
    expect(items).toHaveLength(2);
    for (const { use, events } of items) {
      expect(use).toMatchObject({ requestedByName: 'auditor of the test', level: expect.any(String) });
      expect(use['decidedBy']).not.toBe(use['requestedBy']);
      expect(events.map(({ type }) => type).slice(0, 4)).toEqual([
        'ExportRequested',
        'ExportApproved',
        'ExportStarted',
        'ExportCompleted',
      ]);
    }
    const sheet = accepted(await to.get('/v1/audit-samples/sheet?of=uses&seed=s&n=2')).bytes.toString();
    expect(sheet).toContain('auditor of the test');
  });

  it('are sealed on disk, downloaded only when handed over, from any place on', async () => {
    const { exportId, bytes, fileHash } = await made();
    const at = `/v1/exports/${exportId}/file`;
    expect(await code(auditor.get(at))).toEqual([409, 'export-not-handed-over']);
    const sealed = readFileSync(path.join(server.home, 'exports', `${exportId}.sealed`));
    expect(sealed.includes('髙﨑')).toBe(false);
    const other = await as('auditor');
    accepted(await handOver(exportId));
    expect(await code(other.get(at))).toEqual([403, 'export-of-another']);
    const whole = accepted(await auditor.get(at));
    expect(whole.bytes).toHaveLength(bytes!);
    expect(createHash('sha256').update(whole.bytes).digest('hex')).toBe(fileHash);
    const part = async (range: string, more: Record<string, string> = {}) => {
      const answer = await auditor.get(at, { headers: { range, ...more } });
      return [answer.status, answer.headers.get('content-range'), answer.bytes] as const;
    };
    expect(await part('bytes=100-')).toEqual([
      206,
      `bytes 100-${bytes! - 1}/${bytes!}`,
      whole.bytes.subarray(100),
    ]);
    expect(await part('bytes=3-9')).toEqual([206, `bytes 3-9/${bytes!}`, whole.bytes.subarray(3, 10)]);
    expect((await part(`bytes=${bytes!}-`)).slice(0, 2)).toEqual([416, `bytes */${bytes!}`]);
    const etag = whole.headers.get('etag')!;
    expect((await part('bytes=100-', { 'if-range': etag }))[0]).toBe(206);
    expect((await part('bytes=100-', { 'if-range': '"another"' }))[0]).toBe(200);
    expect((await one(exportId)).recipient).toBe('架空監査法人 縁野');
    accepted(await to.delete(`/v1/exports/${exportId}`));
    expect(readdirSync(path.join(server.home, 'exports'))).not.toContain(`${exportId}.sealed`);
    expect(await code(auditor.get(at))).toEqual([409, 'export-not-handed-over']);
  });

  it('from the command line, compared with the hash in the ledger', async () => {
    const enishi = cliOf(server);
    const exportId = await requested();
    expect((await enishi(['export', 'approve', exportId])).code).toBe(0);
    await until(exportId, 'made');
    expect((await enishi(['export', 'hand-over', exportId, '--to', '監査法人'])).code).toBe(0);
    const shown = await enishi(['export', 'show', exportId]);
    expect(shown.out).toContain('四半期の監査');
    const folder = mkdtempSync(path.join(tmpdir(), 'enishi-export-'));
    try {
      const out = path.join(folder, 'consents.csv');
      expect((await enishi(['export', 'download', exportId, '--out', out])).code).toBe(0);
      expect(readFileSync(out, 'utf8')).toContain('髙﨑');
      expect(existsSync(`${out}.part`)).toBe(false);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    expect((await enishi(['export', 'list'])).out).toContain(exportId.slice(0, 8));
    expect((await enishi(['export', 'purge', exportId])).code).toBe(0);
    const words = ['--of', 'consents', '--level', 'masked', '--reason', '監査'];
    const asked = await enishi(['export', 'request', ...words, '--json']);
    const own = (JSON.parse(asked.out) as Export).exportId;
    const refused = await enishi(['export', 'approve', own]);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('asked for themselves')]);
    expect((await enishi(['export', 'refuse', own, '--reason', 'x'])).code).toBe(2);
  });

  // Near the end, since it erases.
  it('are deleted when somebody in them is erased, handed over or not, and made anew without them', async () => {
    const [waiting, given] = [await made(), await made()];
    const without = await made({ ...CONSENTS, alumnusId: first });
    accepted(await handOver(given.exportId));
    await startErasure(server, second);
    expect(await code(handOver(waiting.exportId))).toEqual([409, 'export-purged']);
    expect(await code(auditor.get(`/v1/exports/${given.exportId}/file`))).toEqual([409, 'export-purged']);
    for (const { exportId } of [waiting, given]) {
      expect(await one(exportId)).toMatchObject({ standing: 'purged', ground: 'erasure' });
      expect(existsSync(path.join(server.home, 'exports', `${exportId}.sealed`))).toBe(false);
    }
    accepted(await handOver(without.exportId));
    const rows = parse(await file(CONSENTS), { bom: true, columns: true }) as Record<string, string>[];
    expect(rows.map((row) => [row['氏名 name'], row['個人データ personal data']])).toEqual([
      ['髙﨑 結', ''],
      ['', '消去済 erased'],
      ['', '消去済 erased'],
    ]);
  });

  // Last, since the clients above are of the server that it kills.
  it('are made by the next server where one is killed while it makes one, with one beginning in the ledger', async () => {
    const steps = async (exportId: string) => {
      const path = '/v1/audit-trail?actor=system:exports&limit=500';
      const { events } = accepted(await to.get<{ events: { stream: string; type: string }[] }>(path)).body;
      return events.filter(({ stream }) => stream === `export-${exportId}`).map(({ type }) => type);
    };
    await importFile(to, leaversFile(1500, { seed: 51 }));
    await caughtUp(to);
    const exportId = await requested({ ...CONSENTS, content: 'trail' });
    accepted(await to.post(`/v1/exports/${exportId}/approval`));
    const standing = async () => (await one(exportId)).standing;
    while ((await standing()) === 'approved') await sleep(5);
    expect(await standing()).toBe('making');
    await server.kill();
    server = await startServer({ home: place.home });
    to = api(server);
    auditor = await as('auditor');
    while ((await standing()) === 'making') await sleep(50);
    await caughtUp(to);
    const done = await one(exportId);
    expect(done).toMatchObject({ standing: 'made', people: 1502 });
    expect(done.lines).toBeGreaterThan(1500);
    expect(await steps(exportId)).toEqual(['ExportStarted', 'ExportChunkRecorded', 'ExportCompleted']);
  });
});
