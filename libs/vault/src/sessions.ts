import { setTimeout as delay } from 'node:timers/promises';
import type { Category } from '@enishi/domain';
import type { Pool, PoolClient } from 'pg';
import { VaultUnavailable } from './errors';
import { KeyCache, keyIdOf, slotOf, type KeyId, type Slot } from './key-cache';
import type { Subject } from './port';
import type { Watch } from './observing';

/** First key of the advisory locks that sealing sessions hold; the second is the session's number. */
export const SESSION_LOCK_CLASS = 0x7661_756c;
/** Channel on which closings and epoch changes are announced. A poll finds them too. */
export const CHANNEL = 'enishi_vault';

/** Pauses between attempts to open a session: seven seconds, in which a database restarts. Whoever seals waits. */
const RETRY_AFTER_MS = [20, 200, 1000, 2000, 4000];

const FORGET_DEAD = `
  DELETE FROM vault.processes p WHERE NOT EXISTS (
    SELECT FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 2
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND l.classid = ${SESSION_LOCK_CLASS} AND l.objid = p.number::oid)`;

const CLOSINGS_SINCE = `
  SELECT closing_number::float8 AS closing, subject, category, generation
  FROM vault.keys WHERE closing_number > $1 ORDER BY closing_number`;

const LIVING_EPOCHS = `SELECT array_agg(epoch) AS epochs FROM vault.epochs WHERE state <> 'destroyed'`;

/**
 * One session: a dedicated connection that holds an advisory lock, the keys unwrapped under it, and how far it
 * has followed the closings. When the connection is gone, so are the lock and the keys.
 */
export class Session {
  readonly keys: KeyCache;
  lost = false;
  /** Follow-ups run one at a time; one that is asked for meanwhile runs after it. */
  following: Promise<void> | undefined;
  followAgain = false;
  /** Closings seen whose key some lease still uses. */
  readonly pending: { readonly closing: number; readonly key: KeyId }[] = [];
  /** Fetches under way; told which slots were closed under them. */
  readonly watches = new Set<Watch>();

  constructor(
    readonly client: PoolClient,
    readonly number: number,
    /** Greatest closing number read. */
    public seen: number,
    /** Greatest closing number acknowledged. */
    public acknowledged: number,
    cacheBound: number,
  ) {
    this.keys = new KeyCache(cacheBound);
  }
}

export interface SessionsOptions {
  readonly pool: Pool;
  /** Keys kept unwrapped per session. */
  readonly cacheBound: number;
  /** Between looks at the closings when no notification comes, in milliseconds. */
  readonly pollMs: number;
  /** A dedicated connection that does not answer for so long is given up, in milliseconds. */
  readonly sessionTimeoutMs: number;
  readonly now: () => string;
  /** Told which epochs are not destroyed, at each look. */
  readonly onEpochs: (living: readonly number[]) => void;
  readonly onLost: (number: number) => void;
}

/** Keeps this process's session: opens it, follows closings, acknowledges, replaces it when it is lost. */
export class Sessions {
  private session: Session | undefined;
  private opening: Promise<Session> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  /** Keys under which unsettled seals exist, with the number of leases that hold each. Outlives a session. */
  private readonly inUse = new Map<KeyId, number>();

  constructor(private readonly options: SessionsOptions) {}

  /** The living session, a new one if need be. @throws VaultUnavailable */
  async current(): Promise<Session> {
    if (this.session && !this.session.lost) return this.session;
    if (this.closed) throw new VaultUnavailable('the vault is closed');
    this.opening ??= this.openPatiently().finally(() => (this.opening = undefined));
    return this.opening;
  }

  /** A database that restarts, or a session that is ended while it is opened, is no reason to fail at once. */
  private async openPatiently(): Promise<Session> {
    for (const pause of RETRY_AFTER_MS) {
      try {
        return await this.open();
      } catch (error) {
        if (this.closed) throw error;
        await delay(pause);
      }
    }
    return this.open();
  }

  /** Marks keys as used by one lease. Call in the same turn as the check that they are not closed. */
  use(keys: Iterable<KeyId>): void {
    for (const key of keys) this.inUse.set(key, (this.inUse.get(key) ?? 0) + 1);
  }

  /** Takes one lease's mark off; closings that waited for it are acknowledged. */
  settle(keys: Iterable<KeyId>): void {
    for (const key of keys) {
      const left = (this.inUse.get(key) ?? 1) - 1;
      if (left === 0) this.inUse.delete(key);
      else this.inUse.set(key, left);
    }
    const session = this.session;
    if (session && session.pending.length > 0) void this.follow(session);
  }

  /** Looks at the closings now. */
  async catchUp(): Promise<void> {
    await this.follow(await this.current());
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.opening?.catch(() => undefined);
    if (this.session) this.lose(this.session, true);
  }

