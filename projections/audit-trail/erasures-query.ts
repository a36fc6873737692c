import type { Pool } from 'pg';
import { Conditions, MAX_PAGE, pageOf, readMembers, refuseGaps, type Page } from '../engine';
import { entryOf, type AuditCursor, type AuditEntry } from './entry';

/** The events of one plan of erasure in order, without the people that its chunks name. */
export interface ErasureSteps {
  readonly stream: string;
  readonly steps: readonly AuditEntry[];
}

/**
 * A page of plans of erasure, the latest first.
 * @throws ViewParked when events are missing from the trail.
 */
export async function readErasures(
  pool: Pool,
  { cursor, limit: asked }: { readonly cursor?: AuditCursor; readonly limit?: number },
): Promise<Page<ErasureSteps, AuditCursor>> {
  await refuseGaps(pool, 'audit-trail', undefined);
  const limit = Math.min(asked ?? 50, MAX_PAGE);
  const conditions = new Conditions()
    .all("type = 'ErasureProposed'")
    .add('position < ?::bigint', cursor?.position);
  const { rows: plans } = await pool.query<{ stream: string; position: string }>(
    `SELECT stream, position FROM audit_trail.event ${conditions.where}
      ORDER BY position DESC LIMIT ${conditions.param(limit + 1)}`,
    conditions.params,
  );
  const page = pageOf(plans, limit, ({ position }) => ({ position }));
  const streams = page.rows.map(({ stream }) => stream);
  return { ...page, rows: await readErasureSteps(pool, streams) };
}

/** The steps of plans, in the order of the streams named. */
export async function readErasureSteps(
  pool: Pool,
  streams: readonly string[],
): Promise<readonly ErasureSteps[]> {
  const rows = await readMembers(
    pool,
    `SELECT * FROM audit_trail.event WHERE stream = ANY($1) AND stream LIKE 'erasure-%' ORDER BY position`,
    [streams],
  );
  const entries = rows.map(entryOf);
  return streams.map((stream) => ({ stream, steps: entries.filter((entry) => entry.stream === stream) }));
}

/**
 * Every erasure of a person that was completed up to a position, inclusive: its event, and whose it was.
 * @throws ViewParked when events are missing from the trail.
 */
export async function readErased(
  pool: Pool,
  upTo: bigint,
): Promise<readonly { readonly eventId: string; readonly alumnusId: string }[]> {
  await refuseGaps(pool, 'audit-trail', undefined);
  const { rows } = await pool.query<{ eventId: string; alumnusId: string }>(
    `SELECT event_id AS "eventId", alumnus_id AS "alumnusId" FROM audit_trail.event
      WHERE type = 'ErasureCompleted' AND position <= $1::bigint ORDER BY position`,
    [upTo.toString()],
  );
  return rows;
}

/**
 * Everybody who is marked for the erasure desk, and whose erasure has not begun since.
 * @throws ViewParked when events are missing from the trail.
 */
export async function readMarked(pool: Pool): Promise<readonly string[]> {
  await refuseGaps(pool, 'audit-trail', undefined);
  const { rows } = await pool.query<{ id: string }>(
    `SELECT DISTINCT m.alumnus_id AS id FROM audit_trail.event m
      WHERE m.type = 'ErasureMarked' AND NOT EXISTS (
        SELECT 1 FROM audit_trail.event e WHERE e.alumnus_id = m.alumnus_id AND e.position > m.position
          AND e.type IN ('ErasureMarkLifted', 'ErasureStarted'))
      ORDER BY 1`,
  );
  return rows.map(({ id }) => id);
}

/**
 * The streams in which something about these people stands, by person.
 * @throws ViewParked when events are missing from the trail.
 */
export async function readStreamsOf(
  pool: Pool,
  alumnusIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  await refuseGaps(pool, 'audit-trail', undefined);
  const { rows } = await pool.query<{ id: string; streams: string[] }>(
    `SELECT alumnus_id AS id, array_agg(DISTINCT stream ORDER BY stream) AS streams FROM audit_trail.event
      WHERE alumnus_id = ANY($1::text[]) GROUP BY 1`,
    [alumnusIds],
  );
  return new Map(rows.map(({ id, streams }) => [id, streams]));
}

/**
 * Plans that nobody has approved or refused, the oldest first; also those that were broken off while they were drawn up.
 * @throws ViewParked when events are missing from the trail.
 */
export async function readUndecidedErasures(pool: Pool): Promise<readonly ErasureSteps[]> {
  await refuseGaps(pool, 'audit-trail', undefined);
  const { rows } = await pool.query<{ stream: string }>(
    `SELECT p.stream FROM audit_trail.event p
      WHERE p.type = 'ErasureProposed' AND NOT ${hasStep("'ErasureApproved', 'ErasureRefused'")}
      ORDER BY p.position`,
  );
  return readErasureSteps(
    pool,
    rows.map(({ stream }) => stream),
  );
}

/**
 * Whom a plan names that is neither refused nor carried out to its end.
 * @throws ViewParked when events are missing from the trail.
 */
export async function readPlannedIds(pool: Pool): Promise<readonly string[]> {
  await refuseGaps(pool, 'audit-trail', undefined);
  const { rows } = await pool.query<{ id: string }>(
    `SELECT DISTINCT i.alumnus_id AS id FROM audit_trail.event p
       JOIN audit_trail.event c ON c.stream = p.stream AND c.stream LIKE 'erasure-%' AND c.type = 'ErasureChunkProposed'
       JOIN audit_trail.included i ON i.position = c.position
      WHERE p.type = 'ErasureProposed' AND NOT ${hasStep("'ErasureRefused', 'ErasureExecuted'")}`,
  );
  return rows.map(({ id }) => id);
}

/** Whether the plan of `p` has come so far. */
function hasStep(types: string): string {
  return `EXISTS (SELECT FROM audit_trail.event s
    WHERE s.stream = p.stream AND s.stream LIKE 'erasure-%' AND s.type IN (${types}))`;
}
