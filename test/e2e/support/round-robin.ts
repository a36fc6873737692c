import { Agent, createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

const CHECK_EVERY_MS = 100;

interface Upstream {
  readonly url: string;
  readonly agent: Agent;
  ready: boolean;
}

/**
 * A load balancer as small as can be: in turn to whoever's `/ready` said 200 last, connections kept alive, nothing
 * ever tried again. A request that a server loses is lost here too, as a 502.
 */
export class RoundRobin {
  private readonly upstreams: Upstream[] = [];
  private readonly server = createServer((from, to) => this.pass(from, to));
  private readonly timer = setInterval(() => void this.check(), CHECK_EVERY_MS);
  private turn = 0;
  /** Status of each answer given. */
  readonly statuses: number[] = [];
  url = '';

  async listen(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  add(url: string): void {
    this.upstreams.push({ url, agent: new Agent({ keepAlive: true }), ready: false });
  }

  /** How many would be asked now. */
  get ready(): number {
    return this.upstreams.filter((upstream) => upstream.ready).length;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.server.close();
    this.server.closeAllConnections();
    for (const { agent } of this.upstreams) agent.destroy();
    await once(this.server, 'close');
  }

  private async check(): Promise<void> {
    await Promise.all(
      this.upstreams.map(async (upstream) => {
        const answer = await fetch(`${upstream.url}/ready`, { signal: AbortSignal.timeout(2000) }).catch(
          () => undefined,
        );
        await answer?.arrayBuffer().catch(() => undefined);
        upstream.ready = answer?.status === 200;
      }),
    );
  }

  private pass(from: IncomingMessage, to: ServerResponse): void {
    const answer = (status: number): void => {
      this.statuses.push(status);
      if (!to.headersSent) to.writeHead(status);
    };
    const among = this.upstreams.filter(({ ready }) => ready);
    const upstream = among[this.turn++ % among.length];
    if (!upstream) {
      answer(503);
      return void to.end();
    }
    const { method, headers, url } = from;
    const onward = send(
      `${upstream.url}${url ?? '/'}`,
      { method, headers, agent: upstream.agent },
      (back) => {
        // What is said about this connection is not about the client's.
        const { connection: _, 'keep-alive': __, ...rest } = back.headers;
        this.statuses.push(back.statusCode ?? 0);
        to.writeHead(back.statusCode ?? 502, rest);
        back.pipe(to);
      },
    );
    onward.on('error', () => {
      answer(502);
      to.end();
    });
    from.pipe(onward);
  }
}
