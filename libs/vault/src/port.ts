import type { Category, Fact, Instant, Json, JsonObject, NewEvent } from '@enishi/domain';
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
  /** The subject's id was just drawn, so it has no key yet: none is looked for first. Where it has one, that one is used. */
  readonly isNewSubject?: boolean;
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
  /** The keys will hardly be asked for again: they are not kept. For whoever reads the ledger from end to end. */
  readonly once?: boolean;
}

/** What {@link Identities.reserve} answers for one identity. */
export interface Reservation {
  readonly alumnusId: string;
  /**
   * `reserved`: no registration is confirmed; the id may or may not have a stream (an import that broke off).
   * `registered`: it has one. `blocked`: erased, and the date on the certificate has not come.
   */
  readonly state: 'reserved' | 'registered' | 'blocked';
  /** Drawn by this call: the id surely has no stream. */
  readonly isNew: boolean;
  readonly blocked: boolean;
}

/** (source system, employee number) → alumnus id, by HMAC; never in events. Numbers come normalised. */
export interface Identities {
  /**
   * Reserves ids for identities, in one round trip, answering in the order given. A known identity answers its
   * alumnus id, a reservation without a stream included; a new one draws a random id. `blocked` after an
   * erasure, until the date on its certificate; then it is free for a new id.
   */
  reserve(
    identities: readonly { readonly source: string; readonly number: string }[],
  ): Promise<readonly Reservation[]>;
  /**
   * What is known of identities, in one round trip, in the order given; reserves nothing. `undefined` for those that
   * nobody has reserved, and for those whose block has run out.
   */
  lookUp(
    identities: readonly { readonly source: string; readonly number: string }[],
  ): Promise<readonly (Omit<Reservation, 'isNew'> | undefined)[]>;
  /** The alumnus id, unless unknown or blocked. */
  find(source: string, number: string): Promise<string | undefined>;
  /** Marks reservations whose stream was written. Repeating it changes nothing. */
  register(alumnusIds: readonly string[]): Promise<void>;
  /** After an erasure: the identities are refused until the instant `until`. */
  block(alumnusIds: readonly string[], until: Instant): Promise<void>;
}

/** Sealed files outside events (scans, mails). */
export interface Artefacts {
  /**
   * Seals and stores bytes durably; answers the id and the SHA-256 (hex) over the sealed bytes.
   * @throws KeyClosed
   */
  put(
    subject: Subject,
    category: Category,
    bytes: Uint8Array,
  ): Promise<{ readonly artefactId: string; readonly sha256: string }>;
  /**
   * As {@link put}, and the same bytes about the same subject are kept once, however often and from however many
   * processes: their id comes from the bytes under the subject's key, so that nothing is left of it once that is gone.
   * @throws KeyClosed
   */
  putOnce(
    subject: Subject,
    category: Category,
    bytes: Uint8Array,
  ): Promise<{ readonly artefactId: string; readonly sha256: string }>;
  /** SHA-256 (hex) over the sealed bytes, as `put` answered it; `undefined` where the subject has no such artefact. */
  sealedHash(subject: Subject, artefactId: string): Promise<string | undefined>;
  /** @throws KeyClosed when erased; ArtefactMissing when the file is gone; SealBroken when it was altered. */
  get(subject: Subject, artefactId: string): Promise<Uint8Array>;
}

/** What an export may say of one sealed group: its fields, each with the salt of this field alone; and what is erased. */
export type Disclosed =
  | { readonly category: Category; readonly erased: true }
  | {
      readonly category: Category;
      readonly erased: false;
      readonly fields: readonly {
        readonly field: string;
        readonly value: Json;
        /** 32 bytes in base64. */
        readonly salt: string;
      }[];
      /** Items that were erased while the rest of the group stayed. */
      readonly erasedFields: readonly string[];
    };

/** The newest key of a subject in a category. */
export interface KeySlot {
  readonly subject: Subject;
  readonly category: Category;
}

/** A closed key that is to be destroyed, and the event that decided it. */
export interface DoomedKey extends KeySlot {
  readonly planEventId: string;
}

/** A key that was destroyed. */
export interface DestroyedKey extends DoomedKey {
  readonly generation: number;
  readonly destroyedAt: Instant;
  /** The epoch whose key wrapped it last; absent of a slot that never had a key. */
  readonly epoch?: number;
}

/** An erasure period's key. */
export interface Epoch {
  readonly epoch: number;
  readonly state: 'current' | 'retiring' | 'destroyed';
  readonly openedAt: Instant;
  readonly destroyedAt?: Instant;
}

/** Signs under an Ed25519 key of the ledger's own (RFC 8032). */
export interface Signer {
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** @returns 64 bytes */
  sign(message: Uint8Array): Uint8Array;
}

/** A key that signs checkpoints, has signed them, or is to sign them. */
export interface SigningKey {
  /** From 1, in the order in which they were drawn. */
  readonly number: number;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
  /** Since when nobody can sign under it. */
  readonly destroyedAt?: Instant;
}

