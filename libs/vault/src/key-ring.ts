import type { Category } from '@enishi/domain';
import type { Random } from './aead';
import type { EpochKeys } from './epoch-keys';
import { EpochKeyUnavailable, KeyClosed, KeyLost, VaultUnavailable } from './errors';
import { keyIdOf, slotOf, type KeyId, type OpeningKey, type SealKey, type Slot } from './key-cache';
import type { KeyName, KeyRow, KeyTable } from './key-table';
import type { Alarm, Watch } from './observing';
import type { Subject } from './port';
import type { Session } from './sessions';

/** A slot that something is to be sealed for. */
export interface WantedSlot {
  readonly subject: Subject;
  readonly category: Category;
  /** Whether a later generation may be opened where the newest is closing or destroyed. */
  readonly mayReopen: boolean;
  /** The subject was just drawn and surely has no key: none is looked for before the first is made. */
  readonly isNew?: boolean;
}

const KEY_BYTES = 32;
const NO_ROWS: ReadonlyMap<Slot, KeyRow> = new Map();

/** Attempts before giving up where other processes keep changing the same keys. */
const ATTEMPTS = 5;

/** Finds, creates and unwraps persons' keys, many per round trip. */
export class KeyRing {
  constructor(
    private readonly options: {
      readonly table: KeyTable;
      readonly epochs: EpochKeys;
      readonly random: Random;
      readonly now: () => string;
      readonly onAlarm: (alarm: Alarm) => void;
    },
  ) {}

