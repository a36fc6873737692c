import type { Pool } from 'pg';
import { Conditions, MAX_PAGE, pageOf, readMembers, refuseGaps, type Page } from '../engine';
import { entryOf, type AuditCursor, type AuditEntry } from './entry';

/** Which notices to recipients. */
export interface TellingsQuestion {
  readonly state: 'due' | 'told';
  readonly alumnusId?: string;
  readonly recipientId?: string;
  readonly cursor?: AuditCursor;
  readonly limit?: number;
}

/** A notice that fell due, and the event that says that it was given. */
export interface Telling {
  readonly due: AuditEntry;
  readonly toldId?: string;
  readonly toldAt?: string;
}

/** What has become of a notice: `t` tells it, `x` ends the recipient, and says that the data there is gone. */
const OUTCOME = `
  LEFT JOIN LATERAL (
    SELECT t.event_id, t.effective_at FROM audit_trail.event t
     WHERE t.type = 'RecipientTold' AND t.stream = e.stream AND t.position > e.position
       AND t.data::jsonb ->> 'recipientId' = e.data::jsonb ->> 'recipientId'
       AND jsonb_exists(t.data::jsonb -> 'causeIds', e.data::jsonb ->> 'causeId')
     ORDER BY t.position LIMIT 1) t ON true`;
const ENDED = `EXISTS (SELECT 1 FROM audit_trail.event x WHERE x.type = 'RecipientEnded'
  AND x.data::jsonb ->> 'recipientId' = e.data::jsonb ->> 'recipientId' AND x.data::jsonb ->> 'disposal' <> 'not-due')`;

/**
 * A page of notices that fell due, the oldest first. A recipient that has ended and holds nothing need not be told.
 * @throws ViewParked when events are missing from the trail.
 */
export async function readTellings(
  pool: Pool,
  { state, alumnusId, recipientId, cursor, limit: asked }: TellingsQuestion,
): Promise<Page<Telling, AuditCursor>> {
  await refuseGaps(pool, 'audit-trail', alumnusId);
  const limit = Math.min(asked ?? 50, MAX_PAGE);
  const conditions = new Conditions()
    .all("e.type = 'RecipientNoticeFellDue'")
    .all(state === 'told' ? 't.event_id IS NOT NULL' : `t.event_id IS NULL AND NOT ${ENDED}`)
    .add('e.position > ?::bigint', cursor?.position)
    .add('e.alumnus_id = ?', alumnusId)
    .add("e.data::jsonb ->> 'recipientId' = ?", recipientId);
  const rows = await readMembers(
    pool,
    `SELECT e.*, t.event_id AS told_id, t.effective_at AS told_at
       FROM audit_trail.event e ${OUTCOME} ${conditions.where}
      ORDER BY e.position LIMIT ${conditions.param(limit + 1)}`,
    conditions.params,
  );
  const tellings = rows.map(({ toldId, toldAt, ...members }) => ({
    due: entryOf(members),
    ...(toldId !== undefined && { toldId: toldId as string, toldAt: toldAt as string }),
  }));
  return pageOf(tellings, limit, ({ due }) => ({ position: due.position.toString() }));
}

/** A recipient who was given data of people, and about how many of them a notice is still due. */
export interface GivenTo {
  readonly recipientId: string;
  readonly people: number;
  readonly open: number;
}

/**
 * Who was given data of these people and has not been ended with proof that nothing is left there.
 * @throws ViewParked when events are missing from the trail.
 */
export async function readGivenTo(pool: Pool, alumnusIds: readonly string[]): Promise<readonly GivenTo[]> {
  await refuseGaps(pool, 'audit-trail', undefined);
  const { rows } = await pool.query<GivenTo>(
    `WITH about AS (
       SELECT e.* FROM audit_trail.event e
        WHERE e.alumnus_id = ANY($1::text[]) AND e.type IN ('RecipientNoted', 'RecipientNoticeFellDue') AND NOT ${ENDED}),
     given AS (SELECT DISTINCT alumnus_id, data::jsonb ->> 'recipientId' AS recipient FROM about),
     open AS (
       SELECT DISTINCT e.alumnus_id, e.data::jsonb ->> 'recipientId' AS recipient FROM about e ${OUTCOME}
        WHERE e.type = 'RecipientNoticeFellDue' AND t.event_id IS NULL)
     SELECT g.recipient AS "recipientId", count(*)::int AS people, count(o.alumnus_id)::int AS open
       FROM given g LEFT JOIN open o USING (alumnus_id, recipient) GROUP BY 1 ORDER BY 1`,
    [alumnusIds],
  );
  return rows;
}
