import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EventStore } from '@enishi/event-store';
import { migrateAll } from '@enishi/migrations';
import { runProjectors } from '@enishi/worker';
import type { Infrastructure } from '../../apps/server/src/infrastructure';
import type { Place } from '../bench/ground';
import { openRoom } from '../bench/room';
import { testCluster } from '../support/postgres';

/** A ledger of a spec's own, open in this process. */
export interface SmallLedger {
  readonly place: Place;
  readonly room: Infrastructure;
  stop(): Promise<void>;
}

/** Opens an empty ledger in the run's own PostgreSQL. */
export async function openSmallLedger(name: string): Promise<SmallLedger> {
  const cluster = await testCluster();
  const database = await cluster.createDatabase(name);
  await migrateAll({ databaseOwnerUrl: database.ownerUrl, servingRole: 'enishi_app' });
  const folder = mkdtempSync(path.join(tmpdir(), `enishi-${name}-`));
  const place = { home: path.join(folder, 'home'), ownerUrl: database.ownerUrl, appUrl: database.url };
  const room = await openRoom(place);
  return {
    place,
    room,
    async stop() {
      await room.close();
      await database.drop();
      await cluster.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Follows a ledger with all views until the end of the work. */
export async function following<T>(
  room: Infrastructure,
  store: EventStore,
  work: () => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const ended: string[] = [];
  const { vault, pool, identity } = room;
  const onEnded = (projection: string) => ended.push(projection);
  const all = { store, vault, pool, ledgerId: identity.ledgerId, signal: stop.signal, onEnded };
  const running = runProjectors({ ...all, batchSize: 20, pollMs: 20 });
  let done: T;
  try {
    done = await work();
  } finally {
    stop.abort();
    await running;
  }
  if (ended.length > 0) throw new Error(`views have ended: ${ended.join()}`);
  return done;
}

/** Waits until every view has read the ledger to its end. */
export async function caughtUp({ views }: Infrastructure): Promise<void> {
  while ((await views.status()).some(({ lag }) => lag !== 0)) await new Promise((go) => setTimeout(go, 20));
}
