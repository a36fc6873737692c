import type { Category, EventScope, EventType, Fact } from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import type { ClientBase } from 'pg';

/** What a parked scope covers: one thing, or everything the projection shows. */
export type Scope = EventScope;

/** An event as a projection sees it: opened as far as the projection may open, and as stored. */
export interface Entry {
  readonly fact: Fact;
  readonly record: RecordedEvent;
}

/** A table with opened values about alumni, and what an erasure does to a person's rows in it. */
export interface SubjectTable {
  readonly table: string;
  /** The column with the alumnus id. */
  readonly column: string;
  /**
   * Column with the position of the event that its opened values come from. Values younger than the erasure
   * (given again later, under a new key) are then left alone when events are applied a second time.
   */
  readonly position?: string;
  /** Per category: `delete` the rows, or blank them with this SQL `SET` list. */
  readonly erase: Readonly<Partial<Record<Category, 'delete' | { readonly set: string }>>>;
}

/**
 * A projection: its own tables in its own PostgreSQL schema, filled only from events. It reads no other
 * projection's tables. The engine owns the transaction, the checkpoint, parking, erasing and rebuilds.
 */
export interface Projection {
  /** Kebab-case; also names the schema that serves (`alumni-roster` → `alumni_roster`). */
  readonly name: string;
  /** Changes when tables or rules change: a server that starts with another one rebuilds beside. */
  readonly version: number;
  /** DDL with unqualified names; the engine sets `search_path` to the version's schema. */
  readonly tables: string;
  /** `CREATE INDEX IF NOT EXISTS` statements. A rebuild runs them only when it has caught up. */
  readonly indexes?: string;
  /** Event types it looks at; others only move the checkpoint. */
  readonly handles: readonly EventType[] | 'all';
  /** Categories its rows hold opened. Empty: it opens nothing. */
  readonly opens: readonly Category[];
  /**
   * It needs each event only as it is stored: nothing that this program does not know or cannot read stands in its
   * way, and an entry has no fact.
   */
  readonly asStored?: true;
  /**
   * Tables that hold opened values about alumni. On `ErasureStarted` and `ErasureCompleted` the engine erases
   * there first, in every version and also where the person is parked, then hands the event to `project`.
   */
  readonly subjects: readonly SubjectTable[];
  /** Which scope an event that cannot be applied parks. Works on the stored event: it may not open. */
  scopeOf(record: RecordedEvent): Scope;
  /**
   * Applies events, in order, set by set. Runs inside the engine's transaction with `search_path` set. Must
   * give the same rows for any split into batches and any repeat.
   */
  project(entries: readonly Entry[], db: ClientBase): Promise<void>;
}

/** What a projection needs to be read for it; see `SubscribeOptions.dataOf`. */
export function readingOf({ handles }: Projection): { readonly dataOf?: readonly EventType[] } {
  return handles === 'all' ? {} : { dataOf: handles };
}

/** Which of a projection's two versions: the one that answers, or the one being rebuilt beside it. */
export type Slot = 'serving' | 'building';

/** The PostgreSQL schema of a version. */
export function schemaOf(name: string, slot: Slot): string {
  if (!/^[a-z][a-z0-9-]{0,40}$/.test(name)) throw new Error(`not a projection name: ${name}`);
  return name.replaceAll('-', '_') + (slot === 'building' ? '_building' : '');
}
