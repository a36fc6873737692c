import { keysBehind, LedgerTree, readCheckpoint, sameHash, signersOf } from '@enishi/transparency';
import {
  currentKey,
  drawNextKey,
  growTree,
  keyChanges,
  ledgerKeys,
  newestHead,
  noteTools,
  publishedCheckpoints,
  sealIfDue,
  sha256,
  TreeMismatch,
  type SealStep,
} from '@enishi/worker';
import { CHECKPOINT_STREAM } from '@enishi/application/ledger';
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
  const { key } = await currentKey(ledger, pool);
  expect(signersOf(note, [key], noteTools)).toEqual([key]);
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

describe('another key', () => {
  const keys = () => ledgerKeys(opened.room.ledger, opened.room.pool);
  const shown = async () =>
    (await keys()).map(({ state, destroyedAt }) => [state, destroyedAt !== undefined]);

  test('is drawn once, vouched for by the one before in a checkpoint of its own, noted in the ledger', async () => {
    const { ledger, pool, store, vault } = opened.room;
    await write(1);
    await seal();
    await caughtUp();
    const before = (await keys())[0]!;
    const asked = await Promise.all([drawNextKey(ledger, pool), drawNextKey(ledger, pool)]);
    expect(asked[0].line).toBe(asked[1].line);
    expect(await shown()).toEqual([
      ['current', false],
      ['waiting', false],
    ]);
    // Nothing waits for a checkpoint but the key.
    expect(await sealIfDue({ ledger, pool, intervalSeconds: 3600 })).toBe(true);
    const [newest] = await publishedCheckpoints(pool, { limit: 1 });
    const { checkpoint, note } = readCheckpoint(newest!.note);
    expect(checkpoint.nextKey).toBe(asked[0].line);
    expect(signersOf(note, [before.key, asked[0].key], noteTools)).toHaveLength(2);
    expect(await checkNewest()).toBe(newest!.size);
    const [event] = await store.readStream(CHECKPOINT_STREAM, { direction: 'backwards', limit: 1 });
    expect(event).toMatchObject({
      type: 'SigningKeyChanged',
      data: { size: newest!.size, key: asked[0].line },
    });

    await caughtUp();
    expect(await sealIfDue({ ledger, pool, intervalSeconds: 3600 })).toBe(false);
    expect(await shown()).toEqual([
      ['replaced', true],
      ['current', false],
    ]);
    await expect(vault.signing.signer(1)).rejects.toMatchObject({ code: 'signing-key-destroyed' });
    const { rows } = await pool.query('SELECT FROM vault.signing_key WHERE wrapped_seed IS NOT NULL');
    expect(rows).toHaveLength(1);
    // The last one is never destroyed.
    await vault.signing.destroy(2);
    expect((await shown())[1]).toEqual(['current', false]);
  });

  test.each<SealStep>(['grown', 'signed', 'appended', 'published', 'destroyed'])(
    'comes into force all the same where the sealer is stopped at "%s"',
    async (step) => {
      const { ledger, pool } = opened.room;
      const { number, line } = await drawNextKey(ledger, pool);
      let died = false;
      const stop = (done: SealStep) => {
        if (done !== step) return;
        died = true;
        throw new Error('stopped');
      };
      for (let times = 0; !died && times < 3; times += 1) await seal(stop).catch(() => undefined);
      expect(died).toBe(true);
      for (let times = 0; times < 2; times += 1) {
        await caughtUp();
        await seal();
      }
      await caughtUp();
      expect((await keys()).at(-1)).toMatchObject({ number, line, state: 'current' });
      expect((await shown()).slice(0, -1).every(([state, gone]) => state === 'replaced' && gone)).toBe(true);
      const chain = keysBehind((await keys())[0]!.key, await keyChanges(pool), noteTools);
      expect(chain.at(-1)?.key).toEqual((await keys()).at(-1)!.key);
      const changed = (await opened.room.store.readStream(CHECKPOINT_STREAM)).filter(
        ({ data }) => data['key'] === line,
      );
      expect(changed).toHaveLength(1);
      await checkNewest();
    },
  );
});

test('the serving role can neither change nor remove what was sealed', async () => {
  const { pool } = opened.room;
  for (const statement of [
    `UPDATE app.checkpoints SET note = ''`,
    'DELETE FROM app.tree_heads',
    `UPDATE app.tree_nodes SET hash = sha256('')`,
    'DELETE FROM app.published_checkpoints',
    'DELETE FROM app.key_changes',
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
  const { line, number, key } = await currentKey(ledger, pool);
  const { rows } = await pool.query<{ public_key: Buffer; wrapped_seed: Buffer }>(
    'SELECT * FROM vault.signing_key WHERE number = $1',
    [number],
  );
  expect(rows[0]!.wrapped_seed.length).toBeGreaterThan(32);
  expect(rows[0]!.public_key.equals((await vault.signing.signer(number)).publicKey)).toBe(true);
  expect(rows[0]!.public_key.equals(key.publicKey)).toBe(true);
  expect(line).toMatch(/^enishi\/[-0-9a-f]{36}\+[0-9a-f]{8}\+AR?/);
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
