import type { Category, Fact, JsonObject, NewEvent } from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';

/** Who a key belongs to: `alumnus:<uuid>`, `staff:<uuid>` or `request:<uuid>`. */
export type Subject = `${'alumnus' | 'staff' | 'request'}:${string}`;

/** A new event that is about to be sealed: where it will stand and under which id. */
export interface ToSeal {
  readonly stream: string;
  readonly id: string;
  readonly event: NewEvent;
  /** Categories for which this event may open a generation after a tombstone (new consent, `ItemErased`). */
  readonly mayReopen?: readonly Category[];
}

/**
 * The right to seal, for the time between sealing and the settled append. A key that is being closed waits
 * for the leases that used it. Always release it, also after an error.
 */
export interface SealLease {
  /**
   * The stored data of each event: clear fields as they are, sealed groups with commitments. Missing keys of
   * generation 1 are created first and are durable before this resolves.
   * @throws KeyClosed when a key needed is closing or destroyed and the event may not reopen it.
   * @throws NotDeclared for a field the disclosure table does not know, or whose value is not of its kind.
   */
  seal(events: readonly ToSeal[]): Promise<readonly JsonObject[]>;
  release(): void;
}

/** Opens, upcasts and reads the metadata of recorded events. */
export interface OpenOptions {
  /** Only these categories are opened; sealed fields of others are absent. Default: all. */
  readonly categories?: readonly Category[];
}

/** (source system, employee number) → alumnus id, by HMAC; never in events. */
export interface Identities {
  /**
   * Reserves ids for identities, in one round trip. A known identity answers its alumnus id; a new one draws
   * a random id. `blocked` after an erasure, until the date on its certificate.
   */
  reserve(
    identities: readonly { readonly source: string; readonly number: string }[],
  ): Promise<readonly { readonly alumnusId: string; readonly isNew: boolean; readonly blocked: boolean }[]>;
  find(source: string, number: string): Promise<string | undefined>;
}

/** Sealed files outside events (scans, mails). */
export interface Artefacts {
  /** Seals and stores bytes durably; answers the id and the SHA-256 (hex) over the sealed bytes. */
  put(
    subject: Subject,
    category: Category,
    bytes: Uint8Array,
  ): Promise<{ readonly artefactId: string; readonly sha256: string }>;
  /** @throws KeyClosed when erased; ArtefactMissing when the file is gone. */
  get(subject: Subject, artefactId: string): Promise<Uint8Array>;
}

export interface Vault {
  readonly ledgerId: string;
  lease(): SealLease;
  /** Recorded events as facts: opened, upcast, metadata read. Erased categories are named in `fact.erased`. */
  openFacts(records: readonly RecordedEvent[], options?: OpenOptions): Promise<readonly Fact[]>;
  readonly identities: Identities;
  readonly artefacts: Artefacts;
  /** HMAC-SHA-256 (hex) of the parts under the ledger secret, with domain separation by `purpose`. */
  tag(purpose: string, ...parts: readonly string[]): string;
  /** live → closing: no process seals under it any more once all have acknowledged. */
  closeKey(subject: Subject, category: Category, by: string, why: string): Promise<void>;
  /** Waits (bounded) for acknowledgements, then nulls the wrapped bytes. @throws AcknowledgementMissing */
  destroyKey(subject: Subject, category: Category, by: string, why: string, planEventId: string): Promise<void>;
  /** Re-wraps all live keys under a new epoch key and destroys the old one, resumable at each step. */
  rotateEpoch(progress?: (done: number, total: number) => void): Promise<{ readonly from: number; readonly to: number }>;
  close(): Promise<void>;
}
