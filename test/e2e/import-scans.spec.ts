import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import * as iconv from 'iconv-lite';
import { api, type Api } from '../support/api';
import { databaseOf } from '../support/home-database';
import { startServer, temporaryHome, type TestServer } from '../support/server';
import { atVolume } from '../support/volume';
import { zipOf } from '../support/zips';
import { cliOf } from './support/cli';
import { accepted, caughtUp, furnish, importFile, settled, type ImportView } from './support/steps';

jest.setTimeout(180_000);

const PEOPLE = ['一', '二', '三', '四', '五'];
const LEAVERS = Buffer.from(
  '社員番号,姓,名,入社年月日,退職年月日,メールアドレス\n' +
    PEOPLE.map((given, at) => `S-${at + 1},縁野,${given},2010-04-01,2024-03-31,s${at}@example.jp`).join('\n'),
);
const HEADER =
  '社員番号,氏名,利用目的,版,連絡手段,回答,同意日,同意方法,取得方法,本人確認,言語,同意書ファイル名';
const pdf = (text: string): Buffer => Buffer.from(`%PDF-1.7\n${text}`);

let now: string;
const said = (who: number, file: string, answer = '同意') =>
  `S-${who},縁野${PEOPLE[who - 1]},rehire,1,email,${answer},${now},document,paper,document-seen,ja,${file}`;
const table = (...rows: readonly string[]): Buffer => Buffer.from([HEADER, ...rows].join('\n'));

interface Problems {
  readonly problems: readonly { readonly line: number; readonly code: string; readonly severity: string }[];
}
interface Scans {
  readonly items: readonly {
    readonly number: number;
    readonly used: boolean | null;
    readonly type: string;
  }[];
}

