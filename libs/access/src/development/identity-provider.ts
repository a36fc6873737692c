import type { IncomingMessage, ServerResponse } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import type { Provider, ProviderContext } from 'oidc-provider';
import type { Pool } from 'pg';
import type { AccessConfig } from '../config';
import { PAGE_HEADERS } from '../pages';
import { developmentKeys } from './keys';
import { MemoryAdapter } from './memory-adapter';
import { DEVELOPMENT_PEOPLE, seedDevelopmentPeople } from './people';
import { developmentProblemPage, developmentSignInPage } from './sign-in-page';

const MOUNT = '/dev-idp';
const LONGEST_FORM = 10_000;

/**
 * Mounts an OpenID provider without passwords at `/dev-idp` of the same server and seeds its people. It runs
 * as Fastify middleware (`@fastify/middie`, which Nest registers), before any route and before body parsing, and is made at
 * the first request to it.
 *
 * @param app before `app.init()` and `app.listen()`
 * @param pool the serving role's pool; `migrateAccess` has run
 * @throws Error outside development, or when the issuer is not this server's `/dev-idp`
 */
export async function mountDevelopmentIdentityProvider(
  app: INestApplication,
  config: AccessConfig,
  pool: Pool,
): Promise<void> {
  if (config.mode !== 'development')
    throw new Error('the development identity provider runs in development only');
  if (new URL(config.oidc.issuer).pathname !== MOUNT) throw new Error(`the issuer must end in ${MOUNT}`);
  await seedDevelopmentPeople(pool, config.oidc.issuer);
  let made: Promise<Provider> | undefined;
  app.use(MOUNT, (request: IncomingMessage, response: ServerResponse) => {
    // Made for whoever signs in first: the command line never does, and its key takes as long as half a start.
    made ??= createProvider(config).catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    made
      .then((provider) => answer(provider, request, response))
      .catch(() => problem(response, 'server_error'));
  });
}

function answer(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const interaction = /^\/interaction\/([\w-]{1,64})$/.exec(request.url ?? '');
  if (interaction) return interact(provider, request, response, interaction[1]!);
  return provider.callback()(request, response);
}

async function interact(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
  uid: string,
): Promise<void> {
  try {
    const details = await provider.interactionDetails(request, response);
    if (details.uid !== uid) return problem(response, 'invalid_request');
  } catch {
    // Its cookie is missing or its time is over.
    return problem(response, 'invalid_request');
  }
  if (request.method === 'GET') return sendPage(response, 200, developmentSignInPage(uid));
  if (request.method !== 'POST') return problem(response, 'invalid_request');
  const subject = new URLSearchParams(await bodyOf(request)).get('subject');
  if (!DEVELOPMENT_PEOPLE.some((person) => person.subject === subject))
    return problem(response, 'invalid_request');
  await provider.interactionFinished(request, response, { login: { accountId: subject, remember: false } });
}

async function createProvider(config: AccessConfig): Promise<Provider> {
  const { Provider } = await loadQuietly();
  const { jwks, cookieKeys } = await developmentKeys(config.home);
  const scopes = config.oidc.scopes.join(' ');
  const provider: Provider = new Provider(config.oidc.issuer, {
    adapter: MemoryAdapter,
    clients: [
      {
        client_id: config.oidc.clientId,
        application_type: 'web',
        redirect_uris: [new URL('/auth/callback', config.publicUrl).href],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        ...(config.oidc.clientSecret === undefined
          ? { token_endpoint_auth_method: 'none' }
          : { client_secret: config.oidc.clientSecret, token_endpoint_auth_method: 'client_secret_basic' }),
      },
    ],
    jwks,
    cookies: { keys: cookieKeys, short: { path: '/' }, long: { path: '/' } },
    scopes: ['openid', 'profile'],
    claims: { openid: ['sub'], profile: ['name'] },
    // So that the name comes with the ID token and nobody needs the userinfo endpoint.
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
    },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 3600,
      IdToken: 600,
      Interaction: 1800,
      Session: 3600,
    },
    interactions: {
      url: (_: unknown, interaction: { uid: string }) => `${MOUNT}/interaction/${interaction.uid}`,
    },
    findAccount: (_: unknown, subject: string) => {
      const person = DEVELOPMENT_PEOPLE.find((one) => one.subject === subject);
      return person && { accountId: subject, claims: () => ({ sub: subject, name: person.name }) };
    },
    // Our own client needs no consent page.
    loadExistingGrant: async ({ oidc }: ProviderContext) => {
      const clientId = oidc.client?.clientId;
      const accountId = oidc.session?.accountId;
      if (clientId === undefined || accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId, accountId });
      grant.addOIDCScope(scopes);
      await grant.save();
      return grant;
    },
    renderError: (context: ProviderContext, out: { error: string }) => {
      for (const [name, value] of Object.entries(PAGE_HEADERS)) context.set(name, value);
      context.type = 'html';
      context.body = developmentProblemPage(out.error);
    },
  });
  return provider;
}

/** Imports `oidc-provider` without its remark about Node 20, on which it works and is tested here. */
async function loadQuietly(): Promise<typeof import('oidc-provider')> {
  const warn = console.warn;
  console.warn = (...values: unknown[]) => {
    if (!String(values[0]).includes('oidc-provider WARNING: Unsupported runtime')) warn(...values);
  };
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) {
    body += chunk as string;
    if (body.length > LONGEST_FORM) throw new Error('form too long');
  }
  return body;
}

function problem(response: ServerResponse, code: string): void {
  if (!response.headersSent) sendPage(response, 400, developmentProblemPage(code));
}

function sendPage(response: ServerResponse, status: number, html: string): void {
  response.writeHead(status, { ...PAGE_HEADERS, 'content-type': 'text/html; charset=utf-8' }).end(html);
}
