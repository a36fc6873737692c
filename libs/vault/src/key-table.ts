import type { Category } from '@enishi/domain';
import type { Pool } from 'pg';
import { byteaArray, integerArray, textArray } from './binary-arrays';
import { keyIdOf, slotOf, type KeyId, type Slot } from './key-cache';
import type { Subject } from './port';

/** A row of `vault.keys`, as far as sealing and opening need it. */
export interface KeyRow {
  readonly subject: Subject;
  readonly category: Category;
  readonly generation: number;
  readonly state: 'live' | 'closing' | 'destroyed';
  /** Null when destroyed, and for a slot that was closed before it ever had a key. */
  readonly wrapped: Buffer | null;
  readonly epoch: number | null;
}

/** Names a key. */
export interface KeyName {
  readonly subject: Subject;
  readonly category: Category;
  readonly generation: number;
}

const COLUMNS = 'k.subject, k.category, k.generation, k.state, k.wrapped, k.epoch';

// LATERAL: one index probe per slot, whatever the planner thinks of the size of `unnest`.
const NEWEST = {
  name: 'vault-newest-keys',
  text: `SELECT ${COLUMNS} FROM unnest($1::text[], $2::text[]) AS w (subject, category)
    CROSS JOIN LATERAL (
      SELECT * FROM vault.keys k WHERE k.subject = w.subject AND k.category = w.category
      ORDER BY k.generation DESC LIMIT 1
    ) k`,
};

const EXACTLY = {
  name: 'vault-exact-keys',
  text: `SELECT ${COLUMNS} FROM unnest($1::text[], $2::text[], $3::integer[]) AS w (subject, category, generation)
    CROSS JOIN LATERAL (
      SELECT * FROM vault.keys k
      WHERE k.subject = w.subject AND k.category = w.category AND k.generation = w.generation
      LIMIT 1
    ) k`,
};

// One statement is one transaction and one round trip. FOR SHARE waits for a rotation that is retiring the
// epoch and then sees its new state, so no key is ever born under an epoch that is not current. Rows are
// inserted in key order, so that two processes creating the same keys wait for each other and do not deadlock.
const CREATE = {
  name: 'vault-create-keys',
  text: `WITH current AS MATERIALIZED (
      SELECT epoch FROM vault.epochs WHERE epoch = $5 AND state = 'current' FOR SHARE
    ), created AS (
      INSERT INTO vault.keys (subject, category, generation, state, wrapped, epoch, created_at)
      SELECT w.subject, w.category, w.generation, 'live', w.wrapped, current.epoch, $6
      FROM current CROSS JOIN unnest($1::text[], $2::text[], $3::integer[], $4::bytea[])
        AS w (subject, category, generation, wrapped)
      WHERE w.generation = 1 OR EXISTS (
        SELECT FROM vault.keys p WHERE p.subject = w.subject AND p.category = w.category
          AND p.generation = w.generation - 1 AND p.state <> 'live')
      ORDER BY w.subject, w.category
      ON CONFLICT (subject, category, generation) DO NOTHING
      RETURNING subject, category, generation
    )
    SELECT EXISTS (SELECT FROM current) AS "isCurrent",
      CASE WHEN (SELECT count(*) FROM created) < cardinality($1)
        THEN array(SELECT subject || ' ' || category || ' ' || generation FROM created) END AS created`,
};

/** Reads and writes `vault.keys`: many keys per round trip. */
export class KeyTable {
  /** @param pool or a connection in a transaction */
  constructor(private readonly pool: Pick<Pool, 'query'>) {}

  /** The newest generation of each slot; slots without a key are absent. */
  async newest(
    slots: readonly { readonly subject: Subject; readonly category: Category }[],
  ): Promise<ReadonlyMap<Slot, KeyRow>> {
    const { rows } = await this.pool.query<KeyRow>({
      ...NEWEST,
      values: [textArray(slots.map((s) => s.subject)), textArray(slots.map((s) => s.category))],
    });
    return new Map(rows.map((row) => [slotOf(row.subject, row.category), row]));
  }

  /** The keys named; what the table does not hold is absent. */
  async exactly(names: readonly KeyName[]): Promise<ReadonlyMap<KeyId, KeyRow>> {
    const { rows } = await this.pool.query<KeyRow>({
      ...EXACTLY,
      values: [
        textArray(names.map((n) => n.subject)),
        textArray(names.map((n) => n.category)),
        integerArray(names.map((n) => n.generation)),
      ],
    });
    return new Map(rows.map((row) => [keyIdOf(slotOf(row.subject, row.category), row.generation), row]));
  }

  /**
   * Creates keys, durable when this resolves. Keys that another process has created meanwhile are left as
   * they are and are not among `created`: read them back.
   * @param wrapped the bytes of each. @param epoch whose key wraps them; nothing is created unless it is current.
   */
  async create(
    keys: readonly KeyName[],
    wrapped: readonly Buffer[],
    epoch: number,
    at: string,
  ): Promise<{ readonly isCurrent: boolean; readonly created: ReadonlySet<KeyId> | 'all' }> {
    // The names come back only where some are missing: thousands of texts would be read for nothing.
    const { rows } = await this.pool.query<{ isCurrent: boolean; created: KeyId[] | null }>({
      ...CREATE,
      values: [
        textArray(keys.map((k) => k.subject)),
        textArray(keys.map((k) => k.category)),
        integerArray(keys.map((k) => k.generation)),
        byteaArray(wrapped),
        epoch,
        at,
      ],
    });
    const { isCurrent, created } = rows[0]!;
    return { isCurrent, created: created === null ? 'all' : new Set(created) };
  }
}
