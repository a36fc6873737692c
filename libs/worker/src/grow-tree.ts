import { GrowingRoot, sameHash, TILE_HEIGHT, type TreeHead } from '@enishi/transparency';
import type { Pool, PoolClient } from 'pg';
import { newestHead, readLeafHashes, readTiles, sha256 } from './tree-tables';

/** The leaves, or what was computed of them, are not those of a head that stands: one of the two was changed. */
export class TreeMismatch extends Error {
  readonly code = 'tree-mismatch';
  constructor(readonly size: number) {
    super(
      `the first ${size} leaves do not have the root that was computed of them: one of the two was changed`,
    );
    this.name = 'TreeMismatch';
  }
}

/** Leaves per transaction. Requests wait while they are hashed in the same process: some 10 ms. */
const CHUNK = 4096;

/** A node that is kept: the `number`-th root of 256^level leaves. */
interface Node {
  readonly level: number;
  readonly number: number;
  readonly hash: Uint8Array;
}

/**
 * Extends the tree over the leaves up to `target`, in steps that each stand by themselves.
 *
 * @param target a number of leaves that are written; nothing happens where the tree has them
 * @returns the head
 * @throws TreeMismatch; an error of PostgreSQL (23505) where another process extended the tree meanwhile
 */
export async function growTree(pool: Pool, target: number): Promise<TreeHead | undefined> {
  let head = await newestHead(pool);
  if ((head?.size ?? 0) >= target) return head;
  const tree = new GrowingRoot(sha256, await peaksOf(pool, head));
  while ((head?.size ?? 0) < target) head = await growOnce(pool, tree, head, target);
  return head;
}

/** @param tree that of the head; it grows */
async function growOnce(
  pool: Pool,
  tree: GrowingRoot,
  head: TreeHead | undefined,
  target: number,
): Promise<TreeHead> {
  const from = head?.size ?? 0;
  const leaves = await readLeafHashes(pool, from, Math.min(target, from + CHUNK));
  if (leaves.length === 0) throw new TreeMismatch(target);
  const nodes: Node[] = [];
  for (const hash of leaves) {
    tree.add(hash, (height, root) => {
      if (height % TILE_HEIGHT !== 0) return;
      const number = Number((tree.size + 1n) >> BigInt(height)) - 1;
      nodes.push({ level: height / TILE_HEIGHT, number, hash: root });
    });
  }
  const grown = { size: Number(tree.size), root: tree.root() };
  await keep(pool, head, grown, nodes);
  return grown;
}

/** Where the tree goes on from: read from its tiles, and held against the head. */
async function peaksOf(pool: Pool, head: TreeHead | undefined): Promise<Peaks> {
  if (!head) return [];
  const whole = { from: 0, to: head.size };
  const tiles = await readTiles(pool, [whole], head.size);
  if (!sameHash(tiles.rootOf(whole), head.root)) throw new TreeMismatch(head.size);
  return tiles.peaksOf(head.size);
}

type Peaks = readonly { readonly leaves: number; readonly hash: Uint8Array }[];

/** The head's predecessor is the compare-and-set: PostgreSQL takes no second head out of one, and none out of no head. */
async function keep(
  pool: Pool,
  before: TreeHead | undefined,
  { size, root }: TreeHead,
  nodes: readonly Node[],
): Promise<void> {
  const db = await pool.connect();
  try {
    await db.query('BEGIN');
    await insertNodes(db, nodes);
    await db.query(
      'INSERT INTO app.tree_heads (size, root, previous, previous_root) VALUES ($1, $2, $3, $4)',
      [size, root, before?.size ?? null, before?.root ?? null],
    );
    await db.query('COMMIT');
  } catch (error) {
    await db.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    db.release();
  }
}

async function insertNodes(db: PoolClient, nodes: readonly Node[]): Promise<void> {
  await db.query(
    'INSERT INTO app.tree_nodes (level, number, hash) SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])',
    [nodes.map(({ level }) => level), nodes.map(({ number }) => number), nodes.map(({ hash }) => hash)],
  );
}
