import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readTimestamp } from '@enishi/timestamping';
import { readNote } from '@enishi/transparency';
import { NODE_STAMPS } from '@enishi/verification-node';
import {
  handOver,
  newestStamped,
  publishedCheckpoints,
  receiverStates,
  runReceivers,
  sha256,
  timestampReceiver,
  type Receiver,
} from '@enishi/worker';
import { checkpointReceivers } from '../../apps/server/src/checkpoint-receivers';
import { readConfig } from '../../apps/server/src/config';
import { certify, REFUSAL, stamp } from '../timestamping/invented-authority';
import { openSealedLedger, type SealedLedger } from './sealed-ledger';

jest.setTimeout(60_000);

const never = new AbortController().signal;
const root = certify({ name: 'Root', isAuthority: true });
const signer = certify({ name: 'Stamps', issuer: root });
const stranger = certify({ name: 'Stranger' });
const expired = certify({ name: 'Old', issuer: root, until: new Date(Date.now() - 1000) });
let opened: SealedLedger;
let server: Server;
let url: string;
let folder: string;
/** How the authority answers, and what it was asked. */
let answers: (request: Uint8Array) => Uint8Array | number | undefined;
const asked: Uint8Array[] = [];
const types: string[] = [];

const honest = (request: Uint8Array): Uint8Array => stamp(request, { signer });

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'enishi-authority-'));
  writeFileSync(path.join(folder, 'root.pem'), root.pem);
  opened = await openSealedLedger('timestamps');
  server = createServer((request, response) => {
    void request.toArray().then((parts) => {
      const body = Buffer.concat(parts as Buffer[]);
      asked.push(body);
      types.push(request.headers['content-type'] ?? '');
      const answer = answers(body);
      if (answer === undefined) return;
      if (typeof answer === 'number') response.writeHead(answer).end();
      else response.writeHead(200, { 'content-type': 'application/timestamp-reply' }).end(answer);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/stamp?token=secret`;
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
  await opened?.close();
});
beforeEach(async () => {
  answers = honest;
  await opened.room.pool.query('DELETE FROM app.checkpoint_receivers');
});

const authority = (everySeconds = 0, certificates = path.join(folder, 'root.pem')): Receiver =>
  timestampReceiver(opened.room.pool, { url, everySeconds, certificates }, NODE_STAMPS);
const hand = (receiver = authority()) => handOver(opened.room.pool, receiver, never);
const state = async () => (await receiverStates(opened.room.pool, [authority()]))[0]!;
const stamped = () => newestStamped(opened.room.pool);
async function grow(): Promise<number> {
  await opened.write(7);
  await opened.seal();
  return (await publishedCheckpoints(opened.room.pool, { limit: 1 }))[0]!.size;
}

test('the text of a checkpoint is stamped once, and the answer kept as it came', async () => {
  const before = (await stamped())?.size;
  const size = await grow();
  expect(await hand()).toBe(true);
  expect(await hand()).toBe(false);
  expect([asked.length, types]).toEqual([1, ['application/timestamp-query']]);
  const found = (await stamped())!;
  expect([before, found.size, found.authority]).toEqual([undefined, size, 'Stamps']);
  const { at, imprint } = readTimestamp(found.answer);
  expect(found.stampedAt.getTime()).toBe(at);
  expect(Buffer.from(imprint)).toEqual(sha256(Buffer.from(readNote(found.note).text)));
  expect(await state()).toMatchObject({ kind: 'timestamp', size, failures: 0 });
  expect((await state()).name).not.toContain('secret');
});

test.each<[string, string, (request: Uint8Array) => Uint8Array | number | undefined]>([
  [
    'stamps something else',
    'timestamp-of-another',
    (query) => stamp(query, { signer, imprint: sha256(query) }),
  ],
  [
    'answers another request',
    'timestamp-nonce-wrong',
    (query) => stamp(query, { signer, nonce: Buffer.from('A') }),
  ],
  ['is another', 'timestamp-untrusted', (query) => stamp(query, { signer: stranger })],
  ['has an expired certificate', 'timestamp-expired', (query) => stamp(query, { signer: expired })],
  ['forges', 'timestamp-forged', (query) => stamp(query, { signer, names: 'another' })],
  ['refuses', 'timestamp-refused', () => REFUSAL],
  ['mumbles', 'timestamp-malformed', () => Buffer.from('<html>')],
  ['says nothing', 'timestamp-malformed', () => new Uint8Array()],
  ['fails', 'answered-500', () => 500],
  ['floods', 'answer-too-large', () => Buffer.alloc(200_000)],
  [
    'has a clock of its own',
    'time-wrong',
    (query) => stamp(query, { signer, at: new Date(Date.now() + 3_600_000) }),
  ],
])('of an authority that %s nothing is kept: %s; it is asked again later', async (_, problem, answer) => {
  const size = await grow();
  const before = (await stamped())?.size;
  answers = answer;
  expect(await hand()).toBe(false);
  expect(await state()).toMatchObject({ size: 0, problem, failures: 1, nextAt: expect.any(Date) });
  expect((await stamped())?.size).toBe(before);
  expect(await hand()).toBe(false);

  answers = honest;
  await opened.room.pool.query('UPDATE app.checkpoint_receivers SET next_at = now()');
  expect(await hand()).toBe(true);
  expect((await stamped())?.size).toBe(size);
});

test('certificates are read when they are needed', async () => {
  const size = await grow();
  const later = path.join(folder, 'later.pem');
  const receiver = authority(0, later);
  expect(await hand(receiver)).toBe(false);
  expect(await state()).toMatchObject({ problem: 'certificates-unreadable' });
  writeFileSync(later, root.pem);
  await opened.room.pool.query('UPDATE app.checkpoint_receivers SET next_at = now()');
  expect(await hand(receiver)).toBe(true);
  expect((await stamped())?.size).toBe(size);
});

test('without certificates whoever answers is believed, and left to its readers', async () => {
  const size = await grow();
  answers = (query) => stamp(query, { signer: stranger });
  expect(await hand(timestampReceiver(opened.room.pool, { url, everySeconds: 0 }, NODE_STAMPS))).toBe(true);
  expect(await stamped()).toMatchObject({ size, authority: 'Stranger' });
});

test('what it stamped and could not be noted is kept once; not more often than the schedule says', async () => {
  await grow();
  await hand();
  await opened.room.pool.query('UPDATE app.checkpoint_receivers SET size = 0');
  const { answer } = (await stamped())!;
  expect(await hand()).toBe(true);
  expect((await stamped())!.answer).toEqual(answer);
  await grow();
  expect(await hand(authority(3600))).toBe(false);
});

test('a dead authority delays no checkpoint, and a ledger that is stamped does not grow by it', async () => {
  const { pool, store } = opened.room;
  await grow();
  answers = () => undefined;
  const stop = new AbortController();
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const count = asked.length;
  const running = runReceivers({ receivers: [authority()], pool, signal: stop.signal, logger: quiet });
  while (asked.length === count) await new Promise((done) => setTimeout(done, 20));
  await grow();
  stop.abort();
  await running;
  answers = honest;
  const head = await store.head();
  expect(await hand()).toBe(true);
  await opened.seal();
  expect([await store.head(), await hand()]).toEqual([head, false]);
});

test('what an authority answered can be neither changed nor removed by the serving role', async () => {
  const { pool } = opened.room;
  for (const statement of [
    `UPDATE app.checkpoint_timestamps SET authority = ''`,
    'DELETE FROM app.checkpoint_timestamps',
  ])
    await expect(pool.query(statement)).rejects.toMatchObject({ code: '42501' });
});

test('settings name an authority', () => {
  const settings = { ENISHI_HOME: '/nowhere', ENISHI_TIMESTAMP_AUTHORITY: 'http://stamps.example/tsa?x=1' };
  expect(checkpointReceivers(readConfig(settings), opened.room.pool)).toMatchObject([
    { kind: 'timestamp', name: 'http://stamps.example/tsa', everySeconds: 3600 },
  ]);
  for (const wrong of ['stamps.example', 'ftp://stamps.example/', 'https://me:secret@stamps.example/'])
    expect(() => readConfig({ ...settings, ENISHI_TIMESTAMP_AUTHORITY: wrong })).toThrow(
      'ENISHI_TIMESTAMP_AUTHORITY must be the http(s) address',
    );
});
