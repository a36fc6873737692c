import type { EventStore } from '@enishi/event-store';
import type { ClientBase, Pool } from 'pg';
import { applyBatch, openBatch, type Opener, type Target } from './apply';
import { markStopped, readVersion, type Checkpoint, type VersionRow } from './checkpoint';
import { readingOf, schemaOf, type Projection } from './definition';
import { CheckpointMoved, codeOf, isTransient, RebuildStopped } from './faults';
import { createVersion, dropVersion, transaction } from './schema';
import { refreshStatistics } from './statistics';

async function borrow<T>(pool: Pool, work: (db: ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = true;
  try {
    const result = await work(client);
    broken = false;
    return result;
  } finally {
    client.release(broken);
  }
}

/**
 * Asks for a rebuild beside the serving version. The worker that runs the projection does it. One that is
 * under way for the same version goes on; a stopped one, or one for other rules, starts anew.
 *
 * @param goal the head of the ledger now, for the progress.
 */
export async function requestRebuild(pool: Pool, projection: Projection, goal?: bigint): Promise<void> {
  await borrow(pool, (db) =>
    transaction(db, async () => {
      await db.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [projection.name]);
      const building = await readVersion(db, projection.name, 'building');
      if (building?.state === 'running' && building.version === projection.version) return;
      if (building) await dropVersion(db, projection.name, 'building');
      await createVersion(db, projection, 'building', goal);
    }),
  );
}

/** Gives a rebuild up. What it built is removed; the serving version is not touched. */
export async function cancelRebuild(pool: Pool, name: string): Promise<void> {
  await borrow(pool, (db) => transaction(db, () => dropVersion(db, name, 'building')));
}

/** Longer batches save no processor time, and take memory and the one thread from everything else. */
const BATCH = 1000;

export interface RebuildOptions {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly vault: Opener;
  /** The connection that holds the rebuild's lock and writes. */
  readonly db: ClientBase;
  readonly projection: Projection;
  readonly signal: AbortSignal;
  readonly batchSize?: number;
  readonly onProgress?: (checkpoint: Checkpoint) => void;
}

/**
 * Carries a requested rebuild on from where it stands until it has been switched to. Interrupted at any
 * point (signal, kill, lost connection) it leaves the building version whole, to be carried on.
 *
 * @returns `switched`, or `interrupted` by the signal.
 * @throws RebuildStopped at an event that cannot be applied, or when no waiting cures what it met elsewhere;
 *   CheckpointMoved when it was cancelled; transient faults, to be carried on from where it stands.
 */
export async function carryOnRebuild(options: RebuildOptions): Promise<'switched' | 'interrupted'> {
  try {
    return await carryOn(options);
  } catch (error) {
    if (isTransient(error) || error instanceof CheckpointMoved || error instanceof RebuildStopped)
      throw error;
    // Such as an index whose rows are too long. Tried again by itself, it would fail the same way for ever.
    throw await stopped(options, codeOf(error));
  }
}

/** Marks the rebuild as stopped where it stands. @throws CheckpointMoved when it was cancelled meanwhile. */
async function stopped({ db, projection }: RebuildOptions, code: string): Promise<RebuildStopped> {
  const { name } = projection;
  const { checkpoint } = await building(db, projection);
  const at = checkpoint?.position ?? 0n;
  if (!(await markStopped(db, name, checkpoint, at, code))) throw new CheckpointMoved(name);
  return new RebuildStopped(name, at, checkpoint?.eventId, code);
}

async function carryOn(options: RebuildOptions): Promise<'switched' | 'interrupted'> {
  const { store, vault, db, projection, signal, onProgress } = options;
  const limit = options.batchSize ?? BATCH;
  const target: Target = { db, projection, slot: 'building' };
  const page = async (after: Checkpoint | undefined) => {
    const records = await store.readAll({
      limit,
      ...readingOf(projection),
      ...(after ? { after: after.position } : {}),
    });
    return records.length === 0 ? undefined : openBatch(vault, projection, records);
  };

  let checkpoint = (await building(db, projection)).checkpoint;
  let indexed = false;
  let next = page(checkpoint);
  for (;;) {
    if (signal.aborted) {
      await next.catch(() => undefined);
      return 'interrupted';
    }
    const batch = await next;
    if (batch) {
      const last = batch.records[batch.records.length - 1];
      // Read and open the next page while this one is written.
      next = page(last && { position: last.position, eventId: last.id });
      next.catch(() => undefined);
      checkpoint = await applyBatch(target, vault, checkpoint, batch);
      onProgress?.(checkpoint);
      continue;
    }
    if (!indexed) await finish(db, projection);
    indexed = true;
    if (await switchOver(options, checkpoint)) return 'switched';
    next = page(checkpoint);
  }
}

/** What a version needs beside its rows before anybody reads it: indexes, and counted tables. */
async function finish(db: ClientBase, { name, indexes }: Projection): Promise<void> {
  if (indexes) {
    await transaction(db, async () => {
      await db.query(`SET LOCAL search_path TO ${schemaOf(name, 'building')}`);
      await db.query(indexes);
    });
  }
  await refreshStatistics(db, name, 'building', () => Infinity);
}

async function building(db: ClientBase, projection: Projection): Promise<VersionRow> {
  const row = await readVersion(db, projection.name, 'building');
  if (!row || row.version !== projection.version || row.state !== 'running')
    throw new CheckpointMoved(projection.name);
  return row;
}

/**
 * Puts the built version in the serving one's place, in one transaction. Answers false while the serving
 * version is ahead (a reader must never see a view go back) or readers hold it too long: then try again.
 */
async function switchOver(
  { db, projection: { name } }: RebuildOptions,
  checkpoint: Checkpoint | undefined,
): Promise<boolean> {
  try {
    return await transaction(db, async () => {
      // Readers queue behind the drop: better to give up and come back than to hold them.
      await db.query(`SET LOCAL lock_timeout TO '1s'`);
      await db.query('SELECT 1 FROM views.projection WHERE name = $1 FOR UPDATE', [name]);
      const serving = await readVersion(db, name, 'serving');
      const built = await readVersion(db, name, 'building');
      if (!built || built.checkpoint?.eventId !== checkpoint?.eventId) throw new CheckpointMoved(name);
      if (serving?.checkpoint && (!checkpoint || checkpoint.position < serving.checkpoint.position))
        return false;
      await dropVersion(db, name, 'serving');
      await db.query(`ALTER SCHEMA ${schemaOf(name, 'building')} RENAME TO ${schemaOf(name, 'serving')}`);
      await db.query(
        `UPDATE views.projection SET slot = 'serving', goal = NULL WHERE name = $1 AND slot = 'building'`,
        [name],
      );
      return true;
    });
  } catch (error) {
    if (isTransient(error) && (error as { code?: string }).code === '55P03') return false;
    throw error;
  }
}
