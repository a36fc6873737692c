import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { inParallel, now, type Pace } from './measure';
import type { ServerReport } from './server-process';

/** One request. */
export interface Request {
  readonly path: string;
  readonly body: unknown;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * A keep-alive connection that sends one request at a time. Node's own clients cost as much as the server does,
 * on the same two cores; this one writes a text and looks for the end of the answer.
 */
class Connection {
  private received = Buffer.alloc(0);
  private settle: ((answer: Answer) => void) | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly server: ServerReport,
  ) {
    socket.setNoDelay(true);
    socket.on('data', (chunk) => {
      this.received = this.received.length === 0 ? chunk : Buffer.concat([this.received, chunk]);
      this.look();
    });
  }

  post({ path, body }: Request): Promise<Answer> {
    const text = JSON.stringify(body);
    const length = Buffer.byteLength(text);
    return this.send(`POST ${path}`, `content-type: application/json\r\ncontent-length: ${length}\r\n`, text);
  }

  get(path: string): Promise<Answer> {
    return this.send(`GET ${path}`, '', '');
  }

  private send(what: string, headers: string, body: string): Promise<Answer> {
    const { port, token } = this.server;
    const head = `${what} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${token}\r\n${headers}\r\n`;
    return new Promise((resolve, reject) => {
      this.settle = resolve;
      this.socket.once('close', () => reject(new Error('the server closed a connection')));
      this.socket.write(head + body);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private look(): void {
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const head = this.received.toString('latin1', 0, end);
    const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
    if (this.received.length < end + 4 + length) return;
    const body = this.received.toString('utf8', end + 4, end + 4 + length);
    this.received = this.received.subarray(end + 4 + length);
    this.socket.removeAllListeners('close');
    this.settle?.({ status: Number(head.slice(9, 12)), body });
  }
}

/** So many connections to a server of the bench. */
export class HttpClient {
  private constructor(private readonly connections: readonly Connection[]) {}

  static async open(server: ServerReport, connections: number): Promise<HttpClient> {
    const opened = Array.from({ length: connections }, async () => {
      const socket = connect(server.port, '127.0.0.1');
      await once(socket, 'connect');
      return new Connection(socket, server);
    });
    return new HttpClient(await Promise.all(opened));
  }

  /** One request on one connection; answers its body. @throws Error for any other status than success */
  async post(request: Request): Promise<unknown> {
    return JSON.parse(ok(await this.connections[0]!.post(request)));
  }

  /** One look-up on one connection; answers its body as text. @throws Error for any other status than success */
  async get(path: string): Promise<string> {
    return ok(await this.connections[0]!.get(path));
  }

  /** Sends requests on all connections for so long; answers their pace and how long each took. */
  async load(
    milliseconds: number,
    next: () => Request,
  ): Promise<{ readonly pace: Pace; readonly taken: readonly number[] }> {
    const until = now() + milliseconds;
    const taken: number[] = [];
    const free = [...this.connections];
    const pace = await inParallel(free.length, async () => {
      const began = now();
      if (began >= until) return false;
      const connection = free.pop()!;
      ok(await connection.post(next()));
      free.push(connection);
      taken.push(now() - began);
      return true;
    });
    return { pace, taken };
  }

  close(): void {
    this.connections.forEach((connection) => connection.close());
  }
}

function ok({ status, body }: Answer): string {
  if (status < 200 || status > 299) throw new Error(`the server answered ${status}: ${body.slice(0, 300)}`);
  return body;
}
