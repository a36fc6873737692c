import { createPublicKey, hash, verify } from 'node:crypto';
import {
  TILE_WIDTH,
  Tiles,
  tilesOf,
  type LeafRange,
  type TileRead,
  type TreeHead,
} from '@enishi/transparency';
import type { ClientBase, Pool } from 'pg';

/** SHA-256. */
export const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');

/** Whether a signature is that of a message under a public key of 32 bytes (RFC 8032). */
function isEd25519(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') };
  return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature);
}

/** What signed notes are checked with. */
export const noteTools = { hash: sha256, verify: isEd25519 };

type Db = ClientBase | Pool;

/**
 * Hashes of a tile. Those of level 0 are the leaves, of which no second copy is kept.
 * @returns as many as there are, at most the width asked for
 */
export async function readTile(db: Db, { level, index, width }: TileRead): Promise<readonly Uint8Array[]> {
  const first = index * TILE_WIDTH;
  if (level === 0) return readLeafHashes(db, first, first + width);
  const { rows } = await db.query<{ hashes: Buffer | null }>(
    `SELECT string_agg(hash, '' ORDER BY number) AS hashes FROM app.tree_nodes
      WHERE level = $1 AND number >= $2 AND number < $3`,
    [level, first, first + width],
  );
  return hashesIn(rows[0]!.hashes);
}

/**
 * Hashes of the leaves from number `after` + 1 to number `last`, in order; as many as there are. They come as one
 * value: a row for each would cost more than the hashing.
 */
export async function readLeafHashes(db: Db, after: number, last: number): Promise<readonly Uint8Array[]> {
  const { rows } = await db.query<{ hashes: Buffer | null }>(
    `SELECT string_agg(hash, '' ORDER BY number) AS hashes FROM leaves.leaf WHERE number > $1 AND number <= $2`,
    [after, last],
  );
  return hashesIn(rows[0]!.hashes);
}

function hashesIn(bytes: Buffer | null): readonly Uint8Array[] {
  const hashes: Uint8Array[] = [];
  for (let at = 0; bytes !== null && at < bytes.length; at += 32) hashes.push(bytes.subarray(at, at + 32));
  return hashes;
}

/**
 * What is needed to compute the roots of subtrees.
 * @param size leaves of the tree that they are subtrees of
 */
export async function readTiles(db: Db, ranges: readonly LeafRange[], size: number): Promise<Tiles> {
  const tiles = new Tiles(sha256);
  const reads = tilesOf(ranges, size);
  const hashes = await Promise.all(reads.map((read) => readTile(db, read)));
  reads.forEach((read, at) => tiles.add(read, hashes[at]!));
  return tiles;
}

interface HeadRow {
  readonly size: string;
  readonly root: Buffer;
}

/** The tree as far as it has grown; it may be further than the newest checkpoint. */
export async function newestHead(db: Db): Promise<TreeHead | undefined> {
  const { rows } = await db.query<HeadRow>(
    'SELECT size, root FROM app.tree_heads ORDER BY size DESC LIMIT 1',
  );
  return rows[0] && { size: Number(rows[0].size), root: rows[0].root };
}

/** A checkpoint that was signed. */
export interface SignedCheckpoint extends TreeHead {
  /** The signed note (C2SP tlog-checkpoint), and behind our signatures those of witnesses. */
  readonly note: string;
  /** Of its own event, which the next checkpoint covers. */
  readonly eventId: string;
  readonly signedAt: Date;
}

const CHECKPOINT = `SELECT c.size, h.root, c.event_id, c.signed_at, c.note || coalesce(
    (SELECT string_agg(w.line, '' ORDER BY w.witness) FROM app.cosignatures w WHERE w.size = c.size), '') AS note
  FROM app.checkpoints c JOIN app.tree_heads h USING (size)`;

async function checkpointsWhere(
  db: Db,
  rest: string,
  values: readonly unknown[],
): Promise<SignedCheckpoint[]> {
  const { rows } = await db.query<HeadRow & { note: string; event_id: string; signed_at: Date }>(
    `${CHECKPOINT} ${rest}`,
    [...values],
  );
  return rows.map(({ size, root, note, event_id, signed_at }) => ({
    ...{ size: Number(size), root, note, eventId: event_id, signedAt: signed_at },
  }));
}

/** Signed, and its event not yet known to be in the ledger: where a sealer was stopped. */
export function unpublishedCheckpoints(db: Db): Promise<readonly SignedCheckpoint[]> {
  const rest =
    'WHERE NOT EXISTS (SELECT FROM app.published_checkpoints p WHERE p.size = c.size) ORDER BY c.size';
  return checkpointsWhere(db, rest, []);
}

/**
 * Published checkpoints, the newest first.
 * @param options.below only of fewer leaves @param options.limit at most so many
 */
export function publishedCheckpoints(
  db: Db,
  { limit, below }: { readonly limit: number; readonly below?: number },
): Promise<readonly SignedCheckpoint[]> {
  const rest = `JOIN app.published_checkpoints p USING (size)
    WHERE $2::bigint IS NULL OR c.size < $2 ORDER BY c.size DESC LIMIT $1`;
  return checkpointsWhere(db, rest, [limit, below ?? null]);
}

/**
 * Published checkpoints of fewer leaves that are worth keeping: the last of each day (Asia/Tokyo), those that changed the
 * key, and those of the sizes named. The oldest first.
 */
export function earlierCheckpoints(
  db: Db,
  { below, sizes }: { readonly below: number; readonly sizes: readonly number[] },
): Promise<readonly SignedCheckpoint[]> {
  const rest = `JOIN app.published_checkpoints p USING (size)
    WHERE c.size < $1 AND (c.size = ANY($2::bigint[]) OR c.size IN (SELECT size FROM app.key_changes) OR c.size IN (
      SELECT max(d.size) FROM app.checkpoints d JOIN app.published_checkpoints USING (size)
       WHERE d.size < $1 GROUP BY (d.signed_at AT TIME ZONE 'Asia/Tokyo')::date))
    ORDER BY c.size`;
  return checkpointsWhere(db, rest, [below, [...sizes]]);
}

/** The published checkpoint of so many leaves. */
export async function publishedCheckpoint(db: Db, size: number): Promise<SignedCheckpoint | undefined> {
  const rest = 'JOIN app.published_checkpoints p USING (size) WHERE c.size = $1';
  return (await checkpointsWhere(db, rest, [size]))[0];
}
