import {
  rangeProofRanges,
  Tiles,
  tilesOf,
  toBase64,
  type LeafRange,
  type TileRead,
} from '@enishi/transparency';
import type { Pool } from 'pg';
import { readTile, sha256 } from './tree-tables';

/**
 * Runs of neighbours among leaves.
 *
 * @param pages numbers of leaves, growing
 * @param longest leaves of a run at most; a longer one goes on in the next
 */
export async function* runsOf(
  pages: AsyncIterable<readonly number[]> | Iterable<readonly number[]>,
  longest: number,
): AsyncGenerator<LeafRange> {
  let run: LeafRange | undefined;
  for await (const page of pages) {
    for (const leaf of page) {
      if (run?.to === leaf && run.to - run.from < longest) run = { from: run.from, to: leaf + 1 };
      else {
        if (run) yield run;
        run = { from: leaf, to: leaf + 1 };
      }
    }
  }
  if (run) yield run;
}

/** Tiles that are kept: 64 of 256 hashes each. */
const KEPT = 64;

/** Proofs of one run after the other: neighbours need the same tiles, which are read once. */
export class RunProofs {
  private readonly kept = new Map<string, readonly Uint8Array[]>();

  /** @param size leaves of the checkpoint */
  constructor(
    private readonly pool: Pool,
    private readonly size: number,
  ) {}

  /** Roots of the subtrees beside the run, from left to right, in base64. */
  async pathOf(run: LeafRange): Promise<readonly string[]> {
    const ranges = rangeProofRanges(run, this.size);
    const tiles = new Tiles(sha256);
    for (const tile of tilesOf(ranges, this.size)) tiles.add(tile, await this.read(tile));
    return ranges.map((range) => toBase64(tiles.rootOf(range)));
  }

  private async read(tile: TileRead): Promise<readonly Uint8Array[]> {
    const key = `${tile.level}/${tile.index}`;
    const hashes = this.kept.get(key) ?? (await readTile(this.pool, tile));
    // Taken out and put in again, the one that was not asked for longest comes first.
    this.kept.delete(key);
    this.kept.set(key, hashes);
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT && oldest !== undefined) this.kept.delete(oldest);
    return hashes;
  }
}
