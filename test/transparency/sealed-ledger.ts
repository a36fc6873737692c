import { randomUUID } from 'node:crypto';
import type { Infrastructure } from '../../apps/server/src/infrastructure';
import { leafWriter, runProjector, sealIfDue, type SealStep } from '@enishi/worker';
import { openTestRoom } from '../application/room';

/** A ledger whose leaves are written as events arrive, and sealed when the test says so. */
export interface SealedLedger {
  readonly room: Infrastructure;
  /** Connection string of the owner of its tables. */
  readonly ownerUrl: string;
  /** Appends events about nobody, in streams of their own, and waits for their leaves. */
  write(events: number): Promise<void>;
  /** Waits until every event has its leaf. */
  caughtUp(): Promise<void>;
  /** Seals what there is, without an interval. */
  seal(onStep?: (step: SealStep) => void): Promise<boolean>;
  close(): Promise<void>;
}

/** @param name of the database */
export async function openSealedLedger(name: string): Promise<SealedLedger> {
  const { room, ownerUrl, close } = await openTestRoom(name);
  const { pool, store, vault, identity, ledger } = room;
  const stop = new AbortController();
  const projection = leafWriter(identity.ledgerId);
  const leaves = runProjector({ store, vault, pool, projection, signal: stop.signal, pollMs: 20 });

  async function caughtUp(): Promise<void> {
    const head = await store.head();
    for (;;) {
      const { rows } = await pool
        .query<{ last: string | null }>('SELECT max(position) AS last FROM leaves.leaf')
        .catch(() => ({ rows: [] }));
      if (rows[0]?.last === String(head)) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  return {
    room,
    ownerUrl,
    caughtUp,
    async write(events) {
      const appends = Array.from({ length: events }, (_, n) => ({
        stream: `note-${randomUUID()}`,
        expected: 'no-stream' as const,
        events: [{ id: randomUUID(), type: 'Noted', data: { n }, metadata: {} }],
      }));
      await store.appendMany(appends);
      await caughtUp();
    },
    seal: (onStep) => sealIfDue({ ledger, pool, intervalSeconds: 0, ...(onStep && { onStep }) }),
    async close() {
      stop.abort();
      await leaves;
      await close();
    },
  };
}
