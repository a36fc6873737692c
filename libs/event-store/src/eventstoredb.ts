import {
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  BACKWARDS,
  END,
  EventStoreDBClient,
  FORWARDS,
  jsonEvent,
  MaxAppendSizeExceededError,
  NO_STREAM,
  type Position as EventStoreDbPosition,
  type RecordedEvent as ClientEvent,
  START,
  StreamNotFoundError,
  streamNameFilter,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { setMaxListeners } from 'node:events';
import type { JsonObject } from '@enishi/domain';
import { isPassing, isRefusal, misconfigured, nameOf } from './eventstoredb-errors';
import { certificateMissing, clientConnectionString, unreadable } from './eventstoredb-url';
import { Feed } from './feed';
import { Lanes } from './lanes';
import {
  type Append,
  type Appended,
  AppendRefused,
  type EventStore,
  type Position,
  type ReadAllOptions,
  type ReadStreamOptions,
  type RecordedEvent,
  RevisionConflict,
  StoreUnavailable,
  type SubscribeOptions,
} from './port';
import { backOff, type StoreLogger } from './postgres-connection';
import { type PreparedAppend, prepareAppend } from './prepared-append';
import { recorded } from './recorded';

/** How to reach an EventStoreDB. */
export interface EventStoreDbOptions {
  /** `esdb://…` or `kurrentdb://…`; name every node of a cluster, or its DNS name with `+discover`. */
  readonly url: string;
  readonly logger?: StoreLogger;
  /** How long reads and appends are repeated while the server does not answer, in ms (default 30,000). */
  readonly retryForMs?: number;
  /** A call that owes an answer for so long is taken for lost, in ms (default a third of `retryForMs`). */
  readonly answerWithinMs?: number;
  /** For a move from another store: events may say when they were first recorded. */
  readonly restoring?: boolean;
}

/** Streams whose names begin with `$` are the server's own. */
const OURS = /^[^$]/;
/** Appends under way at the same time, once the connection has carried one. */
const IN_FLIGHT = 256;
/** Events read at once where the server's own may stand between ours. */
const PAGE = 500;

/**
 * Opens the ledger in an EventStoreDB (24.2 and the like), one node or a cluster. Positions are byte offsets of its
 * log: opaque, ordered. Appends go to the leader, and are repeated with the revision first expected where the answer
 * is lost, which the server recognises by the events' ids.
 *
 * @throws StoreMisconfigured `connection-string`, `access-denied`, `certificate-refused`
 * @throws StoreUnavailable when the server could not be reached within `retryForMs`.
 */
export async function openEventStoreDb(options: EventStoreDbOptions): Promise<EventStore> {
  const store = new EventStoreDb(options);
  try {
    // A fresh connection that is given many appends at once can hang: the first call goes alone.
    await store.head();
  } catch (error) {
    await store.close();
    throw misconfigured(error) ?? error;
  }
  return store;
}

class EventStoreDb implements EventStore {
  private readonly client: EventStoreDBClient;
  private readonly lanes = new Lanes(IN_FLIGHT);
  private readonly retryForMs: number;
  private readonly answerWithinMs: number;
  private readonly logger: StoreLogger | undefined;
  private readonly restoring: boolean | undefined;
  private readonly ending = new AbortController();
  private closing: Promise<void> | undefined;

  constructor({
    url,
    logger,
    retryForMs = 30_000,
    answerWithinMs = Math.ceil(retryForMs / 3),
    restoring,
  }: EventStoreDbOptions) {
    this.client = clientOf(url);
    this.logger = logger;
    this.restoring = restoring;
    this.retryForMs = retryForMs;
    this.answerWithinMs = answerWithinMs;
    // Each call that waits to be repeated listens.
    setMaxListeners(0, this.ending.signal);
  }

  async append(append: Append): Promise<Appended> {
    const outcome = await this.submit(prepareAppend(append, this.restoring), 'single');
    if (outcome instanceof RevisionConflict) throw outcome;
    return outcome;
  }

  async appendMany(appends: readonly Append[]): Promise<readonly (Appended | RevisionConflict)[]> {
    // All are checked before any is sent.
    const prepared = appends.map((append) => prepareAppend(append, this.restoring));
    return Promise.all(prepared.map((append) => this.submit(append, 'bulk')));
  }

  async readStream(
    stream: string,
    { from, direction = 'forwards', limit }: ReadStreamOptions = {},
  ): Promise<readonly RecordedEvent[]> {
    const forwards = direction === 'forwards';
    return this.patiently(false, async () => {
      const events: RecordedEvent[] = [];
      try {
        const read = this.client.readStream(stream, {
          direction: forwards ? FORWARDS : BACKWARDS,
          fromRevision: from === undefined ? (forwards ? START : END) : BigInt(from),
          ...(limit === undefined ? {} : { maxCount: limit }),
        });
        for await (const { event } of read) if (event) events.push(recordedEvent(event));
      } catch (error) {
        if (!(error instanceof StreamNotFoundError)) throw error;
      }
      return events;
    });
  }

  async readAll({ after, direction = 'forwards', limit = 1000 }: ReadAllOptions = {}): Promise<
    readonly RecordedEvent[]
  > {
    const events: RecordedEvent[] = [];
    let from = after;
    while (events.length < limit) {
      const page = await this.patiently(false, () => this.page(from, direction, limit - events.length));
      events.push(...page.events);
      if (page.last === undefined) break;
      from = page.last;
    }
    return events;
  }

  async head(): Promise<Position | undefined> {
    const [last] = await this.readAll({ direction: 'backwards', limit: 1 });
    return last?.position;
  }

  async *subscribe(options: SubscribeOptions): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
    const { limit = 1000, onCheckpoint } = options;
    const stop = AbortSignal.any([options.signal, this.ending.signal]);
    let after = options.after;
    for (let attempt = 0; !stop.aborted; attempt += 1) {
      const feed = new Feed<RecordedEvent>(limit * 2);
      const subscription = this.follow(after, feed);
      try {
        for (;;) {
          const { items, seen } = await feed.take(limit, stop);
          if (stop.aborted) return;
          attempt = 0;
          after = seen;
          if (items.length > 0) yield items;
          else onCheckpoint?.(seen);
        }
      } catch (error) {
        if (stop.aborted) return;
        if (!isPassing(error)) throw error;
        this.logger?.warn({ err: nameOf(error), attempt }, 'subscription lost, following anew');
      } finally {
        await subscription.unsubscribe().catch(() => undefined);
        subscription.destroy();
      }
      await backOff(attempt, stop);
    }
  }

  close(): Promise<void> {
    this.closing ??= (async () => {
      await this.lanes.settled();
      this.ending.abort();
      await this.client.dispose();
    })();
    return this.closing;
  }

  /** Appends to one stream go one after the other: a copy sent while the first is under way would be dropped. */
  private submit(append: PreparedAppend, kind: 'single' | 'bulk'): Promise<Appended | RevisionConflict> {
    if (this.closing) throw closed();
    return this.lanes.run(append.stream, kind, () => this.send(append));
  }

  private async send(append: PreparedAppend): Promise<Appended | RevisionConflict> {
    const { stream, expected } = append;
    const events = append.events.map(({ id, type, dataText, metadataText }) =>
      jsonEvent({
        id,
        type,
        data: JSON.parse(dataText) as JsonObject,
        metadata: JSON.parse(metadataText) as JsonObject,
      }),
    );
    const expectedRevision = expected === 'no-stream' ? NO_STREAM : BigInt(expected);
    try {
      const { nextExpectedRevision, position } = await this.patiently(true, () =>
        this.client.appendToStream(stream, events, { expectedRevision, deadline: this.answerWithinMs }),
      );
      if (!position) throw new Error('the event store did not say where it put the events');
      return { revision: Number(nextExpectedRevision), position: position.commit };
    } catch (error) {
      if (error instanceof WrongExpectedVersionError) return conflict(append, error);
      if (error instanceof MaxAppendSizeExceededError) {
        throw new AppendRefused('append-too-large', 'the event store takes no append as large as this');
      }
      throw error;
    }
  }

  private follow(after: Position | undefined, feed: Feed<RecordedEvent>): AllStreamSubscription {
    const subscription = this.client.subscribeToAll({
      fromPosition: after === undefined ? START : place(after),
      filter: streamNameFilter({
        regex: OURS.source,
        // The server looks at 32 events at a time, and says how far it has looked after so many times that.
        checkpointInterval: 8,
        checkpointReached: (_, position) => Promise.resolve(feed.reached(position.commit)),
      }),
    });
    feed.flow = {
      pause: () => void subscription.pause(),
      resume: () => void subscription.resume(),
    };
    subscription.on('data', ({ event }: AllStreamResolvedEvent) => {
      if (event) feed.push(recordedEvent(event as ClientEvent), event.position.commit);
    });
    subscription.on('error', (error) => feed.fail(error));
    subscription.on('end', () => feed.fail(new StoreUnavailable('the subscription ended', false)));
    return subscription;
  }

  /** Ours among the next events of the log. `last` is absent at its end. */
  private async page(
    after: Position | undefined,
    direction: 'forwards' | 'backwards',
    limit: number,
  ): Promise<{ readonly events: readonly RecordedEvent[]; readonly last: Position | undefined }> {
    const forwards = direction === 'forwards';
    // Forwards, the event at the position comes again; the server's own may stand anywhere.
    const maxCount = Math.max(limit + 1, limit === 1 ? 32 : PAGE);
    const read = this.client.readAll({
      direction: forwards ? FORWARDS : BACKWARDS,
      fromPosition: after === undefined ? (forwards ? START : END) : place(after),
      maxCount,
    });
    const events: RecordedEvent[] = [];
    let count = 0;
    let last: Position | undefined;
    for await (const { event } of read) {
      count += 1;
      if (!event || events.length >= limit) continue;
      last = event.position.commit;
      if (last !== after && OURS.test(event.streamId)) events.push(recordedEvent(event as ClientEvent));
    }
    return { events, last: count < maxCount ? undefined : last };
  }

  /**
   * Repeats what was not answered, or was answered by a server that cannot serve right now.
   * @throws StoreUnavailable
   */
  private async patiently<T>(writes: boolean, call: () => Promise<T>): Promise<T> {
    const begin = Date.now();
    for (let attempt = 0; ; attempt += 1) {
      if (this.ending.signal.aborted) throw closed();
      try {
        return await within(this.answerWithinMs, call());
      } catch (error) {
        if (isRefusal(error))
          throw new StoreUnavailable('EventStoreDB refuses this', writes && attempt > 0, { cause: error });
        if (!isPassing(error)) throw error;
        if (Date.now() - begin >= this.retryForMs) {
          throw new StoreUnavailable('EventStoreDB does not answer', writes, { cause: error });
        }
        this.logger?.warn({ err: nameOf(error), attempt }, 'not answered, repeating');
        await backOff(attempt, this.ending.signal);
      }
    }
  }
}

