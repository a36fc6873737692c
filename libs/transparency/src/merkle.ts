import type { Hash } from './leaf';

/** Leaves `from` (counted from 0) up to, and without, `to`. */
export interface LeafRange {
  readonly from: number;
  readonly to: number;
}

/** What a proof was asked of is outside the tree. `code` is stable. */
export class OutsideTree extends Error {
  readonly code = 'outside-tree';
  constructor(what: string) {
    super(`${what} is not within the tree`);
    this.name = 'OutsideTree';
  }
}

// One for all nodes: to make one for each would take as long as hashing it.
const node = new Uint8Array(65);

/** The hash of an inner node (RFC 9162 section 2.1.1): `hash(0x01 || left || right)`. */
export function nodeHash(left: Uint8Array, right: Uint8Array, hash: Hash): Uint8Array {
  // A proof may hold anything.
  const isNode = left.length === 32 && right.length === 32;
  const bytes = isNode ? node : new Uint8Array(1 + left.length + right.length);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return hash(bytes);
}

/** Whether two hashes are the same. Nothing here is secret, so it may tell by its time. */
export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** Where a subtree is split: the largest power of two below its number of leaves. At least 2 leaves. */
export function splitOf(leaves: number): number {
  let left = 1;
  while (left * 2 < leaves) left *= 2;
  return left;
}

/**
 * The subtrees whose roots make the inclusion proof of a leaf, from its sibling up (RFC 9162 section 2.1.3.1).
 *
 * @param index of the leaf, from 0
 * @param size leaves of the tree
 * @throws OutsideTree
 */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  if (!(index >= 0 && index < size)) throw new OutsideTree(`leaf ${index} of ${size}`);
  const ranges: LeafRange[] = [];
  let { from, to }: LeafRange = { from: 0, to: size };
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    const isLeft = index < middle;
    ranges.push(isLeft ? { from: middle, to } : { from, to: middle });
    if (isLeft) to = middle;
    else from = middle;
  }
  return ranges.reverse();
}

/**
 * The subtrees whose roots make the proof that the tree of `older` leaves is the beginning of the tree of `newer`
 * (RFC 9162 section 2.1.4.1). Of a tree and itself, and of the empty tree, there is nothing to prove: none.
 *
 * @throws OutsideTree
 */
export function consistencyRanges(older: number, newer: number): readonly LeafRange[] {
  if (!(older >= 0 && older <= newer)) throw new OutsideTree(`tree of ${older} of ${newer}`);
  if (older === 0 || older === newer) return [];
  const ranges: LeafRange[] = [];
  let { from, to }: LeafRange = { from: 0, to: newer };
  // Until the subtree ends where the older tree does.
  while (to !== older) {
    const middle = from + splitOf(to - from);
    if (older <= middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  // The older root itself is known to who asks, so it is part of the proof only where it is not the whole older tree.
  if (from !== 0) ranges.push({ from, to });
  return ranges.reverse();
}

/**
 * The subtrees beside a run of leaves, from left to right: with their roots and the run's leaves, anybody can compute
 * the root of the tree. One such proof replaces one inclusion proof per leaf.
 *
 * @throws OutsideTree for a run that is empty or goes beyond the tree
 */
export function rangeProofRanges(run: LeafRange, size: number): readonly LeafRange[] {
  if (!(run.from >= 0 && run.from < run.to && run.to <= size))
    throw new OutsideTree(`run ${run.from} to ${run.to} of ${size}`);
  const beside = ({ from, to }: LeafRange): readonly LeafRange[] => {
    if (to <= run.from || from >= run.to) return [{ from, to }];
    if (run.from <= from && to <= run.to) return [];
    const middle = from + splitOf(to - from);
    return [...beside({ from, to: middle }), ...beside({ from: middle, to })];
  };
  return beside({ from: 0, to: size });
}
