import { createPublicKey, verify } from 'node:crypto';
import { LedgerTree, readCheckpoint, sameHash, signersOf, writeNoteKey } from '@enishi/transparency';
import {
  checkpointKey,
  growTree,
  newestHead,
  publishedCheckpoints,
  sealIfDue,
  sha256,
  TreeMismatch,
  type SealStep,
} from '@enishi/worker';
import { CHECKPOINT_STREAM } from '@enishi/application';
import fc from 'fast-check';
import { openSealedLedger, type SealedLedger } from './sealed-ledger';

jest.setTimeout(60_000);

let opened: SealedLedger;
let write: SealedLedger['write'];
let caughtUp: SealedLedger['caughtUp'];
let seal: SealedLedger['seal'];
beforeAll(async () => {
  opened = await openSealedLedger('sealer');
  ({ write, caughtUp, seal } = opened);
});
afterAll(() => opened?.close());

/** What anybody can see of the newest checkpoint, held against the events themselves. */
async function checkNewest(): Promise<number> {
  const { pool, store, ledger, identity } = opened.room;
  const [newest] = await publishedCheckpoints(pool, { limit: 1 });
  const { checkpoint, note } = readCheckpoint(newest!.note);
  const key = await checkpointKey(ledger);
  const tools = {
    hash: sha256,
    verify: (bytes: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
      const x = Buffer.from(bytes).toString('base64url');
      const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
      return verify(null, message, publicKey, signature);
    },
  };
  expect(signersOf(note, [key], tools)).toEqual([key]);
  expect(checkpoint.origin).toBe(`enishi/${identity.ledgerId}`);
  const tree = new LedgerTree(identity.ledgerId, sha256);
  for (const event of await store.readAll({ limit: 100_000 })) {
    if (tree.size < BigInt(checkpoint.size)) tree.add(event);
  }
  expect(Number(tree.size)).toBe(checkpoint.size);
  expect(sameHash(tree.root, checkpoint.root)).toBe(true);
  return checkpoint.size;
}

const events = async () =>
  (await opened.room.store.readStream(CHECKPOINT_STREAM)).map(({ data }) => data['size']);

test('what happened is sealed, and a ledger in which nothing happens does not grow', async () => {
  await caughtUp();
  expect(await seal()).toBe(true);
  expect(await checkNewest()).toBe(1);
  for (let times = 0; times < 3; times += 1) {
    await caughtUp();
    expect(await seal()).toBe(false);
  }
  expect(await events()).toEqual([1]);
  // The next one covers the checkpoint's own event too.
  await write(1);
  expect(await seal()).toBe(true);
  expect(await checkNewest()).toBe(3);
  expect(await events()).toEqual([1, 3]);
});

test('not before the interval is over, both for what waits and since the last one', async () => {
  const { ledger, pool } = opened.room;
  await write(1);
  expect(await sealIfDue({ ledger, pool, intervalSeconds: 3600 })).toBe(false);
  expect(await seal()).toBe(true);
});

test('wherever a sealer is stopped, the next one goes on: one event for each checkpoint, in order, and right', async () => {
  const steps = fc.constantFrom<SealStep | 'none'>('grown', 'signed', 'appended', 'none');
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(300), steps), { minLength: 1, maxLength: 4 }), async (runs) => {
      for (const [events, diesAt] of runs) {
        await write(events);
        await seal((step) => {
          if (step === diesAt) throw new Error('stopped');
        }).catch((error: unknown) => expect(error).toMatchObject({ message: 'stopped' }));
      }
      await caughtUp();
      await seal();
      await checkNewest();
      const shown = await publishedCheckpoints(opened.room.pool, { limit: 1000 });
      expect(await events()).toEqual(shown.map(({ size }) => size).reverse());
    }),
    { numRuns: 5 },
  );
});

test('two sealers at once make one checkpoint', async () => {
  await write(5);
  const both = await Promise.allSettled([seal(), seal()]);
  expect(both.map(({ status }) => status)).toContain('fulfilled');
  await seal();
  await checkNewest();
  const sizes = await events();
  expect(new Set(sizes).size).toBe(sizes.length);
});

test('the serving role can neither change nor remove what was sealed', async () => {
  const { pool } = opened.room;
  for (const statement of [
    `UPDATE app.checkpoints SET note = ''`,
    'DELETE FROM app.tree_heads',
    `UPDATE app.tree_nodes SET hash = sha256('')`,
    'DELETE FROM app.published_checkpoints',
  ])
    await expect(pool.query(statement)).rejects.toMatchObject({ code: '42501' });
  const head = (await newestHead(pool))!;
  const fork = 'INSERT INTO app.tree_heads (size, root, previous, previous_root) VALUES ($1, $2, $3, $4)';
  const [before] = await publishedCheckpoints(pool, { limit: 1, below: head.size });
  const forked = pool.query(fork, [head.size + 1, head.root, before!.size, before!.root]);
  await expect(forked).rejects.toMatchObject({ code: '23505' });
});

test('the key is kept wrapped, and is the same for every process', async () => {
  const { pool, ledger, vault } = opened.room;
  const { rows } = await pool.query<{ public_key: Buffer; wrapped_seed: Buffer }>('TABLE vault.signing_key');
  expect(rows).toHaveLength(1);
  expect(rows[0]!.wrapped_seed.length).toBeGreaterThan(32);
  expect(rows[0]!.public_key.equals((await vault.signer()).publicKey)).toBe(true);
  expect(writeNoteKey(await checkpointKey(ledger), sha256)).toMatch(
    /^enishi\/[-0-9a-f]{36}\+[0-9a-f]{8}\+AR?/,
  );
});

// Last, since it breaks what it looks at.
test('nothing is signed over leaves that are no longer those of the tree', async () => {
  const { pool } = opened.room;
  let size = 0;
  while (size % 256 === 0) {
    await write(1);
    await seal();
    ({ size } = (await newestHead(pool))!);
  }
  await write(1);
  // The tree goes on from the tiles that are not full.
  const tamper = `UPDATE leaves.leaf SET hash = sha256('other') WHERE number > $1 - $1 % 256 AND number <= $1`;
  expect((await pool.query(tamper, [size])).rowCount).toBe(size % 256);
  await expect(seal()).rejects.toThrow(TreeMismatch);
  await expect(growTree(pool, size + 1)).rejects.toThrow(TreeMismatch);
});
