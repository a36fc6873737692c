import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { startServer, type BenchServer } from './bench-process';
import { covered } from './covered';
import { download } from './download';
import type { Ground } from './ground';
import { median, timed } from './measure';
import type { People } from './people';
import type { Result } from './result';

/** What a server process may take while it exports, in MB: as while it imports. */
const MEMORY_MB = 300;
const SAMPLED_MS = 20;

const EXPORTS = [
  { view: 'consent-history', table: 'consent_history.consent_event' },
  { view: 'audit-trail', table: 'audit_trail.event' },
] as const;
/** Format, and lines before the first row. */
const FORMATS = [
  ['jsonl', 0],
  ['csv', 1],
] as const;

/** Whole histories out over HTTP, each page with its access-log entry, against COPY (query) TO STDOUT of the same rows. */
export async function exportBench(ground: Ground, people: People): Promise<readonly Result[]> {
  const populated = await people.open();
  const { place } = populated;
  await covered(populated);
  const server = await startServer({ place, worker: false });
  const client = new Client({ connectionString: place.appUrl });
  await client.connect();
  try {
    const results: Result[] = [];
    const memory = new ResidentMemory(server);
    for (const one of EXPORTS) {
      for (const [format, head] of FORMATS) {
        results.push(await compare(ground, client, server, { ...one, format, head }));
      }
    }
    return [...results, memory.end()];
  } finally {
    await client.end();
    await server.stop();
  }
}

async function compare(
  ground: Ground,
  client: Client,
  { report }: BenchServer,
  one: (typeof EXPORTS)[number] & { readonly format: string; readonly head: number },
): Promise<Result> {
  const { view, table, format, head } = one;
  const path = `/v1/${view}/export?format=${format}`;
  // The first turn warms both, and counts.
  const rows = await copyOut(client, table);
  const { lines } = await download(report, path, true);
  if (lines !== rows + head) throw new Error(`${lines} lines were exported of ${rows} rows`);
  const raw: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < (ground.options.quick ? 2 : 3); round += 1) {
    await ground.settle();
    raw.push(await timed(() => copyOut(client, table)));
    await ground.settle();
    ours.push(await timed(() => download(report, path)));
  }
  return {
    bench: 'export',
    line: `export of ${view}, ${rows.toLocaleString('en')} rows as ${format} / COPY TO STDOUT of the same rows`,
    unit: 'rows/s',
    raw: (rows * 1000) / median(raw),
    ours: (rows * 1000) / median(ours),
    target: { kind: 'ratio', atLeast: 0.35 },
  };
}

/** @returns how many rows there were */
async function copyOut(client: Client, table: string): Promise<number> {
  const stream = client.query(copyTo(`COPY (SELECT * FROM ${table} ORDER BY position) TO STDOUT`));
  for await (const _ of stream);
  return stream.rowCount;
}

/** The resident memory of a server's process, looked at again and again. Linux only. */
class ResidentMemory {
  private readonly before: number;
  private largest = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly server: BenchServer) {
    this.before = this.look();
    this.timer = setInterval(() => this.look(), SAMPLED_MS);
  }

  end(): Result {
    clearInterval(this.timer);
    return {
      bench: 'export',
      line: 'largest resident memory of the server while it exported',
      unit: 'MB',
      ours: this.largest,
      target: { kind: 'memory', atMost: MEMORY_MB },
      note: `${Math.round(this.before)} MB before the first one`,
    };
  }

  private look(): number {
    const status = readFileSync(`/proc/${this.server.pid}/status`, 'utf8');
    const megabytes = Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
    this.largest = Math.max(this.largest, megabytes);
    return megabytes;
  }
}
