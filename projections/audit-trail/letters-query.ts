import type { Pool } from 'pg';
import { Conditions, MAX_PAGE, pageOf, readMembers, refuseGaps, type Page } from '../engine';
import { entryOf, type AuditCursor, type AuditEntry } from './entry';

/** Which letters. */
export interface LettersQuestion {
  /** To this person. */
  readonly alumnusId?: string;
  /** About this request. */
  readonly requestId?: string;
  readonly cursor?: AuditCursor;
  readonly limit?: number;
}

/** The events of one letter in order. */
export interface LetterSteps {
  readonly stream: string;
  readonly steps: readonly AuditEntry[];
}

/**
 * A page of letters, the latest order first.
 * @throws ViewParked when events are missing from the trail.
 */
export async function readLetters(
  pool: Pool,
  { alumnusId, requestId, cursor, limit: asked }: LettersQuestion,
): Promise<Page<LetterSteps, AuditCursor>> {
  await refuseGaps(pool, 'audit-trail', undefined);
  const limit = Math.min(asked ?? 50, MAX_PAGE);
  const conditions = new Conditions()
    .all("stream LIKE 'letter-%' AND type IN ('LetterOrdered', 'RequestLetterOrdered')")
    .add('position < ?::bigint', cursor?.position)
    .add('alumnus_id = ?', alumnusId)
    .add("data::jsonb ->> 'requestId' = ?", requestId);
  const { rows: orders } = await pool.query<{ stream: string; position: string }>(
    `SELECT stream, position FROM audit_trail.event ${conditions.where}
      ORDER BY position DESC LIMIT ${conditions.param(limit + 1)}`,
    conditions.params,
  );
  const page = pageOf(orders, limit, ({ position }) => ({ position }));
  const streams = page.rows.map(({ stream }) => stream);
  const rows = await readMembers(
    pool,
    `SELECT * FROM audit_trail.event WHERE stream = ANY($1) AND stream LIKE 'letter-%' ORDER BY position`,
    [streams],
  );
  const entries = rows.map(entryOf);
  return {
    ...page,
    rows: streams.map((stream) => ({ stream, steps: entries.filter((entry) => entry.stream === stream) })),
  };
}

/** A letter that waits for somebody. */
export interface WaitingLetter {
  readonly letterId: string;
  readonly since: string;
}

/** The events after which a letter waits, and those that end the waiting. */
const WAITING = {
  'to-post': {
    begins: `type IN ('LetterIssued', 'RequestLetterIssued') AND data::jsonb ->> 'means' = 'post'`,
    ends: `type IN ('LetterSent', 'LetterNotDelivered')`,
  },
  'not-delivered': { begins: `type = 'LetterNotDelivered'`, ends: `type = 'LetterSent'` },
} as const;

/** Letters that wait to be posted, or that did not arrive, the oldest first; a thousand at most. */
export async function waitingLetters(
  pool: Pool,
  what: keyof typeof WAITING,
): Promise<readonly WaitingLetter[]> {
  const { begins, ends } = WAITING[what];
  const { rows } = await pool.query<{ stream: string; since: Date }>(
    `SELECT stream, decided_at AS since FROM audit_trail.event e
      WHERE stream LIKE 'letter-%' AND ${begins}
        AND NOT EXISTS (SELECT FROM audit_trail.event l
                         WHERE l.stream LIKE 'letter-%' AND l.stream = e.stream AND l.position > e.position
                           AND l.${ends})
      ORDER BY position LIMIT 1000`,
  );
  return rows.map(({ stream, since }) => {
    return { letterId: stream.slice('letter-'.length), since: since.toISOString() };
  });
}
