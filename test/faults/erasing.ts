import path from 'node:path';
import { answersIn, notedPairsIn, systemClock, type Ledger } from '@enishi/application/ledger';
import { openEventStore } from '@enishi/event-store';
import { openVault, parseKeysSetting } from '@enishi/vault';
import { executeErasure, type ErasureFaultPoint } from '@enishi/worker';
import { Pool } from 'pg';
import type { Place } from '../bench/ground';

/** What the parent asks of one process: carry this plan out, and die behind the step named. */
export interface ErasingOrder {
  readonly place: Place;
  readonly ledgerId: string;
  readonly erasureId: string;
  /** Absent: to the end. */
  readonly point?: ErasureFaultPoint | 'shreds-listed' | 'nothing-done';
}

process.once('message', (order: ErasingOrder) => {
  void erase(order).then(() => process.disconnect());
});

/** As `kill -9`: nothing of this process goes on, not even what it was about to send. */
function dieAt(point: ErasingOrder['point']): (name: string) => Promise<void> {
  return (name) => {
    if (name !== point) return Promise.resolve();
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => undefined);
  };
}

async function erase({ place, ledgerId, erasureId, point }: ErasingOrder): Promise<void> {
  const faultPoint = dieAt(point);
  const { home, appUrl } = place;
  const pool = new Pool({ connectionString: appUrl });
  const store = await openEventStore({ url: appUrl, embedded: true });
  const vault = await openVault({
    databaseUrl: appUrl,
    ledgerId,
    epochsDirectory: path.join(home, 'epochs', 'current'),
    epochsCopyDirectory: path.join(home, 'epochs', 'copy'),
    artefactsDirectory: path.join(home, 'artefacts'),
    shredsDirectory: path.join(home, 'epochs', 'shreds'),
    masterKey: parseKeysSetting(`file:${path.join(home, 'keys', 'master.key')}`, { development: true }),
    faultPoint,
  });
  const ledger: Ledger = {
    store,
    vault,
    clock: systemClock,
    answers: answersIn(pool),
    pairs: notedPairsIn(pool),
  };
  await faultPoint('nothing-done');
  const signal = new AbortController().signal;
  const purgers = [{ store: 'nothing', purge: () => Promise.resolve() }];
  const rebuildViews = () => Promise.resolve();
  await executeErasure({ ledger, pool, purgers, rebuildViews, blockDays: 30, signal, faultPoint }, erasureId);
  await vault.close();
  await store.close();
  await pool.end();
}
