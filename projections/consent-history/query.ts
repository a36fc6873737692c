import type {
  Actor,
  CaptureChannel,
  ConsentKind,
  ConsentMethod,
  ConsentParty,
  ContactChannel,
  IdentityCheck,
} from '@enishi/domain';
import type { Instant, Language } from '@enishi/domain';
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

/** One consent event. */
export interface ConsentEntry {
  readonly position: bigint;
  readonly eventId: string;
  readonly kind: ConsentKind;
  readonly alumnusId: string;
  readonly purposeId: string;
  readonly purposeVersion?: number;
  readonly channels: readonly ContactChannel[];
  readonly captureChannel?: CaptureChannel;
  readonly method?: ConsentMethod;
  readonly party?: ConsentParty;
  readonly language?: Language;
  readonly noticeHash?: string;
  readonly identityCheck?: IdentityCheck;
  /** Whether evidence was recorded with it, whatever has become of its key. */
  readonly hasEvidence: boolean;
  readonly artefactId?: string;
  readonly artefactHash?: string;
  readonly expiresAt?: Instant;
  /** Of an expiry: the grant. Of an invalidation: the answer recorded in error. */
  readonly aboutEventId?: string;
  readonly effectiveAt: Instant;
  readonly decidedAt: Instant;
  readonly recordedAt: Instant;
  readonly actor: Actor;
  readonly commandId: string;
  readonly batchId?: string;
  /** The invalidation that struck this answer out. */
  readonly voidedBy?: string;
}

export interface ConsentQuestion {
  readonly alumnusId?: string;
  readonly purposeId?: string;
  readonly kinds?: readonly ConsentKind[];
  /** By recorded time: from, inclusive, until, exclusive. */
  readonly from?: Instant;
  readonly until?: Instant;
  readonly batchId?: string;
  /** The last position, inclusive. */
  readonly upTo?: bigint;
  readonly direction?: 'forwards' | 'backwards';
  readonly cursor?: ConsentCursor;
  readonly limit?: number;
}

export interface ConsentCursor {
  readonly position: string;
}

/**
 * A page of the consent history, in the order of the ledger.
 * @throws ViewParked when consents of who is asked for are missing from it.
 * @example const { rows } = await readConsentHistory(pool, { alumnusId, purposeId });
 */
export function readConsentHistory(
  pool: Pool,
  question: ConsentQuestion,
): Promise<Page<ConsentEntry, ConsentCursor>> {
  return readPage(pool, question, Math.min(question.limit ?? 100, MAX_PAGE));
}

async function readPage(
  pool: Pool,
  question: ConsentQuestion,
  limit: number,
): Promise<Page<ConsentEntry, ConsentCursor>> {
  const backwards = question.direction === 'backwards';
  await refuseGaps(pool, 'consent-history', question.alumnusId);
  const conditions = new Conditions()
    .add('alumnus_id = ?', question.alumnusId)
    .add('purpose_id = ?', question.purposeId)
    .add('kind = ANY(?::text[])', question.kinds)
    .add('recorded_at >= ?', question.from)
    .add('recorded_at < ?', question.until)
    .add('batch_id = ?', question.batchId)
    .add('position <= ?::bigint', question.upTo?.toString())
    .add(`position ${backwards ? '<' : '>'} ?::bigint`, question.cursor?.position);
  const rows = await readMembers(
    pool,
    `SELECT * FROM consent_history.consent_event ${conditions.where}
      ORDER BY position ${backwards ? 'DESC' : ''} LIMIT ${conditions.param(limit + 1)}`,
    conditions.params,
  );
  return pageOf(rows.map(entryOf), limit, (last) => ({ position: last.position.toString() }));
}

/** Consent events at these positions, in the order of the ledger. */
export async function readConsentEvents(
  pool: Pool,
  positions: readonly bigint[],
): Promise<readonly ConsentEntry[]> {
  const rows = await readMembers(
    pool,
    'SELECT * FROM consent_history.consent_event WHERE position = ANY($1::bigint[]) ORDER BY position',
    [positions.map(String)],
  );
  return rows.map(entryOf);
}

/**
 * The whole answer, page by page, for an export of any size: short statements, so that a rebuild is not held
 * up, and no page is kept but the next. Rows added meanwhile come too; give `until` for a fixed end.
 * @param question `limit`: rows of a page
 */
export function streamConsentHistory(
  pool: Pool,
  question: ConsentQuestion,
): AsyncGenerator<readonly ConsentEntry[]> {
  return ahead(pagesOf(pool, question));
}

async function* pagesOf(pool: Pool, question: ConsentQuestion): AsyncGenerator<readonly ConsentEntry[]> {
  let cursor = question.cursor;
  do {
    const next = { ...question, ...(cursor && { cursor }) };
    const page = await readPage(pool, next, question.limit ?? EXPORT_PAGE);
    if (page.rows.length > 0) yield page.rows;
    cursor = page.next;
  } while (cursor);
}

function entryOf(members: Record<string, unknown>): ConsentEntry {
  return Object.assign(members, {
    position: BigInt(members['position'] as string),
  }) as unknown as ConsentEntry;
}
