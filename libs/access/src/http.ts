import type { Principal } from './principal';
import type { ReadsCollector } from './reads';

/** What this room uses of a Fastify request. */
export interface HttpRequest {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  /** Address of the client, behind trusted proxies as Fastify's `trustProxy` has it. */
  readonly ip: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly query?: unknown;
  readonly routeOptions?: { readonly url?: string | undefined };
  /** Set by the guard. */
  enishiPrincipal?: Principal;
  /** Set by `readsOf`. */
  enishiReads?: ReadsCollector;
}

/** What this room uses of a Fastify reply. */
export interface HttpReply {
  status(code: number): HttpReply;
  header(name: string, value: string): HttpReply;
  type(contentType: string): HttpReply;
  redirect(url: string, code?: number): HttpReply;
  send(body?: unknown): HttpReply;
}

/** A header's single value; a repeated one counts as absent, because which of them was meant is a guess. */
export function headerOf(request: HttpRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** A query parameter's single value. */
export function queryOf(request: HttpRequest, name: string): string | undefined {
  const value = (request.query as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}

/** Method and route pattern (`GET /v1/alumni/:id`), never the concrete URL. */
export function routeOf(request: HttpRequest): string {
  return `${request.method} ${request.routeOptions?.url ?? '(unknown)'}`;
}
