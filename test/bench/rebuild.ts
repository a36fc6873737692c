import { alumniRoster } from '@enishi/projections/alumni-roster/projection';
import { auditTrail } from '@enishi/projections/audit-trail/projection';
import { consentHistory } from '@enishi/projections/consent-history/projection';
import { carryOnRebuild, requestRebuild, type Projection } from '@enishi/projections/engine';
import { Client } from 'pg';
import type { Infrastructure } from '../../apps/server/src/infrastructure';
import type { Ground } from './ground';
import { median, timed } from './measure';
import type { People } from './people';
import { RawOpening } from './raw-opening';
import { RawRows, type RawTable } from './raw-rows';
import type { Result } from './result';

const PAGE = 5000;

const REBUILDS: readonly (readonly [Projection, readonly RawTable[]])[] = [
  [auditTrail, [{ table: 'event', key: 'position', position: 't.position', onConflict: 'keep' }]],
  [consentHistory, [{ table: 'consent_event', key: 'position', position: 't.position', onConflict: 'keep' }]],
  [
    alumniRoster,
    [
      { table: 'person', key: 'alumnus_id', position: 't.position', onConflict: 'replace' },
      {
        table: 'consent_fact',
        key: 'alumnus_id, purpose_id',
        position: `(t.facts::json->-1->>'position')::bigint`,
        onConflict: 'replace',
      },
      {
        table: 'consent',
        key: 'alumnus_id, purpose_id, channel',
        position: `(SELECT (f.facts::json->-1->>'position')::bigint FROM alumni_roster.consent_fact f
          WHERE f.alumnus_id = t.alumnus_id AND f.purpose_id = t.purpose_id)`,
        onConflict: 'replace',
      },
    ],
  ],
];

/**
 * Rebuild beside, to the end (indexes and switch included), against reading the same events and sending the same
 * rows as prepared upserts; for the roster, opening as many sealed groups in between.
 */
export async function rebuildBench(ground: Ground, people: People): Promise<readonly Result[]> {
  const { room, place } = await people.open();
  const client = new Client({ connectionString: place.appUrl });
  const keys = new Client({ connectionString: place.appUrl });
  await Promise.all([client.connect(), keys.connect()]);
  try {
    const results: Result[] = [];
    for (const [projection, tables] of REBUILDS) {
      results.push(await compare(ground, room, client, keys, projection, tables));
    }
    return results;
  } finally {
    await client.query('DROP SCHEMA IF EXISTS raw_rows CASCADE');
    await Promise.all([client.end(), keys.end()]);
  }
}

async function compare(
  ground: Ground,
  room: Infrastructure,
  client: Client,
  keys: Client,
  projection: Projection,
  tables: readonly RawTable[],
): Promise<Result> {
  const opening = projection.opens.length > 0 ? new RawOpening() : undefined;
  const ends: bigint[] = [];
  for (let after: bigint | undefined; ;) {
    const records = await room.store.readAll({ limit: PAGE, ...(after !== undefined && { after }) });
    after = records.at(-1)?.position;
    if (after === undefined) break;
    ends.push(after);
    opening?.prepare(records);
  }
  const schema = projection.name.replaceAll('-', '_');
  const rows = await RawRows.take(client, schema, tables, projection, ends);
  const raw: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < (ground.options.quick ? 1 : 3); round += 1) {
    await ground.settle();
    ours.push(await timed(() => rebuild(room, projection)));
    await ground.settle();
    await rows.prepare(client);
    raw.push(await timed(() => replay(client, keys, ends, rows, opening)));
  }
  const events = Number(ends.at(-1)!);
  const what = opening ? 'read, open and upsert' : 'read and upsert';
  return {
    bench: 'rebuild',
    line: `rebuild of ${projection.name} / ${what} of the same rows`,
    unit: 'events/s',
    raw: (events * 1000) / median(raw),
    ours: (events * 1000) / median(ours),
    target: { kind: 'ratio', atLeast: 0.5 },
  };
}

async function rebuild({ pool, store, vault }: Infrastructure, projection: Projection): Promise<void> {
  await requestRebuild(pool, projection, await store.head());
  const db = await pool.connect();
  try {
    await carryOnRebuild({ store, vault, db, projection, signal: new AbortController().signal });
  } finally {
    db.release(true);
  }
}

/** Reads (and opens) the next page while the rows of this one are written, as a rebuild does. */
async function replay(
  client: Client,
  keys: Client,
  ends: readonly bigint[],
  rows: RawRows,
  opening: RawOpening | undefined,
): Promise<void> {
  const read = async (page: number): Promise<void> => {
    if (page >= ends.length) return;
    await keys.query({
      name: 'raw-read',
      text: `SELECT position, stream, revision, id, type, data, metadata, recorded_at
        FROM ledger.events WHERE position > $1 ORDER BY position LIMIT ${PAGE}`,
      values: [page === 0 ? 0n : ends[page - 1]],
      rowMode: 'array',
      types: { getTypeParser: () => (text: string) => text },
    });
    await opening?.open(keys, page);
  };
  let next = read(0);
  for (let page = 0; page < ends.length; page += 1) {
    await next;
    next = read(page + 1);
    await rows.write(client, page);
  }
  await next;
  await rows.index(client);
}