function conflict({ stream, expected }: PreparedAppend, error: WrongExpectedVersionError): RevisionConflict {
  const { actualVersion: actual } = error;
  return new RevisionConflict(stream, expected, typeof actual === 'bigint' ? Number(actual) : 'no-stream');
}

function closed(): StoreUnavailable {
  return new StoreUnavailable('the event store is closed', false);
}

const place = (position: Position): EventStoreDbPosition => ({ commit: position, prepare: position });

function recordedEvent(event: ClientEvent): RecordedEvent {
  if (!event.isJson)
    throw new TypeError(`event ${event.id} is not JSON: this store holds more than a ledger`);
  return recorded(
    {
      stream: event.streamId,
      revision: Number(event.revision),
      position: event.position!.commit,
      id: event.id,
      type: event.type,
    },
    event.data as JsonObject,
    (event.metadata ?? {}) as JsonObject,
    event.created.toISOString(),
  );
}

/** @throws StoreMisconfigured `connection-string`; without the client's words, which quote it with the password. */
function clientOf(url: string): EventStoreDBClient {
  const known = clientConnectionString(url);
  try {
    return EventStoreDBClient.connectionString(known);
  } catch (error) {
    const isFile = error instanceof Error && error.message.startsWith('Failed to load certificate');
    throw isFile ? certificateMissing() : unreadable();
  }
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new StoreUnavailable('no answer in time', false)),
      // A little later than the call's own deadline, which says more.
      ms + 500,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
