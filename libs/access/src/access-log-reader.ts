import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { ACCESS_POOL } from './config';

/** What of the access log; every condition holds. */
export interface AccessLogQuestion {
  /** Whose data was opened. */
  readonly personId?: string;
  /** Who opened it: `staff:…`, `token:…`, `system:…`. */
  readonly actor?: string;
  /** The account that opened it, whichever of its tokens it used. */
  readonly accountId?: string;
  /** Method and pattern, as declared: `GET /v1/alumni/:alumnusId`. */
  readonly route?: string;
  /** What was opened, or which act: `alumni-roster`, `role-granted`. */
  readonly view?: string;
  /** The account that an act is about. */
  readonly aboutId?: string;
  /** Instant, inclusive. */
  readonly from?: string;
  /** Instant, exclusive. */
  readonly until?: string;
}

/** One entry of the access log. */
export interface AccessLogEntry {
  readonly id: string;
  /** Microseconds, UTC; the database's time. */
  readonly at: string;
  /** Absent where a system acted, or a sign-in failed. */
  readonly accountId?: string;
  readonly actor: string;
  readonly route: string;
  readonly view: string;
  readonly fields: readonly string[];
  readonly personIds: readonly string[];
  readonly reason?: string;
  readonly correlationId: string;
  /** Of an act, the account that it is about. */
  readonly aboutId?: string;
}

/** Place of an entry in the log. */
export type AccessLogPlace = Pick<AccessLogEntry, 'at' | 'id'>;

/** Entries of one page of a file. */
const CHUNK = 200;
/** Places of entries read at once. */
const PLACES = 5000;

const COLUMNS = `id, to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, account, actor, route, view,
  fields, person_ids, reason, correlation_id, substr(about, 9) AS about`;

/** The access log, to be read: who opened what of whom. Usable without Nest: `new AccessLogReader(pool)`. */
@Injectable()
export class AccessLogReader {
  constructor(@Inject(ACCESS_POOL) private readonly pool: Pool) {}

  /**
   * A page of entries, the latest first.
   * @param before the last entry of the page before
   * @returns entries, and where the next page begins after; nothing there on the last
   * @example const { entries, next } = await reader.page({ personId }, 100);
   */
  async page(
    question: AccessLogQuestion,
    limit: number,
    before?: AccessLogPlace,
  ): Promise<{ readonly entries: readonly AccessLogEntry[]; readonly next?: AccessLogPlace }> {
    const { conditions, values } = conditionsOf(question, before);
    const { rows } = await this.pool.query<EntryRow>(
      `SELECT ${COLUMNS} FROM access.reads r ${conditions} ORDER BY r.at DESC, r.id DESC LIMIT $${values.length + 1}`,
      [...values, limit + 1],
    );
    const entries = rows.slice(0, limit).map(entryOf);
    const last = entries.at(-1);
    return { entries, ...(rows.length > limit && last && { next: { at: last.at, id: last.id } }) };
  }

  /**
   * Entries by which somebody's data was opened, in pages of their places.
   * @param from instant, inclusive
   * @param until instant, exclusive
   */
  async *uses(from: string, until: string): AsyncGenerator<readonly AccessLogPlace[]> {
    let after: AccessLogPlace | undefined;
    do {
      const { rows } = await this.pool.query<AccessLogPlace>(
        `SELECT id, to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at FROM access.reads r
         WHERE r.at >= $1 AND r.at < $2 AND cardinality(person_ids) > 0
           AND ($3::timestamptz IS NULL OR (r.at, r.id) > ($3, $4::uuid))
         ORDER BY r.at, r.id LIMIT ${PLACES}`,
        [after?.at ?? from, until, after?.at ?? null, after?.id ?? null],
      );
      yield rows;
      after = rows.length < PLACES ? undefined : rows.at(-1);
    } while (after !== undefined);
  }

  /** The entry at a place. */
  async at({ at, id }: AccessLogPlace): Promise<AccessLogEntry | undefined> {
    const { rows } = await this.pool.query<EntryRow>(
      `SELECT ${COLUMNS} FROM access.reads r WHERE r.at = $1::timestamptz AND r.id = $2`,
      [at, id],
    );
    return rows[0] && entryOf(rows[0]);
  }

  /** All entries, the latest first, in pages. What is written meanwhile is later than the first, and not among them. */
  async *pages(question: AccessLogQuestion): AsyncGenerator<readonly AccessLogEntry[]> {
    let before: AccessLogPlace | undefined;
    do {
      const page = await this.page(question, CHUNK, before);
      yield page.entries;
      before = page.next;
    } while (before !== undefined);
  }
}

interface EntryRow {
  id: string;
  at: string;
  account: string | null;
  actor: string;
  route: string;
  view: string;
  fields: string[];
  person_ids: string[];
  reason: string | null;
  correlation_id: string;
  about: string | null;
}

function entryOf({ account, person_ids, reason, correlation_id, about, ...row }: EntryRow): AccessLogEntry {
  return {
    ...row,
    ...(account !== null && { accountId: account }),
    personIds: person_ids,
    ...(reason !== null && { reason }),
    correlationId: correlation_id,
    ...(about !== null && { aboutId: about }),
  };
}

function conditionsOf(
  { personId, actor, accountId, route, view, aboutId, from, until }: AccessLogQuestion,
  before: AccessLogPlace | undefined,
): { readonly conditions: string; readonly values: readonly string[] } {
  const asked: readonly (readonly [string, ...(string | undefined)[]])[] = [
    ['r.person_ids @> ARRAY[?]', personId],
    ['r.actor = ?', actor],
    ['r.account = ?::uuid', accountId],
    ['r.route = ?', route],
    ['r.view = ?', view],
    [`r.about = 'account:' || ?`, aboutId],
    ['r.at >= ?::timestamptz', from],
    ['r.at < ?::timestamptz', until],
    // On its own too, so that later months are not looked into.
    ['r.at <= ?::timestamptz', before?.at],
    ['(r.at, r.id) < (?::timestamptz, ?::uuid)', before?.at, before?.id],
  ];
  const values: string[] = [];
  const texts = asked.flatMap(([text, ...given]) => {
    const known = given.filter((value) => value !== undefined);
    if (known.length === 0) return [];
    return [known.reduce((sql, value) => sql.replace('?', `$${values.push(value)}`), text)];
  });
  return { conditions: texts.length === 0 ? '' : `WHERE ${texts.join(' AND ')}`, values };
}