/** The keys that sign checkpoints. Which of them does so now is not for the vault to say. */
export interface SigningKeys {
  /** All of them in order; the first one is drawn when it is first asked for. */
  list(): Promise<readonly SigningKey[]>;
  /**
   * @throws MasterKeyInvalid; VaultError `signing-key-unknown` and `signing-key-destroyed`
   */
  signer(number: number): Promise<Signer>;
  /** Draws the key of a number, and keeps it wrapped by the master key. Where there is one, it stays. */
  draw(number: number): Promise<void>;
  /** Destroys the secret half of a key, unless none would be left behind it. Repeating it changes nothing. */
  destroy(number: number): Promise<void>;
}

export interface Vault {
  readonly ledgerId: string;
  lease(): SealLease;
  /**
   * Recorded events as facts: opened, upcast, metadata read. Erased categories are named in `fact.erased`, single items in
   * `fact.erasedFields`.
   * @throws KeyLost, SealBroken, and VaultError `event-unreadable` for metadata that is not ours.
   */
  openFacts(records: readonly RecordedEvent[], options?: OpenOptions): Promise<readonly Fact[]>;
  /**
   * The sealed groups of these categories of each event, in the order given, with the salt of each field: whoever is
   * given value and salt can compute the commitment that stands in the event.
   * @throws KeyLost, SealBroken, and VaultError `event-unreadable` for metadata that is not ours.
   */
  disclose(
    records: readonly RecordedEvent[],
    categories: readonly Category[],
  ): Promise<readonly (readonly Disclosed[])[]>;
  readonly identities: Identities;
  readonly artefacts: Artefacts;
  /** HMAC-SHA-256 (hex) of the parts under the ledger secret, with domain separation by `purpose`. */
  tag(purpose: string, ...parts: readonly string[]): string;
  readonly signing: SigningKeys;
  /**
   * live → closing, in one transaction: no process seals under them any more once all have acknowledged. A slot that
   * never had a key is closed too. Repeating it changes nothing.
   * @param by who decided, an opaque id. @param why a code, never free text about a person.
   */
  closeKeys(slots: readonly KeySlot[], by: string, why: string): Promise<void>;
  /**
   * Waits (bounded) for acknowledgements, then nulls the wrapped bytes, in one transaction. Repeating it changes
   * nothing.
   * @throws AcknowledgementMissing; VaultError `key-not-closing` for a key that was not closed.
   */
  destroyKeys(keys: readonly DoomedKey[], by: string, why: string): Promise<void>;
  /**
   * Where the newest key of a slot lives, opens the next generation and marks the one before as closing, in one
   * transaction; waits (bounded) until no process seals under what is closing. Repeating it under the same `by` changes
   * nothing.
   * @param by the order, an opaque id. @param why a code
   * @returns the slots with a key that is going beside one that lives: to be re-sealed, then destroyed
   * @throws AcknowledgementMissing
   */
  renewKeys(slots: readonly KeySlot[], by: string, why: string): Promise<readonly KeySlot[]>;
  /**
   * Seals what older generations hold of these events under the key that lives, without the fields erased; durable when it
   * resolves. Events stay as they are; `openFacts` and `disclose` read what stayed once the older key is destroyed.
   * Repeating it changes nothing, and a slot without a key that lives is left alone.
   * @param records all events of the subject with something of the category
   * @param erased event id → fields, of all items that were ever erased
   * @throws KeyLost, SealBroken, VaultError `event-unreadable`
   */
  reseal(
    records: readonly RecordedEvent[],
    slot: KeySlot,
    erased: ReadonlyMap<string, ReadonlySet<string>>,
  ): Promise<void>;
  /** {@link closeKeys} of one. */
  closeKey(subject: Subject, category: Category, by: string, why: string): Promise<void>;
  /** {@link destroyKeys} of one. */
  destroyKey(
    subject: Subject,
    category: Category,
    by: string,
    why: string,
    planEventId: string,
  ): Promise<void>;
  /** The keys of subjects that live: what can still be opened of them, without those that are closing. */
  liveKeys(subjects: readonly Subject[]): Promise<readonly KeySlot[]>;
  /** The keys of subjects that were destroyed, in the order of the subjects' names. */
  destroyedKeys(subjects: readonly Subject[]): Promise<readonly DestroyedKey[]>;
  /**
   * Re-wraps all living keys under a new epoch key and destroys the old one, resumable at each step.
   * @throws VaultError `rotation-running` when another process is at it.
   */
  rotateEpoch(
    progress?: (done: number, total: number) => void,
  ): Promise<{ readonly from: number; readonly to: number }>;
  /** All epochs in order, so that an event missing after a crash can be recorded. */
  epochs(): Promise<readonly Epoch[]>;
  close(): Promise<void>;
}
