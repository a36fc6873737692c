import type { Category, EventType, Fact } from '@enishi/domain';
import type { ClientBase } from 'pg';

/** What a parked scope covers: one thing, or everything the projection shows. */
export type Scope =
  | { readonly kind: 'alumnus' | 'purpose' | 'programme'; readonly id: string }
  | { readonly kind: 'all' };

/**
 * A projection: its own tables in its own PostgreSQL schema, filled only from facts. It reads no other
 * projection's tables. The engine owns the transaction, the checkpoint, parking and rebuilds.
 */
export interface Projection {
  /** Kebab-case; also names the schema that serves (`alumni-roster` → `alumni_roster`). */
  readonly name: string;
  /** Changes when tables or rules change: a server that starts with another one rebuilds beside. */
  readonly version: number;
  /** DDL with unqualified names; the engine sets `search_path` to the version's schema. */
  readonly tables: string;
  /** Event types it looks at; others only move the checkpoint. */
  readonly handles: readonly EventType[] | 'all';
  /** Categories its rows hold opened. Empty: it opens nothing. */
  readonly opens: readonly Category[];
  /** Tables that hold rows about a person, with the column of the alumnus id: what an erasure blanks or deletes. */
  readonly subjects: readonly { readonly table: string; readonly column: string }[];
  /** Which scope a fact that cannot be applied parks. */
  scopeOf(fact: Fact): Scope;
  /**
   * Applies facts, in order, set by set. Runs inside the engine's transaction with `search_path` set. Must
   * give the same rows for any split into batches and any repeat.
   */
  project(facts: readonly Fact[], db: ClientBase): Promise<void>;
}
