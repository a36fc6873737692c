import { type RecordedEvent, StoreUnavailable } from './port';
import { StreamReader } from './stream-reader';

function recorded(stream: string): RecordedEvent {
  const empty = { data: {}, metadata: {}, dataText: '{}', metadataText: '{}' };
  const at = { revision: 0, position: 1n, id: stream, type: 'T', recordedAt: '2026-01-01T00:00:00.000Z' };
  return { stream, ...at, ...empty };
}

/** A reader over a database that records which streams it was asked for together. */
function reading(fault: (streams: readonly string[]) => Error | undefined = () => undefined) {
  const asked: (readonly string[])[] = [];
  const release: (() => void)[] = [];
  const reader = new StreamReader(async (streams) => {
    asked.push(streams);
    await new Promise<void>((resolve) => release.push(resolve));
    const error = fault(streams);
    if (error) throw error;
    return streams.map((stream) => [recorded(stream)]);
  });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const answerAll = async (): Promise<void> => {
    for (await turn(); release.length > 0; await turn()) release.splice(0).forEach((next) => next());
  };
  return { asked, reader, turn, answerAll };
}

it('reads what is wanted in the same turn together, each stream once, and gives everybody their own', async () => {
  const { asked, reader, answerAll } = reading();
  const reads = ['a', 'b', 'a'].map((stream) => reader.read(stream));
  await answerAll();
  expect((await Promise.all(reads)).map(([event]) => event!.stream)).toEqual(['a', 'b', 'a']);
  expect(asked).toEqual([['a', 'b']]);
});

it('keeps few round trips under way, and gathers what comes meanwhile', async () => {
  const { asked, reader, turn, answerAll } = reading();
  const reads: Promise<unknown>[] = [];
  for (const stream of ['a', 'b', 'c', 'd', 'e']) {
    reads.push(reader.read(stream));
    await turn();
    await turn();
  }
  expect(asked).toEqual([['a'], ['b'], ['c']]);
  await answerAll();
  await Promise.all(reads);
  expect(asked.slice(3)).toEqual([['d', 'e']]);
});

it('bounds how much one round trip asks for', async () => {
  const { asked, reader, answerAll } = reading();
  const reads = Array.from({ length: 130 }, (_, index) => reader.read(`s${index}`));
  await answerAll();
  await Promise.all(reads);
  expect(asked.map((streams) => streams.length)).toEqual([64, 64, 2]);
});

it('tells a fault only to who caused it, and goes on', async () => {
  const { reader, answerAll } = reading((streams) =>
    streams.includes('bad') ? new Error('bad name') : undefined,
  );
  const reads = Promise.allSettled(['a', 'bad', 'b'].map((stream) => reader.read(stream)));
  await answerAll();
  expect((await reads).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  const later = reader.read('c');
  await answerAll();
  expect(await later).toHaveLength(1);
});

it('tells everybody at once that the store is away, and asks again for who comes later', async () => {
  let away = true;
  const { asked, reader, answerAll } = reading(() =>
    away ? new StoreUnavailable('away', false) : undefined,
  );
  // Three round trips are under way, and eight streams wait behind them.
  const reads = Promise.allSettled(Array.from({ length: 200 }, (_, index) => reader.read(`s${index}`)));
  await answerAll();
  expect((await reads).filter(({ status }) => status === 'rejected')).toHaveLength(200);
  expect(asked.map((streams) => streams.length)).toEqual([64, 64, 64]);
  away = false;
  const later = reader.read('later');
  await answerAll();
  expect(await later).toHaveLength(1);
});

it('stops asking one by one when the store goes away meanwhile', async () => {
  const { asked, reader, answerAll } = reading((streams) =>
    streams.length > 1 ? new Error('bad name') : new StoreUnavailable('away', false),
  );
  const reads = Promise.allSettled(Array.from({ length: 40 }, (_, index) => reader.read(`s${index}`)));
  await answerAll();
  expect((await reads).every(({ status }) => status === 'rejected')).toBe(true);
  expect(asked.map((streams) => streams.length)).toEqual([40, 1]);
});
