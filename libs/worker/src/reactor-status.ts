import type { Ledger } from '@enishi/application/ledger';
import type { Instant, Policy } from '@enishi/domain';
import type { Pool } from 'pg';

/** A target that a bug has stopped. */
export interface ParkedTarget {
  /** A stream. */
  readonly target: string;
  /** Of the bug; absent where it was released and is being looked at again. */
  readonly code?: string;
  /** Events that wait. */
  readonly events: number;
  readonly since: Instant;
}

/** How far a policy is. */
export interface PolicyStatus {
  readonly name: string;
  /** Whether it has looked at the last event of the ledger. */
  readonly upToDate: boolean;
  /** Events that wait for their day, and when the first of them is due. */
  readonly waiting: number;
  readonly nextDueAt?: Instant;
  /** The hundred that were parked first. */
  readonly parked: readonly ParkedTarget[];
  readonly parkedTargets: number;
}

/** Where each policy stands. */
export async function readPolicies(
  pool: Pool,
  store: Ledger['store'],
  policies: readonly Policy[],
): Promise<readonly PolicyStatus[]> {
  const [head] = await store.readAll({ direction: 'backwards', limit: 1, dataOf: [] });
  return Promise.all(
    policies.map(async ({ name }) => {
      const [at, alarms, parked] = await Promise.all([
        pool.query<{ last: string | null }>('SELECT event_id AS last FROM app.policies WHERE name = $1', [
          name,
        ]),
        pool.query<{ waiting: number; next: Date | null }>(
          'SELECT count(*)::integer AS waiting, min(due_at) AS next FROM app.policy_alarms WHERE policy = $1',
          [name],
        ),
        parkedOf(pool, name),
      ]);
      const { waiting, next } = alarms.rows[0]!;
      return {
        name,
        upToDate: at.rows.length > 0 && (at.rows[0]!.last ?? undefined) === head?.id,
        waiting,
        ...(next && { nextDueAt: next.toISOString() }),
        ...parked,
      };
    }),
  );
}

async function parkedOf(pool: Pool, name: string): Promise<Pick<PolicyStatus, 'parked' | 'parkedTargets'>> {
  const { rows } = await pool.query<{
    target: string;
    code: string | null;
    events: number;
    since: Date;
    all: number;
  }>(
    `SELECT target, (array_agg(code ORDER BY number) FILTER (WHERE code IS NOT NULL))[1] AS code,
        count(*)::integer AS events, min(since) AS since, (count(*) OVER ())::integer AS all
       FROM app.policy_parked WHERE policy = $1 GROUP BY target ORDER BY min(number) LIMIT 100`,
    [name],
  );
  const parked = rows.map(({ target, code, events, since }) => ({
    ...{ target, events, since: since.toISOString() },
    ...(code !== null && { code }),
  }));
  return { parked, parkedTargets: rows[0]?.all ?? 0 };
}

/**
 * Lets a policy look again at what it has parked for a target. Its runner does so within a second or two.
 * @returns how many events wait for it
 */
export async function releaseTarget(pool: Pool, policy: string, target: string): Promise<number> {
  const { rowCount } = await pool.query(
    'UPDATE app.policy_parked SET code = NULL WHERE policy = $1 AND target = $2',
    [policy, target],
  );
  return rowCount ?? 0;
}

/** What the clock was last seen to say. */
export interface ClockStatus {
  /** Since when it asks to be confirmed; absent where it is believed. */
  readonly asksSince?: Instant;
  /** The latest time that was believed; absent before the first look. */
  readonly seen?: Instant;
}

export async function readClock(pool: Pool): Promise<ClockStatus> {
  const { rows } = await pool.query<{ seen: Date; asks: Date | null }>(
    'SELECT seen, asks_since AS asks FROM app.clock',
  );
  const [row] = rows;
  if (!row) return {};
  return { seen: row.seen.toISOString(), ...(row.asks && { asksSince: row.asks.toISOString() }) };
}
