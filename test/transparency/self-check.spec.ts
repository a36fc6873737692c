import { drawNextKey, selfCheck, type Difference } from '@enishi/worker';
import { Pool } from 'pg';
import { openSealedLedger, type SealedLedger } from './sealed-ledger';

jest.setTimeout(60_000);

let opened: SealedLedger;
let owner: Pool;
beforeAll(async () => {
  opened = await openSealedLedger('self_check');
  // Two checkpoints, and a full tile between them.
  await opened.write(100);
  await opened.seal();
  await opened.write(300);
  await opened.seal();
  await opened.caughtUp();
  // And a third under another key.
  await drawNextKey(opened.room.ledger, opened.room.pool);
  await opened.seal();
  await opened.caughtUp();
  await opened.room.pool.query(`GRANT USAGE ON SCHEMA leaves TO enishi_owner;
    GRANT ALL ON ALL TABLES IN SCHEMA leaves TO enishi_owner`);
  // One connection, so that a check sees what the transaction open on it has changed.
  owner = new Pool({ connectionString: opened.ownerUrl, max: 1 });
});
afterAll(async () => {
  await owner?.end();
  await opened?.close();
});

const check = () => selfCheck(opened.room.ledger, owner);

test('finds nothing where nothing was changed', async () => {
  const { root, ...found } = await check();
  expect(found).toEqual({ leaves: 404, checkpoints: 3, found: 0, differences: [] });
  expect(root).toMatch(/^[0-9a-f]{64}$/);
});

test.each<[string, string, Difference]>([
  [
    'the hash of a leaf',
    `UPDATE leaves.leaf SET hash = sha256('x') WHERE number = 7`,
    { at: 'leaf', number: 7 },
  ],
  ['whose leaf it is', `UPDATE leaves.leaf SET event_id = 'x' WHERE number = 8`, { at: 'leaf', number: 8 }],
  ['that a leaf is gone', `DELETE FROM leaves.leaf WHERE number = 9`, { at: 'leaf', number: 9 }],
  ['a node', `UPDATE app.tree_nodes SET hash = sha256('x')`, { at: 'node', number: 256 }],
  ['that a node is gone', 'DELETE FROM app.tree_nodes', { at: 'node', number: 256 }],
  [
    'the root of a head',
    `UPDATE app.tree_heads SET root = sha256('x') WHERE size = 403`,
    { at: 'head', number: 403 },
  ],
  [
    'a note',
    `UPDATE app.checkpoints SET note = replace(note, E'\\n402\\n', E'\\n401\\n')`,
    { at: 'checkpoint', number: 402 },
  ],
  [
    'a signature',
    `UPDATE app.checkpoints SET note = (SELECT note FROM app.checkpoints WHERE size = 101) WHERE size = 402`,
    { at: 'checkpoint', number: 402 },
  ],
  [
    'that the new key is not vouched for by the old one',
    `UPDATE app.key_changes SET note = replace(note, E'\\n— ', E'\\n— x')`,
    { at: 'checkpoint', number: 403 },
  ],
  [
    'a signature under a key that was replaced',
    `WITH old AS (SELECT note FROM app.checkpoints WHERE size = 402)
     UPDATE app.checkpoints SET note = old.note FROM old WHERE size = 403`,
    { at: 'event', number: 403 },
  ],
])('finds by its number %s', async (_, change, difference) => {
  await owner.query('BEGIN');
  try {
    expect((await owner.query(change)).rowCount).toBeGreaterThan(0);
    const { found, differences } = await check();
    expect(differences).toContainEqual(difference);
    expect(found).toBe(differences.length);
  } finally {
    await owner.query('ROLLBACK');
  }
});

test('finds an event that is another, one that is missing, and that the last ones are gone', async () => {
  const { ledger } = opened.room;
  const all = await ledger.store.readAll({ limit: 1000 });
  const checked = async (events: typeof all): Promise<readonly Difference[]> => {
    const readAll = async ({ after = -1n, limit = 0 }: { after?: bigint; limit?: number } = {}) =>
      events.filter(({ position }) => position > after).slice(0, limit);
    return (await selfCheck({ vault: ledger.vault, store: { ...ledger.store, readAll } }, owner)).differences;
  };
  const other = { ...all[20]!, dataText: '{"n":-1}' };
  expect(await checked(all.with(20, other))).toEqual(
    [
      { at: 'leaf', number: 21 },
      ...[101, 402, 403].flatMap((number) => [
        { at: 'head', number },
        { at: 'checkpoint', number },
      ]),
      { at: 'node', number: 256 },
    ].sort((a, b) => a.number - b.number),
  );
  expect((await checked(all.toSpliced(20, 1))).slice(0, 2)).toEqual([
    { at: 'leaf', number: 21 },
    { at: 'leaf', number: 22 },
  ]);
  expect(await checked(all.slice(0, -1))).toEqual([{ at: 'events', number: 404 }]);
});
