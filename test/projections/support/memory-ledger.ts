import { createHash } from 'node:crypto';
import type { Category, EventType, Instant, JsonObject } from '@enishi/domain';
import type { EventStore, Position, ReadAllOptions, RecordedEvent } from '@enishi/event-store';
import { plainSealed } from './plain-vault';

/** A uuid that depends only on the words: the same history has the same ids in every run. */
export function uuid(...words: readonly (string | number)[]): string {
  const hex = createHash('sha256').update(words.join(' ')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** An event to write into a {@link MemoryLedger}. */
export interface Written {
  readonly stream: string;
  readonly type: EventType;
  readonly data: JsonObject;
  readonly decidedAt: Instant;
  readonly effectiveAt?: Instant;
  readonly batchId?: string;
  readonly generation?: (category: Category) => number;
}

/** A ledger in memory that gives pages the way an event store does. Positions leave gaps, as some engines' do. */
export class MemoryLedger implements Pick<EventStore, 'readAll' | 'readStream' | 'subscribe' | 'head'> {
  readonly records: RecordedEvent[] = [];
  private readonly revisions = new Map<string, number>();
  private readonly wake = new Set<() => void>();
  /** Called before each page: may throw, as an engine that is away does. */
  beforeRead: () => void = () => undefined;

  append(written: Written): RecordedEvent {
    const { stream, type, decidedAt } = written;
    const revision = (this.revisions.get(stream) ?? -1) + 1;
    this.revisions.set(stream, revision);
    const place = this.records.length + 1;
    const data = plainSealed(type, written.data, written.generation ?? (() => 1));
    const metadata = {
      v: 1,
      commandId: uuid('command', stream, revision),
      actor: `staff:${uuid('staff', place % 3)}`,
      decidedAt,
      effectiveAt: written.effectiveAt ?? decidedAt,
      ...(written.batchId === undefined ? {} : { batchId: written.batchId }),
    };
    const record: RecordedEvent = {
      stream,
      revision,
      position: BigInt(place * 10),
      id: uuid('event', stream, revision),
      type,
      data,
      metadata,
      dataText: JSON.stringify(data),
      metadataText: JSON.stringify(metadata),
      recordedAt: decidedAt,
    };
    this.records.push(record);
    for (const wake of this.wake) wake();
    return record;
  }

  async readAll({ after = -1n, limit = 1000, direction }: ReadAllOptions = {}): Promise<
    readonly RecordedEvent[]
  > {
    if (direction === 'backwards') throw new Error('not needed here');
    this.beforeRead();
    await new Promise(setImmediate);
    return this.records.filter((record) => record.position > after).slice(0, limit);
  }

  async readStream(stream: string, { from = 0, limit = 1000 } = {}): Promise<readonly RecordedEvent[]> {
    return this.records
      .filter((record) => record.stream === stream && record.revision >= from)
      .slice(0, limit);
  }

  async head(): Promise<Position | undefined> {
    return this.records.at(-1)?.position;
  }

  async *subscribe(options: {
    readonly after?: Position;
    readonly limit?: number;
    readonly signal: AbortSignal;
  }): AsyncGenerator<readonly RecordedEvent[]> {
    let after = options.after ?? -1n;
    while (!options.signal.aborted) {
      const page = await this.readAll({ after, limit: options.limit ?? 1000 });
      const last = page.at(-1);
      if (last) {
        after = last.position;
        yield page;
        // The signal may have come while the page was read: a listener added after it would never hear of it.
      } else if (!options.signal.aborted) await this.nextAppend(options.signal);
    }
  }

  private nextAppend(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.wake.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.wake.add(done);
      signal.addEventListener('abort', done);
    });
  }
}
