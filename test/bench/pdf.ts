import { startServer } from './bench-process';
import { covered } from './covered';
import { download } from './download';
import type { Ground } from './ground';
import { times } from './measure';
import type { People } from './people';
import { latencies, type Result } from './result';

const PEOPLE = 1000;

/** A printed report of the consents of some thousand people, over HTTP. */
export async function pdfBench(ground: Ground, people: People): Promise<readonly Result[]> {
  const populated = await people.open();
  const { room, place, purposes, people: ids } = populated;
  await covered(populated);
  const { purposeId } = purposes[0]!;
  // The first instant by which so many have answered.
  const { rows } = await room.pool.query<{ until: Date; people: number }>(
    `SELECT recorded_at + interval '1 ms' AS until, people FROM (
       SELECT recorded_at, (count(*) OVER (ORDER BY recorded_at))::int AS people
         FROM consent_history.consent_event WHERE purpose_id = $1) answers
      WHERE people >= $2 ORDER BY recorded_at LIMIT 1`,
    // A third of them has.
    [purposeId, Math.min(PEOPLE, Math.floor(ids.length / 3))],
  );
  const found = rows[0]!;
  const asked = { format: 'pdf', purposeId, to: found.until.toISOString() };
  const path = `/v1/consent-history/export?${new URLSearchParams(asked).toString()}`;
  const server = await startServer({ place, worker: false });
  try {
    await ground.settle();
    const taken = await times(ground.options.quick ? 2 : 5, () => download(server.report, path));
    const line = `report of the consents of ${found.people.toLocaleString('en')} people, as PDF`;
    return [latencies('pdf', line, taken, 5000)];
  } finally {
    await server.stop();
  }
}
