import { setTimeout as delay } from 'node:timers/promises';
import type { Category } from '@enishi/domain';
import type { Pool } from 'pg';
import { AcknowledgementMissing, VaultError } from './errors';
import type { Alarm } from './observing';
import type { Subject } from './port';
import { CHANNEL, SESSION_LOCK_CLASS, type Sessions } from './sessions';
import { appendShreds } from './shred-list';
import { inTransaction } from './transaction';

// Second key of the lock under which the list of destroyed keys is written; see `unlock.ts` for the others.
const SHRED_LIST = -2;

/** Sessions that live (their lock is held) and have not acknowledged closing `$1` yet. */
const UNACKNOWLEDGED = `
  SELECT p.number, l.pid FROM vault.processes p JOIN pg_locks l
    ON l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND l.classid = ${SESSION_LOCK_CLASS} AND l.objid = p.number::oid
  WHERE p.acknowledged < $1`;

export interface ClosingOptions {
  readonly pool: Pool;
  readonly sessions: Sessions;
  readonly now: () => string;
  /** How long a destruction waits for other processes, in milliseconds. */
  readonly acknowledgementMs: number;
  readonly onAlarm: (alarm: Alarm) => void;
  /** The list outside the databases; a destroyed key is durable there before it is destroyed here. */
  readonly shreds?: { readonly directory: string; readonly ledgerId: string };
}

/**
 * live → closing. A slot that never had a key gets a closing row without bytes, so that its tombstone stands
 * and nothing is sealed for the person afterwards. Repeating it changes nothing.
 */
export async function closeKey(
  { pool, sessions, now }: ClosingOptions,
  subject: Subject,
  category: Category,
  by: string,
  why: string,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    // The row lock is held to the end: closing numbers become visible in the order in which they were drawn.
    const { rows } = await client.query<{ last: string }>(
      'UPDATE vault.closings SET last = last + 1 RETURNING last',
    );
    const closing = [rows[0]!.last, now(), by, why];
    // Tried first: where a key exists, or is being created and then committed, this does nothing.
    const absent = await client.query(
      `INSERT INTO vault.keys (subject, category, generation, state, created_at, closing_number, closed_at, closed_by, closed_why)
       VALUES ($1, $2, 1, 'closing', $4, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [subject, category, ...closing],
    );
    if (absent.rowCount === 0) {
      await client.query(
        `UPDATE vault.keys SET state = 'closing', closing_number = $3, closed_at = $4, closed_by = $5, closed_why = $6
         WHERE subject = $1 AND category = $2 AND state = 'live'`,
        [subject, category, ...closing],
      );
    }
    await client.query(`NOTIFY ${CHANNEL}`);
  });
  await sessions.catchUp();
}

/**
 * closing → destroyed, once every process whose session lives has acknowledged the closing. Repeating it
 * changes nothing.
 * @throws AcknowledgementMissing (and an alarm) when that takes too long; the key is then still closing.
 * @throws VaultError `key-not-closing` for a key that nobody has closed.
 */
export async function destroyKey(
  options: ClosingOptions,
  subject: Subject,
  category: Category,
  by: string,
  why: string,
  planEventId: string,
): Promise<void> {
  const { pool, now } = options;
  const { rows } = await pool.query<{ closing: number | null; live: boolean; known: boolean }>(
    `SELECT max(closing_number) FILTER (WHERE state = 'closing')::float8 AS closing,
       count(*) > 0 AS known, coalesce(bool_or(state = 'live'), false) AS live
     FROM vault.keys WHERE subject = $1 AND category = $2`,
    [subject, category],
  );
  const { closing, known, live } = rows[0]!;
  if (closing === null) {
    if (known && !live) return;
    throw new VaultError(
      'key-not-closing',
      `the ${category} key of ${subject} must be closed before it is destroyed`,
    );
  }
  await acknowledged(options, closing);
  const at = now();
  await inTransaction(pool, async (client) => {
    // One writer at a time, in all processes: the list is a file.
    await client.query('SELECT pg_advisory_xact_lock($1, $2)', [SESSION_LOCK_CLASS, SHRED_LIST]);
    const { rows: keys } = await client.query<{ generation: number; number: number }>(
      `SELECT generation, closing_number::float8 AS number FROM vault.keys
       WHERE subject = $1 AND category = $2 AND state = 'closing' AND closing_number <= $3 FOR UPDATE`,
      [subject, category, closing],
    );
    if (options.shreds) {
      const entries = keys.map((key) => ({ ...key, subject, category, at, by, why, event: planEventId }));
      await appendShreds(options.shreds.directory, options.shreds.ledgerId, entries);
    }
    await client.query(
      `UPDATE vault.keys SET state = 'destroyed', wrapped = NULL, destroyed_at = $4, destroyed_by = $5,
         destroyed_why = $6, plan_event_id = $7
       WHERE subject = $1 AND category = $2 AND state = 'closing' AND closing_number <= $3`,
      [subject, category, closing, at, by, why, planEventId],
    );
  });
}

/** Resolves when no living session is behind `closing`. A dead process holds no lock and is not waited for. */
async function acknowledged(
  { pool, sessions, acknowledgementMs, onAlarm }: ClosingOptions,
  closing: number,
): Promise<void> {
  const deadline = performance.now() + acknowledgementMs;
  for (let pause = 2; ; pause = Math.min(pause * 2, 200)) {
    await sessions.catchUp();
    const { rows } = await pool.query<{ pid: number }>(UNACKNOWLEDGED, [closing]);
    if (rows.length === 0) return;
    if (performance.now() > deadline) {
      const backends = rows.map((row) => row.pid);
      onAlarm({ code: 'acknowledgement-missing', details: { closing, backends: backends.join(' ') } });
      throw new AcknowledgementMissing(closing, backends);
    }
    await delay(pause);
  }
}
