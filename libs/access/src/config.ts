/** The identity provider that people sign in with. */
export interface OidcSettings {
  /** Issuer identifier, exactly as the provider's discovery document states it. */
  readonly issuer: string;
  readonly clientId: string;
  /** Absent for a public client; the exchange is protected by PKCE either way. */
  readonly clientSecret?: string | undefined;
  /** `aud` of the issuer's JWT access tokens meant for this API. Absent: such tokens are not accepted. */
  readonly audience?: string | undefined;
  readonly scopes: readonly string[];
}

/** What the access room needs to know; the server reads it from its environment and passes it in. */
export interface AccessConfig {
  readonly mode: 'development' | 'production';
  /** Where people's browsers reach this server, without a path: `https://enishi.example.co.jp`. */
  readonly publicUrl: string;
  readonly oidc: OidcSettings;
  /** Data folder (`ENISHI_HOME`); used in development only, for keys and the token file. */
  readonly home: string;
  /** How long a sign-in lasts. */
  readonly session?: SessionTimes | undefined;
}

/** Seconds without a request after which a session ends, and seconds after which it ends in any case. */
export interface SessionTimes {
  readonly idleSeconds: number;
  readonly absoluteSeconds: number;
}

/** Ends after two hours at rest and after twelve hours in any case. */
export const SESSION_TIMES: SessionTimes = { idleSeconds: 2 * 3600, absoluteSeconds: 12 * 3600 };

/** Nest injection token of {@link AccessConfig}. */
export const ACCESS_CONFIG = Symbol('AccessConfig');
/** Nest injection token of the serving role's `pg` pool. */
export const ACCESS_POOL = Symbol('access pool');

/** The door to time, as the application has it. */
export interface Clock {
  /** RFC 3339, UTC. */
  now(): string;
}

/** Nest injection token of {@link Clock}. */
export const ACCESS_CLOCK = Symbol('access clock');

/** Whether a URL names this machine itself, where plain http reaches nobody else. */
export function isLoopback(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}
