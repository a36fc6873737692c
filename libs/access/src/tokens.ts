import { randomUUID, timingSafeEqual } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { AccessOrderRefused } from './access-denied';
import { inPartition, noting } from './acts';
import { ACCESS_POOL } from './config';
import { GRANT_COLUMNS, GRANT_VALID, grantsIn, type GrantRow } from './grant-rows';
import type { ValidGrant } from './principal';
import { hashOf, randomSecret } from './secrets';

/** Begins every machine token, so that a secret scanner finds one that leaked. */
export const TOKEN_PREFIX = 'enishi_';
const LONGEST_DAYS = 366;

/** A token as it may be shown: never the secret. */
export interface TokenRecord {
  readonly id: string;
  readonly accountId: string;
  readonly validUntil: Date;
  readonly revokedAt?: Date;
  readonly lastUsed?: Date;
}

/** Tokens of machine accounts. Usable without Nest: `new Tokens(pool)`. */
@Injectable()
export class Tokens {
  /** Checks that have not asked the database yet, and those that have, by hash. */
  private readonly waiting = new Map<string, Promise<VerifiedToken | undefined>>();
  private readonly underWay = new Map<string, Promise<VerifiedToken | undefined>>();

  constructor(@Inject(ACCESS_POOL) private readonly pool: Pool) {}

  /**
   * Makes a token for a machine account.
   * @returns the secret, which cannot be had again
   * @throws AccessOrderRefused `account-not-found`, `not-a-machine` (a person's deeds carry the person's name),
   *   `token-too-long-lived` (more than 366 days), `token-already-ended`, `token-shown-once` (409: there is one of
   *   this id, and its secret is gone)
   */
  async createToken(
    accountId: string,
    validUntil: Date,
    by: string,
    id: string = randomUUID(),
  ): Promise<{ readonly id: string; readonly token: string }> {
    const days = (validUntil.getTime() - Date.now()) / 86_400_000;
    if (!(days > 0)) throw new AccessOrderRefused(422, 'token-already-ended');
    if (days > LONGEST_DAYS) throw new AccessOrderRefused(422, 'token-too-long-lived');
    const { rows } = await this.pool.query<{ kind: string }>(
      'SELECT kind FROM access.accounts WHERE id = $1',
      [accountId],
    );
    if (rows[0] === undefined) throw new AccessOrderRefused(404, 'account-not-found');
    if (rows[0].kind !== 'machine') throw new AccessOrderRefused(422, 'not-a-machine');
    const token = TOKEN_PREFIX + randomSecret();
    const insert = noting(
      'token-made',
      '$5',
      `INSERT INTO access.tokens (id, account, sha256, valid_until, created_by) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (id) DO NOTHING RETURNING account, ARRAY['token:' || id] AS facts`,
    );
    const values = [id, accountId, hashOf(token), validUntil, by];
    const { rowCount } = await inPartition(this.pool, () => this.pool.query(insert, values));
    if (!rowCount) throw tokenShownOnce(id);
    return { id, token };
  }

  /** Ends a token at once; a repeat changes nothing. @throws AccessOrderRefused `token-not-found` */
  async revokeToken(tokenId: string, by: string): Promise<void> {
    const { rowCount } = await this.pool.query('SELECT FROM access.tokens WHERE id = $1', [tokenId]);
    if (!rowCount) throw new AccessOrderRefused(404, 'token-not-found');
    const end = noting(
      'token-ended',
      '$2',
      `UPDATE access.tokens SET revoked_at = clock_timestamp(), revoked_by = $2
       WHERE id = $1 AND revoked_at IS NULL RETURNING account, ARRAY['token:' || id] AS facts`,
    );
    await inPartition(this.pool, () => this.pool.query(end, [tokenId, by]));
  }

  /** Every token, newest first. */
  async listTokens(): Promise<readonly TokenRecord[]> {
    const { rows } = await this.pool.query<TokenRow>(
      'SELECT id, account, valid_until, revoked_at, last_used FROM access.tokens ORDER BY created_at DESC, id',
    );
    return rows.map((row) => ({
      id: row.id,
      accountId: row.account,
      validUntil: row.valid_until,
      ...(row.revoked_at && { revokedAt: row.revoked_at }),
      ...(row.last_used && { lastUsed: row.last_used }),
    }));
  }

  /**
   * A token that is valid now, with what its account may do. Requests with the same token that wait at the same
   * time share one query, which begins after all of them came: a token that was ended before a request came is
   * never let through.
   */
  verify(token: string): Promise<VerifiedToken | undefined> {
    const hash = hashOf(token);
    const key = hash.toString('base64');
    const waiting = this.waiting.get(key);
    if (waiting !== undefined) return waiting;
    // One under way began too early for this request. Where there is none, the requests of the same turn join.
    const before = this.underWay.get(key)?.catch(() => undefined) ?? nextTurn();
    const check = before.then(() => this.findNow(key, hash));
    this.waiting.set(key, check);
    return check;
  }

  /** From here on nobody joins. */
  private async findNow(key: string, hash: Buffer): Promise<VerifiedToken | undefined> {
    const found = this.find(hash);
    this.waiting.delete(key);
    this.underWay.set(key, found);
    try {
      return await found;
    } finally {
      if (this.underWay.get(key) === found) this.underWay.delete(key);
    }
  }

  private async find(hash: Buffer): Promise<VerifiedToken | undefined> {
    const { rows } = await this.pool.query<VerifiedRow>({
      name: 'access-token',
      text: `SELECT t.id, t.account, t.sha256, ${GRANT_COLUMNS},
         t.last_used IS NULL OR t.last_used < clock_timestamp() - interval '1 minute' AS stale
       FROM access.tokens t LEFT JOIN access.grants g ON g.account = t.account AND ${GRANT_VALID}
       WHERE t.sha256 = $1 AND t.revoked_at IS NULL AND t.valid_until > clock_timestamp()
       ORDER BY g.granted_at, g.id`,
      values: [hash],
    });
    const found = rows[0];
    // The index compares hashes, not secrets; this comparison does not depend on how it does so.
    if (found === undefined || !timingSafeEqual(found.sha256, hash)) return undefined;
    // Once a minute at most: a request must not cost a write.
    if (found.stale) {
      await this.pool.query(
        `WITH used AS (
           UPDATE access.tokens SET last_used = clock_timestamp()
           WHERE id = $1 AND (last_used IS NULL OR last_used < clock_timestamp() - interval '1 minute')
           RETURNING account)
         UPDATE access.accounts a SET last_used = clock_timestamp() FROM used WHERE a.id = used.account`,
        [found.id],
      );
    }
    return { id: found.id, accountId: found.account, grants: grantsIn(rows) };
  }
}

/** A token's account and what it may do. */
interface VerifiedToken {
  readonly id: string;
  readonly accountId: string;
  readonly grants: readonly ValidGrant[];
}

/** The secret of a token was in one answer only; whoever did not get it ends that token and makes another. */
export function tokenShownOnce(tokenId: string): AccessOrderRefused {
  return new AccessOrderRefused(409, 'token-shown-once', { tokenId });
}

interface VerifiedRow extends GrantRow {
  id: string;
  account: string;
  sha256: Buffer;
  stale: boolean;
}

interface TokenRow {
  id: string;
  account: string;
  valid_until: Date;
  revoked_at: Date | null;
  last_used: Date | null;
}
