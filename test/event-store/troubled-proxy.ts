import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy in front of any server, which makes trouble on demand. */
export interface TroubledProxy {
  readonly port: number;
  /** Ends every connection, with a reset; new ones are taken at once. */
  cut(): void;
  /** Swallows everything, in both directions, on connections that stay open, until {@link carry}. */
  swallow(): void;
  /** Ends every connection and refuses new ones until {@link carry}. */
  refuse(): void;
  /** Carries again; what was swallowed is lost, and its connections with it. */
  carry(): void;
  close(): Promise<void>;
}

/** @param target the port on loopback to forward to. */
export async function troubledProxy(target: number): Promise<TroubledProxy> {
  const pairs = new Set<() => void>();
  let mode: 'carry' | 'swallow' | 'refuse' = 'carry';

  const server = createServer((client) => {
    if (mode === 'refuse') return void client.destroy();
    const upstream = connect(target, '127.0.0.1');
    const end = (): void => {
      pairs.delete(end);
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    };
    pairs.add(end);
    const pass = (from: Socket, to: Socket): void => {
      from.setNoDelay(true);
      from.on('data', (chunk: Buffer) => {
        if (mode === 'carry') to.write(chunk);
      });
      from.on('error', end);
      from.on('close', end);
    };
    pass(client, upstream);
    pass(upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const cut = (): void => {
    for (const end of [...pairs]) end();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    swallow: () => void (mode = 'swallow'),
    refuse() {
      mode = 'refuse';
      cut();
    },
    carry() {
      if (mode === 'swallow') cut();
      mode = 'carry';
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
