import type { Actor, EventType, Instant } from '@enishi/domain';
import type { Pool } from 'pg';
import {
  ahead,
  Conditions,
  EXPORT_PAGE,
  MAX_PAGE,
  pageOf,
  readMembers,
  refuseGaps,
  type Page,
} from '../engine';
import { entryOf, type AuditCursor, type AuditEntry } from './entry';

export type { AuditCursor, AuditEntry } from './entry';
export * from './erasures-query';
export * from './exports-query';
export * from './letters-query';
export * from './provisions-query';
export * from './recipients-query';
export * from './tellings-query';

export interface AuditQuestion {
  /** Every stream of this person: data, consents, lifecycle, links with others; and the exports, provisions and receipts that hold their data. */
  readonly alumnusId?: string;
  readonly purposeId?: string;
  readonly programmeId?: string;
  readonly actor?: Actor;
  readonly batchId?: string;
  readonly types?: readonly EventType[];
  /** By recorded time: from, inclusive, until, exclusive. */
  readonly from?: Instant;
  readonly until?: Instant;
  /** The last position, inclusive. */
  readonly upTo?: bigint;
  readonly direction?: 'forwards' | 'backwards';
  /** The page after the one this came with. */
  readonly cursor?: AuditCursor;
  readonly limit?: number;
}

/**
 * A page of the trail.
 * @throws ViewParked when events of what is asked for are missing from it.
 * @example const { rows, next } = await readAuditTrail(pool, { alumnusId, direction: 'backwards' });
 */
export function readAuditTrail(pool: Pool, question: AuditQuestion): Promise<Page<AuditEntry, AuditCursor>> {
  return readPage(pool, question, Math.min(question.limit ?? 100, MAX_PAGE));
}

async function readPage(
  pool: Pool,
  question: AuditQuestion,
  limit: number,
): Promise<Page<AuditEntry, AuditCursor>> {
  const { direction = 'forwards', cursor } = question;
  await refuseGaps(pool, 'audit-trail', question.alumnusId);
  const backwards = direction === 'backwards';
  const conditions = new Conditions()
    .add('purpose_id = ?', question.purposeId)
    .add('programme_id = ?', question.programmeId)
    .add('actor = ?', question.actor)
    .add('batch_id = ?', question.batchId)
    .add('type = ANY(?::text[])', question.types)
    .add('recorded_at >= ?', question.from)
    .add('recorded_at < ?', question.until)
    .add('position <= ?::bigint', question.upTo?.toString())
    .add(`position ${backwards ? '<' : '>'} ?::bigint`, cursor?.position);
  if (question.alumnusId !== undefined) {
    const who = conditions.param(question.alumnusId);
    // An array, so that each of the three is looked up by its index.
    const parts = `ARRAY(SELECT i.position FROM audit_trail.included i WHERE i.alumnus_id = ${who})`;
    conditions.all(`(alumnus_id = ${who} OR other_id = ${who} OR position = ANY(${parts}))`);
  }
  const rows = await readMembers(
    pool,
    `SELECT * FROM audit_trail.event ${conditions.where}
      ORDER BY position ${backwards ? 'DESC' : ''} LIMIT ${conditions.param(limit + 1)}`,
    conditions.params,
  );
  return pageOf(rows.map(entryOf), limit, (last) => ({ position: last.position.toString() }));
}

/**
 * The whole answer, page by page, for an export of any size; what is recorded meanwhile comes too.
 * @param question `limit`: rows of a page
 */
export function streamAuditTrail(pool: Pool, question: AuditQuestion): AsyncGenerator<readonly AuditEntry[]> {
  return ahead(pagesOf(pool, question));
}

async function* pagesOf(pool: Pool, question: AuditQuestion): AsyncGenerator<readonly AuditEntry[]> {
  let cursor = question.cursor;
  do {
    const next = { ...question, ...(cursor && { cursor }) };
    const page = await readPage(pool, next, question.limit ?? EXPORT_PAGE);
    if (page.rows.length > 0) yield page.rows;
    cursor = page.next;
  } while (cursor);
}

/** Events by their ids, in the order of the ledger. */
export async function readEvents(pool: Pool, eventIds: readonly string[]): Promise<readonly AuditEntry[]> {
  if (eventIds.length === 0) return [];
  const rows = await readMembers(
    pool,
    'SELECT * FROM audit_trail.event WHERE event_id = ANY($1) ORDER BY position',
    [eventIds],
  );
  return rows.map(entryOf);
}
