import { startServer } from './bench-process';
import { covered } from './covered';
import type { Ground } from './ground';
import { HttpClient } from './http-client';
import { times } from './measure';
import type { People } from './people';
import { latencies, type Result } from './result';

/** Proof files of events all over the ledger, one after the other, each event asked for once. */
export async function proofBench(ground: Ground, people: People): Promise<readonly Result[]> {
  const populated = await people.open();
  const { room, place } = populated;
  const leaves = await covered(populated);
  const runs = ground.options.quick ? 100 : 1000;
  const { rows } = await room.pool.query<{ event_id: string }>(
    'SELECT event_id FROM leaves.leaf WHERE number = ANY ($1::bigint[]) ORDER BY hash',
    [Array.from({ length: 2 * runs }, (_, at) => 1 + Math.floor((at * leaves) / (2 * runs)))],
  );
  const events = rows.map(({ event_id }) => event_id);
  const server = await startServer({ place, worker: false });
  const client = await HttpClient.open(server.report, 1);
  try {
    await ground.settle();
    const smallest = await times(runs, () => room.pool.query('SELECT 1'));
    const taken = await times(runs, () => client.get(`/v1/proofs/inclusion?event=${events.pop()!}`));
    const line = `proof of one event among ${leaves.toLocaleString('en')}, over HTTP`;
    return [
      latencies('proof', 'SELECT 1 to the same database', smallest),
      latencies('proof', line, taken, 5),
    ];
  } finally {
    client.close();
    await server.stop();
  }
}
