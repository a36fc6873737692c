import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '@enishi/event-store';
import {
  applyBatch,
  carryOnRebuild,
  CheckpointMoved,
  codeOf,
  createVersion,
  isTransient,
  openBatch,
  passOver,
  readingOf,
  readVersion,
  RebuildStopped,
  requestRebuild,
  transaction,
  type Checkpoint,
  type Opener,
  type Projection,
  type Slot,
} from '@enishi/projections/engine';
import type { Pool, PoolClient } from 'pg';
import { withConnection } from './cut-connection';
import { LEASE_MS, RunnerSession } from './runner-session';
import type { RunnerLog } from './runner-log';
import { TableCounts } from './table-counts';

/** What a runner writes in one transaction, in numbers. */
export interface RunnerBatch {
  readonly projection: string;
  readonly events: number;
}

export interface ProjectorOptions {
  readonly store: Pick<EventStore, 'subscribe' | 'readAll' | 'head'>;
  readonly vault: Opener;
  /** The runner keeps one of its connections, a second while it rebuilds, and now and then a third. */
  readonly pool: Pool;
  /** Where its locks are held; without it, the runner keeps a session of its own. */
  readonly session?: RunnerSession;
  readonly projection: Projection;
  readonly signal: AbortSignal;
  /** Events per transaction at most (250; a rebuild: 1,000). */
  readonly batchSize?: number;
  /** After every batch: give it to `views.advanced`, to wake who waits for a position. */
  readonly onProgress?: (projection: string, position: bigint, slot: Slot) => void;
  /** A check of the version that serves, before the runner goes on from it. What it throws ends the runner. */
  readonly verify?: (db: PoolClient, checkpoint: Checkpoint) => Promise<void>;
  readonly logger?: RunnerLog;
  /** Put around each batch of the serving version, to time or trace it. */
  readonly around?: <T>(batch: RunnerBatch, work: () => Promise<T>) => Promise<T>;
  /** How often it looks for a rebuild that was asked for, and for a lock held elsewhere (250). */
  readonly pollMs?: number;
  /** How often it looks whether so much was written that the tables must be counted (5,000). */
  readonly countMs?: number;
}

const LONGEST_PAUSE_MS = 5000;
/** Requests wait while a batch is opened and folded in the same process: 250 events take some 60 ms, 5,000 half a second. */
const BATCH = 250;
/** How often a position without an event of ours is noted, at most. */
const PASS_OVER_MS = 10_000;

/**
 * Runs one projection until the signal: follows the ledger in the serving version, and carries out rebuilds
 * beside it. One runner per version at a time, in whichever process takes the lock first; the others wait.
 * What a database or store outage interrupts is retried with back-off from the stored checkpoint. A serving
 * version made by other rules is not touched: it stands until the rebuild it triggers has replaced it. A rebuild
 * that cannot go on stays `stopped` with its code; the serving version goes on.
 *
 * @throws what `verify` throws, and faults of the serving version that no waiting cures: from then on it stands
 *   still, and must not be shown. Never a fault of a rebuild.
 * @example await runProjector({ store, vault, pool, projection: alumniRoster, signal, onProgress: views.advanced });
 */
export async function runProjector(options: ProjectorOptions): Promise<void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const session = options.session ?? new RunnerSession(options.pool);
  const inner = { ...options, signal, session };
  // What a rebuild would switch to has nobody to follow the ledger in it once the serving half has ended.
  const serving = persist(inner, 'serving', follow).finally(() => stop.abort());
  try {
    await Promise.all([serving, persist(inner, 'building', rebuild)]);
  } finally {
    if (session !== options.session) await session.close();
  }
}

/**
 * Does the work under the version's lock, again and again until the signal, with back-off after faults.
 * @throws in the serving slot only: faults that no waiting cures.
 */
