import { startServer } from './bench-process';
import { covered } from './covered';
import type { Ground } from './ground';
import { HttpClient } from './http-client';
import { times } from './measure';
import type { People } from './people';
import { latencies, type Result } from './result';
import { MODES } from './roster';

/** The first page of the roster as of a past moment, with its total as far as it is counted. */
export async function asOfBench(ground: Ground, people: People): Promise<readonly Result[]> {
  const populated = await people.open();
  const { room, place, purposes, programmeId, people: ids } = populated;
  await covered(populated);
  const { rows } = await room.pool.query<{ at: Date }>(
    'SELECT recorded_at AS at FROM leaves.leaf ORDER BY number DESC LIMIT 1',
  );
  const scope = { purposeId: purposes[0]!.purposeId, channel: 'email', programmeId };
  const at = rows[0]!.at.toISOString();
  const server = await startServer({ place, worker: false });
  const client = await HttpClient.open(server.report, 1);
  try {
    await ground.settle();
    const results: Result[] = [];
    for (const mode of MODES) {
      let total: AsOfAnswer['total'] = null;
      const taken = await times(ground.options.quick ? 5 : 20, async () => {
        const answer = await client.post({ path: '/v1/roster/search', body: { ...scope, mode, at } });
        total = (answer as AsOfAnswer).total;
      });
      const line = `first page as of a moment, ${ids.length.toLocaleString('en')} alumni, ${mode}`;
      results.push(latencies('as-of', line, taken, 2000, toldTotal(total)));
    }
    return results;
  } finally {
    client.close();
    await server.stop();
  }
}

interface AsOfAnswer {
  readonly total: { readonly count: number; readonly estimated: boolean } | null;
}

function toldTotal(total: AsOfAnswer['total']): string {
  if (total === null) return 'without a total';
  return `of ${total.estimated ? 'about ' : ''}${total.count.toLocaleString('en')}`;
}
