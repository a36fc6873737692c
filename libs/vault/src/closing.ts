import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { AcknowledgementMissing, VaultError } from './errors';
import type { Alarm, FaultPoint } from './observing';
import type { DestroyedKey, DoomedKey, KeySlot, Subject } from './port';
import { CHANNEL, SESSION_LOCK_CLASS, type Sessions } from './sessions';
import { appendShreds, type Shred } from './shred-list';
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
  readonly faultPoint: (name: FaultPoint) => void | Promise<void>;
}

// Tried first: where a key exists, or is being created and then committed, this does nothing. In key order, as keys
// are created, so that both wait for each other and do not deadlock.
const CLOSE_ABSENT = `
  INSERT INTO vault.keys (subject, category, generation, state, created_at, closing_number, closed_at, closed_by, closed_why)
  SELECT subject, category, 1, 'closing', $4::timestamptz, $3::bigint + n, $4::timestamptz, $5::text, $6::text
  FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS s (subject, category, n)
  ORDER BY subject, category ON CONFLICT DO NOTHING`;

const CLOSE_LIVE = `
  UPDATE vault.keys k SET state = 'closing', closing_number = $3::bigint + s.n, closed_at = $4, closed_by = $5,
    closed_why = $6
  FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS s (subject, category, n)
  WHERE k.subject = s.subject AND k.category = s.category AND k.state = 'live'`;

/**
 * live → closing, all of them in one transaction. A slot that never had a key gets a closing row without bytes, so
 * that its tombstone stands and nothing is sealed for the person afterwards. Repeating it changes nothing.
 * @param by who decided, an opaque id. @param why a code
 */
export async function closeKeys(
  options: ClosingOptions,
  slots: readonly KeySlot[],
  by: string,
  why: string,
): Promise<void> {
  if (slots.length === 0) return;
  await inTransaction(options.pool, (client) => closeIn(client, options, slots, by, why));
  await options.sessions.catchUp();
}

/** The same in a transaction of the caller's, who has every process told by {@link Sessions.catchUp}. */
export async function closeIn(
  client: PoolClient,
  { now }: Pick<ClosingOptions, 'now'>,
  slots: readonly KeySlot[],
  by: string,
  why: string,
): Promise<void> {
  // The row lock is held to the end: closing numbers become visible in the order in which they were drawn.
  const { rows } = await client.query<{ last: string }>('SELECT last FROM vault.closings FOR UPDATE');
  const { last } = rows[0]!;
  const values = [...columnsOf(slots), last, now(), by, why];
  await client.query(CLOSE_ABSENT, values);
  await client.query(CLOSE_LIVE, values);
  // No further than the last number given: a process has followed the closings when it has seen that one.
  await client.query(
    `UPDATE vault.closings SET last = (SELECT max(closing_number) FROM vault.keys)
     WHERE EXISTS (SELECT FROM vault.keys WHERE closing_number > $1)`,
    [last],
  );
  await client.query(`NOTIFY ${CHANNEL}`);
}

const STANDING = `
  SELECT s.subject, s.category, max(k.closing_number) FILTER (WHERE k.state = 'closing')::float8 AS closing,
    count(k.state) > 0 AS known, coalesce(bool_or(k.state = 'live'), false) AS live
  FROM unnest($1::text[], $2::text[]) AS s (subject, category) LEFT JOIN vault.keys k USING (subject, category)
  GROUP BY s.subject, s.category`;

const LOCK_DOOMED = `
  SELECT k.subject, k.category, k.generation, k.closing_number::float8 AS number, s.event
  FROM unnest($1::text[], $2::text[], $4::text[]) AS s (subject, category, event)
    JOIN vault.keys k USING (subject, category)
  WHERE k.state = 'closing' AND k.closing_number <= $3 ORDER BY k.closing_number FOR UPDATE OF k`;

const DESTROY = `
  UPDATE vault.keys k SET state = 'destroyed', wrapped = NULL, destroyed_at = $5, destroyed_by = $6,
    destroyed_why = $7, plan_event_id = s.event
  FROM unnest($1::text[], $2::text[], $4::text[]) AS s (subject, category, event)
  WHERE k.subject = s.subject AND k.category = s.category AND k.state = 'closing' AND k.closing_number <= $3`;

/**
 * closing → destroyed, all of them in one transaction, once every process whose session lives has acknowledged their
 * closing. Repeating it changes nothing.
 * @throws AcknowledgementMissing (and an alarm) when that takes too long; the keys are then still closing.
 * @throws VaultError `key-not-closing` for a key that nobody has closed.
 */
export async function destroyKeys(
  options: ClosingOptions,
  keys: readonly DoomedKey[],
  by: string,
  why: string,
): Promise<void> {
  const { pool, now, shreds, faultPoint } = options;
  const { rows } = await pool.query<KeySlot & { closing: number | null; live: boolean; known: boolean }>(
    STANDING,
    columnsOf(keys),
  );
  const open = rows.find(({ closing, known, live }) => closing === null && (!known || live));
  if (open) {
    throw new VaultError(
      'key-not-closing',
      `the ${open.category} key of ${open.subject} must be closed before it is destroyed`,
    );
  }
  const closing = rows.reduce((last, row) => Math.max(last, row.closing ?? 0), 0);
  if (closing === 0) return;
  await acknowledged(options, closing);
  const at = now();
  await inTransaction(pool, async (client) => {
    // One writer at a time, in all processes: the list is a file.
    await client.query('SELECT pg_advisory_xact_lock($1, $2)', [SESSION_LOCK_CLASS, SHRED_LIST]);
    const values = [...columnsOf(keys), closing, keys.map(({ planEventId }) => planEventId)];
    const doomed = await client.query<Omit<Shred, 'at' | 'by' | 'why'>>(LOCK_DOOMED, values);
    if (shreds) {
      const entries = doomed.rows.map((row) => ({ ...row, at, by, why }));
      await appendShreds(shreds.directory, shreds.ledgerId, entries);
    }
    await faultPoint('shreds-listed');
    await client.query(DESTROY, [...values, at, by, why]);
  });
}

function columnsOf(slots: readonly KeySlot[]): [string[], string[]] {
  return [slots.map(({ subject }) => subject), slots.map(({ category }) => category)];
}

/** See {@link Vault.liveKeys}. */
export async function liveKeys(pool: Pool, subjects: readonly Subject[]): Promise<readonly KeySlot[]> {
  const { rows } = await pool.query<KeySlot>(
    `SELECT subject, category FROM vault.keys WHERE subject = ANY ($1::text[]) AND state = 'live'
     ORDER BY subject, category`,
    [subjects],
  );
  return rows;
}

/** See {@link Vault.destroyedKeys}. */
export async function destroyedKeys(
  pool: Pool,
  subjects: readonly Subject[],
): Promise<readonly DestroyedKey[]> {
  const { rows } = await pool.query<DoomedKey & { generation: number; at: Date; epoch: number | null }>(
    `SELECT subject, category, generation, plan_event_id AS "planEventId", destroyed_at AS at, epoch
     FROM vault.keys WHERE subject = ANY ($1::text[]) AND state = 'destroyed'
     ORDER BY subject, category, generation`,
    [subjects],
  );
  return rows.map(({ at, epoch, ...key }) => ({
    ...key,
    destroyedAt: at.toISOString(),
    ...(epoch !== null && { epoch }),
  }));
}

/** Resolves when no living session is behind `closing`. A dead process holds no lock and is not waited for. */
export async function acknowledged(
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
