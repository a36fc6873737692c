import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { RecordedEvent } from './port';
import { follow, HeadWatch } from './postgres-subscription';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes in use once everything that nothing holds has gone. */
async function heldBytes(): Promise<number> {
  // Between two collections the event loop turns: what only a finished microtask held goes too.
  for (let round = 0; round < 3; round += 1) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}

function recorded(position: bigint): RecordedEvent {
  const dataText = JSON.stringify({ position: position.toString(), filling: 'x'.repeat(400) });
  const at = { stream: `s-${position}`, revision: 0, position, id: `e-${position}`, type: 'T' };
  const texts = { dataText, metadataText: '{}', recordedAt: '2026-01-01T00:00:00.000Z' };
  return { ...at, ...texts, data: JSON.parse(dataText) as RecordedEvent['data'], metadata: {} };
}

const MEGABYTE = 1024 * 1024;
const PAGE = 1000;
const pageAfter = (after: bigint): RecordedEvent[] =>
  Array.from({ length: PAGE }, (_, index) => recorded(after + BigInt(index + 1)));
/** The head is always known to be further: nobody waits, but the event loop turns. */
const never = new AbortController();
const watch = {
  beyond: () => new Promise<void>((resolve) => setImmediate(resolve)),
  closed: never.signal,
};

it('keeps only the pages at hand in memory, however long the ledger is', async () => {
  const stop = new AbortController();
  let pages = 0;
  let early = 0;
  let late = 0;
  for await (const page of follow(watch, async (after) => pageAfter(after), { signal: stop.signal })) {
    expect(page).toHaveLength(PAGE);
    pages += 1;
    if (pages === 10) early = await heldBytes();
    if (pages < 70) continue;
    // Before the end, which lets go of everything.
    late = await heldBytes();
    break;
  }
  expect(late - early).toBeLessThan(4 * MEGABYTE);
});

it('keeps nothing of its looks at an idle ledger', async () => {
  const stop = new AbortController();
  let looks = 0;
  let early = 0;
  let late = 0;
  const read = async (): Promise<RecordedEvent[]> => {
    looks += 1;
    if (looks === 1_000) early = await heldBytes();
    if (looks === 61_000) {
      late = await heldBytes();
      stop.abort();
    }
    return [];
  };
  const none = follow(watch, read, { signal: stop.signal });
  expect(await none.next()).toMatchObject({ done: true });
  expect(late - early).toBeLessThan(2 * MEGABYTE);
});

it('ends at the abort while a page is still being read, and takes its listeners along', async () => {
  const stop = new AbortController();
  const pages = follow(watch, () => new Promise<RecordedEvent[]>(() => undefined), { signal: stop.signal });
  const ended = pages.next();
  await new Promise((resolve) => setImmediate(resolve));
  expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
  stop.abort();
  expect(await ended).toMatchObject({ done: true });
  for (const signal of [stop.signal, watch.closed]) expect(getEventListeners(signal, 'abort')).toEqual([]);
});

it('leaves no listener behind where the store is closed already', async () => {
  const stop = new AbortController();
  const closed = { ...watch, closed: AbortSignal.abort() };
  expect(await follow(closed, async () => [], { signal: stop.signal }).next()).toMatchObject({ done: true });
  expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
});

it('tells what reading fails with, also after a page', async () => {
  const read = async (after: bigint): Promise<RecordedEvent[]> => {
    if (after > 0n) throw new Error('not a row');
    return pageAfter(after);
  };
  const pages = follow(watch, read, { signal: new AbortController().signal });
  expect((await pages.next()).value).toHaveLength(PAGE);
  await expect(pages.next()).rejects.toThrow('not a row');
});

describe('where no announcement comes', () => {
  /** Nobody answers there. */
  const nowhere = { host: '127.0.0.1', port: 1 };

  it('one look wakes everybody who waits for what it sees', async () => {
    const { signal } = new AbortController();
    let looks = 0;
    const watch = new HeadWatch(nowhere, undefined, async () => {
      looks += 1;
      return 5n;
    });
    await Promise.all(Array.from({ length: 20 }, (_, after) => watch.beyond(BigInt(after % 5), signal)));
    expect(looks).toBe(1);
    await watch.close();
  });

  it('a look that fails is made up for by the next', async () => {
    let looks = 0;
    const watch = new HeadWatch(nowhere, undefined, async () => {
      looks += 1;
      if (looks === 1) throw new Error('not answered');
      return 1n;
    });
    await watch.beyond(0n, new AbortController().signal);
    expect(looks).toBe(2);
    await watch.close();
  });
});
