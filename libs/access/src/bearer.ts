import { Inject, Injectable } from '@nestjs/common';
import { AccessUnavailable } from './access-denied';
import { ACCESS_CONFIG, type AccessConfig } from './config';
import { OidcIssuer } from './oidc-issuer';

const loadJose = () => import('jose');
type Jose = Awaited<ReturnType<typeof loadJose>>;

/** Signatures only: no `none`, and no HMAC, whose key would be a public one. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const CLOCK_TOLERANCE_SECONDS = 30;

/** JWT access tokens of the issuer, for people's programs (RFC 9068 where the issuer follows it). */
@Injectable()
export class BearerTokens {
  private keys: Promise<{ jose: Jose; jwks: ReturnType<Jose['createRemoteJWKSet']> }> | undefined;

  constructor(
    @Inject(ACCESS_CONFIG) private readonly config: AccessConfig,
    private readonly issuer: OidcIssuer,
  ) {}

  /**
   * The subject of a token that is genuine, meant for this API and in force.
   * @throws AccessUnavailable when the issuer's keys cannot be had
   */
  async subjectOf(token: string): Promise<string | undefined> {
    const { audience, issuer } = this.config.oidc;
    if (audience === undefined) return undefined;
    const { jose, jwks } = await this.loaded();
    try {
      const { payload, protectedHeader } = await jose.jwtVerify(token, jwks, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ['sub', 'exp', 'iat'],
      });
      return isAccessToken(protectedHeader.typ, payload) ? payload.sub : undefined;
    } catch (error) {
      // jose's own errors speak of the token, apart from these two, which speak of fetching the keys.
      const aboutToken =
        error instanceof jose.errors.JOSEError &&
        !(error instanceof jose.errors.JWKSTimeout) &&
        error.code !== 'ERR_JOSE_GENERIC';
      if (aboutToken) return undefined;
      throw new AccessUnavailable('identity-provider-unavailable', { cause: error });
    }
  }

  private async loaded() {
    this.keys ??= this.load();
    try {
      return await this.keys;
    } catch (error) {
      this.keys = undefined;
      throw error;
    }
  }

  private async load() {
    const jose = await loadJose();
    return { jose, jwks: jose.createRemoteJWKSet(await this.issuer.jwksUri(), { timeoutDuration: 5000 }) };
  }
}

/** An ID token or a logout token has the right issuer too, and at some issuers the same audience. */
function isAccessToken(typ: string | undefined, claims: Readonly<Record<string, unknown>>): boolean {
  const kind = typ?.toLowerCase().replace(/^application\//, '');
  if (kind === 'at+jwt') return true;
  if (kind !== undefined && kind !== 'jwt') return false;
  return ['nonce', 'at_hash', 'c_hash', 'events'].every((claim) => claims[claim] === undefined);
}
