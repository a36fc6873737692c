import type { ClientBase, Pool } from 'pg';
import type { Projection, Slot } from './definition';
import { CheckpointMoved } from './faults';
import { scopeKey } from './scope';

/** How far a version has got: the last event applied, absent before the first. */
export interface Checkpoint {
  readonly position: bigint;
  readonly eventId: string;
}

/** A version's row in `views.projection`. */
export interface VersionRow {
  readonly name: string;
  readonly slot: Slot;
  readonly version: number;
  readonly checkpoint: Checkpoint | undefined;
  readonly state: 'running' | 'stopped';
  readonly handled: number;
  readonly goal: bigint | undefined;
  readonly stoppedAt: bigint | undefined;
  readonly stoppedCode: string | undefined;
  readonly started: Date;
}

interface StoredRow {
  name: string;
  slot: Slot;
  version: number;
  position: string | null;
  event_id: string | null;
  state: 'running' | 'stopped';
  handled: string;
  goal: string | null;
  stopped_at: string | null;
  stopped_code: string | null;
  started: Date;
}

/** The versions of one projection, or of all. */
export async function readVersions(db: ClientBase | Pool, name?: string): Promise<readonly VersionRow[]> {
  const { rows } = await db.query<StoredRow>(
    'SELECT * FROM views.projection WHERE $1::text IS NULL OR name = $1 ORDER BY name, slot',
    [name ?? null],
  );
  return rows.map((row) => ({
    name: row.name,
    slot: row.slot,
    version: row.version,
    checkpoint:
      row.position === null || row.event_id === null
        ? undefined
        : { position: BigInt(row.position), eventId: row.event_id },
    state: row.state,
    handled: Number(row.handled),
    goal: row.goal === null ? undefined : BigInt(row.goal),
    stoppedAt: row.stopped_at === null ? undefined : BigInt(row.stopped_at),
    stoppedCode: row.stopped_code ?? undefined,
    started: row.started,
  }));
}

/** One version of a projection, `undefined` where there is none. */
export async function readVersion(
  db: ClientBase | Pool,
  name: string,
  slot: Slot,
): Promise<VersionRow | undefined> {
  return (await readVersions(db, name)).find((row) => row.slot === slot);
}

/**
 * Marks a rebuild that stands at `from` as one that cannot go on, until somebody asks for it again.
 *
 * @param at where it stopped.
 * @param code why; never a message, which may quote a value.
 * @returns false when it no longer stands there: cancelled, switched or taken over.
 */
export async function markStopped(
  db: ClientBase,
  name: string,
  from: Checkpoint | undefined,
  at: bigint,
  code: string,
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE views.projection SET state = 'stopped', stopped_at = $2, stopped_code = $3
      WHERE name = $1 AND slot = 'building' AND event_id IS NOT DISTINCT FROM $4::text`,
    [name, at.toString(), code, from?.eventId ?? null],
  );
  return rowCount === 1;
}

/**
 * Moves the checkpoint inside the caller's transaction, only from where this runner left it, and answers the
 * keys of the parked scopes. The row stays locked until the transaction ends, so a switch, a cancel and a
 * second runner wait for each other here.
 *
 * @throws CheckpointMoved when the version is no longer at `from`: a zombie must write nothing.
 */
export async function moveCheckpoint(
  db: ClientBase,
  projection: Projection,
  slot: Slot,
  from: Checkpoint | undefined,
  to: Checkpoint,
  handled: number,
): Promise<ReadonlySet<string>> {
  const { rows } = await db.query<{ parked: { kind: 'alumnus'; id: string }[] | null }>(
    `UPDATE views.projection SET position = $4, event_id = $5, handled = handled + $6
      WHERE name = $1 AND slot = $2 AND version = $3 AND state = 'running'
        AND position IS NOT DISTINCT FROM $7::bigint AND event_id IS NOT DISTINCT FROM $8::text
      RETURNING (SELECT json_agg(json_build_object('kind', scope_kind, 'id', scope_id))
                   FROM views.parked WHERE projection = $1 AND slot = $2) AS parked`,
    [
      projection.name,
      slot,
      projection.version,
      to.position.toString(),
      to.eventId,
      handled,
      from?.position.toString() ?? null,
      from?.eventId ?? null,
    ],
  );
  const [row] = rows;
  if (!row) throw new CheckpointMoved(projection.name);
  return new Set((row.parked ?? []).map(scopeKey));
}

/**
 * Moves the serving version's position past what the engine wrote itself, where nothing of ours stood; the last event
 * stays the same. See `SubscribeOptions.onCheckpoint`.
 *
 * @throws CheckpointMoved when the version is no longer at `from`.
 */
export async function passOver(
  db: ClientBase,
  projection: Projection,
  from: Checkpoint,
  position: bigint,
): Promise<Checkpoint> {
  const { rowCount } = await db.query(
    `UPDATE views.projection SET position = $3
      WHERE name = $1 AND slot = 'serving' AND version = $2 AND state = 'running' AND position = $4 AND event_id = $5`,
    [projection.name, projection.version, position.toString(), from.position.toString(), from.eventId],
  );
  if (rowCount !== 1) throw new CheckpointMoved(projection.name);
  return { ...from, position };
}
