import { importLeavers, startServer } from './bench-process';
import type { Ground } from './ground';
import { HttpClient } from './http-client';
import { furnish, requests } from './http';
import { median, perSecond } from './measure';
import type { Result } from './result';

/** Connections in all, however many processes answer them. */
const CONNECTIONS = 64;

/** Consents recorded over HTTP by one server process, and by two on the same ledger, turn by turn. */
export async function processesBench(ground: Ground): Promise<readonly Result[]> {
  const { quick } = ground.options;
  const place = await ground.place('processes');
  await importLeavers({ place, rows: quick ? 1500 : 6000 });
  const { people, purposes } = await furnish(place);
  const servers = [
    await startServer({ place, worker: false }),
    await startServer({ place, worker: false }),
  ] as const;
  const clients = [
    await HttpClient.open(servers[0].report, CONNECTIONS),
    await HttpClient.open(servers[0].report, CONNECTIONS / 2),
    await HttpClient.open(servers[1].report, CONNECTIONS / 2),
  ] as const;
  try {
    const commands = requests(people, purposes);
    const next = () => commands.next().value;
    const rates = { one: [] as number[], two: [] as number[] };
    const milliseconds = quick ? 500 : 3000;
    for (let round = -1; round < (quick ? 2 : 5); round += 1) {
      await ground.settle();
      const one = await clients[0].load(milliseconds, next);
      const two = await Promise.all([
        clients[1].load(milliseconds, next),
        clients[2].load(milliseconds, next),
      ]);
      // The first turn warms both.
      if (round < 0) continue;
      rates.one.push(perSecond(one.pace));
      rates.two.push(two.reduce((sum, { pace }) => sum + perSecond(pace), 0));
    }
    return [
      {
        bench: 'processes',
        line: `consent by POST, ${CONNECTIONS} connections, two server processes / one`,
        unit: 'requests/s',
        raw: median(rates.one),
        ours: median(rates.two),
        target: { kind: 'ratio', atLeast: 1.1 },
      },
    ];
  } finally {
    clients.forEach((client) => client.close());
    for (const server of servers) await server.stop();
    await ground.drop('processes');
  }
}
