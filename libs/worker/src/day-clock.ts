import { setTimeout as sleep } from 'node:timers/promises';
import { CLOCK_STREAM, createdId, handle, systemContext, type Ledger } from '@enishi/application/ledger';
import { clockDecider, dayStart, tokyoDay } from '@enishi/domain';
import { codeOf } from '@enishi/projections/engine';
import type { Pool } from 'pg';
import type { RunnerLog } from './runner-log';
import { RunnerSession } from './runner-session';

/** The lock under which the clock has one runner. */
export const CLOCK_LOCK = 'clock';

const HOUR_MS = 3_600_000;
/** How often what was seen is kept. A process that dies sooner has the next one see a jump that much later. */
const KEPT_EVERY_MS = 60_000;

/**
 * Looks at the clock, and lets a day begin where something waits for it.
 *
 * What was seen grows with the time that passes, measured by itself. A clock that is more than an hour ahead of it is not believed,
 * and no day begins, until it comes back or an operator confirms it; one that goes back is believed at once. After a
 * pause nobody can tell a jump from the time that has passed, so that both ask.
 */
export class DayClock {
  private seen: number | undefined;
  private confirmedBy: string | undefined;
  private looked = 0;
  private kept: { readonly at: number; readonly asks: boolean } | undefined;
  private begun = '';

  /** @param elapsed milliseconds of a clock that nobody sets */
  constructor(
    private readonly ledger: Ledger,
    private readonly pool: Pool,
    private readonly elapsed: () => number = () => performance.now(),
  ) {}

  /** Learns what was seen before. Before anything else. */
  async open(): Promise<void> {
    const { rows } = await this.pool.query<{ seen: Date; confirmedBy: string | null }>(
      'SELECT seen, confirmed_by AS "confirmedBy" FROM app.clock',
    );
    this.seen = rows[0]?.seen.getTime();
    this.confirmedBy = rows[0]?.confirmedBy ?? undefined;
    this.looked = this.elapsed();
  }

  /** @returns whether the clock asks to be confirmed */
  async look(): Promise<boolean> {
    const passed = this.elapsed();
    const expected = this.seen === undefined ? undefined : this.seen + passed - this.looked;
    this.looked = passed;
    const now = Date.parse(this.ledger.clock.now());
    const floor = (await this.confirmation()) ?? expected ?? now;
    const asks = now > floor + HOUR_MS;
    this.seen = asks ? floor : now;
    await this.keep(passed, asks);
    if (!asks) await this.beginDay(now);
    return asks;
  }

  /** The instant that an operator has confirmed since the last one that was taken. */
  private async confirmation(): Promise<number | undefined> {
    const [last] = await this.ledger.store.readStream(CLOCK_STREAM, { direction: 'backwards', limit: 1 });
    if (last?.type !== 'ClockConfirmed' || last.id === this.confirmedBy) return undefined;
    this.confirmedBy = last.id;
    this.kept = undefined;
    return Date.parse(String(last.data['at']));
  }

  private async keep(passed: number, asks: boolean): Promise<void> {
    const { kept } = this;
    if (kept?.asks === asks && passed - kept.at < KEPT_EVERY_MS) return;
    await this.pool.query(
      `INSERT INTO app.clock (seen, asks_since, confirmed_by)
       VALUES ($1, CASE WHEN $2 THEN clock_timestamp() END, $3)
       ON CONFLICT (only_one) DO UPDATE SET seen = $1, confirmed_by = $3,
         asks_since = CASE WHEN $2 THEN coalesce(app.clock.asks_since, clock_timestamp()) END`,
      [new Date(this.seen!), asks, this.confirmedBy ?? null],
    );
    this.kept = { at: passed, asks };
  }

  /** Only where something waits for it, so that an idle ledger does not grow. */
  private async beginDay(now: number): Promise<void> {
    const from = dayStart(tokyoDay(new Date(now).toISOString()));
    if (from <= this.begun) return;
    const { rows } = await this.pool.query<{ waits: boolean }>(
      'SELECT EXISTS (SELECT FROM app.policy_alarms WHERE due_at <= $1) AS waits',
      [from],
    );
    if (!rows[0]!.waits) return;
    const context = systemContext('clock', createdId(this.ledger.vault.ledgerId, `day/${from}`));
    await handle(this.ledger, clockDecider, CLOCK_STREAM, { kind: 'BeginDay', from }, context);
    this.begun = from;
  }
}

/** Looks at the clock every second until the signal, in one process at a time. Never throws. */
export async function runClock(options: {
  readonly ledger: Ledger;
  readonly pool: Pool;
  readonly signal: AbortSignal;
  readonly logger?: RunnerLog;
  readonly pollMs?: number;
}): Promise<void> {
  const { ledger, pool, signal, logger, pollMs = 1000 } = options;
  const session = new RunnerSession(pool);
  let asked = false;
  while (!signal.aborted) {
    try {
      const held = await session.hold(CLOCK_LOCK, 'serving', signal, pollMs);
      try {
        const clock = new DayClock(ledger, pool);
        await clock.open();
        while (!signal.aborted && held && !held.lost.aborted) {
          const asks = await clock.look();
          if (asks && !asked) logger?.warn({ alarm: 'clock-ahead' }, 'the clock is ahead; nothing begins');
          asked = asks;
          await sleep(pollMs, undefined, { signal }).catch(() => undefined);
        }
      } finally {
        await held?.release();
      }
    } catch (error) {
      if (!signal.aborted) logger?.warn({ code: codeOf(error) }, 'the clock is looked at again');
    }
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
  await session.close();
}
