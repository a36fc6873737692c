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
const TILES_KEPT = 64;
/** Roots of subtrees that are kept. */
const ROOTS_KEPT = 4096;

/** Proofs of one run after the other: those of neighbours have most of their subtrees in common. */
export class RunProofs {
  private readonly tiles = new Map<string, readonly Uint8Array[]>();
  private readonly roots = new Map<string, string>();

  /** @param size leaves of the checkpoint */
  constructor(
    private readonly pool: Pool,
    private readonly size: number,
  ) {}

  /** Roots of the subtrees beside the run, from left to right, in base64. */
  async pathOf(run: LeafRange): Promise<readonly string[]> {
    const ranges = rangeProofRanges(run, this.size);
    const known = ranges.map((range) => touched(this.roots, keyOf(range)));
    const missing = ranges.filter((_, at) => known[at] === undefined);
    const tiles = new Tiles(sha256);
    for (const tile of tilesOf(missing, this.size)) tiles.add(tile, await this.read(tile));
    return ranges.map((range, at) => {
      const root = known[at] ?? toBase64(tiles.rootOf(range));
      return keep(this.roots, keyOf(range), root, ROOTS_KEPT);
    });
  }

  private async read(tile: TileRead): Promise<readonly Uint8Array[]> {
    const key = `${tile.level}/${tile.index}`;
    const hashes = touched(this.tiles, key) ?? (await readTile(this.pool, tile));
    return keep(this.tiles, key, hashes, TILES_KEPT);
  }
}

const keyOf = ({ from, to }: LeafRange): string => `${from}-${to}`;

/** What is kept under a key, which counts as asked for now. */
function touched<Value>(kept: Map<string, Value>, key: string): Value | undefined {
  const value = kept.get(key);
  kept.delete(key);
  return value;
}

/** Keeps a value, and drops the one that was not asked for longest where there are too many. */
function keep<Value>(kept: Map<string, Value>, key: string, value: Value, most: number): Value {
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
  return value;
}
