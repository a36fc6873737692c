import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Category, Json, JsonObject } from '@enishi/domain';
import type { Random } from './aead';
import { part, type Declarations, type Parted } from './disclosure-check';
import { VaultError, VaultUnavailable } from './errors';
import { keyIdOf, slotOf, type KeyId, type SealKey, type Slot } from './key-cache';
import type { KeyRing, WantedSlot } from './key-ring';
import type { Watch } from './observing';
import type { SealLease, Subject, ToSeal } from './port';
import { sealGroup } from './sealed-group';
import type { Sessions } from './sessions';

/** Events sealed or opened before other work of the process gets a turn: 5 to 10 ms. */
export const SLICE = 128;

const ATTEMPTS = 4;

export interface LeaseOptions {
  readonly ledgerId: string;
  readonly sessions: Sessions;
  readonly ring: KeyRing;
  readonly declarations: Declarations;
  readonly random: Random;
}

interface Checked extends Parted {
  readonly item: ToSeal;
}

/** See {@link SealLease}. Keys taken stay marked as used until the release. */
export class Lease implements SealLease {
  private readonly held = new Set<KeyId>();
  private released = false;

  constructor(private readonly options: LeaseOptions) {}

  async seal(events: readonly ToSeal[]): Promise<readonly JsonObject[]> {
    const checked: Checked[] = [];
    const wanted = new Map<Slot, WantedSlot>();
    for (const [index, item] of events.entries()) {
      if (index % SLICE === SLICE - 1) await nextTurn();
      const parted = part(this.options.declarations, item.event.type, item.event.data as JsonObject);
      checked.push({ ...parted, item });
      for (const category of parted.groups.keys()) {
        const subject = parted.subject!;
        const slot = slotOf(subject, category);
        const mayReopen = item.mayReopen?.includes(category) ?? false;
        // The first event that may reopen does it for the later ones; an earlier one that may not must not gain by it.
        if (!wanted.has(slot))
          wanted.set(slot, { subject, category, mayReopen, isNew: item.isNewSubject ?? false });
      }
    }

    return this.withKeys(wanted, async (keys) => {
      const sealed: JsonObject[] = [];
      for (const [index, event] of checked.entries()) {
        if (index % SLICE === SLICE - 1) await nextTurn();
        sealed.push(this.sealEvent(event, keys));
      }
      return sealed;
    });
  }

  /** Runs `work` with the live key of each slot; once more under a new session where the session was lost. */
  async withKeys<T>(
    wanted: ReadonlyMap<Slot, WantedSlot>,
    work: (keys: ReadonlyMap<Slot, SealKey>) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (this.released) throw new VaultError('lease-released', 'the lease was released');
      const session = await this.options.sessions.current();
      const watch: Watch = new Set();
      session.watches.add(watch);
      let keys: ReadonlyMap<Slot, SealKey>;
      try {
        keys = await this.options.ring.forSealing(session, wanted, watch);
        // No await from here to `hold`: a closing seen before is noticed, one seen after waits for this lease.
        if (session.lost || touches(watch, wanted)) continue;
        this.hold(keys);
      } finally {
        session.watches.delete(watch);
      }
      const done = await work(keys);
      if (!session.lost) return done;
    }
    throw new VaultUnavailable('the sealing session was lost again and again');
  }

  release(): void {
    if (this.released) return;
    this.released = true;
    this.options.sessions.settle(this.held);
    this.held.clear();
  }

  private hold(keys: ReadonlyMap<Slot, SealKey>): void {
    const added: KeyId[] = [];
    for (const [slot, key] of keys) {
      const id = keyIdOf(slot, key.generation);
      if (!this.held.has(id)) {
        this.held.add(id);
        added.push(id);
      }
    }
    this.options.sessions.use(added);
  }

  private sealEvent(
    { item, clear, groups, subject, version }: Checked,
    keys: ReadonlyMap<Slot, SealKey>,
  ): JsonObject {
    if (groups.size === 0) return clear;
    const place = {
      ledger: this.options.ledgerId,
      stream: item.stream,
      eventId: item.id,
      type: item.event.type,
      version,
    };
    const sealed: Json[] = [];
    for (const category of [...groups.keys()].sort()) {
      const key = keys.get(slotOf(subject as Subject, category))!;
      sealed.push(sealGroup(key.bytes, place, key, groups.get(category)!, this.options.random));
    }
    return { ...clear, sealed };
  }
}

function touches(watch: Watch, wanted: ReadonlyMap<Slot, unknown>): boolean {
  for (const slot of watch) if (wanted.has(slot)) return true;
  return false;
}

/** One slot, for what is sealed outside events. */
export function oneSlot(subject: Subject, category: Category): ReadonlyMap<Slot, WantedSlot> {
  return new Map([[slotOf(subject, category), { subject, category, mayReopen: false }]]);
}
