/** Every code of {@link AccessDenied}. Stable: clients and message catalogues key on them. */
export type AccessDeniedCode =
  /** 401: no credentials, or an unknown, ended or revoked session or token. One code, so that nothing is told apart. */
  | 'not-signed-in'
  /** 401: the sign-in could not be completed (state, nonce, code or provider's refusal). */
  | 'sign-in-failed'
  /** 403: the person is who they say, but has no account with a valid grant here. */
  | 'account-unknown'
  /** 403: signed in, but no valid grant carries the permission the route requires. */
  | 'permission-missing'
  /** 403: a cookie session changed something without its `x-enishi-csrf` header. */
  | 'csrf-token-missing'
  /** 403: nobody changes their own grants. */
  | 'own-grant'
  /** 429: too many failed attempts from one address. */
  | 'too-many-attempts';

/**
 * Every error of this room that is meant as an answer. The problem filter maps `status` and `code`; where
 * there is none, Nest's own filter uses `statusCode`. The message says no more than the code.
 */
export abstract class AccessProblem extends Error {
  abstract readonly status: number;
  abstract readonly code: string;

  get statusCode(): number {
    return this.status;
  }
}

/** A request is refused because of who makes it. */
export class AccessDenied extends AccessProblem {
  override readonly name = 'AccessDenied';

  /**
   * @param status HTTP status of the answer
   * @param code what happened
   * @param retryAfterSeconds for 429: when another attempt makes sense
   */
  constructor(
    readonly status: 401 | 403 | 429,
    readonly code: AccessDeniedCode,
    readonly retryAfterSeconds?: number,
  ) {
    super(code);
  }
}

/** Every code of {@link AccessUnavailable}. */
export type AccessUnavailableCode =
  'access-log-unavailable' | 'access-database-unavailable' | 'identity-provider-unavailable';

/** Nothing is wrong with the request, but without this service it must not be answered: 503. */
export class AccessUnavailable extends AccessProblem {
  override readonly name = 'AccessUnavailable';
  readonly status = 503;

  constructor(
    readonly code: AccessUnavailableCode,
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}

/**
 * An administrative order that cannot be carried out as given: 404, 409 or 422 with a stable code.
 * `details` are ids only.
 */
export class AccessOrderRefused extends AccessProblem {
  override readonly name = 'AccessOrderRefused';

  constructor(
    readonly status: 404 | 409 | 422,
    readonly code: string,
    readonly details?: Readonly<Record<string, string>>,
  ) {
    super(code);
  }
}
