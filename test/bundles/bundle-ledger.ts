import { randomUUID } from 'node:crypto';
import type { BundleLevel, BundleScope } from '@enishi/bundle';
import {
  alumnusStream,
  erasedItems,
  eventId,
  lifecycleStream,
  metadataOf,
  statingEvents,
  systemContext,
} from '@enishi/application/ledger';
import {
  itemCategories,
  type Category,
  type DataOf,
  type EventType,
  type ItemField,
  type NewEvent,
} from '@enishi/domain';
import { publishedCheckpoints, runProjectors, sealIfDue } from '@enishi/worker';
import { Bundles } from '../../apps/server/src/bundles/bundles';
import type { Infrastructure } from '../../apps/server/src/infrastructure';
import { ViewReads } from '../../apps/server/src/view-reads';
import { openTestRoom } from '../application/room';
import { filesIn } from '../support/unzip';

/** A bundle, read. */
export interface MadeBundle {
  readonly zip: Buffer;
  readonly files: ReadonlyMap<string, Buffer>;
  /** The lines of a `.jsonl` file, as JSON. */
  lines<Line>(name: string): readonly Line[];
  text(name: string): string;
  /** Whose events left. */
  readonly people: readonly string[];
}

/** A ledger with its views, sealed when the test says so. */
export interface BundleLedger {
  readonly room: Infrastructure;
  /** @returns the event's id */
  record<T extends EventType>(
    stream: string,
    type: T,
    data: DataOf<T>,
    options?: { readonly batchId?: string },
  ): Promise<string>;
  /** As the erasure of these categories leaves it: the events, and no keys. */
  erase(alumnusId: string, ...categories: readonly Category[]): Promise<void>;
  /** As the erasure of these items leaves it. */
  eraseItems(alumnusId: string, ...fields: readonly ItemField[]): Promise<void>;
  /** Signs a checkpoint over all there is. @returns its size */
  seal(): Promise<number>;
  readonly bundles: Bundles;
  bundle(scope: BundleScope, level?: BundleLevel, since?: readonly number[]): Promise<MadeBundle>;
  close(): Promise<void>;
}

/** @param name of the database */
export async function openBundleLedger(name: string): Promise<BundleLedger> {
  const { room, close } = await openTestRoom(name);
  const { ledger, pool, store, vault, identity } = room;
  const stop = new AbortController();
  const onEnded = (projection: string, error: unknown) => {
    throw new Error(`${projection} ended`, { cause: error });
  };
  const { ledgerId } = identity;
  const { signal } = stop;
  const runs = runProjectors({ store, vault, pool, ledgerId, signal, pollMs: 20, onEnded });
  const bundles = new Bundles(room, new ViewReads(room));

  const record: BundleLedger['record'] = async (stream, type, data, { batchId } = {}) => {
    const context = { ...systemContext('test'), ...(batchId !== undefined && { batchId }) };
    const event = { type, data } as unknown as NewEvent;
    const id = eventId(context.commandId, stream, 0);
    const lease = vault.lease();
    try {
      const [sealed] = await lease.seal([{ stream, id, event }]);
      const last = (await store.readStream(stream, { direction: 'backwards', limit: 1 }))[0];
      const metadata = metadataOf(event, new Date().toISOString(), context);
      const events = [{ id, type, data: sealed!, metadata }];
      await store.append({ stream, expected: last?.revision ?? 'no-stream', events });
      return id;
    } finally {
      lease.release();
    }
  };

  return {
    room,
    bundles,
    record,
    async erase(alumnusId, ...categories) {
      const started = await record(lifecycleStream(alumnusId), 'ErasureStarted', { alumnusId, categories });
      for (const category of categories) {
        await vault.closeKey(`alumnus:${alumnusId}`, category, 'staff:1', 'test');
        await vault.destroyKey(`alumnus:${alumnusId}`, category, 'staff:1', 'test', started);
      }
      await record(lifecycleStream(alumnusId), 'ErasureCompleted', { alumnusId, categories });
    },
    async eraseItems(alumnusId, ...fields) {
      const categories = itemCategories(fields);
      const eventIds = await statingEvents(ledger, alumnusId, fields);
      const data = { alumnusId, erasureId: randomUUID(), categories, fields, eventIds };
      const planEventId = await record(lifecycleStream(alumnusId), 'ItemErased', data);
      const slots = categories.map((category) => ({ subject: `alumnus:${alumnusId}`, category }) as const);
      const records = await store.readStream(alumnusStream(alumnusId));
      const going = await vault.renewKeys(slots, 'staff:1', 'test');
      for (const slot of going) await vault.reseal(records, slot, await erasedItems(ledger, alumnusId));
      await vault.destroyKeys(
        going.map((slot) => ({ ...slot, planEventId })),
        'staff:1',
        'test',
      );
    },
    async seal() {
      const head = (await store.head())!;
      for (const view of ['leaves', 'audit-trail', 'consent-history'])
        while ((await room.views.waitFor(view, head, 1000, [])) !== 'ok');
      await sealIfDue({ ledger, pool, intervalSeconds: 0 });
      return (await publishedCheckpoints(pool, { limit: 1 }))[0]!.size;
    },
    async bundle(scope, level = 'none', since = []) {
      const people = new Set<string>();
      const { chunks } = await bundles.open({ scope, level, since }, async (ids) => {
        for (const id of ids) people.add(id);
      });
      const parts: Buffer[] = [];
      for await (const part of chunks) parts.push(Buffer.from(part));
      const zip = Buffer.concat(parts);
      const files = await filesIn(zip);
      const text = (file: string) => files.get(file)!.toString('utf8');
      return {
        zip,
        files,
        people: [...people].sort(),
        text,
        lines: <Line>(file: string) =>
          text(file)
            .split('\n')
            .slice(0, -1)
            .map((line) => JSON.parse(line) as Line),
      };
    },
    async close() {
      stop.abort();
      await runs;
      await close();
    },
  };
}

/** A person's id that stands in no other test. */
export const aPerson = (): string => randomUUID();
