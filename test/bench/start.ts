import { startServer, temporaryHome } from '../support/server';
import type { Ground } from './ground';
import { median, timed } from './measure';
import type { Result } from './result';

/** The server's start on a home that it has served before, until it answers that it is ready. */
export async function startBench(ground: Ground): Promise<readonly Result[]> {
  const { home, remove } = temporaryHome();
  const start = async (): Promise<number> => {
    let server: Awaited<ReturnType<typeof startServer>> | undefined;
    const taken = await timed(async () => (server = await startServer({ home })));
    await server?.stop();
    return taken;
  };
  try {
    const first = await start();
    const again: number[] = [];
    for (let round = 0; round < (ground.options.quick ? 1 : 5); round += 1) again.push(await start());
    return [
      { bench: 'start', line: 'first start of the server, database made', unit: 'ms', ours: first },
      {
        bench: 'start',
        line: 'second start of the server',
        unit: 'ms',
        ours: median(again),
        target: { kind: 'time', atMost: 3000 },
      },
    ];
  } finally {
    await remove();
  }
}
