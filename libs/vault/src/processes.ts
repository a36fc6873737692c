import type { ClientBase, Pool } from 'pg';
import { SESSION_LOCK_CLASS } from './sessions';

/** How many processes have the vault open at this moment: servers and workers that are running. */
export async function openProcesses(db: ClientBase | Pool): Promise<number> {
  const { rows } = await db.query<{ open: number }>(
    `SELECT count(*)::int AS open FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND classid = $1`,
    [SESSION_LOCK_CLASS],
  );
  return rows[0]!.open;
}
