import { leafHash, type Hash, type LeafInput } from './leaf';
import { TILE_HEIGHT } from './tile';
import { GrowingRoot } from './tree-root';

/** An event as a store gives it back; which ledger it belongs to is known. */
export type StoredEvent = Omit<LeafInput, 'ledger'>;

/** The leaf of an event. */
export interface Leaf {
  /**
   * The event's time, or that of the leaf before where it is later: the clock of a new leader of the store may be
   * behind, and a leaf is never recorded before the one in front of it.
   */
  readonly recordedAt: string;
  /** 32 bytes. */
  readonly hash: Uint8Array;
}

/**
 * Makes the leaves of a ledger's events, one after the other in the order of the ledger.
 *
 * @example
 * const leaves = new LeafSequence(ledgerId, sha256);
 * for (const event of events) leaves.next(event).hash;
 */
export class LeafSequence {
  /**
   * @param ledger part of what is hashed
   * @param hash SHA-256, passed in so that this runs in Node and in a browser
   * @param last recorded time of the leaf to go on behind; '' before the first
   */
  constructor(
    private readonly ledger: string,
    private readonly hash: Hash,
    private last = '',
  ) {}

  next(event: StoredEvent): Leaf {
    // Instants are text of one length, so that text compares as time does.
    if (event.recordedAt > this.last) this.last = event.recordedAt;
    const { ledger, last: recordedAt } = this;
    // Member by member: to spread an event would parse its data, of which only the text is needed.
    const { stream, revision, id, type, dataText, metadataText } = event;
    const leaf = { ledger, stream, revision, id, type, dataText, metadataText, recordedAt };
    return { recordedAt, hash: leafHash(leaf, this.hash) };
  }

  /** Recorded time of the last leaf; '' before the first. */
  get lastRecordedAt(): string {
    return this.last;
  }
}

/** The tree over all leaves of a ledger, event by event from the first. */
export class LedgerTree {
  private readonly leaves: LeafSequence;
  private readonly tree: GrowingRoot;

  /** @param hash SHA-256 */
  constructor(
    readonly ledger: string,
    hash: Hash,
  ) {
    this.leaves = new LeafSequence(ledger, hash);
    this.tree = new GrowingRoot(hash);
  }

  /**
   * Adds the event's leaf.
   * @param completed told of each root of 256^level leaves that the leaf completes: what begins a tile's level
   */
  add(event: StoredEvent, completed?: (level: number, root: Uint8Array) => void): Leaf {
    const leaf = this.leaves.next(event);
    this.tree.add(leaf.hash, (height, root) => {
      if (height % TILE_HEIGHT === 0) completed?.(height / TILE_HEIGHT, root);
    });
    return leaf;
  }

  /** How many leaves there are. */
  get size(): bigint {
    return this.tree.size;
  }

  /** 32 bytes. */
  get root(): Uint8Array {
    return this.tree.root();
  }
}
