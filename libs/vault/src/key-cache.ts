import type { Category } from '@enishi/domain';
import type { Subject } from './port';

/** Whose key and for what: (subject, category) as one text. A subject holds no space. */
export type Slot = `${Subject} ${Category}`;
/** One key: (subject, category, generation) as one text. */
export type KeyId = `${Slot} ${number}`;

export function slotOf(subject: Subject, category: Category): Slot {
  return `${subject} ${category}`;
}

export function keyIdOf(slot: Slot, generation: number): KeyId {
  return `${slot} ${generation}`;
}

/** A key as it seals. */
export interface SealKey {
  readonly subject: Subject;
  readonly category: Category;
  readonly generation: number;
  /** 32 bytes. */
  readonly bytes: Buffer;
}

/**
 * A bounded map that forgets what was not used for long. Two halves: a hit in the older one moves to the
 * younger; when the younger is full it becomes the older. A hit in the younger writes nothing.
 */
class Recent<K, V> {
  private young = new Map<K, V>();
  private old = new Map<K, V>();
  constructor(private readonly bound: number) {}

  get(key: K): V | undefined {
    const value = this.young.get(key);
    if (value !== undefined) return value;
    const older = this.old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: K, value: V): void {
    this.old.delete(key);
    if (this.young.size >= this.bound / 2) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(key, value);
  }

  delete(key: K): void {
    this.young.delete(key);
    this.old.delete(key);
  }

  clear(): void {
    this.young.clear();
    this.old.clear();
  }
}

/** A key for opening: its bytes, or `destroyed` where its tombstone stands. */
export type OpeningKey = Buffer | 'destroyed';

/**
 * Unwrapped keys of one session. Live keys and tombstones only: a closing key is read anew each time, so that
 * nothing outlives its destruction here.
 */
export class KeyCache {
  private readonly live: Recent<Slot, SealKey>;
  private readonly keys: Recent<KeyId, OpeningKey>;

  /** @param bound entries of each kind; about 300 bytes each. */
  constructor(bound: number) {
    this.live = new Recent(bound);
    this.keys = new Recent(bound);
  }

  /** The live key of a slot, if known. */
  sealing(slot: Slot): SealKey | undefined {
    return this.live.get(slot);
  }

  opening(id: KeyId): OpeningKey | undefined {
    return this.keys.get(id);
  }

  addLive(slot: Slot, key: SealKey): void {
    this.live.set(slot, key);
    this.keys.set(keyIdOf(slot, key.generation), key.bytes);
  }

  /** For opening only: says nothing about whether the generation is the slot's newest. */
  addOpening(id: KeyId, key: OpeningKey): void {
    this.keys.set(id, key);
  }

  drop(slot: Slot, generation: number): void {
    this.live.delete(slot);
    this.keys.delete(keyIdOf(slot, generation));
  }

  clear(): void {
    this.live.clear();
    this.keys.clear();
  }
}
