import type { Memory } from '../memory';
import { unreachable } from './problem';
import type { Request, Transport } from './transport';

type Query = Request['query'];

/** Further wishes for a command. */
export interface CommandOptions {
  readonly ifMatch?: number;
}

/** The server's API as commands use it: queries see the caller's last change, commands are remembered. */
export class Api {
  constructor(
    private readonly transport: Transport,
    readonly memory: Memory,
  ) {}

  get url(): string {
    return this.transport.connection.url;
  }

  /** Asks. @typeParam T the answer's shape */
  async get<T>(path: string, query: Query = {}): Promise<T> {
    const headers = await this.positionHeader();
    return (await this.transport.send({ method: 'GET', path, query, headers })).json() as Promise<T>;
  }

  /** Asks where some statuses that are no success are answers too. */
  async state<T>(path: string, accepted: readonly number[]): Promise<T> {
    return (await this.transport.send({ method: 'GET', path, accepted })).json() as Promise<T>;
  }

  /** Asks for a stream of bytes. @throws Failure, also half-way, where the line breaks */
  async open(
    path: string,
    query: Query = {},
    more: Readonly<Record<string, string>> = {},
  ): Promise<AsyncIterable<Uint8Array>> {
    const headers = { ...(await this.positionHeader()), ...more };
    const answer = await this.transport.send({ method: 'GET', path, query, headers, stream: true });
    return whole((answer.body ?? []) as AsyncIterable<Uint8Array>, this.url);
  }

  /** Asks with a body, so that what is searched for stands in no URL. */
  async search<T>(path: string, body: unknown): Promise<T> {
    const headers = await this.positionHeader();
    return (await this.transport.send({ method: 'POST', path, body, headers })).json() as Promise<T>;
  }

  /** Orders. @returns the answer, an empty object where there is none */
  async command<T = Record<string, never>>(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    { ifMatch }: CommandOptions = {},
  ): Promise<T> {
    const headers = ifMatch === undefined ? {} : { 'if-match': `"${ifMatch}"` };
    return this.done<T>({
      method,
      path,
      headers,
      ...(body !== undefined && { body }),
    });
  }

  /** Sends bytes. @param within milliseconds for all of it */
  async upload<T>(
    path: string,
    bytes: () => AsyncIterable<Uint8Array>,
    within: number,
    headers: Readonly<Record<string, string>> = {},
    method: 'POST' | 'PUT' = 'POST',
  ): Promise<T> {
    return this.done<T>({ method, path, bytes, within, headers });
  }

  private async done<T>(request: Request): Promise<T> {
    const answer = await this.transport.send({ ...request, command: true });
    const position = answer.headers.get('enishi-position');
    if (position !== null) await this.memory.passed(position);
    const text = await answer.text();
    return (text === '' ? {} : JSON.parse(text)) as T;
  }

  private async positionHeader(): Promise<Record<string, string>> {
    const position = await this.memory.position();
    return position === undefined ? {} : { 'enishi-position': position };
  }
}

async function* whole(bytes: AsyncIterable<Uint8Array>, url: string): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch {
    throw unreachable(url);
  }
}
