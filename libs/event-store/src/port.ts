import type { Instant, JsonObject } from '@enishi/domain';

/**
 * A place in the whole ledger: opaque, ordered by `<`. Never computed, only compared and stored. Dense on
 * PostgreSQL (it is the leaf number), a byte offset on EventStoreDB.
 */
export type Position = bigint;

/** The revision a stream must have for an append to succeed; the first event has revision 0. */
export type ExpectedRevision = 'no-stream' | number;

/** An event to append. `id` is a uuid, unique within its stream; re-sending the same ids is idempotent. */
export interface EventToAppend {
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
}

/** One append: all of its events or none, to one stream, at exactly one revision. */
export interface Append {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly EventToAppend[];
}

/** An event as stored. `dataText` and `metadataText` are the canonical (RFC 8785) bytes, as text. */
export interface RecordedEvent {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject;
  readonly dataText: string;
  readonly metadataText: string;
  /**
   * The store's time, cut to milliseconds. Never before the previous event's on PostgreSQL; on EventStoreDB the clock
   * of another leader may be behind, and only the event's leaf puts that right.
   */
  readonly recordedAt: Instant;
}

/** What an accepted append answers. */
export interface Appended {
  /** Revision of the append's last event. */
  readonly revision: number;
  /** Position of the append's last event. */
  readonly position: Position;
  /** Absent where the engine does not tell (EventStoreDB). */
  readonly recordedAt?: Instant;
  /**
   * True where the same events already stood at that revision: nothing was written. Absent where the engine does
   * not tell.
   */
  readonly repeated?: boolean;
}

/** The stream was not at the expected revision. `actual` is its last revision, `no-stream` if it has none. */
export class RevisionConflict extends Error {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super(`stream is at revision ${actual}, expected ${expected}`);
    this.name = 'RevisionConflict';
  }
}

/** Refused before anything was sent: the append itself is wrong. `code` is stable. */
export class AppendRefused extends Error {
  constructor(
    readonly code:
      | 'append-empty'
      | 'append-too-large'
      | 'stream-reserved'
      | 'metadata-reserved'
      | 'not-canonical'
      | 'event-id-not-uuid'
      | 'event-id-repeated',
    message: string,
  ) {
    super(message);
    this.name = 'AppendRefused';
  }
}

/** The store cannot be reached, and (for an append) it is not known whether it was written: safe to repeat. */
export class StoreUnavailable extends Error {
  constructor(
    message: string,
    readonly outcomeUnknown: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StoreUnavailable';
  }
}

/** Reading a page of the whole ledger. */
export interface ReadAllOptions {
  /** Events strictly after this position (forwards) or strictly before it (backwards); absent: from the end. */
  readonly after?: Position;
  readonly direction?: 'forwards' | 'backwards';
  /** At most this many events (default 1,000). */
  readonly limit?: number;
  /** See {@link SubscribeOptions.dataOf}. */
  readonly dataOf?: readonly string[];
}

/** Reading one stream, or a page of it. */
export interface ReadStreamOptions {
  /** First revision to read, inclusive; absent: from the beginning (forwards) or the end (backwards). */
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  readonly limit?: number;
}

/** Following the whole ledger. */
export interface SubscribeOptions {
  /** Events strictly after this position; absent: from the beginning. */
  readonly after?: Position;
  /** At most this many events in a page (default 1,000). */
  readonly limit?: number;
  /**
   * Data and metadata are wanted of events of these types alone (absent: of all). Of the others an engine may leave
   * them out, which makes most of a page: to ask for them then throws.
   */
  readonly dataOf?: readonly string[];
  readonly signal: AbortSignal;
  /**
   * Told how far the log was looked through without an event of ours, so that what the engine itself writes need not
   * be looked through again at the next start. All pages before were taken. EventStoreDB only.
   */
  readonly onCheckpoint?: (position: Position) => void;
}

/**
 * The one door to the ledger's storage. Both engines pass `test/contract/event-store.contract.ts`.
 *
 * Limits: one append carries at most 1 MiB ({@link MAX_APPEND_BYTES}); streams beginning with `$` are not
 * ours; the metadata key `$recordedAt` is refused.
 */
export interface EventStore {
  /** Appends atomically. @throws RevisionConflict, AppendRefused, StoreUnavailable */
  append(append: Append): Promise<Appended>;
  /**
   * Many appends, each settled on its own, in few round trips. Answers in the order given; PostgreSQL also stores in
   * that order, EventStoreDB only within a stream.
   */
  appendMany(appends: readonly Append[]): Promise<readonly (Appended | RevisionConflict)[]>;
  /** Events of one stream in order; empty where there is no such stream. */
  readStream(stream: string, options?: ReadStreamOptions): Promise<readonly RecordedEvent[]>;
  /** A page of all events in store order, without gap or repeat. */
  readAll(options?: ReadAllOptions): Promise<readonly RecordedEvent[]>;
  /** Position of the last event, `undefined` in an empty ledger. */
  head(): Promise<Position | undefined>;
  /**
   * Pages of events strictly after `after`, first history, then live, until `signal` aborts. Each yielded
   * page has at least one event and at most `limit`; the next page is prefetched while one is processed.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<readonly RecordedEvent[]>;
  close(): Promise<void>;
}

/** One append, all its events' type, data and metadata together, in UTF-8 bytes. */
export const MAX_APPEND_BYTES = 1024 * 1024;
