import { type RecordedEvent, StoreUnavailable } from './port';

/** Streams read in one round trip. */
const BATCH = 64;
/** Round trips under way at the same time: one long stream must not hold up everybody. */
const IN_FLIGHT = 3;

interface Waiter {
  readonly stream: string;
  readonly resolve: (events: readonly RecordedEvent[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Reads whole streams, those that are wanted at the same time in one round trip: under load a command's read
 * costs a share of a query instead of one. Who wants the same stream then gets the same events, and must not change
 * them. A read that comes alone is sent alone, and at once.
 */
export class StreamReader {
  private waiting: Waiter[] = [];
  private inFlight = 0;
  private scheduled = false;

  /** @param readMany the events of each stream, in the order given; a fault is told to all of them. */
  constructor(
    private readonly readMany: (streams: readonly string[]) => Promise<readonly (readonly RecordedEvent[])[]>,
  ) {}

  read(stream: string): Promise<readonly RecordedEvent[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ stream, resolve, reject });
      if (this.scheduled || this.inFlight >= IN_FLIGHT) return;
      // After the microtasks: callers woken by the same group of appends read together.
      this.scheduled = true;
      setImmediate(() => {
        this.scheduled = false;
        this.start();
      });
    });
  }

  private start(): void {
    while (this.waiting.length > 0 && this.inFlight < IN_FLIGHT) {
      const batch = this.waiting.slice(0, BATCH);
      this.waiting = this.waiting.slice(BATCH);
      this.inFlight += 1;
      void this.settle(batch).then(() => {
        this.inFlight -= 1;
        this.start();
      });
    }
  }

  /**
   * Never rejects. What one stream's name makes fail must not fail the others: each is then read alone. A store
   * that was away for as long as reads are repeated is no stream's fault: to ask for each stream alone would take
   * that long for each, and those that wait behind would begin to wait anew. All of them are told at once.
   */
  private async settle(batch: readonly Waiter[]): Promise<void> {
    try {
      await this.answer(batch);
    } catch (error) {
      for (const waiter of [...batch, ...this.waiting.splice(0)]) waiter.reject(error);
    }
  }

  /** @throws StoreUnavailable; other faults are told to who caused them. */
  private async answer(batch: readonly Waiter[]): Promise<void> {
    try {
      // Many commands look at the same purpose: it is read, and parsed, once for all of them.
      const streams = [...new Set(batch.map(({ stream }) => stream))];
      const answers = await this.readMany(streams);
      const found = new Map(streams.map((stream, index) => [stream, answers[index]!]));
      for (const { stream, resolve } of batch) resolve(found.get(stream)!);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      const [only, ...others] = batch;
      if (only !== undefined && others.length === 0) only.reject(error);
      else for (const waiter of batch) await this.answer([waiter]);
    }
  }
}
