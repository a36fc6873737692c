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

/** A bounded map that forgets what was used longest ago. */
class Recent<K, V> {
  private readonly entries = new Map<K, V>();
  constructor(private readonly bound: number) {}

  get(key: K): V | undefined {
    const value = this.entries.get(key);
    if (value !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, value);
    }
    return value;
  }

  set(key: K, value: V): void {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size > this.bound) this.entries.delete(this.entries.keys().next().value!);
  }

  delete(key: K): void {
    this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
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