  private async open(): Promise<Session> {
    let client: PoolClient | undefined;
    let session: Session | undefined;
    try {
      client = await this.options.pool.connect();
      const held = client;
      // From the start: a connection that breaks without a listener would end the process.
      const gone = (): void => (session ? this.lose(session) : undefined);
      held.on('error', gone);
      held.on('end', gone);
      // What this connection writes says something of a living session only: a server that crashes ends them all. So
      // none of it waits for the disk, which on a busy machine may take longer than the session may be silent.
      await held.query('SET synchronous_commit TO off');
      const { rows } = await held.query<{ number: number }>(
        `SELECT nextval('vault.process_numbers')::integer AS number`,
      );
      const number = rows[0]!.number;
      // Lock first, row second: a row without a lock is a dead session's, never one that is being opened.
      await held.query('SELECT pg_advisory_lock($1, $2)', [SESSION_LOCK_CLASS, number]);
      // Seals of leases that outlived the last session may still be appended; closings since then must wait.
      const from = (this.inUse.size > 0 ? this.session?.acknowledged : undefined) ?? null;
      const inserted = await held.query<{ acknowledged: number }>(
        `INSERT INTO vault.processes (number, acknowledged, since)
         SELECT $1, coalesce($2::bigint, last), $3 FROM vault.closings
         RETURNING acknowledged::float8 AS acknowledged`,
        [number, from, this.options.now()],
      );
      const acknowledged = inserted.rows[0]!.acknowledged;
      await held.query(FORGET_DEAD);
      const opened = new Session(held, number, acknowledged, acknowledged, this.options.cacheBound);
      session = opened;
      held.on('notification', () => void this.follow(opened));
      await held.query(`LISTEN ${CHANNEL}`);
      this.session = opened;
      await this.follow(opened);
      if (opened.lost || this.closed) throw new Error('lost at once');
      this.schedule(opened);
      return opened;
    } catch (error) {
      if (session) this.lose(session, true);
      else client?.release(true);
      throw new VaultUnavailable('no sealing session: the database does not answer', { cause: error });
    }
  }

  private schedule(session: Session): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void this.follow(session).then(() => {
        if (!session.lost) this.schedule(session);
      });
    }, this.options.pollMs);
    this.timer.unref();
  }

  /** Drops closed keys, then acknowledges as far as no lease holds one. Never throws: a failure ends the session. */
  private follow(session: Session): Promise<void> {
    if (session.lost) return Promise.resolve();
    if (session.following) {
      session.followAgain = true;
      return session.following;
    }
    return (session.following = this.followOn(session).catch(() => this.lose(session)));
  }

  private async followOn(session: Session): Promise<void> {
    try {
      do {
        session.followAgain = false;
        await this.look(session);
      } while (session.followAgain && !session.lost);
    } finally {
      // In the same turn as the last check of `followAgain`, so that no wish for another look is lost.
      session.following = undefined;
    }
  }

  private async look(session: Session): Promise<void> {
    const closings = await this.ask<{
      closing: number;
      subject: Subject;
      category: Category;
      generation: number;
    }>(session, CLOSINGS_SINCE, [session.seen]);
    for (const { closing, subject, category, generation } of closings) {
      const slot: Slot = slotOf(subject, category);
      session.keys.drop(slot, generation);
      for (const watch of session.watches) watch.add(slot);
      session.pending.push({ closing, key: keyIdOf(slot, generation) });
      session.seen = closing;
    }
    while (session.pending[0] && !this.inUse.has(session.pending[0].key)) session.pending.shift();
    const settled = session.pending[0] ? session.pending[0].closing - 1 : session.seen;
    if (settled > session.acknowledged) {
      await this.ask(session, 'UPDATE vault.processes SET acknowledged = $2 WHERE number = $1', [
        session.number,
        settled,
      ]);
      session.acknowledged = settled;
    }
    const epochs = await this.ask<{ epochs: number[] | null }>(session, LIVING_EPOCHS, []);
    this.options.onEpochs(epochs[0]?.epochs ?? []);
  }

  /** A query on the dedicated connection that fails where a silent network would leave it hanging. */
  private async ask<Row extends object>(session: Session, text: string, values: unknown[]): Promise<Row[]> {
    const query = { text, values, query_timeout: this.options.sessionTimeoutMs };
    return (await session.client.query<Row>(query)).rows;
  }

  private lose(session: Session, expected = false): void {
    if (session.lost) return;
    session.lost = true;
    session.keys.clear();
    clearTimeout(this.timer);
    // Destroys the connection, and with it the lock: it must never go back into the pool.
    session.client.release(true);
    if (!expected && !this.closed) this.options.onLost(session.number);
  }
}
