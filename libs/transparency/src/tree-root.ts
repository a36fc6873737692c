import type { Hash } from './leaf';
import { nodeHash } from './merkle';

/**
 * The root of a Merkle tree that grows leaf by leaf (RFC 9162 section 2.1.1), keeping one hash per level: 20 for a
 * million leaves.
 *
 * @example
 * const tree = new GrowingRoot(sha256);
 * for (const leaf of leaves) tree.add(leafHash(leaf, sha256));
 * tree.root(); // 32 bytes
 */
export class GrowingRoot {
  /** Roots of the complete subtrees, the largest and leftmost first. */
  private readonly peaks: { readonly height: number; readonly hash: Uint8Array }[] = [];
  private count = 0n;

  /**
   * @param hash SHA-256, passed in so that this runs in Node and in a browser.
   * @param begun the tree to go on from: roots of its largest complete subtrees, the leftmost first
   */
  constructor(
    private readonly hash: Hash,
    begun: readonly { readonly leaves: number; readonly hash: Uint8Array }[] = [],
  ) {
    for (const peak of begun) {
      this.peaks.push({ height: Math.log2(peak.leaves), hash: peak.hash });
      this.count += BigInt(peak.leaves);
    }
  }

  /** How many leaves there are. */
  get size(): bigint {
    return this.count;
  }

  /**
   * @param leaf the leaf's hash, 32 bytes
   * @param completed told of each subtree of two leaves and more that the leaf completes, the smallest first
   */
  add(leaf: Uint8Array, completed?: (height: number, hash: Uint8Array) => void): void {
    let peak = { height: 0, hash: leaf };
    while (this.peaks.at(-1)?.height === peak.height) {
      peak = { height: peak.height + 1, hash: nodeHash(this.peaks.pop()!.hash, peak.hash, this.hash) };
      completed?.(peak.height, peak.hash);
    }
    this.peaks.push(peak);
    this.count += 1n;
  }

  /** The root over all leaves so far; of an empty tree, the hash of nothing. */
  root(): Uint8Array {
    const [last, ...others] = this.peaks.map(({ hash }) => hash).reverse();
    if (last === undefined) return this.hash(new Uint8Array(0));
    return others.reduce((right, left) => nodeHash(left, right, this.hash), last);
  }
}
