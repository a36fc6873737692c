import type { Hash } from './leaf';
import { nodeHash, splitOf, type LeafRange } from './merkle';

/** How many levels of the tree a tile spans (C2SP tlog-tiles). */
export const TILE_HEIGHT = 8;
/** How many hashes a full tile has. */
export const TILE_WIDTH = 2 ** TILE_HEIGHT;

/** One tile of a tree: the `index`-th run of 256 hashes on `level`; each is the root of 256^level leaves. */
export interface Tile {
  readonly level: number;
  readonly index: number;
}

/** Where to read a tile's hashes, and how many of them are wanted, counted from the tile's first. */
export interface TileRead extends Tile {
  readonly width: number;
}

/** A run of hashes in one tile. Their root is the root of a complete subtree, of 2^n leaves. */
interface TilePart extends Tile {
  readonly from: number;
  readonly to: number;
}

/** The text under which tiles are looked up. */
const keyOf = ({ level, index }: Tile): string => `${level}/${index}`;

/**
 * How many hashes of a tile the tree of this size has, from 0 to 256.
 *
 * @param size leaves of the tree
 */
export function tileWidth({ level, index }: Tile, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH;
  return Math.max(0, Math.min(TILE_WIDTH, hashes));
}

/**
 * A tile's path behind the prefix of a log (C2SP tlog-tiles).
 *
 * @param width hashes; below 256 the tile is a partial one
 * @example tilePath({ level: 0, index: 1234067 }, 256) // 'tile/0/x001/x234/067'
 */
export function tilePath({ level, index }: Tile, width: number): string {
  const digits = String(index).padStart(3, '0');
  const whole = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const parts = whole.match(/\d{3}/g)!;
  const name = parts.map((part, at) => (at === parts.length - 1 ? part : `x${part}`)).join('/');
  return `tile/${level}/${name}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}

/**
 * What {@link tilePath} wrote.
 * @returns undefined where it is not the path of a tile, written in the one way there is
 */
export function parseTilePath(path: string): TileRead | undefined {
  const found = /^tile\/(\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (!found) return undefined;
  const [, level, name, partial] = found;
  const tile = { level: Number(level), index: Number(name!.replaceAll(/[x/]/g, '')) };
  const width = partial === undefined ? TILE_WIDTH : Number(partial);
  const isTile = Number.isSafeInteger(tile.index) && tile.level < 64 && width > 0;
  return isTile && tilePath(tile, width) === path ? { ...tile, width } : undefined;
}

/** The complete subtrees of a run of leaves that is a subtree of the tree, from left to right. */
function partsOf({ from, to }: LeafRange): readonly TilePart[] {
  const leaves = to - from;
  if (leaves === 0) return [];
  const left = leaves === 1 ? 1 : splitOf(leaves);
  if (left < leaves && left * 2 !== leaves)
    return [...partsOf({ from, to: from + left }), ...partsOf({ from: from + left, to })];
  let [level, span] = [0, 1];
  while (span * TILE_WIDTH <= leaves) [level, span] = [level + 1, span * TILE_WIDTH];
  const first = from / span;
  const at = first % TILE_WIDTH;
  return [{ level, index: (first - at) / TILE_WIDTH, from: at, to: at + leaves / span }];
}

/**
 * The tiles from which the roots of subtrees can be computed, each once: for any proof in a tree of 10 million leaves
 * at most seven.
 *
 * @param size leaves of the tree
 */
export function tilesOf(ranges: readonly LeafRange[], size: number): readonly TileRead[] {
  const tiles = new Map<string, TileRead>();
  for (const { level, index } of ranges.flatMap(partsOf)) {
    tiles.set(keyOf({ level, index }), { level, index, width: tileWidth({ level, index }, size) });
  }
  return [...tiles.values()];
}

/** Tiles that were read. */
export class Tiles {
  private readonly hashes = new Map<string, readonly Uint8Array[]>();

  /** @param hash SHA-256 */
  constructor(private readonly hash: Hash) {}

  /** @param hashes the first ones of the tile, of 32 bytes each */
  add(tile: Tile, hashes: readonly Uint8Array[]): void {
    this.hashes.set(keyOf(tile), hashes);
  }

  /**
   * The root of a subtree of the tree.
   * @throws Error where a tile that {@link tilesOf} names was not read, or not so far
   */
  rootOf(range: LeafRange): Uint8Array {
    const roots = partsOf(range).map((part) => this.rootOfPart(part));
    return roots.reduceRight((right, left) => nodeHash(left, right, this.hash));
  }

  /** Roots of the largest complete subtrees of a tree, the leftmost first: what is needed to go on from it. */
  peaksOf(size: number): readonly { readonly leaves: number; readonly hash: Uint8Array }[] {
    return partsOf({ from: 0, to: size }).map((part) => ({
      leaves: (part.to - part.from) * TILE_WIDTH ** part.level,
      hash: this.rootOfPart(part),
    }));
  }

  private rootOfPart(part: TilePart): Uint8Array {
    const hashes = this.hashes.get(keyOf(part))?.slice(part.from, part.to);
    if (hashes?.length !== part.to - part.from) throw new Error(`tile ${keyOf(part)} was not read so far`);
    // In place: a proof computes some hundred nodes from each tile.
    for (let width = hashes.length; width > 1; width /= 2) {
      for (let at = 0; at < width; at += 2)
        hashes[at / 2] = nodeHash(hashes[at]!, hashes[at + 1]!, this.hash);
    }
    return hashes[0]!;
  }
}
