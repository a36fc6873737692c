import type { Pool } from 'pg';
import { Conditions, MAX_PAGE, pageOf, readMembers, refuseGaps, type Page } from '../engine';
import { entryOf, type AuditCursor, type AuditEntry } from './entry';

/** Which records. */
export interface ProvisionsQuestion {
  readonly of: 'ProvisionRecorded' | 'ReceiptRecorded';
  /** Those with data of this person. */
  readonly alumnusId?: string;
  /** Those that went to this recipient, or came from it. */
  readonly recipientId?: string;
  readonly cursor?: AuditCursor;
  readonly limit?: number;
}

/** A record; of those about one person with the event of its stream that names them. */
export interface ProvisionEntry {
  readonly entry: AuditEntry;
  /** Revision of the event whose list the person stands in. */
  readonly namedAt?: number;
}

/**
 * A page of records of provision (29) or of receipt (30), the latest first.
 * @throws ViewParked when events are missing from the trail.
 */
export async function readProvisions(
  pool: Pool,
  { of, alumnusId, recipientId, cursor, limit: asked }: ProvisionsQuestion,
): Promise<Page<ProvisionEntry, AuditCursor>> {
  await refuseGaps(pool, 'audit-trail', undefined);
  const limit = Math.min(asked ?? 50, MAX_PAGE);
  const conditions = new Conditions()
    .add('e.type = ?', of)
    .add('e.position < ?::bigint', cursor?.position)
    .add("e.data::json ->> 'recipientId' = ?", recipientId)
    .add('n.alumnus_id = ?', alumnusId);
  const named =
    alumnusId === undefined
      ? { column: '', join: '' }
      : {
          column: ', c.revision AS named_at',
          join: `JOIN audit_trail.event c ON c.stream = e.stream
                 JOIN audit_trail.included n ON n.position = c.position`,
        };
  const rows = await readMembers(
    pool,
    `SELECT e.*${named.column} FROM audit_trail.event e ${named.join} ${conditions.where}
      ORDER BY e.position DESC LIMIT ${conditions.param(limit + 1)}`,
    conditions.params,
  );
  const entries = rows.map(({ namedAt, ...members }) => ({
    entry: entryOf(members),
    ...(namedAt !== undefined && { namedAt: namedAt as number }),
  }));
  return pageOf(entries, limit, ({ entry }) => ({ position: entry.position.toString() }));
}
