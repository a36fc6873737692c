import { createHash, randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { DatabaseError, Pool } from 'pg';
import { AccessUnavailable } from './access-denied';
import { inPartition } from './acts';
import { ACCESS_POOL } from './config';
import type { Principal } from './principal';

/** One page, reveal or chunk of an export: who opened whose data, where, and why. */
export interface ReadEntry {
  readonly principal: Pick<Principal, 'accountId' | 'actor'>;
  /** Method and route pattern, never a concrete URL. */
  readonly route: string;
  /** What was opened (`alumni-roster`). */
  readonly view: string;
  /** Names of fields, never values. */
  readonly fields: readonly string[];
  readonly personIds: readonly string[];
  readonly reason?: string;
  readonly correlationId: string;
}

/** Count and digest of the entries of a time span, for the ledger. */
export interface ReadsDigest {
  readonly entries: number;
  /** Hex. */
  readonly sha256: string;
}

const PAGE = 1000;

/** The access log: append-only, outside the ledger, anchored in it by hourly digests. */
@Injectable()
export class AccessLog {
  private readonly logger = new Logger('AccessLog');

  constructor(@Inject(ACCESS_POOL) private readonly pool: Pool) {}

  /**
   * Writes one entry; when it returns, the entry is committed.
   * @returns the entry's id
   * @throws AccessUnavailable 503 `access-log-unavailable`: then the data must not leave
   */
  async record(entry: ReadEntry): Promise<string> {
    const id = randomUUID();
    await this.write(() => this.insert(id, entry));
    return id;
  }

  /**
   * Notes a sign-in or a token that was refused: nobody is known to have made it.
   * @param why a code, never a value from the request
   * @param client tag of the address, as the program's log has it
   */
  async recordFailure(why: string, client: string, correlationId: string): Promise<void> {
    await this.write(() =>
      this.pool.query(
        `INSERT INTO access.reads (id, actor, route, view, fields, person_ids, reason, correlation_id)
         VALUES ($1, 'system:sign-in', 'accounts', 'sign-in-failed', $2, '{}', $3, $4)`,
        [randomUUID(), [`client:${client}`], why, correlationId],
      ),
    );
  }

  /** @throws AccessUnavailable */
  private async write(insert: () => Promise<unknown>): Promise<void> {
    try {
      await inPartition(this.pool, insert);
    } catch (cause) {
      // The code alone: an error's detail may quote the row.
      this.logger.error({
        event: 'access-log-unavailable',
        code: (cause as DatabaseError).code ?? 'no-code',
      });
      throw new AccessUnavailable('access-log-unavailable');
    }
  }

  private async insert(id: string, entry: ReadEntry): Promise<void> {
    await this.pool.query(
      `INSERT INTO access.reads (id, account, actor, route, view, fields, person_ids, reason, correlation_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        id,
        entry.principal.accountId,
        entry.principal.actor,
        entry.route,
        entry.view,
        entry.fields,
        entry.personIds,
        entry.reason ?? null,
        entry.correlationId,
      ],
    );
  }

  /**
   * Count and SHA-256 of the entries with `from ≤ at < to`, in order of (time, id): one line of JSON each,
   * an array `[id, at, account, actor, route, view, fields, personIds, reason, correlationId]` with `at` in
   * microseconds UTC; of an act, whom it is about as an eleventh. Each line holds a random id, so that the digest, which stands in clear in the ledger,
   * gives nobody a way to try values.
   *
   * @param to an instant of the database's past; entries still being written at it are waited for
   * @throws RangeError when `to` has not passed or precedes `from`
   */
  async digestReads(from: Date, to: Date): Promise<ReadsDigest> {
    const { rows } = await this.pool.query<{ now: Date }>('SELECT access.settle_reads() AS now');
    if (to > rows[0]!.now || to < from) throw new RangeError('a digest covers a time span that has passed');
    const hash = createHash('sha256');
    let entries = 0;
    let after: { at: string; id: string } | undefined;
    for (;;) {
      const page = await this.page(from, to, after);
      for (const row of page) {
        hash.update(
          JSON.stringify([
            row.id,
            row.at,
            row.account,
            row.actor,
            row.route,
            row.view,
            row.fields,
            row.person_ids,
            row.reason,
            row.correlation_id,
            ...(row.about === null ? [] : [row.about]),
          ]) + '\n',
        );
      }
      entries += page.length;
      if (page.length < PAGE) return { entries, sha256: hash.digest('hex') };
      after = page.at(-1)!;
    }
  }

  private async page(
    from: Date,
    to: Date,
    after: { at: string; id: string } | undefined,
  ): Promise<ReadRow[]> {
    const { rows } = await this.pool.query<ReadRow>(
      `SELECT id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, account, actor, route,
         view, fields, person_ids, reason, correlation_id, about
       FROM access.reads r
       WHERE r.at >= $1 AND r.at < $2 AND ($3::timestamptz IS NULL OR (r.at, r.id) > ($3, $4::uuid))
       ORDER BY r.at, r.id LIMIT ${PAGE}`,
      [from, to, after?.at ?? null, after?.id ?? null],
    );
    return rows;
  }
}

interface ReadRow {
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
