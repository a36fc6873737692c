import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy in front of any server, which makes trouble on demand. */
export interface TroubledProxy {
  readonly port: number;
  /** Ends every connection, with a reset; new ones are taken at once. Answers how many. */
  cut(): number;
  /** Swallows everything, in both directions, on connections that stay open, until {@link carry}. */
  swallow(): void;
  /** Ends every connection and refuses new ones until {@link carry}. */
  refuse(): void;
  /** Carries everything later by so many milliseconds, until {@link carry}. */
  slow(ms: number): void;
  /** Carries again; what was swallowed is lost, and its connections with it. */
  carry(): void;
  close(): Promise<void>;
}

/** @param target the port on loopback to forward to. */
export async function troubledProxy(target: number): Promise<TroubledProxy> {
  const pairs = new Set<() => void>();
  let mode: 'carry' | 'swallow' | 'refuse' = 'carry';
  let delay = 0;

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
      const late: Buffer[] = [];
      from.on('data', (chunk: Buffer) => {
        if (mode !== 'carry') return;
        if (delay === 0 && late.length === 0) return void to.write(chunk);
        // In the order in which they came, whatever the delay has become meanwhile.
        late.push(chunk);
        setTimeout(() => to.write(late.shift()!), delay);
      });
      from.on('error', end);
      from.on('close', end);
    };
    pass(client, upstream);
    pass(upstream, client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const cut = (): number => {
    const open = [...pairs];
    for (const end of open) end();
    return open.length;
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    swallow: () => void (mode = 'swallow'),
    refuse() {
      mode = 'refuse';
      cut();
    },
    slow: (ms) => void (delay = ms),
    carry() {
      if (mode === 'swallow') cut();
      mode = 'carry';
      delay = 0;
    },
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
