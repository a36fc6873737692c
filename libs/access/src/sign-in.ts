import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { AccessDenied } from './access-denied';
import { Accounts } from './accounts';
import { ACCESS_POOL } from './config';
import { OidcIssuer } from './oidc-issuer';
import { safeReturnPath } from './return-path';
import { hashOf, randomSecret } from './secrets';
import { Sessions } from './sessions';

/** Seconds a person has between leaving for the identity provider and coming back. */
export const SIGN_IN_SECONDS = 600;

/** The two halves of a sign-in. Between them, what must not reach the browser lies in `access.sign_ins`. */
@Injectable()
export class SignIn {
  constructor(
    @Inject(ACCESS_POOL) private readonly pool: Pool,
    private readonly issuer: OidcIssuer,
    private readonly accounts: Accounts,
    private readonly sessions: Sessions,
  ) {}

  /**
   * Begins a sign-in.
   * @param browser the browser cookie, if there is one: several tabs may sign in at once
   * @param wanted the path to return to
   */
  async begin(
    browser: string | undefined,
    wanted: string | undefined,
  ): Promise<{ readonly url: string; readonly browser: string }> {
    const { url, pending } = await this.issuer.begin();
    const secret = browser ?? randomSecret();
    await this.pool.query(
      `INSERT INTO access.sign_ins (state_sha256, browser_sha256, nonce, verifier, return_path, expires_at)
       VALUES ($1, $2, $3, $4, $5, clock_timestamp() + make_interval(secs => $6))`,
      [
        hashOf(pending.state),
        hashOf(secret),
        pending.nonce,
        pending.verifier,
        safeReturnPath(wanted),
        SIGN_IN_SECONDS,
      ],
    );
    return { url, browser: secret };
  }

  /**
   * Completes it: the state must be one this browser was given, within its time, and once only.
   * @returns the new session's secret and where to go
   * @throws AccessDenied 401 `sign-in-failed`, 403 `account-unknown`
   */
  async complete(
    browser: string | undefined,
    query: URLSearchParams,
  ): Promise<{ readonly session: string; readonly returnPath: string }> {
    const state = query.get('state');
    if (browser === undefined || state === null) throw new AccessDenied(401, 'sign-in-failed');
    const { rows } = await this.pool.query<{ nonce: string; verifier: string; return_path: string }>(
      `DELETE FROM access.sign_ins
       WHERE state_sha256 = $1 AND browser_sha256 = $2 AND expires_at > clock_timestamp()
       RETURNING nonce, verifier, return_path`,
      [hashOf(state), hashOf(browser)],
    );
    const begun = rows[0];
    if (begun === undefined) throw new AccessDenied(401, 'sign-in-failed');

    const identity = await this.issuer.complete(query, {
      state,
      nonce: begun.nonce,
      verifier: begun.verifier,
    });
    const account = await this.accounts.find(identity.issuer, identity.subject);
    if (account === undefined || (await this.accounts.validGrantsOf(account.id)).length === 0) {
      throw new AccessDenied(403, 'account-unknown');
    }
    const session = await this.sessions.begin(account.id, {
      ...(identity.name !== undefined && { name: identity.name }),
      idToken: identity.idToken,
    });
    return { session, returnPath: begun.return_path };
  }
}
