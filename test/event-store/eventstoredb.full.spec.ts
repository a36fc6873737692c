import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import {
  type Append,
  type EventStore,
  type ExpectedRevision,
  type Position,
  StoreUnavailable,
} from '@enishi/event-store';
import { openEventStoreDb } from '../../libs/event-store/src/eventstoredb';
import { anAppend, readEverything } from '../contract/event-store.contract';
import {
  describeWithEventStoreDb,
  type EventStoreDbNode,
  leaderOf,
  startNode,
  startThreeNodes,
  urlOf,
} from '../support/eventstoredb';
import { troubledProxy, type TroubledProxy } from './troubled-proxy';

let streams = 0;
const aStream = (): string => `request-${(streams += 1)}`;

/** Appends to a stream one event after the other, each at the revision the last one gave. */
async function write(store: EventStore, stream: string, stop: AbortSignal, most: number): Promise<string[]> {
  const ids: string[] = [];
  let expected: ExpectedRevision = 'no-stream';
  while (!stop.aborted && ids.length < most) {
    const append = anAppend(stream, expected);
    expected = (await store.append(append)).revision;
    ids.push(append.events[0]!.id);
  }
  return ids;
}

/** What was acknowledged is there, in order, and nothing else. */
async function expectExactly(
  store: EventStore,
  written: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  for (const [stream, ids] of written)
    expect((await store.readStream(stream)).map((event) => event.id)).toEqual(ids);
}

async function writeBeside(
  store: EventStore,
  writers: number,
  most: number,
  trouble: () => Promise<void>,
): Promise<Map<string, string[]>> {
  const stop = new AbortController();
  const names = Array.from({ length: writers }, aStream);
  const writing = Promise.all(
    names.map(async (name): Promise<[string, string[]]> => [
      name,
      await write(store, name, stop.signal, most),
    ]),
  );
  await trouble();
  stop.abort();
  return new Map(await writing);
}

