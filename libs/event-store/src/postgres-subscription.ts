import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client, ClientConfig } from 'pg';
import type { Position, RecordedEvent } from './port';
import { backOff, connect, isConnectionFault, type StoreLogger } from './postgres-connection';
import { LEDGER_CHANNEL } from './postgres-schema';

/** The head is looked at this often, should an announcement get lost with its connection. */
const POLL_MS = 200;

/**
 * Knows how far the ledger has grown: from announcements on a LISTEN connection of its own, which is opened at
 * the first wait and again whenever it is lost, from this process's own appends, and from a look every 200 ms on
 * behalf of all who wait.
 */
export class HeadWatch {
  private head: Position = 0n;
  private readonly wakers = new Set<() => void>();
  private client: Client | undefined;
  private keeping: Promise<void> | undefined;
  private readonly closing = new AbortController();

  /** @param look reads the head; one that fails is made up for by the next */
  constructor(
    private readonly config: ClientConfig,
    private readonly logger: StoreLogger | undefined,
    private readonly look: () => Promise<Position>,
  ) {
    // Each view and each policy listens.
    setMaxListeners(0, this.closing.signal);
  }

  /** The ledger is known to reach `head`. */
  advance(head: Position): void {
    if (head <= this.head) return;
    this.head = head;
    for (const wake of [...this.wakers]) wake();
  }

  /** Resolves when the ledger reaches beyond `after`, or at abort, whichever comes first. */
  async beyond(after: Position, signal: AbortSignal): Promise<void> {
    if (this.head > after || signal.aborted || this.closing.signal.aborted) return;
    if (this.keeping === undefined) {
      this.keeping = this.keepListening();
      void this.keepLooking();
    }
    await new Promise<void>((resolve) => {
      const check = (): void => {
        if (this.head > after || this.closing.signal.aborted) wake();
      };
      const wake = (): void => {
        this.wakers.delete(check);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.wakers.add(check);
      signal.addEventListener('abort', wake);
    });
  }

  /** Aborted at {@link close}. */
  get closed(): AbortSignal {
    return this.closing.signal;
  }

  async close(): Promise<void> {
    this.closing.abort();
    for (const wake of [...this.wakers]) wake();
    await this.client?.end().catch(() => undefined);
    await this.keeping;
  }

  /** Until the close, which does not wait for it. */
  private async keepLooking(): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      await delay(POLL_MS, undefined, { signal }).catch(() => undefined);
      if (this.wakers.size > 0) {
        await this.look().then(
          (head) => this.advance(head),
          () => undefined,
        );
      }
    }
  }

  private async keepListening(): Promise<void> {
    for (let attempt = 0; !this.closing.signal.aborted; attempt += 1) {
      try {
        await this.listen(() => (attempt = 0));
      } catch (error) {
        this.logger?.warn({ err: error, attempt }, 'not listening for appends, polling instead');
      }
      await backOff(attempt, this.closing.signal);
    }
  }

  /** Resolves when the connection has ended. */
  private async listen(onListening: () => void): Promise<void> {
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const client = await connect(this.config, () => end());
    try {
      client.on('notification', ({ payload }) => {
        if (payload !== undefined && /^\d{1,19}$/.test(payload)) this.advance(BigInt(payload));
      });
      await client.query(`LISTEN ${LEDGER_CHANNEL}`);
      this.client = client;
      if (this.closing.signal.aborted) return;
      onListening();
      await ended;
    } finally {
      this.client = undefined;
      void client.end().catch(() => undefined);
    }
  }
}

/**
 * Pages of events after a position, history first, then live; see `EventStore.subscribe`. While one page is
 * processed the next is being read. Lost connections are waited out for as long as it takes.
 *
 * @param readPage reads the page after a position; empty at the end of the ledger.
 */
export async function* follow(
  watch: Pick<HeadWatch, 'beyond' | 'closed'>,
  readPage: (after: Position, limit: number) => Promise<readonly RecordedEvent[]>,
  options: { readonly after?: Position; readonly limit?: number; readonly signal: AbortSignal },
): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
  const { limit = 1000 } = options;
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  const signals = [options.signal, watch.closed];
  if (signals.some((signal) => signal.aborted)) return;
  for (const signal of signals) signal.addEventListener('abort', abort);

  const fetch = async (after: Position): Promise<readonly RecordedEvent[]> => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await readPage(after, limit);
      } catch (error) {
        if (stop.signal.aborted) return [];
        if (!isConnectionFault(error)) throw error;
        await backOff(attempt, stop.signal);
      }
    }
  };

  try {
    let after = options.after ?? 0n;
    let next = fetch(after);
    for (;;) {
      const page = await unlessAborted(next, stop.signal);
      if (page === undefined || stop.signal.aborted) return;
      const last = page.at(-1);
      if (last === undefined) {
        await watch.beyond(after, stop.signal);
        next = fetch(after);
        continue;
      }
      after = last.position;
      next = fetch(after);
      // Its failure is met at the next turn; until then it must not count as unhandled.
      next.catch(() => undefined);
      yield page;
    }
  } finally {
    stop.abort();
    for (const signal of signals) signal.removeEventListener('abort', abort);
  }
}

/**
 * What the work comes to, or `undefined` as soon as the signal is aborted. Not a race against one promise of the
 * abort: each race would leave its reaction, and with it what it has read, on that promise until the very end.
 */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const abort = (): void => resolve(undefined);
    const settled = (): void => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort);
    work.then(resolve, reject).finally(settled);
    if (signal.aborted) abort();
  });
}
