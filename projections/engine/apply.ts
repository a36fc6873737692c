import type { Fact } from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import type { Vault } from '@enishi/vault';
import type { ClientBase } from 'pg';
import { markStopped, moveCheckpoint, type Checkpoint } from './checkpoint';
import { schemaOf, type Entry, type Projection, type Slot } from './definition';
import { eraseSubjects, isErasure } from './erase';
import { CheckpointMoved, codeOf, isTransient, RebuildStopped } from './faults';
import { scopeKey } from './scope';
import { transaction } from './schema';

/** The vault as far as projections know it. */
export type Opener = Pick<Vault, 'openFacts'>;

/** A page of events with those the projection handles opened, or the fault that opening met. */
export interface Batch {
  readonly records: readonly RecordedEvent[];
  readonly opened: readonly Entry[] | { readonly fault: unknown };
}

/**
 * Opens a page for a projection: only the events it handles, only the categories it may hold. A fault is
 * carried in the batch, so that {@link applyBatch} can find the event that causes it; a transient one is thrown.
 */
export async function openBatch(
  vault: Opener,
  projection: Projection,
  records: readonly RecordedEvent[],
): Promise<Batch> {
  const { handles } = projection;
  const handled = handles === 'all' ? undefined : new Set<string>(handles);
  const wanted = handled === undefined ? records : records.filter(({ type }) => handled.has(type));
  if (wanted.length === 0) return { records, opened: [] };
  if (projection.asStored) return { records, opened: wanted.map((record) => new AsStored(record)) };
  try {
    const facts = await vault.openFacts(wanted, { categories: projection.opens, once: true });
    return { records, opened: wanted.map((record, index) => ({ record, fact: facts[index] as Fact })) };
  } catch (fault) {
    if (isTransient(fault)) throw fault;
    return { records, opened: { fault } };
  }
}

/** An entry of a projection that asks for no facts. */
class AsStored implements Entry {
  constructor(readonly record: RecordedEvent) {}

  get fact(): never {
    throw new Error('a projection that takes events as they are stored asked for a fact');
  }
}

/** Where batches are written: one connection, one version of one projection. */
export interface Target {
  readonly db: ClientBase;
  readonly projection: Projection;
  readonly slot: Slot;
}

function endOf(records: readonly RecordedEvent[]): Checkpoint {
  const last = records[records.length - 1];
  if (!last) throw new Error('a batch has at least one event');
  return { position: last.position, eventId: last.id };
}

/** One query for what every write transaction sets. A lost commit only means that a batch is applied again. */
export function settings(projection: Projection, slot: Slot): string {
  return `SET LOCAL search_path TO ${schemaOf(projection.name, slot)}; SET LOCAL synchronous_commit TO off`;
}

/**
 * Applies a batch: rows and checkpoint in one transaction. A fault that repeating cannot cure is narrowed down
 * by halves to the event that causes it; that event parks its scope (in the serving version) or stops the
 * rebuild (in the building one), and everything else of the batch is applied.
 *
 * @returns the new checkpoint.
 * @throws CheckpointMoved, RebuildStopped, or a transient fault to be retried from the stored checkpoint.
 */
export async function applyBatch(
  target: Target,
  vault: Opener,
  from: Checkpoint | undefined,
  batch: Batch,
): Promise<Checkpoint> {
  const { db, projection, slot } = target;
  let fault: unknown;
  if ('fault' in batch.opened) {
    fault = batch.opened.fault;
  } else {
    const entries = batch.opened;
    try {
      await transaction(db, async () => {
        await db.query(settings(projection, slot));
        const parked = await moveCheckpoint(
          db,
          projection,
          slot,
          from,
          endOf(batch.records),
          batch.records.length,
        );
        await projectEntries(db, projection, entries, parked);
      });
      return endOf(batch.records);
    } catch (error) {
      if (isTransient(error) || isEngineFault(error)) throw error;
      fault = error;
    }
  }
  if (batch.records.length === 1) return poisoned(target, from, batch.records[0] as RecordedEvent, fault);
  let checkpoint = from;
  const middle = batch.records.length >> 1;
  for (const half of [batch.records.slice(0, middle), batch.records.slice(middle)]) {
    checkpoint = await applyBatch(target, vault, checkpoint, await openBatch(vault, projection, half));
  }
  return checkpoint as Checkpoint;
}

function isEngineFault(error: unknown): boolean {
  return error instanceof RebuildStopped || error instanceof CheckpointMoved;
}

/**
 * Hands entries to the projection, in the caller's transaction. An erasure stands between what comes before it and what
 * comes after.
 * @param parked keys of scopes whose events are only looked through for erasures
 */
export async function projectEntries(
  db: ClientBase,
  projection: Projection,
  entries: readonly Entry[],
  parked: ReadonlySet<string>,
): Promise<void> {
  const applies = ({ record }: Entry): boolean =>
    parked.size === 0 || (!parked.has('all') && !parked.has(scopeKey(projection.scopeOf(record))));
  if (projection.subjects.length === 0) {
    const applied = entries.filter(applies);
    if (applied.length > 0) await projection.project(applied, db);
    return;
  }
  for (let start = 0; start < entries.length;) {
    const erasing = isErasure((entries[start] as Entry).record);
    let end = start + 1;
    while (end < entries.length && isErasure((entries[end] as Entry).record) === erasing) end++;
    const run = entries.slice(start, end);
    if (erasing)
      await eraseSubjects(
        db,
        projection,
        run.map((entry) => entry.record),
      );
    const applied = run.filter(applies);
    if (applied.length > 0) await projection.project(applied, db);
    start = end;
  }
}

/** One event that cannot be applied: parked with the checkpoint past it, or the end of a rebuild. */
async function poisoned(
  target: Target,
  from: Checkpoint | undefined,
  record: RecordedEvent,
  fault: unknown,
): Promise<Checkpoint> {
  const { db, projection, slot } = target;
  const code = codeOf(fault);
  if (slot === 'building') {
    await markStopped(db, projection.name, from, record.position, code);
    throw new RebuildStopped(projection.name, record.position, record.id, code);
  }
  const scope = projection.scopeOf(record);
  await transaction(db, async () => {
    await db.query(settings(projection, slot));
    await moveCheckpoint(db, projection, slot, from, endOf([record]), 1);
    // What cannot be shown must still be erased.
    if (isErasure(record)) await eraseSubjects(db, projection, [record]);
    await db.query(
      `INSERT INTO views.parked (projection, slot, scope_kind, scope_id, position, event_id, code)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
      [
        projection.name,
        slot,
        scope.kind,
        scope.kind === 'all' ? '' : scope.id,
        record.position.toString(),
        record.id,
        code,
      ],
    );
  });
  return endOf([record]);
}
