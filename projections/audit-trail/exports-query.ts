import type { Pool } from 'pg';
import { Conditions, MAX_PAGE, pageOf, readMembers, refuseGaps, type Page } from '../engine';
import { entryOf, type AuditCursor, type AuditEntry } from './entry';

/** Which exports. */
export interface ExportsQuestion {
  /** Those with data of this person in their file. */
  readonly alumnusId?: string;
  readonly cursor?: AuditCursor;
  readonly limit?: number;
}

/** The events of one export in order, without its chunks. */
export interface ExportSteps {
  readonly stream: string;
  readonly steps: readonly AuditEntry[];
}

/**
 * A page of exports with personal data, the latest request first.
 * @throws ViewParked when events are missing from the trail.
 */
export async function readExports(
  pool: Pool,
  { alumnusId, cursor, limit: asked }: ExportsQuestion,
): Promise<Page<ExportSteps, AuditCursor>> {
  await refuseGaps(pool, 'audit-trail', undefined);
  const limit = Math.min(asked ?? 50, MAX_PAGE);
  const conditions = new Conditions()
    .all("type = 'ExportRequested'")
    .add('position < ?::bigint', cursor?.position)
    .add(
      `stream IN (SELECT c.stream FROM audit_trail.included i JOIN audit_trail.event c USING (position)
                   WHERE i.alumnus_id = ?)`,
      alumnusId,
    );
  const { rows: requests } = await pool.query<{ stream: string; position: string }>(
    `SELECT stream, position FROM audit_trail.event ${conditions.where}
      ORDER BY position DESC LIMIT ${conditions.param(limit + 1)}`,
    conditions.params,
  );
  const page = pageOf(requests, limit, ({ position }) => ({ position }));
  const rows = await readExportSteps(
    pool,
    page.rows.map(({ stream }) => stream),
  );
  return { ...page, rows };
}

/** The steps of exports, in the order of the streams named. */
export async function readExportSteps(
  pool: Pool,
  streams: readonly string[],
): Promise<readonly ExportSteps[]> {
  const rows = await readMembers(
    pool,
    `SELECT * FROM audit_trail.event
      WHERE stream = ANY($1) AND stream LIKE 'export-%' AND type <> 'ExportChunkRecorded' ORDER BY position`,
    [streams],
  );
  const entries = rows.map(entryOf);
  return streams.map((stream) => ({ stream, steps: entries.filter((entry) => entry.stream === stream) }));
}

/**
 * Every export whose file was made up to a position, inclusive: the event that completed it, and its stream.
 * @throws ViewParked when events are missing from the trail.
 */
export async function readCompleted(
  pool: Pool,
  upTo: bigint,
): Promise<readonly { readonly eventId: string; readonly stream: string }[]> {
  await refuseGaps(pool, 'audit-trail', undefined);
  const { rows } = await pool.query<{ eventId: string; stream: string }>(
    `SELECT event_id AS "eventId", stream FROM audit_trail.event
      WHERE type = 'ExportCompleted' AND position <= $1::bigint ORDER BY position`,
    [upTo.toString()],
  );
  return rows;
}

/** How many people the file of an export is about, as far as its chunks have come to the trail. */
export async function countIncluded(pool: Pool, stream: string): Promise<number> {
  const { rows } = await pool.query<{ people: string }>(
    `SELECT count(DISTINCT i.alumnus_id) AS people FROM audit_trail.included i
       JOIN audit_trail.event c USING (position) WHERE c.stream = $1 AND c.stream LIKE 'export-%'`,
    [stream],
  );
  return Number(rows[0]?.people ?? 0);
}

/** Whether the erasure of somebody in the file of an export has started since a position. */
export async function hasErased(pool: Pool, stream: string, since: bigint): Promise<boolean> {
  const { rows } = await pool.query<{ found: boolean }>(
    `SELECT EXISTS (
       SELECT 1 FROM audit_trail.event e
         JOIN audit_trail.included i ON i.alumnus_id = e.alumnus_id
         JOIN audit_trail.event c ON c.position = i.position
        WHERE e.type IN ('ErasureStarted', 'ItemErased') AND e.position > $2::bigint
          AND c.stream = $1 AND c.stream LIKE 'export-%') AS found`,
    [stream, since.toString()],
  );
  return rows[0]!.found;
}
