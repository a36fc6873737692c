import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as iconv from 'iconv-lite';
import { zipOf } from '../support/zips';
import { enishi, FakeServer, json, problem } from './server';

const importId = '9c1e3f2a-0000-4000-8000-00000000000d';
const path = `/v1/imports/${importId}`;
const pdf = Buffer.from('%PDF-1.7');
const counts = {
  rows: 2,
  recorded: 2,
  incomplete: 0,
  unchanged: 0,
  refused: 0,
  warnings: 0,
  bytesRead: 5,
  scansUnused: 1,
};
const state = (name: string, field = 'evidenceFile'): object => ({
  importId,
  state: name,
  recognition: { encoding: 'utf-8', separator: ',', layout: 'plain', headers: ['ファイル'] },
  columns: [{ header: 'ファイル', field, reason: 'name-known' }],
  mappingProblems: [],
  options: { kind: 'consents', freeText: false, dateOrder: 'ymd', source: 'hr' },
  counts,
  bytes: 5,
});
const scan = (number: number, rows: number, lines: readonly number[]) => {
  return { number, bytes: 8, type: 'pdf', used: rows > 0, rows, lines };
};

let server: FakeServer;
let home: string;
let env: NodeJS.ProcessEnv;
let sheet: string;

beforeEach(async () => {
  server = await FakeServer.start();
  home = mkdtempSync(join(tmpdir(), 'enishi-cli-'));
  env = { ENISHI_HOME: home };
  writeFileSync(join(home, 'token'), JSON.stringify({ url: server.url, token: 'enishi_secret' }));
  chmodSync(join(home, 'token'), 0o600);
  sheet = join(home, 'consents.csv');
  writeFileSync(sheet, 'ファイル\n一.pdf');
  server
    .on('POST /v1/imports', json(state('staged'), 201))
    .on(`PUT ${path}/scans/1`, json(scan(1, 0, [])))
    .on(`PUT ${path}/scans/2`, json(scan(2, 0, [])))
    .on(`GET ${path}/scans`, json({ scans: 2, bytes: 16, items: [scan(1, 2, [2, 5]), scan(2, 0, [])] }))
    .on(`POST ${path}/run`, json(state('running'), 202))
    .on(`DELETE ${path}`, json(state('cancelled')))
    .on(`GET ${path}`, json(state('done')))
    .on(`GET ${path}/problems`, json({ problems: [] }))
    .on('GET /v1/ledger', json({ ledgerId: 'x', mode: 'development', head: '77' }));
});
afterEach(async () => {
  await server.stop();
  rmSync(home, { recursive: true, force: true });
});

const run = (place: string, ...more: readonly string[]) =>
  enishi(['import', 'consents', sheet, '--evidence', place, ...more], env);
const sentNames = (): readonly string[] =>
  server.seen
    .filter(({ method, path: to }) => method === 'PUT' && to.includes('/scans/'))
    .map(({ headers }) => decodeURIComponent(String(headers['enishi-file-name'])))
    .sort();
const folderOf = (files: Readonly<Record<string, string | Buffer>>): string => {
  const folder = join(home, 'scans');
  mkdirSync(folder);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return folder;
};
const zipFile = (...entries: Parameters<typeof zipOf>[0]): string => {
  const file = join(home, 'scans.zip');
  writeFileSync(file, zipOf(entries));
  return file;
};

it('sends the scans of a folder under their names, and says which of them rows name', async () => {
  const folder = folderOf({ '一.pdf': pdf, '余り.pdf': pdf, 'memo.txt': 'memo', '.DS_Store': 'x' });
  const { code, err } = await run(folder);
  expect(code).toBe(0);
  expect(sentNames()).toEqual(['一.pdf', '余り.pdf']);
  expect(server.of('PUT', `${path}/scans/1`)[0]?.body).toBe('%PDF-1.7');
  expect(err).toContain('1 of 2 scans are named by rows.');
  expect(err).toContain('余り.pdf: No row names it; it is not kept.');
  expect(err).toContain('memo.txt: This file is no PDF, PNG, JPEG or TIFF.');
  expect(err).not.toContain('DS_Store');
});

it('tells machines which scans go with which lines', async () => {
  const { code, out } = await run(folderOf({ '一.pdf': pdf, '余り.pdf': pdf }), '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    scans: {
      sent: 2,
      unused: ['余り.pdf'],
      matched: [{ name: '一.pdf', rows: 2, lines: [2, 5] }],
      skipped: [],
    },
  });
});

it('reads a zip with the names of Japanese Windows', async () => {
  const names = ['表ソ.pdf', '十.pdf'].map((name) => ({ name: iconv.encode(name, 'cp932'), data: pdf }));
  const { code } = await run(zipFile(...names));
  expect(code).toBe(0);
  expect(sentNames()).toEqual(['表ソ.pdf', '十.pdf'].sort());
});

it.each<[string, () => string, string]>([
  ['nothing is there', () => join(home, 'nowhere'), 'Give --evidence a folder of scans, or a zip.'],
  [
    'the zip is damaged',
    () => zipFile({ name: Buffer.from('a.pdf'), data: pdf, at: 9_999 }),
    'The zip is damaged.',
  ],
  [
    'the zip has a password',
    () => zipFile({ name: Buffer.from('a.pdf'), data: pdf, flags: 1 }),
    'The zip is protected by a password.',
  ],
])('sends nothing where %s', async (_, place, words) => {
  const ran = await run(place());
  expect([ran.code, ran.err]).toEqual([2, expect.stringContaining(words)]);
  expect(server.seen).toEqual([]);
});

it('leaves nothing behind where no column names the scans', async () => {
  server.on('POST /v1/imports', json(state('staged', 'ignore'), 201));
  const { code, err } = await run(folderOf({ '一.pdf': pdf }));
  expect([code, err]).toEqual([2, expect.stringContaining('a column must fill evidenceFile')]);
  expect(sentNames()).toEqual([]);
  expect(server.of('DELETE', path)).toHaveLength(1);
  expect(server.of('POST', `${path}/run`)).toEqual([]);
});

it('names the scan that the server refuses, imports nothing and leaves nothing behind', async () => {
  server.on(`PUT ${path}/scans/1`, problem(409, 'scan-name-taken'));
  const { code, err } = await run(folderOf({ '一.pdf': pdf }));
  expect(code).not.toBe(0);
  expect(err).toContain('✗ 一.pdf');
  expect(err).toContain('scan-name-taken');
  expect(server.of('DELETE', path)).toHaveLength(1);
  expect(server.of('POST', `${path}/run`)).toEqual([]);
});
