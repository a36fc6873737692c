import type { ClientBase, Pool } from 'pg';
import { SESSION_LOCK_CLASS } from './sessions';

const LIVING = `locktype = 'advisory' AND objsubid = 2
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND classid = $1`;

/** How many processes have the vault open at this moment: servers and workers that are running. */
export async function openProcesses(db: ClientBase | Pool): Promise<number> {
  const { rows } = await db.query<{ open: number }>(
    `SELECT count(*)::int AS open FROM pg_locks WHERE ${LIVING}`,
    [SESSION_LOCK_CLASS],
  );
  return rows[0]!.open;
}

/**
 * How many closings of keys the slowest living process has not acknowledged yet: their keys still exist. More than
 * none for longer than a moment means that a process is frozen.
 */
export async function unacknowledgedClosings(db: ClientBase | Pool): Promise<number> {
  const { rows } = await db.query<{ pending: number }>(
    `SELECT coalesce(max(last - acknowledged), 0)::int AS pending FROM vault.closings, vault.processes
      WHERE number::oid IN (SELECT objid FROM pg_locks WHERE ${LIVING})`,
    [SESSION_LOCK_CLASS],
  );
  return rows[0]!.pending;
}
