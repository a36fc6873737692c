import type { ClientBase, Pool } from 'pg';
import type { Slot } from './definition';

/** Whose lock it is, in words; PostgreSQL's key is the hash of it. */
function lockName(name: string, slot: Slot): string {
  return `enishi:projection:${name}:${slot}`;
}

/**
 * Tries to take the session lock that makes one process the runner of a version. It goes with the session, so a
 * dead runner's is free at once.
 *
 * @returns false where another session holds it.
 */
export async function tryRunnerLock(db: ClientBase, name: string, slot: Slot): Promise<boolean> {
  const { rows } = await db.query<{ taken: boolean }>(
    'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken',
    [lockName(name, slot)],
  );
  return rows[0]?.taken === true;
}

/** Lets go of a lock that this session holds. */
export async function releaseRunnerLock(db: ClientBase, name: string, slot: Slot): Promise<void> {
  await db.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [lockName(name, slot)]);
}

/** Which of the projections have a runner at this moment, in whichever process: their names, by slot. */
export async function runnersAmong(
  db: ClientBase | Pool,
  names: readonly string[],
): Promise<Readonly<Record<Slot, ReadonlySet<string>>>> {
  const slots = ['serving', 'building'] as const;
  const wanted = slots.flatMap((slot) => names.map((name) => lockName(name, slot)));
  const { rows } = await db.query<{ wanted: string }>(
    `SELECT wanted FROM unnest($1::text[]) AS wanted WHERE hashtextextended(wanted, 0) IN (
       SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
        WHERE locktype = 'advisory' AND objsubid = 1 AND granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`,
    [wanted],
  );
  const held = new Set(rows.map((row) => row.wanted));
  const of = (slot: Slot): ReadonlySet<string> =>
    new Set(names.filter((name) => held.has(lockName(name, slot))));
  return { serving: of('serving'), building: of('building') };
}