  /**
   * The live key of each slot; missing ones are created and durable when this resolves. The caller checks
   * `watch` in the turn in which it marks the keys as used.
   * @throws KeyClosed, VaultUnavailable
   */
  async forSealing(
    session: Session,
    wanted: ReadonlyMap<Slot, WantedSlot>,
    watch: Watch,
  ): Promise<ReadonlyMap<Slot, SealKey>> {
    const keys = new Map<Slot, SealKey>();
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const missing: WantedSlot[] = [];
      const toCreate: KeyName[] = [];
      for (const [slot, want] of wanted) {
        if (keys.has(slot)) continue;
        const cached = want.isNew === true && attempt === 0 ? undefined : session.keys.sealing(slot);
        if (cached) keys.set(slot, cached);
        // Should there be one after all, it is left as it is, and read in the next attempt.
        else if (want.isNew === true && attempt === 0) toCreate.push(firstKeyOf(want));
        else missing.push(want);
      }
      if (missing.length + toCreate.length === 0) return keys;

      const rows = missing.length === 0 ? NO_ROWS : await this.options.table.newest(missing);
      const live: KeyRow[] = [];
      for (const { subject, category, mayReopen } of missing) {
        const row = rows.get(slotOf(subject, category));
        if (row?.state === 'live') live.push(row);
        else if (row && !mayReopen) throw new KeyClosed(subject, category);
        else toCreate.push({ subject, category, generation: (row?.generation ?? 0) + 1 });
      }
      const found = [...(await this.unwrapped(live)), ...(await this.created(toCreate))];
      for (const key of found) {
        const slot = slotOf(key.subject, key.category);
        keys.set(slot, key);
        // Of somebody just drawn, hardly to be used again soon: a million of them would push out all others.
        if (!watch.has(slot) && wanted.get(slot)!.isNew !== true) session.keys.addLive(slot, key);
      }
      if (keys.size === wanted.size) return keys;
    }
    throw new VaultUnavailable('keys kept changing while they were fetched');
  }

  /**
   * The keys named, for opening: bytes, or `destroyed` for a tombstone.
   * @param once what the cache does not hold is not put there
   * @throws KeyLost (and an alarm) for a key without a row or without bytes.
   */
  async forOpening(
    session: Session,
    wanted: ReadonlyMap<KeyId, KeyName>,
    watch: Watch,
    once = false,
  ): Promise<ReadonlyMap<KeyId, OpeningKey>> {
    const keys = new Map<KeyId, OpeningKey>();
    const missing: KeyName[] = [];
    for (const [id, name] of wanted) {
      const cached = session.keys.opening(id);
      if (cached) keys.set(id, cached);
      else missing.push(name);
    }
    if (missing.length === 0) return keys;

    const rows = await this.options.table.exactly(missing);
    const wrapped: KeyRow[] = [];
    for (const name of missing) {
      const id = keyIdOf(slotOf(name.subject, name.category), name.generation);
      const row = rows.get(id);
      if (row?.state === 'destroyed') {
        keys.set(id, 'destroyed');
        if (!once) session.keys.addOpening(id, 'destroyed');
      } else if (row?.wrapped) {
        wrapped.push(row);
      } else {
        const { subject, category, generation } = name;
        this.options.onAlarm({ code: 'key-lost', details: { subject, category, generation } });
        throw new KeyLost(subject, category, generation);
      }
    }
    const closing = new Set(wrapped.filter((row) => row.state === 'closing').map(rowId));
    for (const key of await this.unwrapped(wrapped)) {
      const slot = slotOf(key.subject, key.category);
      const id = keyIdOf(slot, key.generation);
      keys.set(id, key.bytes);
      if (!once && !closing.has(id) && !watch.has(slot)) session.keys.addOpening(id, key.bytes);
    }
    return keys;
  }

  /** Keys of rows; those that a rotation re-wrapped or an erasure destroyed meanwhile are read once more. */
  private async unwrapped(rows: readonly KeyRow[], again = true): Promise<SealKey[]> {
    const keys: SealKey[] = [];
    const stale: KeyRow[] = [];
    for (const [epoch, group] of byEpoch(rows)) {
      let epochKey: Buffer;
      try {
        epochKey = await this.options.epochs.keyOf(epoch);
      } catch (error) {
        if (!again || !(error instanceof EpochKeyUnavailable)) throw error;
        stale.push(...group);
        continue;
      }
      for (const row of group) {
        const { subject, category, generation } = row;
        keys.push({
          subject,
          category,
          generation,
          bytes: this.options.epochs.unwrap(epochKey, epoch, row, row.wrapped!),
        });
      }
    }
    if (stale.length > 0) {
      const fresh = await this.options.table.exactly(stale);
      const wrapped = [...fresh.values()].filter((row) => row.wrapped !== null);
      // What was destroyed in between is the same as what is refused a moment later.
      const gone = stale.find((row) => !fresh.get(rowId(row))?.wrapped);
      if (gone) throw new KeyClosed(gone.subject, gone.category);
      keys.push(...(await this.unwrapped(wrapped, false)));
    }
    return keys;
  }

  /** Creates keys; those that another process created first are absent, and are read in the next attempt. */
  private async created(names: readonly KeyName[]): Promise<SealKey[]> {
    if (names.length === 0) return [];
    const { epochs, table, random, now } = this.options;
    const { epoch, epochKey } = await epochs.forWrapping();
    // One draw for all: to cut each from a page of its own costs more than to fill it.
    const drawn = random(KEY_BYTES * names.length);
    // What is kept in the cache does not hold the wrapped bytes.
    const keys = names.map(({ subject, category, generation }, index): SealKey => {
      const at = KEY_BYTES * index;
      return { subject, category, generation, bytes: drawn.subarray(at, at + KEY_BYTES) };
    });
    const wrapped = keys.map((key) => epochs.wrap(epochKey, epoch, key, key.bytes));
    const { isCurrent, created } = await table.create(names, wrapped, epoch, now());
    if (!isCurrent) await epochs.reload();
    return created === 'all' ? keys : keys.filter((key) => created.has(rowId(key)));
  }
}

function firstKeyOf({ subject, category }: WantedSlot): KeyName {
  return { subject, category, generation: 1 };
}

function rowId({ subject, category, generation }: KeyName): KeyId {
  return keyIdOf(slotOf(subject, category), generation);
}

function byEpoch(rows: readonly KeyRow[]): ReadonlyMap<number, readonly KeyRow[]> {
  const groups = new Map<number, KeyRow[]>();
  for (const row of rows) {
    const group = groups.get(row.epoch!);
    if (group) group.push(row);
    else groups.set(row.epoch!, [row]);
  }
  return groups;
}
