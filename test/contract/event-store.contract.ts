import { randomUUID } from 'node:crypto';
import {
  type Append,
  type Appended,
  AppendRefused,
  type EventStore,
  type EventToAppend,
  type ExpectedRevision,
  MAX_APPEND_BYTES,
  type Position,
  type RecordedEvent,
  RevisionConflict,
  StoreUnavailable,
} from '@enishi/event-store';
import { notRun } from '../support/not-run';

/** An empty ledger of one engine. */
export interface ContractSubject {
  readonly store: EventStore;
  /** False where the ledger may hold something already. */
  readonly fresh?: boolean;
  /** Another store object on the same ledger. */
  open(): Promise<EventStore>;
  /** Closes what was opened and removes the ledger. */
  drop(): Promise<void>;
}

/** An event whose content does not matter. */
export function anEvent(over: Partial<EventToAppend> = {}): EventToAppend {
  return { id: randomUUID(), type: 'Tested', data: { n: 1 }, metadata: { by: 'system:test' }, ...over };
}

/** An append of `count` such events. */
export function anAppend(stream: string, expected: ExpectedRevision, count = 1): Append {
  return { stream, expected, events: Array.from({ length: count }, () => anEvent()) };
}

/** Reads from `after` to the end of the ledger by pages. */
export async function readEverything(
  store: EventStore,
  after?: Position,
  limit = 1000,
): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = [];
  for (let from = after; ; from = events.at(-1)!.position) {
    const page = await store.readAll({ limit, ...(from === undefined ? {} : { after: from }) });
    events.push(...page);
    if (page.length === 0) return events;
  }
}

/**
 * What every engine of the port does alike: the table of the event store's semantics, as tests.
 * @param name engine, as the tests are titled.
 * @param create makes an empty ledger; called once.
 */
