import { connect, createServer, type Socket } from 'node:net';

/** What the proxy does with the next append that passes. */
export type Cut =
  /** Ends the connection before the server sees the append. */
  | 'request'
  /** Ends it when the server's complete answer arrives, which nobody gets to see. */
  | 'answer'
  /** Lets the append through and keeps the answer, the connection stays open. */
  | 'silence';

/** A TCP proxy in front of PostgreSQL that loses answers on demand. */
export interface CuttingProxy {
  /** The given connection string, by way of the proxy. */
  readonly url: string;
  /** Cuts at the next append, once; with `thenRefuse`, as if {@link refuse} were called in the same moment. */
  cutNext(how: Cut, options?: { readonly thenRefuse: boolean }): void;
  /** How many appends were cut. */
  readonly cuts: number;
  /** Ends every connection and refuses new ones until {@link accept}. */
  refuse(): void;
  accept(): void;
  close(): Promise<void>;
}

/** ReadyForQuery outside a transaction: the server has committed and its answer is complete. */
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);

/** @param url where to forward to. */
export async function cuttingProxy(url: string): Promise<CuttingProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let armed: Cut | undefined;
  let cuts = 0;
  let refusing = false;
  let refuseAfterCut = false;

  const server = createServer((client) => {
    if (refusing) return void client.destroy();
    const upstream = connect(Number(target.port), target.hostname);
    let cutting: Cut | undefined;
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', () => {
        sockets.delete(socket);
        end();
      });
    }
    client.on('data', (chunk) => {
      // Every Bind names its statement.
      if (armed !== undefined && chunk.includes('ledger-append')) {
        cutting = armed;
        armed = undefined;
        if (cutting === 'request') {
          cuts += 1;
          return end();
        }
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      if (cutting === undefined) return void client.write(chunk);
      if (!chunk.subarray(-READY.length).equals(READY)) return;
      cuts += 1;
      if (cutting === 'answer') end();
      if (refuseAfterCut) refuse();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('proxy has no port');
  const proxied = new URL(url);
  proxied.host = `127.0.0.1:${address.port}`;
  const drop = (): void => sockets.forEach((socket) => socket.destroy());
  const refuse = (): void => {
    refusing = true;
    drop();
  };

  return {
    url: proxied.href,
    cutNext(how, options) {
      armed = how;
      refuseAfterCut = options?.thenRefuse ?? false;
    },
    get cuts() {
      return cuts;
    },
    refuse,
    accept: () => (refusing = false),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
  };
}