async function persist(
  options: ProjectorOptions & { readonly session: RunnerSession },
  slot: Slot,
  work: (options: ProjectorOptions, db: PoolClient) => Promise<void>,
): Promise<void> {
  const { pool, session, projection, signal, logger, pollMs = 250 } = options;
  const { name } = projection;
  let faults = 0;
  while (!signal.aborted) {
    let pause = pollMs;
    try {
      if (slot === 'serving' || (await hasRebuildToDo(options))) await withLock();
      faults = 0;
    } catch (error) {
      if (error instanceof RebuildStopped) {
        logger?.error(
          { projection: name, position: error.position.toString(), code: error.code },
          'rebuild stopped',
        );
      } else if (error instanceof CheckpointMoved) {
        // Switched, cancelled or taken over: nothing of this runner's was written. It reads where things stand.
        logger?.info({ projection: name, slot }, 'checkpoint moved elsewhere');
      } else if (isTransient(error)) {
        pause = Math.min(50 * 2 ** faults++, LONGEST_PAUSE_MS);
        logger?.warn({ projection: name, slot, code: codeOf(error), pause }, 'projector retries');
      } else if (slot === 'building') {
        // It could not even be marked as stopped. Whoever reads the serving version has nothing to do with it.
        pause = LONGEST_PAUSE_MS;
        logger?.error({ projection: name, slot, code: codeOf(error), pause }, 'rebuild failed');
      } else {
        throw error;
      }
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }

  async function withLock(): Promise<void> {
    const held = await session.hold(name, slot, signal, pollMs);
    if (!held) return;
    try {
      await withConnection(pool, held.lost, async (db) => {
        // Frozen in the middle of a batch, it would keep whoever takes over waiting for its row locks.
        await db.query(`SET idle_in_transaction_session_timeout = ${LEASE_MS}`);
        await work({ ...options, signal: AbortSignal.any([signal, held.lost]) }, db);
      });
    } finally {
      if (held.lost.aborted) logger?.warn({ projection: name, slot }, 'runner lock lost');
      await held.release();
    }
  }
}

async function hasRebuildToDo({ pool, projection }: ProjectorOptions): Promise<boolean> {
  const row = await readVersion(pool, projection.name, 'building');
  return row?.state === 'running' && row.version === projection.version;
}

async function rebuild(options: ProjectorOptions, db: PoolClient): Promise<void> {
  const { projection, logger, onProgress } = options;
  if (!(await hasRebuildToDo(options))) return;
  const outcome = await carryOnRebuild({
    ...options,
    db,
    onProgress: ({ position }) => onProgress?.(projection.name, position, 'building'),
  });
  logger?.info({ projection: projection.name, outcome }, 'rebuild');
}

/** Follows the ledger from the stored checkpoint until the signal. */
async function follow(options: ProjectorOptions, db: PoolClient): Promise<void> {
  const { store, vault, projection, signal, onProgress, batchSize = BATCH, logger } = options;
  const { name } = projection;
  if (!(await readVersion(db, name, 'serving'))) {
    await transaction(db, () => createVersion(db, projection, 'serving'));
  }
  const row = await readVersion(db, name, 'serving');
  if (row && row.version !== projection.version) return otherRules(options);
  let checkpoint = row?.checkpoint;
  if (checkpoint) {
    await options.verify?.(db, checkpoint);
    onProgress?.(name, checkpoint.position, 'serving');
  }
  logger?.info({ projection: name, position: checkpoint?.position.toString() }, 'projector follows');

  const ended = new AbortController();
  const untilEnd = AbortSignal.any([signal, ended.signal]);
  const counts = new TableCounts(options.pool, name, { everyMs: options.countMs, logger });
  const counting = counts.keep(untilEnd);
  const target = { db, projection, slot: 'serving' as const };
  let writing = Promise.resolve();
  let passed = performance.now();
  const onCheckpoint = (position: bigint): void => {
    if (performance.now() - passed < PASS_OVER_MS) return;
    passed = performance.now();
    writing = writing.then(async () => {
      if (!checkpoint || position <= checkpoint.position || signal.aborted) return;
      checkpoint = await passOver(db, projection, checkpoint, position);
    });
    writing.catch(() => ended.abort());
  };
  const pages = store.subscribe({
    limit: batchSize,
    ...readingOf(projection),
    signal: untilEnd,
    onCheckpoint,
    ...(checkpoint ? { after: checkpoint.position } : {}),
  });
  try {
    for await (const records of pages) {
      // This page is opened while the one before is being written.
      const batch = await openBatch(vault, projection, records);
      await writing;
      if (signal.aborted) return;
      const from = checkpoint;
      const apply = () => applyBatch(target, vault, from, batch);
      const size = { projection: name, events: records.length };
      writing = (options.around?.(size, apply) ?? apply()).then((moved) => {
        checkpoint = moved;
        counts.applied(batch.records.length);
        onProgress?.(name, moved.position, 'serving');
      });
      // Reported at the next await; until then it must not count as unhandled.
      writing.catch(() => ended.abort());
    }
    await writing;
  } finally {
    ended.abort();
    await Promise.all([writing.catch(() => undefined), counting]);
  }
}

async function otherRules({
  pool,
  projection,
  store,
  logger,
  signal,
  pollMs,
}: ProjectorOptions): Promise<void> {
  const building = await readVersion(pool, projection.name, 'building');
  // One that stopped stays visible until somebody asks for it again.
  if (building?.version !== projection.version) {
    logger?.info(
      { projection: projection.name, version: projection.version },
      'rules changed: rebuild beside',
    );
    try {
      await requestRebuild(pool, projection, await store.head());
    } catch (error) {
      if (isTransient(error)) throw error;
      // It is the rebuild that cannot begin: the version that stands is as good as it was.
      logger?.error({ projection: projection.name, code: codeOf(error) }, 'rebuild cannot begin');
    }
  }
  while (
    !signal.aborted &&
    (await readVersion(pool, projection.name, 'serving'))?.version !== projection.version
  ) {
    await sleep(pollMs ?? 250, undefined, { signal }).catch(() => undefined);
  }
}
