import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readCheckpoint, verifyConsistency, type TreeHead } from '@enishi/transparency';
import {
  handOver,
  keeperReceiver,
  publishedCheckpoints,
  readKeepers,
  receiverStates,
  sha256,
  type Receiver,
} from '@enishi/worker';
import { checkpointReceivers } from '../../apps/server/src/checkpoint-receivers';
import { readConfig } from '../../apps/server/src/config';
import { openSealedLedger, type SealedLedger } from './sealed-ledger';

jest.setTimeout(60_000);

const never = new AbortController().signal;
let opened: SealedLedger;
let server: Server;
let url: string;
/** What the keeper does, what it was posted, and what it keeps. */
let status = 204;
const bodies: string[] = [];
const kept: TreeHead[] = [];

/** As somebody outside would: keeps what goes on from what it has. */
function take(body: string): number {
  bodies.push(body);
  if (status > 299) return status;
  const split = body.indexOf('\n\n');
  const [first = '', ...proof] = body.slice(0, split).split('\n');
  const { checkpoint } = readCheckpoint(body.slice(split + 2));
  const old = kept.findLast(({ size }) => first === `old ${size}`);
  const nodes = proof.map((hash) => Buffer.from(hash, 'base64'));
  if (first !== 'old 0' && !(old && verifyConsistency(old, checkpoint, nodes, sha256))) return 422;
  kept.push(checkpoint);
  return status;
}

beforeAll(async () => {
  opened = await openSealedLedger('keepers');
  server = createServer((request, response) => {
    void request.toArray().then((parts) => response.writeHead(take(parts.join(''))).end());
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keep?token=secret`;
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await opened?.close();
});

const keeper = (everySeconds = 0): Receiver => keeperReceiver(opened.room.pool, url, everySeconds);
const hand = (everySeconds = 0) => handOver(opened.room.pool, keeper(everySeconds), never);
const state = async () => (await receiverStates(opened.room.pool, [keeper()]))[0]!;
async function grow(): Promise<number> {
  await opened.write(7);
  await opened.seal();
  return (await publishedCheckpoints(opened.room.pool, { limit: 1 }))[0]!.size;
}

test('a keeper is posted the newest checkpoint with the way there from the last one it took, in order', async () => {
  const sizes = [];
  for (let times = 0; times < 3; times += 1) {
    await grow();
    sizes.push(await grow());
    expect(await hand()).toBe(true);
    expect(await hand()).toBe(false);
  }
  expect(kept.map(({ size }) => size)).toEqual(sizes);
  expect(bodies.map((body) => body.split('\n')[0])).toEqual(['old 0', `old ${sizes[0]}`, `old ${sizes[1]}`]);
  expect(await state()).toMatchObject({ kind: 'keeper', size: sizes[2], failures: 0 });
  expect((await state()).name).not.toContain('secret');
});

test('it is posted nothing but sizes, hashes and signatures', () => {
  const line =
    /^(old \d+|\d+|enishi\/[-0-9a-f]{36}|[A-Za-z0-9+/]{43}=|— enishi\/[-0-9a-f]{36} [A-Za-z0-9+/]+=*|)$/;
  for (const body of bodies) for (const one of body.split('\n')) expect(one).toMatch(line);
});

test('a keeper that fails is asked again later, with what is the newest then', async () => {
  await grow();
  status = 503;
  expect(await hand()).toBe(false);
  expect(await state()).toMatchObject({ problem: 'answered-503', failures: 1 });
  expect(await hand()).toBe(false);
  await opened.room.pool.query('UPDATE app.checkpoint_receivers SET next_at = now()');
  expect(await hand()).toBe(false);
  expect(await state()).toMatchObject({ failures: 2 });
  status = 204;
  const size = await grow();
  await opened.room.pool.query('UPDATE app.checkpoint_receivers SET next_at = now()');
  expect(await hand()).toBe(true);
  expect(kept.at(-1)?.size).toBe(size);
});

test('what it took and could not be noted is posted once more', async () => {
  const { pool } = opened.room;
  const before = (await state()).size;
  const size = await grow();
  await hand();
  await pool.query('UPDATE app.checkpoint_receivers SET size = $1', [before]);
  expect(await hand()).toBe(true);
  expect(kept.slice(-2).map((one) => one.size)).toEqual([size, size]);
});

test('not more often than the schedule says', async () => {
  await grow();
  expect(await hand(3600)).toBe(false);
  await opened.room.pool.query(
    `UPDATE app.checkpoint_receivers SET accepted_at = accepted_at - interval '1 hour'`,
  );
  expect(await hand(3600)).toBe(true);
});

test('settings name keepers by https addresses, in development also on this machine', () => {
  const [here, there] = ['http://127.0.0.1:9/keep', 'https://keeper.example/enishi?token=x'];
  expect(readKeepers(`${here}, ${there}`, { loopback: true })).toEqual([here, there]);
  for (const wrong of [
    here,
    'http://keeper.example/',
    'https://a:b@keeper.example/',
    'keeper.example',
    `${there},${there}`,
    'mailto:keeper',
    'mailto:a@law.example?cc=b@law.example',
    'mailto:a@law.example,mailto:A@law.example',
    '',
  ])
    expect(readKeepers(wrong, { loopback: false })).toBeUndefined();
  const settings = { ENISHI_HOME: '/nowhere', ENISHI_CHECKPOINT_KEEPERS: there };
  const receivers = checkpointReceivers(readConfig(settings), opened.room.pool);
  expect(receivers).toMatchObject([
    { kind: 'keeper', name: 'https://keeper.example/enishi', everySeconds: 3600 },
  ]);
  const wrong = { ...settings, ENISHI_CHECKPOINT_KEEPERS: 'http://keeper.example/' };
  expect(() => readConfig(wrong)).toThrow('ENISHI_CHECKPOINT_KEEPERS must be https addresses');
});
