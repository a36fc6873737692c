import { readCheckpoint, verifyConsistency, type TreeHead } from '@enishi/transparency';
import {
  handOver,
  mailedKeeper,
  Outbox,
  publishedCheckpoints,
  receiverStates,
  runOutbox,
  sha256,
  type MailDoor,
} from '@enishi/worker';
import { openSealedLedger, type SealedLedger } from '../transparency/sealed-ledger';

jest.setTimeout(60_000);

const [ONE, OTHER] = ['audit@law.example', 'keeper@bank.example'] as const;
const never = new AbortController().signal;
let opened: SealedLedger;
/** What left by mail. */
const received: { readonly to: string; readonly text: string }[] = [];
const door: MailDoor = { send: async (letter) => void received.push(letter) };
let stop: AbortController | undefined;
let running: Promise<void> | undefined;

beforeAll(async () => {
  opened = await openSealedLedger('keeper_mail');
});
afterAll(async () => {
  await pause();
  await opened?.close();
});

function send(keepers: readonly string[]): void {
  stop = new AbortController();
  const { ledger, pool } = opened.room;
  const options = { ledger, pool, door, keepers, publicUrl: 'https://enishi.example.jp', pollMs: 20 };
  running = runOutbox({ ...options, signal: stop.signal });
}
async function pause(): Promise<void> {
  stop?.abort();
  await running;
}
const outbox = () => new Outbox(opened.room.pool);
async function settled(): Promise<void> {
  for (;;) {
    const { waiting, sending } = await outbox().counts();
    if (waiting + sending === 0) return;
    await new Promise((done) => setTimeout(done, 20));
  }
}
const receiver = (address: string) => mailedKeeper(opened.room.pool, address, 0);
async function grow(): Promise<number> {
  await opened.write(7);
  await opened.seal();
  return (await publishedCheckpoints(opened.room.pool, { limit: 1 }))[0]!.size;
}
const hand = (address: string) => handOver(opened.room.pool, receiver(address), never);

/** What a keeper reads in a mail: from where, and the checkpoint. */
function read(text: string): {
  readonly old: number;
  readonly proof: readonly Buffer[];
  readonly head: TreeHead;
} {
  const posted = text.split('\n----\n')[1]!;
  const split = posted.indexOf('\n\n');
  const [first = '', ...proof] = posted.slice(0, split).split('\n');
  const { checkpoint } = readCheckpoint(`${posted.slice(split + 2).trimEnd()}\n`);
  return {
    old: Number(first.slice('old '.length)),
    proof: proof.map((hash) => Buffer.from(hash, 'base64')),
    head: checkpoint,
  };
}

test('a keeper is mailed the newest checkpoint, with the way there from the last one that was sent to him', async () => {
  const heads: TreeHead[] = [];
  send([ONE]);
  for (let times = 0; times < 2; times += 1) {
    await grow();
    const size = await grow();
    expect(await hand(ONE)).toBe(true);
    expect(await hand(ONE)).toBe(false);
    await settled();
    const { to, text } = received.at(-1)!;
    const { old, proof, head } = read(text);
    expect([to, head.size]).toEqual([ONE, size]);
    expect(old).toBe(heads.at(-1)?.size ?? 0);
    if (heads.length > 0) expect(verifyConsistency(heads.at(-1)!, head, proof, sha256)).toBe(true);
    heads.push(head);
  }
  await pause();
  expect(received).toHaveLength(2);
});

test('no row has the address, and what is shown of it is its domain', async () => {
  const { pool } = opened.room;
  for (const table of ['app.outbox', 'app.checkpoint_receivers']) {
    const { rows } = await pool.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t`);
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.map(({ row }) => row).join('\n')).not.toContain('audit@');
  }
  const [state] = await receiverStates(pool, [receiver(ONE)]);
  expect(state).toMatchObject({
    kind: 'keeper',
    name: expect.stringMatching(/^mailto:law\.example#[0-9a-f]{8}$/),
  });
});

test('of several that waited only the newest goes; one for nobody any more goes to nobody', async () => {
  const before = received.length;
  await grow();
  await hand(ONE);
  const size = await grow();
  await hand(ONE);
  await hand(OTHER);
  send([ONE]);
  await settled();
  await pause();
  expect(received.slice(before).map(({ text }) => read(text).head.size)).toEqual([size]);
  const codes = (await outbox().newest(10)).map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining(['newer-waits', 'no-longer-a-keeper']));
});
