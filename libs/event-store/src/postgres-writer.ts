import type { Client, ClientConfig, QueryArrayConfig } from 'pg';
import { type Appended, type RevisionConflict, StoreUnavailable } from './port';
import { backOff, connect, isConnectionFault, type StoreLogger } from './postgres-connection';
import { type GroupAnswer, groupStatement, settleGroup } from './postgres-group';
import type { PreparedAppend } from './prepared-append';

/** Most single appends in one group. */
const GROUP_APPENDS = 512;
/** Most events in one group when bulk appends fill it; holds the ledger's lock for some 50 ms. */
const GROUP_EVENTS = 2_000;
/** A group stops growing here (4 MiB); one append, at most 1 MiB, always fits. */
const GROUP_BYTES = 4 * 1024 * 1024;
/** So many waiting appends start a group at once, while the rest of this turn's callers are still preparing. */
const START_AT = 64;

interface Waiter {
  readonly append: PreparedAppend;
  readonly since: number;
  /** Left this process at least once, so its outcome may be unknown. */
  sent: boolean;
  readonly resolve: (outcome: Appended | RevisionConflict) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The queue in front of `ledger.append`: one group in flight, everything that waits goes into the next, in
 * the order of arrival. A group whose answer was lost is sent again as it was, expected revisions included:
 * what had been written answers as repeated, what had not is written now.
 */
export class GroupWriter {
  /** Single appends go before bulk ones: an import must not hold up a person. */
  private single: Waiter[] = [];
  private bulk: Waiter[] = [];
  private scheduled = false;
  private running: Promise<void> | undefined;
  private client: Client | undefined;
  private closed = false;
  /** When the database stopped answering; undefined while it answers. */
  private outageSince: number | undefined;

  /**
   * @param config one connection is opened with it, at the first append.
   * @param options.retryForMs how long an append is repeated while the database does not answer.
   * @param options.answerWithinMs a connection silent for so long is taken for lost.
   * @param options.onHead called with the ledger's head after each group.
   */
  constructor(
    private readonly config: ClientConfig,
    private readonly options: {
      readonly retryForMs: number;
      readonly answerWithinMs: number;
      readonly onHead: (head: bigint) => void;
      readonly logger: StoreLogger | undefined;
    },
  ) {}

  /** @returns the outcome; rejects with StoreUnavailable, or with the database's error about the append. */
  submit(append: PreparedAppend, lane: 'single' | 'bulk'): Promise<Appended | RevisionConflict> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(new StoreUnavailable('the event store is closed', false));
      this[lane].push({ append, since: Date.now(), sent: false, resolve, reject });
      if (this.running) return;
      if (this.single.length >= START_AT) this.start();
      else if (!this.scheduled) {
        // After the microtasks: callers woken by the same group then share the next one.
        this.scheduled = true;
        setImmediate(() => this.start());
      }
    });
  }

  /** Settles what was submitted, then lets the connection go. */
  async close(): Promise<void> {
    this.closed = true;
    this.start();
    await this.running;
    await this.client?.end().catch(() => undefined);
  }

  private start(): void {
    this.scheduled = false;
    if (this.running || this.single.length + this.bulk.length === 0) return;
    this.running = this.run();
  }

  private async run(): Promise<void> {
    // Never empty here; and `running` is unset in the same turn that finds nothing waiting, or a submission
    // in between would wait for ever.
    for (let group = this.take(); group.length > 0; group = this.take()) await this.settle(group);
    this.running = undefined;
  }

  private take(): Waiter[] {
    const group: Waiter[] = [];
    let events = 0;
    let bytes = 0;
    const fill = (lane: Waiter[], appends: number): Waiter[] => {
      let taken = 0;
      while (taken < lane.length && taken < appends) {
        const { append } = lane[taken]!;
        events += append.events.length;
        bytes += append.bytes;
        if (group.length > 0 && (events > GROUP_EVENTS || bytes > GROUP_BYTES)) break;
        group.push(lane[taken]!);
        taken += 1;
      }
      return taken === lane.length ? [] : lane.slice(taken);
    };
    this.single = fill(this.single, GROUP_APPENDS);
    if (this.bulk.length > 0) this.bulk = fill(this.bulk, GROUP_EVENTS);
    return group;
  }

  private async settle(waiting: Waiter[]): Promise<void> {
    let group = waiting;
    let statement: QueryArrayConfig | undefined;
    for (let attempt = 0; ; attempt += 1) {
      let connected = false;
      try {
        statement ??= groupStatement(group.map((waiter) => waiter.append));
        const client = (this.client ??= await this.connect());
        connected = true;
        for (const waiter of group) waiter.sent = true;
        // pg resolves at ReadyForQuery, which PostgreSQL sends after the commit.
        const { rows } = await client.query(statement);
        this.outageSince = undefined;
        this.answer(group, rows as unknown as GroupAnswer);
        return;
      } catch (error) {
        this.drop();
        if (!isConnectionFault(error)) return this.refuse(group, error, connected);
        this.options.logger?.warn(
          { err: error, appends: group.length, attempt },
          'append not answered, repeating',
        );
        this.outageSince ??= Date.now();
        const remaining = this.expire(group, error);
        if (remaining.length === 0) return;
        if (remaining.length < group.length) statement = undefined;
        group = remaining;
        await backOff(attempt);
      }
    }
  }

  private answer(group: readonly Waiter[], answer: GroupAnswer): void {
    const outcomes = settleGroup(
      group.map((waiter) => waiter.append),
      answer,
    );
    let head: bigint | undefined;
    group.forEach((waiter, index) => {
      const outcome = outcomes[index]!;
      if (!(outcome instanceof Error) && !outcome.repeated) head = outcome.position;
      waiter.resolve(outcome);
    });
    if (head !== undefined) this.options.onHead(head);
  }

  /** The database refused the statement. One append must not take its group with it: each is sent alone. */
  private async refuse(group: readonly Waiter[], error: unknown, connected: boolean): Promise<void> {
    if (!connected || group.length === 1) {
      for (const waiter of group) waiter.reject(error);
      return;
    }
    for (const waiter of group) await this.settle([waiter]);
  }

  /** Gives up what has waited too long, in the group and behind it; answers what is left of the group. */
  private expire(group: readonly Waiter[], cause: unknown): Waiter[] {
    const now = Date.now();
    const keep = (waiter: Waiter): boolean => {
      if (now - Math.max(waiter.since, this.outageSince ?? now) < this.options.retryForMs) return true;
      waiter.reject(new StoreUnavailable('PostgreSQL does not answer', waiter.sent, { cause }));
      return false;
    };
    this.single = this.single.filter(keep);
    this.bulk = this.bulk.filter(keep);
    return group.filter(keep);
  }

  private connect(): Promise<Client> {
    const config = { ...this.config, query_timeout: this.options.answerWithinMs };
    return connect(config, (lost) => {
      if (this.client === lost) this.client = undefined;
    });
  }

  private drop(): void {
    const client = this.client;
    this.client = undefined;
    void client?.end().catch(() => undefined);
  }
}
