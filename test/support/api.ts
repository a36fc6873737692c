import type { TestServer } from './server';

/** An answer, read to its end. */
export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  /** Of JSON; otherwise an empty object. */
  readonly body: Body;
  readonly text: string;
  readonly bytes: Buffer;
}

/** What a request carries besides its body. */
export interface RequestOptions {
  /** Idempotency-Key. */
  readonly key?: string;
  /** The revision for If-Match. */
  readonly ifMatch?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

type Send = <Body = Record<string, unknown>>(
  path: string,
  body?: unknown,
  options?: RequestOptions,
) => Promise<Answer<Body>>;

/** A client of one server: bearer token, and what it wrote is in what it reads. */
export interface Api {
  get<Body = Record<string, unknown>>(path: string, options?: RequestOptions): Promise<Answer<Body>>;
  readonly post: Send;
  readonly put: Send;
  readonly patch: Send;
  readonly delete: Send;
  /** Any method and any body: a string or bytes go as they are, anything else as JSON. */
  send<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    options?: RequestOptions,
  ): Promise<Answer<Body>>;
  /** The greatest ledger position answered so far; sent as Enishi-Position with every request. */
  position(): string | undefined;
}

/** @param token another one than the server's development token; `null` for none */
export function api(server: Pick<TestServer, 'url' | 'token'>, token: string | null = server.token): Api {
  let position: string | undefined;

  async function send<Body>(
    method: string,
    path: string,
    body?: unknown,
    options: RequestOptions = {},
  ): Promise<Answer<Body>> {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(server.url + path, {
      method,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(position !== undefined && { 'enishi-position': position }),
        ...(options.key !== undefined && { 'idempotency-key': options.key }),
        ...(options.ifMatch !== undefined && { 'if-match': `"${options.ifMatch}"` }),
        ...(body !== undefined && {
          'content-type': body instanceof Uint8Array ? 'application/octet-stream' : 'application/json',
        }),
        ...options.headers,
      },
      ...(body !== undefined && { body: raw ? (body as string) : JSON.stringify(body) }),
    });
    const answered = response.headers.get('enishi-position');
    if (answered !== null && BigInt(answered) > BigInt(position ?? -1)) position = answered;
    const bytes = Buffer.from(await response.arrayBuffer());
    const text = bytes.toString('utf8');
    const json = /[/+]json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: (json && text !== '' ? JSON.parse(text) : {}) as Body,
      text,
      bytes,
    };
  }
  const by =
    (method: string): Send =>
    (path, body, options) =>
      send(method, path, body, options);
  return {
    get: (path, options) => send('GET', path, undefined, options),
    post: by('POST'),
    put: by('PUT'),
    patch: by('PATCH'),
    delete: by('DELETE'),
    send,
    position: () => position,
  };
}