describe('scans of consents', () => {
  const place = temporaryHome();
  let server: TestServer;
  let to: Api;

  const staged = async (file: Buffer): Promise<string> => {
    const headers = { 'enishi-content': 'consents' };
    return accepted(await to.post<ImportView>('/v1/imports', file, { headers })).body.importId;
  };
  const scan = (importId: string, number: number, name: string, bytes: Uint8Array, key?: string) =>
    to.put(`/v1/imports/${importId}/scans/${number}`, bytes, {
      headers: { 'enishi-file-name': encodeURIComponent(name) },
      ...(key !== undefined && { key }),
    });
  const end = async (importId: string, what: 'dry-run' | 'run'): Promise<ImportView> => {
    accepted(await to.post(`/v1/imports/${importId}/${what}`));
    const ended = await settled(to, importId);
    await caughtUp(to);
    return ended;
  };
  const problemsOf = async (importId: string) => {
    const { body } = await to.get<Problems>(`/v1/imports/${importId}/problems`);
    return body.problems.map(({ line, code, severity }) => `${line} ${code} ${severity}`).sort();
  };
  const artefacts = (): readonly string[] => {
    const folder = path.join(server.home, 'artefacts');
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.sealed'),
    );
  };
  const stagedFiles = (): readonly string[] => readdirSync(path.join(server.home, 'staging'));
  /** They go after the import's end is noted. */
  const nothingStaged = async (): Promise<void> => {
    for (let tries = 0; tries < 400 && stagedFiles().length > 0; tries += 1) await sleep(25);
    expect(stagedFiles()).toEqual([]);
  };
  const grants = async () => {
    const database = new Client(databaseOf(server.home));
    await database.connect();
    try {
      const { rows } = await database.query<{ data: string }>(
        `select data from ledger.events where type = 'ConsentGranted' order by position`,
      );
      return rows.map(({ data }) => JSON.parse(data) as Record<string, unknown>);
    } finally {
      await database.end();
    }
  };

  beforeAll(async () => {
    server = await startServer({ home: place.home });
    to = api(server);
    await furnish(to);
    await importFile(to, LEAVERS);
    await caughtUp(to);
    now = new Date().toISOString();
  });
  afterAll(async () => {
    await server?.stop();
    await place.remove();
  });

  it('are refused where they are none, too large, of another name or too late', async () => {
    const importId = await staged(table(said(1, 'a.pdf')));
    const code = ({ status, body }: { status: number; body: Record<string, unknown> }) =>
      `${status} ${body['code'] as string}`;
    expect(code(await scan(importId, 1, 'a.pdf', Buffer.from('<html>%PDF-')))).toBe(
      '415 scan-type-not-allowed',
    );
    expect(code(await scan(importId, 1, 'a.pdf', Buffer.alloc(0)))).toBe('400 file-empty');
    const large = Buffer.concat([pdf('x'), Buffer.alloc(20 * 1024 * 1024)]);
    expect(code(await scan(importId, 1, 'a.pdf', large))).toBe('413 scan-too-large');
    expect(code(await scan(importId, 1, '..', pdf('x')))).toBe('400 scan-name-not-valid');
    expect(code(await to.put(`/v1/imports/${importId}/scans/1`, pdf('x')))).toBe('400 scan-name-required');
    expect(code(await scan(importId, 0, 'a.pdf', pdf('x')))).toBe('422 scans-too-many');
    expect(code(await scan(importId, 10_001, 'a.pdf', pdf('x')))).toBe('422 scans-too-many');
    expect((await scan(importId, 1, 'a.pdf', pdf('x'))).status).toBe(200);
    // The same again is the same; another under its number or its name is not.
    expect((await scan(importId, 1, 'A.PDF', pdf('x'))).status).toBe(200);
    expect((await scan(importId, 2, 'dir/a.pdf', pdf('x'))).status).toBe(200);
    expect(code(await scan(importId, 1, 'b.pdf', pdf('y')))).toBe('409 scan-number-taken');
    expect(code(await scan(importId, 2, 'ａ.pdf', pdf('y')))).toBe('409 scan-name-taken');
    const { body } = await to.get<Scans>(`/v1/imports/${importId}/scans`);
    expect(body).toMatchObject({ scans: 1, items: [{ number: 1, type: 'pdf', used: null }] });
    // The table and one scan; nothing of what was refused waits on disk, and nothing of a name stands anywhere.
    expect(stagedFiles()).toHaveLength(2);
    accepted(await to.delete(`/v1/imports/${importId}`));
    expect(stagedFiles()).toEqual([]);
    expect(code(await scan(importId, 3, 'c.pdf', pdf('z')))).toBe('409 import-busy');
    const leavers = accepted(await to.post<ImportView>('/v1/imports', LEAVERS)).body.importId;
    expect(code(await scan(leavers, 1, 'a.pdf', pdf('x')))).toBe('422 scans-not-for-leavers');
    accepted(await to.delete(`/v1/imports/${leavers}`));
  });

  it('are matched by name: a dry run tells which rows lack theirs and which belong to none', async () => {
    const file = table(
      said(1, '一.pdf'),
      said(2, 'どこにもない.pdf'),
      said(3, 'ない.png', '不同意'),
      said(4, ''),
    );
    const importId = await staged(file);
    accepted(await scan(importId, 1, 'scans/一.PDF', pdf('1')));
    accepted(await scan(importId, 2, 'だれのもの.pdf', pdf('2')));
    const dry = await end(importId, 'dry-run');
    expect(dry.counts).toMatchObject({ rows: 4, recorded: 3, incomplete: 1, refused: 1, scansUnused: 1 });
    expect(await problemsOf(importId)).toEqual([
      '3 scan-missing error',
      '4 scan-missing-answer-kept warning',
    ]);
    const { body } = await to.get<Scans>(`/v1/imports/${importId}/scans?unused=true`);
    expect(body.items).toMatchObject([{ number: 2, used: false, rows: 0, lines: [] }]);
    const all = await to.get<Scans>(`/v1/imports/${importId}/scans`);
    expect(all.body.items[0]).toMatchObject({ number: 1, used: true, rows: 1, lines: [2] });
    expect(artefacts()).toEqual([]);

    const done = await end(importId, 'run');
    expect(done.counts).toMatchObject({ recorded: 3, incomplete: 1, refused: 1, warnings: 1 });
    expect(artefacts()).toHaveLength(1);
    await nothingStaged();
    const granted = await grants();
    expect(granted).toHaveLength(2);
    const withScan = granted.find((data) => 'artefactId' in data)!;
    const { alumnusId, artefactId } = withScan as { alumnusId: string; artefactId: string };
    const shown = await to.get(`/v1/alumni/${alumnusId}/artefacts/${artefactId}`, {
      headers: { 'enishi-reason': encodeURIComponent('確認') },
    });
    expect(shown.bytes).toEqual(pdf('1'));
    expect(shown.headers.get('content-disposition')).toContain('attachment');
  });

  it('change nothing the second time, and complete what lacked its scan', async () => {
    const file = table(said(1, '一.pdf'), said(2, 'どこにもない.pdf'), said(4, '四.pdf'));
    const importId = await staged(file);
    accepted(await scan(importId, 1, '一.pdf', pdf('1')));
    accepted(await scan(importId, 2, 'どこにもない.pdf', pdf('2')));
    accepted(await scan(importId, 3, '四.pdf', pdf('4')));
    expect((await end(importId, 'run')).counts).toMatchObject({ recorded: 2, incomplete: 0, unchanged: 1 });
    expect(artefacts()).toHaveLength(3);
  });

  it('are not kept for an answer that the rules refuse', async () => {
    const before = artefacts();
    const early = said(5, '五.pdf').replace(now, '2001-01-01');
    const importId = await staged(table(early));
    accepted(await scan(importId, 1, '五.pdf', pdf('5')));
    expect((await end(importId, 'run')).counts).toMatchObject({ refused: 1 });
    expect(await problemsOf(importId)).toEqual(['2 answered-before-version error']);
    expect(artefacts()).toEqual(before);
  });

  it('come from a folder or a zip of Japanese Windows on the command line', async () => {
    const folder = path.join(path.dirname(place.home), 'scans');
    mkdirSync(path.join(folder, '部'), { recursive: true });
    const sheet = path.join(folder, '..', 'consents.csv');
    const zip = path.join(folder, '..', 'scans.zip');
    writeFileSync(sheet, table(said(5, '表ソ.pdf'), said(3, '三.pdf')));
    writeFileSync(
      zip,
      zipOf([
        { name: iconv.encode('部\\表ソ.pdf', 'cp932'), data: pdf('5') },
        { name: iconv.encode('余り.pdf', 'cp932'), data: pdf('6') },
        { name: Buffer.from('../../三.pdf'), data: pdf('3') },
        { name: Buffer.from('memo.txt'), data: Buffer.from('memo') },
      ]),
    );
    const cli = cliOf(server);
    const argv = ['import', 'consents', sheet, '--evidence'];
    const dry = await cli([...argv, zip, '--dry-run', '--lang', 'ja']);
    expect(dry.code).toBe(0);
    expect(dry.err).toContain('3 行目');
    expect(dry.err).toMatch(/余り\.pdf: どの行にも対応しません/);
    expect(dry.err).toMatch(/memo\.txt: PDF・PNG・JPEG・TIFF のどれでもない/);
    expect(dry.err).toMatch(/三\.pdf: ZIP ファイルの外を指す名前/);
    await nothingStaged();

    writeFileSync(path.join(folder, '部', '表ソ.pdf'.normalize('NFD')), pdf('5'));
    writeFileSync(path.join(folder, '三.pdf'), pdf('3'));
    writeFileSync(path.join(folder, '.DS_Store'), 'x');
    const done = await cli([...argv, folder, '--json']);
    expect(done.code).toBe(0);
    const report = JSON.parse(done.out) as { counts: object; scans: object };
    const matched = [
      { name: '三.pdf', rows: 1, lines: [3] },
      { name: path.join('部', '表ソ.pdf'.normalize('NFD')), rows: 1, lines: [2] },
    ];
    expect(report.scans).toEqual({ sent: 2, unused: [], matched, skipped: [] });
    expect(report.counts).toMatchObject({ recorded: 2, refused: 0 });
    const again = await cli([...argv, folder, '--json']);
    expect(JSON.parse(again.out)).toMatchObject({ counts: { recorded: 0, unchanged: 2 } });
    expect((await cli([...argv, path.join(folder, 'nowhere')])).code).toBe(2);
    rmSync(folder, { recursive: true });
  });

  it('are kept once, whenever the server is killed while they are taken over', async () => {
    const rows = atVolume(60, 300);
    const people = Array.from(
      { length: rows },
      (_, at) => `K-${at},縁野,鍵,2010-04-01,2024-03-31,k@example.jp`,
    );
    await importFile(
      to,
      Buffer.from(`社員番号,姓,名,入社年月日,退職年月日,メールアドレス\n${people.join('\n')}`),
    );
    const before = artefacts().length;
    const row = (_: unknown, at: number) =>
      `K-${at},縁野鍵,rehire,1,email,同意,${now},document,paper,document-seen,ja,${at}.pdf`;
    const importId = await staged(table(...Array.from({ length: rows }, row)));
    for (let at = 0; at < rows; at += 1) accepted(await scan(importId, at + 1, `${at}.pdf`, pdf(String(at))));
    const counted = () => artefacts().length - before;
    for (const wanted of [rows / 3, (2 * rows) / 3]) {
      accepted(await to.post(`/v1/imports/${importId}/run`));
      while (counted() < wanted) await sleep(5);
      await server.kill();
      expect(counted()).toBeLessThan(rows);
      server = await startServer({ home: place.home });
      to = api(server);
    }
    const done = await end(importId, 'run');
    expect(done).toMatchObject({ state: 'done', counts: { rows, refused: 0, scansUnused: 0 } });
    expect(counted()).toBe(rows);
    const granted = (await grants()).filter((data) => 'artefactId' in data);
    expect(granted.length).toBeGreaterThanOrEqual(rows);
    expect(new Set(granted.map((data) => data['artefactId'])).size).toBe(granted.length);
    await nothingStaged();
  });
});
