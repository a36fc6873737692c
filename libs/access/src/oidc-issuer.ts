import { Inject, Injectable } from '@nestjs/common';
import { AccessDenied, AccessUnavailable } from './access-denied';
import { ACCESS_CONFIG, isLoopback, type AccessConfig } from './config';
import { randomSecret } from './secrets';

// Both packages are ESM only and this build is CommonJS: loaded by import(), when first needed.
const loadClient = () => import('openid-client');
type OidcClient = Awaited<ReturnType<typeof loadClient>>;
type Discovered = { client: OidcClient; configuration: Awaited<ReturnType<OidcClient['discovery']>> };

/** What must be kept between leaving for the identity provider and coming back. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Whom the identity provider says it was. */
export interface IssuerIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly name?: string;
  readonly idToken: string;
}

/** Our side of OpenID Connect: authorization code with PKCE, state and nonce, always. */
@Injectable()
export class OidcIssuer {
  private found: Promise<Discovered> | undefined;

  constructor(@Inject(ACCESS_CONFIG) private readonly config: AccessConfig) {}

  /** Where to send the browser, and what to keep meanwhile. @throws AccessUnavailable */
  async begin(): Promise<{ readonly url: string; readonly pending: PendingSignIn }> {
    const { client, configuration } = await this.discovered();
    const pending = {
      state: randomSecret(),
      nonce: randomSecret(),
      verifier: client.randomPKCECodeVerifier(),
    };
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.callbackUrl,
      scope: this.config.oidc.scopes.join(' '),
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
      // In development one changes persons often; elsewhere single sign-on is what people expect.
      ...(this.config.mode === 'development' && { prompt: 'login' }),
    });
    return { url: url.href, pending };
  }

  /**
   * Exchanges the code that came back and checks the ID token: signature, issuer, audience, times, nonce.
   * @param query the callback's query string
   * @throws AccessDenied 401 `sign-in-failed`; AccessUnavailable when the provider does not answer
   */
  async complete(query: URLSearchParams, pending: PendingSignIn): Promise<IssuerIdentity> {
    const { client, configuration } = await this.discovered();
    const current = new URL(`${this.callbackUrl}?${query.toString()}`);
    try {
      const tokens = await client.authorizationCodeGrant(configuration, current, {
        expectedState: pending.state,
        expectedNonce: pending.nonce,
        pkceCodeVerifier: pending.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims()!;
      return {
        issuer: claims.iss,
        subject: claims.sub,
        ...(typeof claims['name'] === 'string' && { name: claims['name'] }),
        idToken: tokens.id_token!,
      };
    } catch (error) {
      if (isUnreachable(error))
        throw new AccessUnavailable('identity-provider-unavailable', { cause: error });
      // The cause may quote the provider's answer: it goes no further.
      throw new AccessDenied(401, 'sign-in-failed');
    }
  }

  /** Where to go after our session has ended, so that the provider's ends too. */
  async afterSignOut(idToken: string | undefined): Promise<string> {
    if (this.config.mode === 'development') return '/';
    try {
      const { client, configuration } = await this.discovered();
      if (!configuration.serverMetadata().end_session_endpoint) return '/';
      return client.buildEndSessionUrl(configuration, {
        post_logout_redirect_uri: new URL('/', this.config.publicUrl).href,
        ...(idToken !== undefined && { id_token_hint: idToken }),
      }).href;
    } catch {
      // Signing out here must work with the provider down.
      return '/';
    }
  }

  /** Where the issuer publishes its keys. @throws AccessUnavailable */
  async jwksUri(): Promise<URL> {
    const uri = (await this.discovered()).configuration.serverMetadata().jwks_uri;
    if (uri === undefined) throw new AccessUnavailable('identity-provider-unavailable');
    return new URL(uri);
  }

  private get callbackUrl(): string {
    return new URL('/auth/callback', this.config.publicUrl).href;
  }

  private async discovered(): Promise<Discovered> {
    this.found ??= this.discover();
    try {
      return await this.found;
    } catch (error) {
      // The next request tries again.
      this.found = undefined;
      throw new AccessUnavailable('identity-provider-unavailable', { cause: error });
    }
  }

  private async discover(): Promise<Discovered> {
    const client = await loadClient();
    const { issuer, clientId, clientSecret } = this.config.oidc;
    const extensions = [client.enableNonRepudiationChecks];
    // Plain http is for a provider on this machine alone.
    if (isLoopback(issuer)) extensions.push(client.allowInsecureRequests);
    const configuration = await client.discovery(
      new URL(issuer),
      clientId,
      {},
      clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret),
      { execute: extensions, timeout: 10 },
    );
    return { client, configuration };
  }
}

/** fetch's TypeError and time-outs; everything else is an answer that was wrong. */
function isUnreachable(error: unknown): boolean {
  const causes = [error, (error as Error | undefined)?.cause];
  return causes.some(
    (cause) =>
      (cause instanceof Error && cause.name === 'TimeoutError') ||
      (cause instanceof TypeError && cause.message === 'fetch failed'),
  );
}