describeWithEventStoreDb(
  'EventStoreDB in trouble',
  () => {
    let node: EventStoreDbNode;
    let proxy: TroubledProxy;
    const opened: EventStore[] = [];
    const open = async (over: { retryForMs?: number; answerWithinMs?: number } = {}): Promise<EventStore> => {
      const store = await openEventStoreDb({ url: urlOf([proxy]), ...over });
      opened.push(store);
      return store;
    };
    beforeAll(async () => {
      node = await startNode();
      proxy = await troubledProxy(node.port);
    });
    afterEach(async () => {
      proxy.carry();
      await Promise.all(opened.splice(0).map((store) => store.close()));
    });
    afterAll(async () => {
      await proxy.close();
      await node.kill();
    });

    it('loses nothing and writes nothing twice under cuts', async () => {
      const store = await open();
      const written = await writeBeside(store, 24, 10_000, async () => {
        for (let cut = 0; cut < 12; cut += 1) {
          await sleep(200);
          proxy.cut();
        }
      });
      expect([...written.values()].flat().length).toBeGreaterThan(100);
      await expectExactly(store, written);
    });

    it('waits out a connection that swallows everything', async () => {
      const store = await open({ answerWithinMs: 1000 });
      const written = await writeBeside(store, 8, 200, async () => {
        await sleep(100);
        proxy.swallow();
        await sleep(2500);
        proxy.carry();
        await sleep(1500);
      });
      await expectExactly(store, written);
    });

    it('answers both of two senders of one append, and stores it once', async () => {
      const [one, two] = [await open({ answerWithinMs: 1500 }), await open({ answerWithinMs: 1500 })];
      for (let round = 0; round < 3; round += 1) {
        const append = anAppend(aStream(), 'no-stream', 3);
        const [first, second] = await Promise.all([one.append(append), two.append(append)]);
        expect(second).toEqual(first);
        expect(await one.readStream(append.stream)).toHaveLength(3);
      }
    });

    it('gives up after the bound, and says whether the append may have been written', async () => {
      const store = await open({ retryForMs: 600, answerWithinMs: 200 });
      proxy.refuse();
      await expect(store.append(anAppend(aStream(), 'no-stream'))).rejects.toMatchObject({
        name: 'StoreUnavailable',
        outcomeUnknown: true,
      });
      await expect(store.readAll({ limit: 1 })).rejects.toMatchObject({
        name: 'StoreUnavailable',
        outcomeUnknown: false,
      });
      await expect(
        openEventStoreDb({ url: urlOf([proxy]), retryForMs: 300, answerWithinMs: 200 }),
      ).rejects.toBeInstanceOf(StoreUnavailable);
      proxy.carry();
      expect((await store.append(anAppend(aStream(), 'no-stream'))).revision).toBe(0);
    });

    it('follows on after cuts, without gap or repeat', async () => {
      const store = await open();
      const after = await store.head();
      const stop = new AbortController();
      const seen: string[] = [];
      const following = (async () => {
        const pages = store.subscribe({
          limit: 50,
          signal: stop.signal,
          ...(after === undefined ? {} : { after }),
        });
        for await (const page of pages) seen.push(...page.map((event) => event.id));
      })();
      const written = await writeBeside(store, 6, 10_000, async () => {
        for (let cut = 0; cut < 6; cut += 1) {
          await sleep(300);
          proxy.cut();
        }
      });
      const order = (await readEverything(store, after)).map((event) => event.id);
      expect(order).toHaveLength([...written.values()].flat().length);
      for (const deadline = Date.now() + 10_000; seen.length < order.length && Date.now() < deadline;)
        await sleep(20);
      stop.abort();
      await following;
      expect(seen).toEqual(order);
    });

    it("says how far it has looked through the server's own events", async () => {
      const store = await open();
      const { position } = await store.append(anAppend(aStream(), 'no-stream'));
      const stop = new AbortController();
      const reached: Position[] = [];
      const following = (async () => {
        const options = {
          after: position,
          signal: stop.signal,
          onCheckpoint: (p: Position) => reached.push(p),
        };
        for await (const page of store.subscribe(options)) expect(page).toEqual([]);
      })();
      const client = EventStoreDBClient.connectionString(urlOf([node]));
      for (let i = 0; i < 40 && reached.length === 0; i += 1) {
        const filler = Array.from({ length: 50 }, () => jsonEvent({ type: 'Filler', data: {} }));
        await client.appendToStream(`$filler-${i}`, filler);
      }
      await client.dispose();
      stop.abort();
      await following;
      expect(reached.length).toBeGreaterThan(0);
      expect(reached[0]! > position).toBe(true);
      // A reader may begin there.
      const next = await store.append(anAppend(aStream(), 'no-stream'));
      const [event] = await store.readAll({ after: reached[0]! });
      expect(event!.position).toBe(next.position);
      expect((await store.readAll({ after: position, limit: 1 }))[0]!.position).toBe(next.position);
      expect(await store.head()).toBe(next.position);
    });

    it('lets single appends pass a long import', async () => {
      const store = await open();
      const order: string[] = [];
      const bulk: Append[] = Array.from({ length: 3_000 }, () => anAppend(aStream(), 'no-stream'));
      const imported = store.appendMany(bulk).then(() => order.push('import'));
      await sleep(5);
      await store.append(anAppend(aStream(), 'no-stream')).then(() => order.push('person'));
      await imported;
      expect(order).toEqual(['person', 'import']);
    });

    it('loses nothing acknowledged when the server is killed and comes back', async () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'enishi-esdb-'));
      let onDisk = await startNode({ folder });
      const store = await openEventStoreDb({ url: urlOf([onDisk]) });
      const written = await writeBeside(store, 16, 10_000, async () => {
        for (let round = 0; round < 2; round += 1) {
          await sleep(500);
          await onDisk.kill();
          onDisk = await startNode({ folder, port: onDisk.port });
        }
        await sleep(500);
      });
      expect([...written.values()].flat().length).toBeGreaterThan(50);
      await expectExactly(store, written);
      await store.close();
      await onDisk.kill();
      rmSync(folder, { recursive: true, force: true });
    });

    it('goes on when the leader of three is killed during appends', async () => {
      const nodes = await startThreeNodes();
      const store = await openEventStoreDb({ url: urlOf(nodes) });
      const written = await writeBeside(store, 16, 10_000, async () => {
        await sleep(1000);
        await (await leaderOf(nodes)).kill();
        const rest = nodes.filter(({ child }) => child.exitCode === null && child.signalCode === null);
        expect(rest).toHaveLength(2);
        for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(100))
          if (
            await leaderOf(rest).then(
              () => true,
              () => false,
            )
          )
            break;
        await sleep(2000);
      });
      expect([...written.values()].flat().length).toBeGreaterThan(200);
      await expectExactly(store, written);
      const order = (await readEverything(store)).map((event) => event.id);
      expect(order).toHaveLength([...written.values()].flat().length);
      await store.close();
      for (const node of nodes) await node.kill();
    });
  },
  true,
);
