import { Client } from 'pg';
import type { Ground, Place } from './ground';
import { importThroughServer } from './volume-import';
import type { Result } from './result';

/** What a server process may take while it imports, in MB. */
const MEMORY_MB = 300;

/**
 * The import of all leavers through the built server, over HTTP, with its views in the same process; killed
 * (`kill -9`) in the middle and gone on with. Its database is kept for the other parts.
 */
export async function volumeBench(ground: Ground, keep: (place: Place) => void): Promise<readonly Result[]> {
  const { rows } = ground.options;
  const home = ground.home('volume');
  const report = await importThroughServer({ home, rows, kills: 1, say: ground.say });
  const place = await ground.adopt(home);
  await checkWhole(place, rows);
  if (report.last.state !== 'done' || report.last.counts['registered'] !== rows) {
    throw new Error(
      `the import ended as ${report.last.state}, ${report.last.counts['registered']} registered`,
    );
  }
  keep(place);
  const leavers = rows.toLocaleString('en');
  const killed = report.killedAt.map((at) => at.toLocaleString('en')).join(', ');
  const note = `views in the same process; killed at ${killed}, gone on there`;
  return [
    {
      bench: 'volume',
      line: `import of ${leavers} leavers through the server`,
      unit: 'rows/s',
      ours: (rows * 1000) / report.milliseconds,
      note,
    },
    {
      bench: 'volume',
      line: `import of ${leavers} leavers through the server, largest resident memory of the server`,
      unit: 'MB',
      ours: report.megabytes,
      target: { kind: 'memory', atMost: MEMORY_MB },
      note: `${Math.round(report.megabytesUploading)} MB while the file was taken in`,
    },
    {
      bench: 'volume',
      line: `from the end of the import until all views have it`,
      unit: 'ms',
      ours: report.viewsMilliseconds,
    },
  ];
}

/** @throws Error where a leaver is missing, stands twice, or the ledger has a gap */
async function checkWhole({ ownerUrl }: Place, rows: number): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows: found } = await client.query<{ events: number; people: number; whole: boolean }>(
      `SELECT count(*) FILTER (WHERE type = 'AlumnusRegistered')::int AS events,
          count(DISTINCT stream) FILTER (WHERE type = 'AlumnusRegistered')::int AS people,
          count(*) = max(position) AND min(position) = 1 AS whole
         FROM ledger.events`,
    );
    const { events, people, whole } = found[0]!;
    if (events !== rows || people !== rows || !whole) {
      throw new Error(`${rows} leavers came to ${events} registrations of ${people} people`);
    }
  } finally {
    await client.end();
  }
}
