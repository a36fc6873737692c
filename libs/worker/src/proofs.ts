import {
  consistencyRanges,
  inclusionRanges,
  leafText,
  parseTilePath,
  rangeProofRanges,
  tileWidth,
  toBase64,
  writeTlogProof,
  type LeafInput,
  type LeafRange,
} from '@enishi/transparency';
import type { Pool } from 'pg';
import {
  publishedCheckpoints,
  readLeafHashes,
  readTile,
  readTiles,
  type SignedCheckpoint,
} from './tree-tables';

/**
 * The proof file of one event (C2SP tlog-proof): its leaf's place, the way from there to the root, and the checkpoint.
 * The leaf's text is the file's extra data, so that whoever checks can read what is proven.
 *
 * @param index of its leaf, from 0; the checkpoint covers it
 */
export async function inclusionProof(
  pool: Pool,
  checkpoint: SignedCheckpoint,
  index: number,
  leaf: LeafInput,
): Promise<string> {
  const path = await rootsOf(pool, inclusionRanges(index, checkpoint.size), checkpoint.size);
  const extra = new TextEncoder().encode(leafText(leaf));
  return writeTlogProof({ index, path, checkpoint: checkpoint.note, extra });
}

/**
 * Hashes, in base64, that prove the tree of `older` leaves to be the beginning of the checkpoint's (RFC 9162 section
 * 2.1.4).
 * @param older at most the checkpoint's size
 */
export async function consistencyProof(
  pool: Pool,
  older: number,
  { size }: SignedCheckpoint,
): Promise<readonly string[]> {
  return (await rootsOf(pool, consistencyRanges(older, size), size)).map(toBase64);
}

/**
 * A checkpoint with the way there from an older tree, as text: the body of `add-checkpoint` of C2SP tlog-witness.
 * @param older at most the checkpoint's size; 0 where nothing is known of the ledger
 */
export async function checkpointFrom(
  pool: Pool,
  older: number,
  checkpoint: SignedCheckpoint,
): Promise<string> {
  const proof = await consistencyProof(pool, older, checkpoint);
  const lines = [`old ${older}`, ...proof].map((line) => `${line}\n`).join('');
  return `${lines}\n${checkpoint.note}`;
}

/**
 * A run of leaves, and the hashes beside it that lead to the checkpoint's root, from left to right; all in base64.
 * @param run within the checkpoint's size
 */
export async function rangeProof(
  pool: Pool,
  run: LeafRange,
  { size }: SignedCheckpoint,
): Promise<{ readonly leaves: readonly string[]; readonly proof: readonly string[] }> {
  const leaves = await readLeafHashes(pool, run.from, run.to);
  const proof = await rootsOf(pool, rangeProofRanges(run, size), size);
  return { leaves: leaves.map(toBase64), proof: proof.map(toBase64) };
}

/**
 * The hashes of a tile, one behind the other (C2SP tlog-tiles).
 * @param path `tile/<level>/<number>`, of a partial tile with its width behind
 * @returns undefined where it names no tile, or one beyond the newest published checkpoint
 */
export async function publishedTile(pool: Pool, path: string): Promise<Uint8Array | undefined> {
  const tile = parseTilePath(path);
  const [newest] = await publishedCheckpoints(pool, { limit: 1 });
  if (!tile || !newest || tile.width > tileWidth(tile, newest.size)) return undefined;
  return Buffer.concat(await readTile(pool, tile));
}

async function rootsOf(
  pool: Pool,
  ranges: readonly LeafRange[],
  size: number,
): Promise<readonly Uint8Array[]> {
  const tiles = await readTiles(pool, ranges, size);
  return ranges.map((range) => tiles.rootOf(range));
}
