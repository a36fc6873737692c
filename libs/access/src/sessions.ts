import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { inPartition, noting } from './acts';
import { ACCESS_CONFIG, ACCESS_POOL, SESSION_TIMES, type AccessConfig, type SessionTimes } from './config';
import { GRANT_COLUMNS, GRANT_VALID, grantsIn, type GrantRow } from './grant-rows';
import type { ValidGrant } from './principal';
import { hashOf, openUnder, randomSecret, sealUnder } from './secrets';

/** What is kept of the person besides the account, sealed: for the page header and for signing out. */
export interface SessionProfile {
  readonly name?: string;
  readonly idToken?: string;
}

/** Sign-ins of people, in the database: they outlive a restart and end at once when removed. */
@Injectable()
export class Sessions {
  readonly times: SessionTimes;

  constructor(
    @Inject(ACCESS_POOL) private readonly pool: Pool,
    @Inject(ACCESS_CONFIG) config: AccessConfig,
  ) {
    this.times = config.session ?? SESSION_TIMES;
  }

  /** @returns the secret for the cookie; only its hash is stored */
  async begin(accountId: string, profile: SessionProfile): Promise<string> {
    const secret = randomSecret();
    const insert = noting(
      'signed-in',
      '$5',
      `INSERT INTO access.sessions (sha256, account, sealed, expires_at)
       VALUES ($1, $2, $3, clock_timestamp() + make_interval(secs => $4)) RETURNING account, '{}'::text[] AS facts`,
    );
    const sealed = sealUnder(secret, JSON.stringify(profile));
    const values = [hashOf(secret), accountId, sealed, this.times.absoluteSeconds, `staff:${accountId}`];
    await inPartition(this.pool, () => this.pool.query(insert, values));
    await this.pool.query('UPDATE access.accounts SET last_used = clock_timestamp() WHERE id = $1', [
      accountId,
    ]);
    return secret;
  }

  /**
   * The account of a session that is neither ended nor expired nor idle for too long, with what it may do.
   * One query: every request of a browser makes it.
   */
  async find(
    secret: string,
  ): Promise<{ readonly accountId: string; readonly grants: readonly ValidGrant[] } | undefined> {
    const hash = hashOf(secret);
    const { rows } = await this.pool.query<GrantRow & { account: string; stale: boolean }>(
      `SELECT s.account, s.last_seen < clock_timestamp() - interval '1 minute' AS stale, ${GRANT_COLUMNS}
       FROM access.sessions s LEFT JOIN access.grants g ON g.account = s.account AND ${GRANT_VALID}
       WHERE s.sha256 = $1 AND s.expires_at > clock_timestamp()
         AND s.last_seen > clock_timestamp() - make_interval(secs => $2)
       ORDER BY g.granted_at, g.id`,
      [hash, this.times.idleSeconds],
    );
    const found = rows[0];
    if (found === undefined) return undefined;
    // Once a minute at most: a request must not cost a write.
    if (found.stale) {
      await this.pool.query(
        `WITH seen AS (
           UPDATE access.sessions SET last_seen = clock_timestamp() WHERE sha256 = $1 RETURNING account)
         UPDATE access.accounts a SET last_used = clock_timestamp() FROM seen WHERE a.id = seen.account`,
        [hash],
      );
    }
    return { accountId: found.account, grants: grantsIn(rows) };
  }

  /** What was sealed when the session began; nothing where it has ended. */
  async profileOf(secret: string): Promise<SessionProfile> {
    const { rows } = await this.pool.query<{ sealed: Buffer }>(
      'SELECT sealed FROM access.sessions WHERE sha256 = $1',
      [hashOf(secret)],
    );
    return rows[0] === undefined ? {} : (JSON.parse(openUnder(secret, rows[0].sealed)) as SessionProfile);
  }

  /** Ends one session; nothing happens if it has ended. */
  async end(secret: string): Promise<void> {
    const end = noting(
      'signed-out',
      `(SELECT 'staff:' || account FROM done)`,
      `DELETE FROM access.sessions WHERE sha256 = $1 RETURNING account, '{}'::text[] AS facts`,
    );
    await inPartition(this.pool, () => this.pool.query(end, [hashOf(secret)]));
  }

  /** Ends every session of an account. */
  async endAllOf(accountId: string): Promise<void> {
    await this.pool.query('DELETE FROM access.sessions WHERE account = $1', [accountId]);
  }

  /** Removes what no longer opens anything: expired or idle sessions, sign-ins never completed. */
  async purge(): Promise<void> {
    await this.pool.query(
      `DELETE FROM access.sessions
       WHERE expires_at <= clock_timestamp() OR last_seen <= clock_timestamp() - make_interval(secs => $1)`,
      [this.times.idleSeconds],
    );
    await this.pool.query('DELETE FROM access.sign_ins WHERE expires_at <= clock_timestamp()');
  }
}
