import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '@enishi/event-store';
import type { Pool } from 'pg';
import { readVersion, readVersions, type VersionRow } from './checkpoint';
import type { Projection, Scope } from './definition';
import { parkedAmong, parkedScopes, type ParkedScope } from './parked';
import { cancelRebuild, requestRebuild } from './rebuild';

/** How a rebuild beside is getting on. */
export interface RebuildProgress {
  readonly version: number;
  readonly state: 'running' | 'stopped';
  /** Events looked at so far. */
  readonly handled: number;
  /** 0 … 1, by position; absent where the head at the start is not known. */
  readonly done: number | undefined;
  readonly eventsPerSecond: number;
  readonly startedAt: Date;
  /** The event that stopped it. */
  readonly stoppedAt?: { readonly position: bigint; readonly code: string };
}

/** One projection, as `enishi projections` shows it. */
export interface ProjectionStatus {
  readonly name: string;
  /** Of the program; where `servingVersion` differs, a rebuild is due. */
  readonly version: number;
  readonly servingVersion: number | undefined;
  readonly position: bigint | undefined;
  /** Events not yet applied. Beyond the view that is furthest no more than 1,000 are counted. */
  readonly lag: number;
  readonly handled: number;
  readonly parked: readonly ParkedScope[];
  readonly rebuilding: RebuildProgress | undefined;
}

/** What the server asks of the views as a whole. */
export interface Views {
  /**
   * Waits until a view has passed a position, at most `timeoutMs` (5,000). `view-parked` when a scope asked
   * for, or everything, is parked.
   */
  waitFor(
    projection: string,
    position: bigint,
    timeoutMs?: number,
    scopes?: readonly Exclude<Scope, { kind: 'all' }>[],
  ): Promise<'ok' | 'view-behind' | 'view-parked'>;
  /** To be called by a runner in this process when it has moved: wakes who waits, sooner than polling. */
  advanced(projection: string, position: bigint): void;
  status(): Promise<readonly ProjectionStatus[]>;
  /** Asks for a rebuild beside; the worker does it. @throws Error for a name that is not a projection. */
  rebuild(projection: string): Promise<void>;
  cancelRebuild(projection: string): Promise<void>;
}

const COUNTED_AHEAD = 1000;

/**
 * @example
 * const views = openViews({ pool, store, projections: [alumniRoster, auditTrail] });
 * if ((await views.waitFor('alumni-roster', position)) !== 'ok') throw new ServiceUnavailable();
 */
export function openViews(options: {
  readonly pool: Pool;
  readonly store: Pick<EventStore, 'head' | 'readAll'>;
  readonly projections: readonly Projection[];
  /** How often another process's progress is looked for. */
  readonly pollMs?: number;
}): Views {
  const { pool, store, projections, pollMs = 50 } = options;
  const seen = new Map<string, bigint>();
  const waiting = new Map<string, Set<() => void>>();

  const find = (name: string): Projection => {
    const found = projections.find((projection) => projection.name === name);
    if (!found) throw new Error(`there is no projection ${name}`);
    return found;
  };
  /** Resolves at the next move in this process, or after the poll interval. */
  const nextMove = async (name: string, ms: number): Promise<void> => {
    const woken = new AbortController();
    const wake = (): void => woken.abort();
    let set = waiting.get(name);
    if (!set) waiting.set(name, (set = new Set()));
    set.add(wake);
    await sleep(ms, undefined, { signal: woken.signal }).catch(() => undefined);
    set.delete(wake);
  };
  const passed = async (projection: Projection, position: bigint): Promise<boolean> => {
    if ((seen.get(projection.name) ?? -1n) >= position) return true;
    const row = await readVersion(pool, projection.name, 'serving');
    // Tables of other rules cannot be asked: until the rebuild has been switched to, the view is behind.
    return row?.version === projection.version && (row.checkpoint?.position ?? -1n) >= position;
  };

  return {
    async waitFor(name, position, timeoutMs = 5000, scopes = []) {
      const projection = find(name);
      for (const deadline = Date.now() + timeoutMs; ;) {
        if (await passed(projection, position)) {
          return parkedAmong(await parkedScopes(pool, name), scopes) ? 'view-parked' : 'ok';
        }
        const left = deadline - Date.now();
        if (left <= 0) return 'view-behind';
        await nextMove(name, Math.min(left, pollMs));
      }
    },
    advanced(name, position) {
      seen.set(name, position);
      for (const wake of waiting.get(name) ?? []) wake();
    },
    async status() {
      const rows = await readVersions(pool);
      const furthest = furthestOf(rows);
      const ahead = await store.readAll({
        limit: COUNTED_AHEAD,
        ...(furthest?.checkpoint ? { after: furthest.checkpoint.position } : {}),
      });
      return Promise.all(
        projections.map(async (projection) => {
          const own = rows.filter((row) => row.name === projection.name);
          const serving = own.find((row) => row.slot === 'serving');
          const building = own.find((row) => row.slot === 'building');
          return {
            name: projection.name,
            version: projection.version,
            servingVersion: serving?.version,
            position: serving?.checkpoint?.position,
            lag: (furthest?.handled ?? 0) - (serving?.handled ?? 0) + ahead.length,
            handled: serving?.handled ?? 0,
            parked: await parkedScopes(pool, projection.name),
            rebuilding: building && progressOf(building),
          };
        }),
      );
    },
    async rebuild(name) {
      await requestRebuild(pool, find(name), await store.head());
    },
    cancelRebuild: (name) => cancelRebuild(pool, find(name).name),
  };
}

/** Every version counts the events it has looked at from the first one on, so their difference is how far it is behind. */
function furthestOf(rows: readonly VersionRow[]): VersionRow | undefined {
  return rows
    .filter(({ slot }) => slot === 'serving')
    .reduce<VersionRow | undefined>(
      (most, row) => (row.handled > (most?.handled ?? -1) ? row : most),
      undefined,
    );
}

function progressOf(row: VersionRow): RebuildProgress {
  const seconds = Math.max((Date.now() - row.started.getTime()) / 1000, 0.001);
  const position = row.checkpoint?.position ?? 0n;
  return {
    version: row.version,
    state: row.state,
    handled: row.handled,
    done: row.goal ? Math.min(1, Number(position) / Number(row.goal)) : undefined,
    eventsPerSecond: row.handled / seconds,
    startedAt: row.started,
    ...(row.stoppedAt === undefined
      ? {}
      : { stoppedAt: { position: row.stoppedAt, code: row.stoppedCode ?? 'unknown' } }),
  };
}
