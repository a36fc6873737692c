import { setTimeout as sleep } from 'node:timers/promises';
import type { RosterCursor, RosterQuestion } from '@enishi/projections/alumni-roster/query';
import { readRoster } from '@enishi/projections/alumni-roster/query';
import { startWorker } from '../../apps/server/src/worker';
import { startServer } from './bench-process';
import type { Ground } from './ground';
import { HttpClient } from './http-client';
import { now, times } from './measure';
import type { People, Populated } from './people';
import { latencies, type Result } from './result';

/** A projection's runner looks every five seconds whether much was written. */
const COUNTED_WITHIN_MS = 15_000;
/** A projection that ends for good ends the measurement. */
const end = (): void => void process.exit(1);
export const MODES = ['contactable', 'approachable', 'excluded'] as const;
type Mode = (typeof MODES)[number];

/** What people look for: one character, two, a reading in full and in half width, a department. */
export const SEARCHES = [
  ['one character', { text: '佐' }],
  ['two characters', { text: '佐藤' }],
  ['kana', { text: 'さとう' }],
  ['half-width kana', { text: 'ｻﾄｳ' }],
  ['a full name', { text: '渡邊 花子' }],
  ['nobody of that name', { text: '縁縁' }],
  ['department', { department: '営業部' }],
  ['department and one character', { department: '営業部', text: '田' }],
] as const;

/** Pages and searches of the roster, as the server's query function answers them and over HTTP. */
export async function rosterBench(ground: Ground, people: People): Promise<readonly Result[]> {
  const populated = await people.open();
  const runs = ground.options.quick ? 60 : 300;
  await counted(populated);
  await ground.settle();
  const smallest = await times(runs, () => populated.room.pool.query('SELECT 1'));
  const note = 'for comparison: what this machine does to any question at the moment';
  const results = [latencies('roster', 'SELECT 1 to the same database', smallest, undefined, note)];
  for (const mode of MODES) {
    const cursor = await lastPage(populated, mode);
    results.push(latencies('roster', `first page of 50, ${mode}`, await ask(populated, runs, { mode }), 10));
    results.push(
      latencies('roster', `last page of 50, ${mode}`, await ask(populated, runs, { mode, cursor }), 10),
    );
  }
  for (const mode of ['contactable', 'approachable'] as const) {
    for (const [name, filters] of SEARCHES) {
      const taken = await ask(populated, runs, { mode, filters });
      results.push(latencies('roster', `search, ${name}, ${mode}`, taken, 50));
    }
  }
  return [...results, ...(await overHttp(populated, runs))];
}

/** Lets the runners count the tables, as they do by themselves soon after much was written. */
export async function counted({ room }: Populated): Promise<void> {
  const worker = startWorker(room, end);
  for (const until = now() + COUNTED_WITHIN_MS; now() < until; await sleep(100)) {
    const { rows } = await room.pool.query<{ counted: boolean }>(
      `SELECT bool_and(reltuples > 0) AS counted FROM pg_class
        WHERE oid IN ('alumni_roster.person'::regclass, 'alumni_roster.consent'::regclass)`,
    );
    if (rows[0]?.counted) break;
  }
  await worker.stop();
}

function ask(
  { room, purposes, programmeId }: Populated,
  runs: number,
  asked: Pick<RosterQuestion, 'mode' | 'filters' | 'cursor'>,
): Promise<readonly number[]> {
  const question = { purposeId: purposes[0]!.purposeId, channel: 'email', programmeId, ...asked } as const;
  return times(runs, () => readRoster(room.pool, { ...question, at: room.ledger.clock.now() }));
}

/** A cursor whose page is the last one. */
export async function lastPage(
  { room, purposes, programmeId }: Populated,
  mode: Mode,
): Promise<RosterCursor> {
  const at = room.ledger.clock.now();
  const { rows } = await room.pool.query<{ sort_key: string; alumnus_id: string }>(
    `SELECT sort_key, alumnus_id FROM alumni_roster.person ORDER BY sort_key DESC, alumnus_id DESC LIMIT 1000`,
  );
  // Forward from near the end, keeping the cursor of the page before the last.
  const start = rows.at(-1)!;
  let cursor: RosterCursor = { at, sortKey: start.sort_key, alumnusId: start.alumnus_id };
  for (;;) {
    const question = {
      purposeId: purposes[0]!.purposeId,
      channel: 'email',
      programmeId,
      at,
      mode,
      cursor,
    } as const;
    const { next } = await readRoster(room.pool, question);
    if (next === undefined) return cursor;
    cursor = next;
  }
}

async function overHttp(populated: Populated, runs: number): Promise<readonly Result[]> {
  const { place, purposes, programmeId } = populated;
  const server = await startServer({ place, worker: false });
  const client = await HttpClient.open(server.report, 1);
  try {
    const scope = { purposeId: purposes[0]!.purposeId, channel: 'email', programmeId };
    const search = (body: object): Promise<readonly number[]> =>
      times(runs, () =>
        client.post({ path: '/v1/roster/search', body: { ...scope, mode: 'contactable', ...body } }),
      );
    const logged = 'with its access-log entry, durable before the answer';
    return [
      latencies(
        'roster',
        'first page over HTTP',
        await search({}),
        undefined,
        `${logged}; counts the whole roster`,
      ),
      latencies('roster', 'search over HTTP, one character', await search({ text: '佐' }), 50, logged),
      latencies('roster', 'search over HTTP, kana', await search({ text: 'さとう' }), 50, logged),
    ];
  } finally {
    client.close();
    await server.stop();
  }
}
