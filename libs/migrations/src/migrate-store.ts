import { answeredPositions, ledgerIdentity, moveAnswers } from '@enishi/application/ledger';
import { openEventStore } from '@enishi/event-store';
import { dropVersion, readVersions, transaction } from '@enishi/projections/engine';
import { openProcesses } from '@enishi/vault';
import { Pool } from 'pg';
import { copyLedger, LedgersDiffer, type CopiedLedger } from './copy-ledger';

/** Where a ledger stands, and where it is to stand. */
export interface MovePlan {
  readonly from: StorePlace;
  readonly to: StorePlace;
  /** The database of vault and views, as the serving role. It stays where it is. */
  readonly databaseUrl: string;
  readonly onProgress?: (leaves: bigint) => void;
}

/** A connection string, and whether it is this program's own embedded PostgreSQL. */
export interface StorePlace {
  readonly url: string;
  readonly embedded: boolean;
}

/** Servers or workers are running: what they write meanwhile would be missing. */
export class StillRunning extends Error {
  constructor(readonly processes: number) {
    super(`${processes} servers or workers have this ledger open`);
    this.name = 'StillRunning';
  }
}

/**
 * Moves a ledger to another event store and proves that every leaf is the same. The source is left as it is. The
 * views hold places of the old store, so they are dropped and built anew at the next start; kept answers to repeated
 * commands are put right.
 *
 * @throws StillRunning, LedgersDiffer, GenesisRefused, StoreMisconfigured, StoreUnavailable; nothing is lost by any of
 *   them, and the move may be repeated.
 */
export async function migrateStore({ from, to, databaseUrl, onProgress }: MovePlan): Promise<CopiedLedger> {
  const pool = new Pool({ connectionString: databaseUrl, max: 2 });
  pool.on('error', () => undefined);
  try {
    const running = await openProcesses(pool);
    if (running > 0) throw new StillRunning(running);
    const wanted = await answeredPositions(pool);
    const places = new Map<bigint, bigint>();
    const source = await openEventStore(from);
    try {
      await belongsTo(pool, source);
      const target = await openEventStore({ ...to, restoring: true });
      try {
        const copied = await copyLedger(source, target, {
          keepsOrder: /^postgres/.test(to.url),
          ...(onProgress && { onProgress }),
          onMoved: ({ position }, place) => {
            if (wanted.has(position)) places.set(position, place);
          },
        });
        await moveAnswers(pool, (position) => places.get(position));
        await dropViews(pool);
        return copied;
      } finally {
        await target.close();
      }
    } finally {
      await source.close();
    }
  } finally {
    await pool.end();
  }
}

/** @throws GenesisRefused when the source is not the ledger that this database knows. */
async function belongsTo(pool: Pool, source: Parameters<typeof ledgerIdentity>[1]): Promise<void> {
  const [first] = await source.readAll({ limit: 1 });
  const mode = first?.data['mode'];
  if (mode !== 'development' && mode !== 'production')
    throw new LedgersDiffer('source-empty', 'there is nothing to copy: the source is empty');
  await ledgerIdentity(pool, source, mode);
}

async function dropViews(pool: Pool): Promise<void> {
  const db = await pool.connect();
  try {
    await transaction(db, async () => {
      for (const { name, slot } of await readVersions(db)) await dropVersion(db, name, slot);
    });
  } finally {
    db.release();
  }
}
