import { randomUUID } from 'node:crypto';
import { EventStoreDBClient, jsonEvent, NO_STREAM, streamNameFilter } from '@eventstore/db-client';
import type { Append, EventStore } from '@enishi/event-store';
import { openEventStoreDb } from '../../libs/event-store/src/eventstoredb';
import { findEventStoreDb } from '../support/find-eventstoredb.cjs';
import { startEventStoreDb } from '../support/eventstoredb';
import type { Ground } from './ground';
import { inParallel, median, now, perSecond } from './measure';
import type { Result } from './result';

const CALLERS = [1, 64, 256] as const;

/**
 * The store's append, read and catch-up on a real EventStoreDB in memory, against its own client doing the same with
 * nothing around it, round by round. Events are JSON of about 500 bytes, each append to a new stream.
 */
export async function eventStoreDbBench(ground: Ground): Promise<readonly Result[]> {
  const found = await findEventStoreDb();
  if (found.kind === 'none') {
    ground.say(`not run: ${found.reason}`);
    return [];
  }
  process.env['ENISHI_TEST_EVENTSTOREDB_FOUND'] = JSON.stringify(found);
  const server = await startEventStoreDb();
  const client = EventStoreDBClient.connectionString(server.url);
  const store = await openEventStoreDb({ url: server.url });
  try {
    return [...(await appendLines(ground, client, store)), ...(await readLines(ground, client, store))];
  } finally {
    await store.close();
    await client.dispose();
    await server.stop();
  }
}

const FILLER = { note: 'x'.repeat(330), purposeId: randomUUID(), n: 1 };

function anAppend(): Append {
  const event = { id: randomUUID(), type: 'Measured', data: FILLER, metadata: { by: 'system:bench', v: 1 } };
  return { stream: `request-${randomUUID()}`, expected: 'no-stream', events: [event] };
}

async function appendLines(
  ground: Ground,
  client: EventStoreDBClient,
  store: EventStore,
): Promise<readonly Result[]> {
  const { quick } = ground.options;
  const results: Result[] = [];
  for (const callers of CALLERS) {
    const rates = { raw: [] as number[], ours: [] as number[] };
    const rate = async (append: (one: Append) => Promise<unknown>): Promise<number> => {
      const until = now() + (quick ? 400 : 1500);
      return perSecond(
        await inParallel(callers, async () => {
          if (now() >= until) return false;
          await append(anAppend());
          return true;
        }),
      );
    };
    for (let round = 0; round < (quick ? 2 : 5); round += 1) {
      rates.raw.push(
        await rate(({ stream, events }) =>
          client.appendToStream(
            stream,
            events.map((event) => jsonEvent({ ...event, data: event.data, metadata: event.metadata })),
            { expectedRevision: NO_STREAM },
          ),
        ),
      );
      rates.ours.push(await rate((append) => store.append(append)));
    }
    results.push(line(`append, ${callers === 1 ? '1 caller' : `${callers} callers`}`, rates, 0.8));
  }
  return results;
}

async function readLines(
  ground: Ground,
  client: EventStoreDBClient,
  store: EventStore,
): Promise<readonly Result[]> {
  const { quick } = ground.options;
  const wanted = quick ? 5_000 : 100_000;
  for (let written = 0; written < wanted; written += 2_000) {
    await store.appendMany(Array.from({ length: 2_000 }, anAppend));
  }
  const read = { raw: [] as number[], ours: [] as number[] };
  const followed = { raw: [] as number[], ours: [] as number[] };
  for (let round = 0; round < (quick ? 2 : 3); round += 1) {
    read.raw.push(await pace(wanted, readRaw(client)));
    read.ours.push(await pace(wanted, readOurs(store)));
    followed.raw.push(await pace(wanted, followRaw(client)));
    followed.ours.push(await pace(wanted, followOurs(store)));
  }
  return [line('read all', read, 0.7), line('catch-up subscription', followed, 0.6)];
}

function line(name: string, rates: { raw: number[]; ours: number[] }, atLeast: number): Result {
  return {
    bench: 'eventstoredb',
    line: `EventStoreDB: ${name} / raw client`,
    unit: 'events/s',
    raw: median(rates.raw),
    ours: median(rates.ours),
    target: { kind: 'ratio', atLeast },
  };
}

/** Events a second until so many have come. */
async function pace(wanted: number, source: AsyncIterable<number>): Promise<number> {
  const began = now();
  let count = 0;
  for await (const more of source) {
    count += more;
    if (count >= wanted) break;
  }
  return perSecond({ count, milliseconds: now() - began });
}

async function* readRaw(client: EventStoreDBClient): AsyncIterable<number> {
  for await (const { event } of client.readAll()) if (event && !event.streamId.startsWith('$')) yield 1;
}

async function* readOurs(store: EventStore): AsyncIterable<number> {
  for (let after: bigint | undefined; ;) {
    const page = await store.readAll({ limit: 5000, ...(after !== undefined && { after }) });
    if (page.length === 0) return;
    after = page.at(-1)!.position;
    yield page.length;
  }
}

async function* followRaw(client: EventStoreDBClient): AsyncIterable<number> {
  const subscription = client.subscribeToAll({ filter: streamNameFilter({ regex: '^[^$]' }) });
  try {
    for await (const { event } of subscription) if (event) yield 1;
  } finally {
    await subscription.unsubscribe();
  }
}

async function* followOurs(store: EventStore): AsyncIterable<number> {
  const stop = new AbortController();
  try {
    for await (const page of store.subscribe({ limit: 5000, signal: stop.signal })) yield page.length;
  } finally {
    stop.abort();
  }
}
