import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { StartError } from './start-error';

/** PostgreSQL is reached over loopback only. */
export const HOST = '127.0.0.1';

/** Listens for a moment: the port that was got, or undefined where it is taken. */
function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: HOST, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}

/** The port kept in `file`, if one is. */
export function rememberedPort(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a port in `file`, so that the next start uses it again. */
export function rememberPort(file: string, port: number): void {
  if (port !== rememberedPort(file)) writeFileSync(file, `${port}\n`);
}

/**
 * A free port: the wanted one, else the remembered one, else any.
 *
 * @throws StartError `port-in-use` where the wanted one is taken.
 */
export async function choosePort(file: string, wanted: number | undefined): Promise<number> {
  if (wanted !== undefined) {
    if ((await tryPort(wanted)) !== undefined) return wanted;
    throw new StartError(
      'port-in-use',
      `Port ${wanted}, meant for the embedded PostgreSQL, is in use.`,
      'Stop what listens there, or leave the port out: a free one is found.',
    );
  }
  const remembered = rememberedPort(file);
  const port = (remembered !== undefined && (await tryPort(remembered))) || (await tryPort(0));
  if (port !== undefined) return port;
  throw new StartError(
    'port-in-use',
    `No free port is left on ${HOST}.`,
    'Stop something that listens there.',
  );
}
