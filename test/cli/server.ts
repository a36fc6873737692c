import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable, Writable } from 'node:stream';
import { run } from '../../apps/cli/src/run';

/** A request as the fake server got it. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Reply = (response: ServerResponse, seen: Seen) => void;

/** An HTTP server whose answers a test writes, by `METHOD /path`; several are given one after the other. */
export class FakeServer {
  readonly seen: Seen[] = [];
  private readonly replies = new Map<string, Reply[]>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async start(): Promise<FakeServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const fake = new FakeServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request, response) => void fake.answer(request, response));
    return fake;
  }

  /** What is answered to a route; the last goes on being given. */
  on(route: string, ...replies: Reply[]): this {
    this.replies.set(route, replies);
    return this;
  }

  of(method: string, path: string): Seen[] {
    return this.seen.filter((one) => one.method === method && one.path === path);
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { method = '', headers } = request;
    const url = new URL(request.url ?? '/', this.url);
    const body = Buffer.concat(parts).toString();
    const seen = { method, path: url.pathname, query: url.searchParams, headers, body };
    this.seen.push(seen);
    const replies = this.replies.get(`${method} ${url.pathname}`) ?? [problem(404, 'not-found')];
    const reply = replies.length > 1 ? replies.shift() : replies[0];
    reply?.(response, seen);
  }
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

export function problem(status: number, code: string, more: Record<string, unknown> = {}): Reply {
  return (response) => {
    const body = { type: `tag:enishi,2026:problem:${code}`, title: code, status, code, ...more };
    response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(body));
  };
}

/** The line breaks before an answer. */
export function hangUp(): Reply {
  return (response) => response.destroy();
}

export function done(position: string, ids: Record<string, unknown> = {}): Reply {
  const body = {
    outcome: 'done',
    eventIds: ['11111111-0000-4000-8000-000000000001'],
    position,
    revision: 3,
    ...ids,
  };
  return json(body, 200, { 'enishi-position': position, etag: '"3"' });
}

/** What a run of the command line came to. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `enishi …` in this process. */
export async function enishi(argv: readonly string[], env: NodeJS.ProcessEnv, stdin = ''): Promise<Ran> {
  const [stdout, stderr] = [new Sink(), new Sink()];
  const io = {
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout,
    stderr,
    env: { LANG: 'en_US.UTF-8', ...env },
  };
  const code = await run(argv, io);
  return { code, out: stdout.text, err: stderr.text };
}

class Sink extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, written: () => void): void {
    this.text += chunk.toString();
    written();
  }
}
