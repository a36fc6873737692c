import { Inject, Injectable } from '@nestjs/common';
import { DatabaseError } from 'pg';
import { AccessDenied, AccessProblem, AccessUnavailable } from './access-denied';
import { AccessLog } from './access-log';
import { Accounts } from './accounts';
import { BearerTokens } from './bearer';
import { ACCESS_CONFIG, type AccessConfig } from './config';
import { Cookies } from './cookies';
import { Failures } from './failures';
import { headerOf, type HttpRequest } from './http';
import { principal, type Principal } from './principal';
import { csrfTokenOf, sameSecret } from './secrets';
import { Sessions } from './sessions';
import { TOKEN_PREFIX, Tokens } from './tokens';

/** The header in which a cookie session repeats its CSRF token. */
export const CSRF_HEADER = 'x-enishi-csrf';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Turns a request's credentials into a {@link Principal}. */
@Injectable()
export class Authentication {
  constructor(
    @Inject(ACCESS_CONFIG) private readonly config: AccessConfig,
    private readonly cookies: Cookies,
    private readonly sessions: Sessions,
    private readonly tokens: Tokens,
    private readonly bearers: BearerTokens,
    private readonly accounts: Accounts,
    private readonly failures: Failures,
    private readonly log: AccessLog,
  ) {}

  /**
   * Who makes the request. An `Authorization` header is taken before a cookie and needs no CSRF token, since
   * no browser adds it by itself.
   *
   * @throws AccessDenied 401 `not-signed-in`, 403 `csrf-token-missing`, `account-unknown`, 429
   * @throws AccessUnavailable when the database or the issuer does not answer
   */
  async authenticate(request: HttpRequest): Promise<Principal> {
    try {
      const authorization = headerOf(request, 'authorization');
      return authorization === undefined
        ? await this.bySession(request)
        : await this.byBearer(request, authorization);
    } catch (error) {
      if (error instanceof AccessProblem) throw error;
      // A wrong statement or a wrong program is a bug and stays one; anything else is a connection that failed.
      if (error instanceof TypeError || error instanceof RangeError) throw error;
      if (error instanceof DatabaseError && !/^(08|53|57)/.test(error.code ?? '')) throw error;
      throw new AccessUnavailable('access-database-unavailable', { cause: error });
    }
  }

  private async bySession(request: HttpRequest): Promise<Principal> {
    const secret = this.cookies.read(request, 'session');
    const found = secret && (await this.sessions.find(secret));
    // Not counted as a failure: every session ends one day.
    if (!secret || !found) throw new AccessDenied(401, 'not-signed-in');
    if (!SAFE_METHODS.has(request.method)) {
      const given = headerOf(request, CSRF_HEADER);
      if (given === undefined || !sameSecret(given, csrfTokenOf(secret))) {
        throw new AccessDenied(403, 'csrf-token-missing');
      }
    }
    const { accountId, grants } = found;
    return principal({ accountId, actor: `staff:${accountId}`, sessionKind: 'cookie' }, grants);
  }

  private async byBearer(request: HttpRequest, authorization: string): Promise<Principal> {
    const token = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization)?.[1];
    if (token?.startsWith(TOKEN_PREFIX)) {
      const found = await this.tokens.verify(token);
      if (found === undefined) throw await this.failed(request, 'token-not-valid');
      const { accountId, id, grants } = found;
      return principal({ accountId, actor: `token:${id}`, sessionKind: 'token' }, grants);
    }
    const subject = token && (await this.bearers.subjectOf(token));
    if (!subject) throw await this.failed(request, 'bearer-not-valid');
    const account = await this.accounts.find(this.config.oidc.issuer, subject);
    if (account === undefined) {
      await this.noted(request, 'account-unknown');
      throw new AccessDenied(403, 'account-unknown');
    }
    await this.accounts.used(account);
    return principal(
      { accountId: account.id, actor: `staff:${account.id}`, sessionKind: 'bearer' },
      await this.accounts.validGrantsOf(account.id),
    );
  }

  /** A good credential is never refused for its neighbours' failures; only failing answers turn into 429. */
  private async failed(request: HttpRequest, why: string): Promise<AccessDenied> {
    await this.noted(request, why);
    this.failures.check(request.ip);
    return new AccessDenied(401, 'not-signed-in');
  }

  private async noted(request: HttpRequest, why: string): Promise<void> {
    const client = this.failures.record(request.ip, why);
    if (client !== undefined) await this.log.recordFailure(why, client, request.id);
  }
}