export function describeEventStoreContract(name: string, create: () => Promise<ContractSubject>): void {
  describe(`event store contract: ${name}`, () => {
    let subject: ContractSubject;
    let store: EventStore;
    let streams = 0;
    const run = randomUUID().slice(0, 8);
    const aStream = (): string => `request-${run}.${(streams += 1)}`;

    beforeAll(async () => {
      subject = await create();
      store = subject.store;
    }, 60_000);
    afterAll(() => subject.drop(), 60_000);

    it('is empty at first', async () => {
      expect(await store.readStream('request-none')).toEqual([]);
      if (subject.fresh === false)
        return notRun(`${name}: an empty ledger`, 'the server named may hold something');
      expect(await store.head()).toBeUndefined();
      expect(await store.readAll()).toEqual([]);
      expect(await store.readAll({ direction: 'backwards' })).toEqual([]);
    });

    describe('append', () => {
      it('gives back what was appended, in canonical form', async () => {
        const stream = aStream();
        const event = anEvent({
          type: 'Übermittelt',
          data: {
            z: 1,
            a: { ü: '縁𠮟🌸 "\\', b: [true, null, -0.5, 9007199254740991] },
            gone: undefined,
            '': '',
            9: 'nine',
            10: 'ten',
          },
          metadata: { $correlationId: 'c', commandId: randomUUID() },
        });
        const answer = await store.append({ stream, expected: 'no-stream', events: [event] });
        const [read] = await store.readStream(stream);
        expect(read).toEqual({
          stream,
          revision: 0,
          position: answer.position,
          id: event.id,
          type: event.type,
          data: { '': '', 9: 'nine', 10: 'ten', a: event.data['a'], z: 1 },
          metadata: event.metadata,
          dataText:
            '{"":"","10":"ten","9":"nine","a":{"b":[true,null,-0.5,9007199254740991],"ü":"縁𠮟🌸 \\"\\\\"},"z":1}',
          metadataText: JSON.stringify({
            $correlationId: 'c',
            commandId: event.metadata['commandId'],
          }),
          recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
        });
        expect([undefined, read!.recordedAt]).toContain(answer.recordedAt);
        expect(await store.head()).toBe(answer.position);
      });

      it('answers revision and position of the last event', async () => {
        const stream = aStream();
        const first = await store.append(anAppend(stream, 'no-stream', 3));
        const second = await store.append(anAppend(stream, 2, 2));
        expect([first.revision, second.revision]).toEqual([2, 4]);
        expect(first.repeated || second.repeated || false).toBe(false);
        const read = await store.readStream(stream);
        expect(read.map((event) => event.revision)).toEqual([0, 1, 2, 3, 4]);
        expect(read.map((event) => event.position)).toEqual(
          read.map((event) => event.position).sort((a, b) => (a < b ? -1 : 1)),
        );
        expect([read[2]!.position, read[4]!.position]).toEqual([first.position, second.position]);
      });

      it.each<[string, number, ExpectedRevision, ExpectedRevision]>([
        ['a stream that is not there', 0, 0, 'no-stream'],
        ['a stream that is already there', 2, 'no-stream', 1],
        ['a revision behind', 3, 1, 2],
        ['a revision ahead', 1, 7, 0],
      ])('conflicts at %s', async (_, present, expected, actual) => {
        const stream = aStream();
        if (present > 0) await store.append(anAppend(stream, 'no-stream', present));
        const attempt = store.append(anAppend(stream, expected));
        await expect(attempt).rejects.toBeInstanceOf(RevisionConflict);
        await expect(attempt).rejects.toMatchObject({ stream, expected, actual });
        expect(await store.readStream(stream)).toHaveLength(present);
      });

      it('keeps the order of recorded times', async () => {
        const stream = aStream();
        for (let i = 0; i < 20; i += 1) await store.append(anAppend(stream, i === 0 ? 'no-stream' : i - 1));
        const times = (await store.readStream(stream)).map((event) => event.recordedAt);
        expect(times).toEqual([...times].sort());
      });
    });

    describe('the same append again', () => {
      let stream: string;
      let original: Append;
      let answer: Appended;
      beforeEach(async () => {
        stream = aStream();
        original = anAppend(stream, 'no-stream', 3);
        answer = await store.append(original);
      });
      const stored = async (): Promise<number> => (await store.readStream(stream)).length;

      it('succeeds with the first position and writes nothing', async () => {
        expect(await store.append(original)).toMatchObject({ revision: 2, position: answer.position });
        expect(await stored()).toBe(3);
      });

      it('does so after others have appended, too', async () => {
        await store.append(anAppend(stream, 2, 2));
        expect(await store.append(original)).toMatchObject({ revision: 2, position: answer.position });
        expect(await stored()).toBe(5);
      });

      it('does so in the middle of a stream', async () => {
        const middle = anAppend(stream, 2, 2);
        const first = await store.append(middle);
        await store.append(anAppend(stream, 4));
        expect(await store.append(middle)).toMatchObject({ revision: 4, position: first.position });
        expect(await stored()).toBe(6);
      });

      it('succeeds for a prefix', async () => {
        const prefix = { ...original, events: original.events.slice(0, 2) };
        expect((await store.append(prefix)).revision).toBe(1);
        expect(await stored()).toBe(3);
      });

      it('conflicts for a superset, a mix and another order', async () => {
        const [a, b, c] = original.events;
        const variants = [
          [a!, b!, c!, anEvent()],
          [a!, anEvent(), c!],
          [anEvent(), b!, c!],
          [b!, a!, c!],
        ];
        for (const events of variants) {
          await expect(store.append({ ...original, events })).rejects.toMatchObject({
            name: 'RevisionConflict',
            actual: 2,
          });
        }
        expect(await stored()).toBe(3);
      });
    });

    describe('refuses before the wire', () => {
      const refusals: [string, string, () => Append][] = [
        ['an empty append', 'append-empty', () => ({ stream: aStream(), expected: 'no-stream', events: [] })],
        ['a system stream', 'stream-reserved', () => anAppend('$all', 'no-stream')],
        ['a stream without a name', 'stream-reserved', () => anAppend('', 'no-stream')],
        ['NUL in a stream name', 'not-canonical', () => anAppend('a\0b', 'no-stream')],
        [
          'more than 1 MiB in one event',
          'append-too-large',
          () => withEvents(anEvent({ data: { x: 'a'.repeat(MAX_APPEND_BYTES) } })),
        ],
        [
          'more than 1 MiB in several',
          'append-too-large',
          () => withEvents(...Array.from({ length: 3000 }, () => anEvent({ data: { x: 'ü'.repeat(175) } }))),
        ],
        [
          'a stated recorded time',
          'metadata-reserved',
          () => withEvents(anEvent({ metadata: { $recordedAt: '2026-01-01T00:00:00.000Z' } })),
        ],
        ['NUL', 'not-canonical', () => withEvents(anEvent({ data: { x: 'a\0' } }))],
        ['NUL in a type', 'not-canonical', () => withEvents(anEvent({ type: 'a\0' }))],
        ['a lone surrogate', 'not-canonical', () => withEvents(anEvent({ data: { x: '\ud800' } }))],
        ['an unsafe integer', 'not-canonical', () => withEvents(anEvent({ metadata: { x: 2 ** 53 } }))],
        ['an id that is no uuid', 'event-id-not-uuid', () => withEvents(anEvent({ id: 'event-1' }))],
        [
          'an id twice in one append',
          'event-id-repeated',
          () => {
            const event = anEvent();
            return withEvents(event, { ...anEvent(), id: event.id.toUpperCase() });
          },
        ],
      ];
      const withEvents = (...events: EventToAppend[]): Append => ({
        stream: aStream(),
        expected: 'no-stream',
        events,
      });

      it.each(refusals)('%s', async (_, code, append) => {
        const head = await store.head();
        await expect(store.append(append())).rejects.toMatchObject({ name: 'AppendRefused', code });
        await expect(store.appendMany([anAppend(aStream(), 'no-stream'), append()])).rejects.toBeInstanceOf(
          AppendRefused,
        );
        expect(await store.head()).toBe(head);
      });

      it('takes an append of exactly 1 MiB', async () => {
        const bare = anEvent({ data: { x: '' }, metadata: {} });
        const rest =
          MAX_APPEND_BYTES -
          Buffer.byteLength(bare.type) -
          Buffer.byteLength('{"x":""}') -
          Buffer.byteLength('{}');
        const append = withEvents({ ...bare, data: { x: 'a'.repeat(rest) } });
        expect((await store.append(append)).revision).toBe(0);
        const over = withEvents({ ...bare, data: { x: 'a'.repeat(rest + 1) } });
        await expect(store.append(over)).rejects.toMatchObject({ code: 'append-too-large' });
      });
    });

    describe('appendMany', () => {
      it('settles each append on its own and answers in order', async () => {
        const [a, b, c] = [aStream(), aStream(), aStream()];
        const first = await store.append(anAppend(a, 'no-stream'));
        const repeat = anAppend(b, 'no-stream', 2);
        const answers = await store.appendMany([
          repeat,
          anAppend(a, 'no-stream'),
          anAppend(c, 'no-stream', 3),
          repeat,
          anAppend(a, 0),
        ]);
        expect(answers[1]).toBeInstanceOf(RevisionConflict);
        expect(answers[1]).toMatchObject({ stream: a, expected: 'no-stream', actual: 0 });
        const [one, , three, four, five] = answers as Appended[];
        expect([one!.revision, three!.revision, four!.revision, five!.revision]).toEqual([1, 2, 1, 1]);
        expect(four!.position).toBe(one!.position);
        expect(first.position < one!.position && one!.position < three!.position).toBe(true);
        expect(three!.position < five!.position).toBe(true);
      });

      it('takes 2,000 new streams at once', async () => {
        const head = await store.head();
        const appends = Array.from({ length: 2000 }, () => anAppend(aStream(), 'no-stream'));
        const answers = await store.appendMany(appends);
        expect(answers.every((answer) => !(answer instanceof Error) && answer.revision === 0)).toBe(true);
        const read = await readEverything(store, head, 700);
        expect(new Map(read.map((event) => [event.id, event.position]))).toEqual(
          new Map(appends.map((append, i) => [append.events[0]!.id, (answers[i] as Appended).position])),
        );
      });

      it('answers nothing for nothing', async () => {
        expect(await store.appendMany([])).toEqual([]);
      });
    });

    describe('reading', () => {
      it('gives many readers at once each their own stream, with what was acknowledged before', async () => {
        const streams = Array.from({ length: 150 }, () => aStream());
        await store.appendMany(
          streams.map((stream, index) => anAppend(stream, 'no-stream', 1 + (index % 3))),
        );
        const missing = aStream();
        const asked = [...streams, missing, streams[0]!];
        const [read, late] = await Promise.all([
          Promise.all(asked.map((stream) => store.readStream(stream))),
          store.append(anAppend(streams[1]!, 1)).then(() => store.readStream(streams[1]!)),
        ]);
        const revisions = read.map((events) => events.map(({ stream, revision }) => `${stream} ${revision}`));
        const expected = streams.map((stream, index) =>
          Array.from({ length: 1 + (index % 3) }, (_, revision) => `${stream} ${revision}`),
        );
        // The append beside them may or may not have come first.
        expect([expected[1], [...expected[1]!, `${streams[1]} 2`]]).toContainEqual(revisions[1]);
        revisions[1] = expected[1]!;
        expect(revisions).toEqual([...expected, [], expected[0]]);
        expect(late).toHaveLength(3);
      });

      it('pages a stream from a revision, both ways', async () => {
        const stream = aStream();
        await store.append(anAppend(stream, 'no-stream', 10));
        const revisions = async (options: Parameters<EventStore['readStream']>[1]): Promise<number[]> =>
          (await store.readStream(stream, options)).map((event) => event.revision);
        expect(await revisions({ from: 7 })).toEqual([7, 8, 9]);
        expect(await revisions({ from: 2, limit: 3 })).toEqual([2, 3, 4]);
        expect(await revisions({ direction: 'backwards', limit: 2 })).toEqual([9, 8]);
        expect(await revisions({ direction: 'backwards', from: 2 })).toEqual([2, 1, 0]);
        expect(await revisions({ from: 10 })).toEqual([]);
      });

      it('pages the whole ledger exclusively, both ways', async () => {
        const head = await store.head();
        const stream = aStream();
        const { position } = await store.append(anAppend(stream, 'no-stream', 10));
        const forwards = await store.readAll({ after: head!, limit: 4 });
        expect(forwards.map((event) => [event.stream, event.revision])).toEqual(
          [0, 1, 2, 3].map((revision) => [stream, revision]),
        );
        const rest = await store.readAll({ after: forwards.at(-1)!.position });
        expect(rest.map((event) => event.revision)).toEqual([4, 5, 6, 7, 8, 9]);
        const backwards = await store.readAll({ direction: 'backwards', limit: 3 });
        expect(backwards.map((event) => event.revision)).toEqual([9, 8, 7]);
        const before = await store.readAll({ direction: 'backwards', after: position, limit: 2 });
        expect(before.map((event) => event.revision)).toEqual([8, 7]);
        expect(await store.readAll({ after: position })).toEqual([]);
      });

      it('gives every event of a page, and the data at least of the types asked for', async () => {
        const head = await store.head();
        const events = ['Wanted', 'Passed', 'Wanted'].map((type) => anEvent({ type, data: { n: 1 } }));
        await store.append({ stream: aStream(), expected: 'no-stream', events });
        const page = await store.readAll({ after: head!, dataOf: ['Wanted'] });
        expect(page.map(({ id, type, revision }) => [id, type, revision])).toEqual(
          events.map(({ id, type }, revision) => [id, type, revision]),
        );
        for (const event of page.filter(({ type }) => type === 'Wanted')) {
          expect([event.data, event.dataText]).toEqual([{ n: 1 }, '{"n":1}']);
        }
      });
    });

    it('lets exactly one of 16 racers have a new stream, 50 times', async () => {
      const other = await subject.open();
      for (let round = 0; round < 50; round += 1) {
        const stream = aStream();
        const outcomes = await Promise.allSettled(
          Array.from({ length: 16 }, (_, i) => (i % 2 ? store : other).append(anAppend(stream, 'no-stream'))),
        );
        const losers = outcomes.filter((outcome) => outcome.status === 'rejected');
        expect(losers).toHaveLength(15);
        for (const { reason } of losers)
          expect(reason).toMatchObject({ name: 'RevisionConflict', actual: 0 });
        expect(await store.readStream(stream)).toHaveLength(1);
      }
      await other.close();
    }, 60_000);

    it('gives 64 writers and several readers one order, without gap or repeat', async () => {
      const head = await store.head();
      const other = await subject.open();
      const [writers, each] = [64, 20];
      const stop = new AbortController();
      const total = writers * each;
      const follow = async (reader: EventStore, limit: number): Promise<string[]> => {
        const ids: string[] = [];
        const pages = reader.subscribe({
          ...(head === undefined ? {} : { after: head }),
          limit,
          signal: stop.signal,
        });
        for await (const page of pages) {
          expect(page.length).toBeGreaterThan(0);
          expect(page.length).toBeLessThanOrEqual(limit);
          ids.push(...page.map((event) => event.id));
          if (ids.length >= total) break;
        }
        return ids;
      };
      const readers = [follow(store, 7), follow(other, 100), follow(store, 1000), follow(other, 1)];
      const written = await Promise.all(
        Array.from({ length: writers }, async (_, w) => {
          const stream = aStream();
          const ids: string[] = [];
          for (let i = 0; i < each; i += 1) {
            const append = anAppend(stream, i === 0 ? 'no-stream' : i - 1);
            await (w % 2 ? store : other).append(append);
            ids.push(append.events[0]!.id);
          }
          return ids;
        }),
      );
      const order = (await readEverything(store, head, 97)).map((event) => event.id);
      expect(new Set(order)).toEqual(new Set(written.flat()));
      expect(order).toHaveLength(total);
      for (const read of await Promise.all(readers)) expect(read).toEqual(order);
      await other.close();
    }, 60_000);

    describe('subscribe', () => {
      it('gives history, then what is appended here and elsewhere', async () => {
        const head = await store.head();
        const other = await subject.open();
        const stream = aStream();
        await store.append(anAppend(stream, 'no-stream', 5));
        const stop = new AbortController();
        const seen: number[] = [];
        for await (const page of store.subscribe({ after: head!, limit: 3, signal: stop.signal })) {
          seen.push(...page.map((event) => event.revision));
          if (seen.length === 5) await other.append(anAppend(stream, 4));
          if (seen.length === 6) await store.append(anAppend(stream, 5));
          if (seen.length === 7) stop.abort();
        }
        expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
        await other.close();
      });

      it('ends promptly at abort, waiting or not', async () => {
        const stop = new AbortController();
        const waiting = (async () => {
          for await (const page of store.subscribe({ after: (await store.head())!, signal: stop.signal })) {
            throw new Error(`nothing was appended, but ${page.length} events came`);
          }
        })();
        await new Promise((resolve) => setTimeout(resolve, 300));
        const begin = performance.now();
        stop.abort();
        await waiting;
        expect(performance.now() - begin).toBeLessThan(100);

        for await (const page of store.subscribe({ signal: stop.signal })) expect(page).toBe('never reached');
      });
    });

    it('settles what is in flight at close, then refuses', async () => {
      const other = await subject.open();
      const stream = aStream();
      const last = Promise.all([
        other.append(anAppend(stream, 'no-stream')),
        other.append(anAppend(aStream(), 'no-stream')),
      ]);
      const following = (async () => {
        let pages = 0;
        for await (const page of other.subscribe({ signal: new AbortController().signal }))
          pages += page.length;
        return pages;
      })();
      await other.close();
      expect((await last).map((answer) => answer.revision)).toEqual([0, 0]);
      await following;
      expect(await store.readStream(stream)).toHaveLength(1);
      await expect(other.append(anAppend(aStream(), 'no-stream'))).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(other.readAll()).rejects.toBeInstanceOf(StoreUnavailable);
      await other.close();
    });
  });
}
