import type { Hash } from './leaf';
import { nodeHash, sameHash, splitOf, type LeafRange } from './merkle';

/** What is checked against, and with what. */
export interface TreeHead {
  /** How many leaves. */
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

/**
 * Whether a leaf is in the tree (RFC 9162 section 2.1.3.2).
 *
 * @param leaf its hash, and its index from 0
 * @param proof roots of the sibling subtrees, from the leaf up
 * @param hash SHA-256
 * @example verifyInclusion({ index: 0, hash: leaf }, [], { size: 1, root: leaf }, sha256) // true
 */
export function verifyInclusion(
  leaf: { readonly index: number; readonly hash: Uint8Array },
  proof: readonly Uint8Array[],
  head: TreeHead,
  hash: Hash,
): boolean {
  if (!Number.isSafeInteger(leaf.index) || leaf.index < 0 || leaf.index >= head.size) return false;
  if (!areHashes([leaf.hash, ...proof])) return false;
  let [at, last, node] = [leaf.index, head.size - 1, leaf.hash];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      node = nodeHash(sibling, node, hash);
      // A right edge that is a left child has no sibling on these levels.
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      node = nodeHash(node, sibling, hash);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameHash(node, head.root);
}

/**
 * Whether the older tree is the beginning of the newer one: nothing in it was changed, taken out or put in (RFC 9162
 * section 2.1.4.2). The empty tree is the beginning of every tree.
 *
 * @param hash SHA-256
 */
export function verifyConsistency(
  older: TreeHead,
  newer: TreeHead,
  proof: readonly Uint8Array[],
  hash: Hash,
): boolean {
  if (older.size > newer.size || !areHashes([older.root, newer.root, ...proof])) return false;
  if (older.size === newer.size) return proof.length === 0 && sameHash(older.root, newer.root);
  if (older.size === 0) return proof.length === 0 && sameHash(older.root, hash(new Uint8Array(0)));
  const path = isPowerOfTwo(older.size) ? [older.root, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let [at, last] = [older.size - 1, newer.size - 1];
  while (at % 2 === 1) [at, last] = [half(at), half(last)];
  let [old, fresh] = [first, first];
  for (const node of rest) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      old = nodeHash(node, old, hash);
      fresh = nodeHash(node, fresh, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      fresh = nodeHash(fresh, node, hash);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameHash(old, older.root) && sameHash(fresh, newer.root);
}

/**
 * Whether a run of leaves stands in the tree, one behind the other and from this index on.
 *
 * @param leaves their hashes, at least one
 * @param proof roots of the subtrees beside the run, from left to right
 * @param hash SHA-256
 */
export function verifyRange(
  from: number,
  leaves: readonly Uint8Array[],
  proof: readonly Uint8Array[],
  head: TreeHead,
  hash: Hash,
): boolean {
  const run: LeafRange = { from, to: from + leaves.length };
  const isWithin = Number.isSafeInteger(from) && from >= 0 && run.to > from && run.to <= head.size;
  if (!isWithin || !areHashes([...leaves, ...proof])) return false;
  const rest = [...proof];
  const fold = (range: LeafRange): Uint8Array | undefined => {
    if (range.to <= run.from || range.from >= run.to) return rest.shift();
    if (range.to - range.from === 1) return leaves[range.from - from];
    const middle = range.from + splitOf(range.to - range.from);
    const left = fold({ from: range.from, to: middle });
    const right = left && fold({ from: middle, to: range.to });
    return right && nodeHash(left, right, hash);
  };
  const root = fold({ from: 0, to: head.size });
  return root !== undefined && rest.length === 0 && sameHash(root, head.root);
}

/**
 * Whether each is as long as a hash. A node is hashed over two that stand one behind the other, so that parts of other
 * lengths could be cut elsewhere: the same bytes would stand for other nodes.
 */
const areHashes = (all: readonly Uint8Array[]): boolean => all.every(({ length }) => length === 32);

const half = (number: number): number => Math.floor(number / 2);

function isPowerOfTwo(number: number): boolean {
  return number === 1 || (number % 2 === 0 && isPowerOfTwo(number / 2));
}
