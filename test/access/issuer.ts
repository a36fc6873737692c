import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Claims of a token, right or wrong. */
export type Claims = Record<string, unknown>;
type SigningKey = Awaited<
  ReturnType<typeof import('jose', { with: { 'resolution-mode': 'import' } }).generateKeyPair>
>['privateKey'];

/** An issuer that signs whatever a test wants it to, wrong things above all. */
export interface FakeIssuer {
  readonly issuer: string;
  /** What the token endpoint answers next as ID token; gets the claims a right one would have. */
  idToken: (claims: Claims) => Promise<string>;
  /** Signs with the issuer's own key unless told otherwise. */
  sign(claims: Claims, header?: { alg?: string; typ?: string; key?: SigningKey }): Promise<string>;
  unsigned(claims: Claims): string;
  /** The nonce of the sign-in under way, as the browser carried it. */
  nonce: string;
  /** The last code verifier the token endpoint was given. */
  verifier: string | undefined;
  foreignKey: SigningKey;
  close(): Promise<void>;
}

export async function startIssuer(clientId: string): Promise<FakeIssuer> {
  const { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } = await import('jose');
  const own = await generateKeyPair('RS256', { extractable: true });
  const foreign = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' };
  const now = () => Math.floor(Date.now() / 1000);

  const server: Server = createServer((request, response) => {
    void (async () => {
      const send = (body: unknown) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      };
      if (request.url?.startsWith('/.well-known/')) {
        return send({
          issuer: fake.issuer,
          authorization_endpoint: `${fake.issuer}/authorize`,
          token_endpoint: `${fake.issuer}/token`,
          jwks_uri: `${fake.issuer}/jwks`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          end_session_endpoint: `${fake.issuer}/end`,
        });
      }
      if (request.url === '/jwks') return send({ keys: [jwk] });
      let body = '';
      for await (const chunk of request) body += String(chunk);
      fake.verifier = new URLSearchParams(body).get('code_verifier') ?? undefined;
      const claims = {
        iss: fake.issuer,
        aud: clientId,
        sub: 'somebody',
        iat: now(),
        exp: now() + 300,
        nonce: fake.nonce,
        name: '秘密 太郎',
      };
      send({ access_token: 'a', token_type: 'Bearer', id_token: await fake.idToken(claims) });
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const fake: FakeIssuer = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    idToken: (claims) => fake.sign(claims),
    sign: (claims, header = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: header.alg ?? 'RS256', kid: 'k1', ...(header.typ && { typ: header.typ }) })
        .sign(header.key ?? own.privateKey),
    unsigned: (claims) => new UnsecuredJWT(claims).encode(),
    nonce: '',
    verifier: undefined,
    foreignKey: foreign.privateKey,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
  return fake;
}
