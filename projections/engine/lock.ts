import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientBase } from 'pg';
import type { Slot } from './definition';

/**
 * Takes the session lock that makes one process the runner of a version; waits for it as long as another
 * process holds it. It goes with the session, so a dead runner's is free at once.
 *
 * @returns false when the signal came first.
 */
export async function takeRunnerLock(
  db: ClientBase,
  name: string,
  slot: Slot,
  signal: AbortSignal,
  pollMs = 250,
): Promise<boolean> {
  while (!signal.aborted) {
    const { rows } = await db.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken',
      [`enishi:projection:${name}:${slot}`],
    );
    if (rows[0]?.taken) return true;
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
  return false;
}
