import { setTimeout as sleep } from 'node:timers/promises';
import { releaseRunnerLock, tryRunnerLock, type Slot } from '@enishi/projections/engine';
import type { Pool, PoolClient } from 'pg';

/** A runner that was not heard of for so long has lost its locks: another must have taken over within five seconds. */
export const LEASE_MS = 4000;

/** A runner's lock, for as long as the session that holds it is heard of. */
export interface HeldLock {
  /** Aborts when the lock was lost: somebody else may be the runner from then on. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

interface Session {
  readonly client: PoolClient;
  readonly held: Set<AbortController>;
  beat: NodeJS.Timeout | undefined;
  lost: boolean;
}

/**
 * The runner locks of one process, all on one connection. A process that dies loses them with the connection. One
 * that freezes, or that the network has cut off, keeps its connection; so PostgreSQL is told to end the session
 * when it was silent for {@link LEASE_MS} (`idle_session_timeout`), and the session says something four times
 * as often.
 */
export class RunnerSession {
  private session: Session | undefined;
  private opening: Promise<Session> | undefined;
  /** One query at a time: the driver wants it so, and a lock must not wait behind its own unlocking. */
  private turn: Promise<unknown> = Promise.resolve();

  /** @param leaseMs see {@link LEASE_MS}; at least 4 */
  constructor(
    private readonly pool: Pool,
    private readonly leaseMs = LEASE_MS,
  ) {}

  /**
   * Waits for the lock of a version for as long as another process holds it.
   * @param pollMs between attempts
   * @returns undefined when the signal came first
   * @throws what the database answers; the session is given up then
   */
  async hold(name: string, slot: Slot, signal: AbortSignal, pollMs: number): Promise<HeldLock | undefined> {
    while (!signal.aborted) {
      const session = await this.living();
      const taken = await this.ask(session, () => tryRunnerLock(session.client, name, slot));
      if (taken && !session.lost) return this.heldIn(session, name, slot);
      await sleep(pollMs, undefined, { signal }).catch(() => undefined);
    }
    return undefined;
  }

  /** Ends the connection, and with it every lock. */
  async close(): Promise<void> {
    await this.opening?.catch(() => undefined);
    if (this.session) this.lose(this.session);
  }

  private heldIn(session: Session, name: string, slot: Slot): HeldLock {
    const lost = new AbortController();
    session.held.add(lost);
    return {
      lost: lost.signal,
      release: async () => {
        session.held.delete(lost);
        if (session.lost) return;
        // A lock that cannot be let go is let go with its session.
        await this.ask(session, () => releaseRunnerLock(session.client, name, slot)).catch(() => undefined);
      },
    };
  }

  private async living(): Promise<Session> {
    if (this.session && !this.session.lost) return this.session;
    this.opening ??= this.open().finally(() => (this.opening = undefined));
    return this.opening;
  }

  private async open(): Promise<Session> {
    const client = await this.pool.connect();
    const session: Session = { client, held: new Set(), beat: undefined, lost: false };
    client.on('error', () => this.lose(session));
    client.on('end', () => this.lose(session));
    await this.ask(session, () => client.query(`SET idle_session_timeout = ${this.leaseMs}`));
    session.beat = setInterval(() => {
      this.ask(session, () => this.say(session)).catch(() => undefined);
    }, this.leaseMs / 4);
    session.beat.unref();
    this.session = session;
    return session;
  }

  private say({ client }: Session): Promise<unknown> {
    // A network that swallows everything would leave the query waiting for ever. (The driver's types lack the setting.)
    const query = { text: 'SELECT', query_timeout: this.leaseMs };
    return client.query(query);
  }

  /** Asks in turn. A session that fails once is lost: it is not known what it still holds. */
  private ask<T>(session: Session, query: () => Promise<T>): Promise<T> {
    const asked = this.turn.then(query);
    this.turn = asked.catch(() => this.lose(session));
    return asked;
  }

  private lose(session: Session): void {
    if (session.lost) return;
    session.lost = true;
    clearInterval(session.beat);
    session.client.release(true);
    for (const lost of session.held) lost.abort();
    session.held.clear();
  }
}
