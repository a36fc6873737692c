import type { ClientBase, Pool } from 'pg';
import { schemaOf, type Slot } from './definition';

/** Rows written to a table before it is counted again: so many, and so much of its size. */
export const COUNTED_AFTER = 1000;
const SHARE_OF_TABLE = 0.1;

/**
 * Counts the tables of a version anew (VACUUM and ANALYZE), those of which much was written since they were
 * last counted: the planner chooses by these counts, and an index answers by itself only for pages that were
 * vacuumed. PostgreSQL looks for such tables once a minute; until then some pages of 100,000 people take
 * more than half a second.
 *
 * Holds up nobody who reads or writes. Not to be called in a transaction.
 *
 * @param written rows that the caller wrote at most to a table; what PostgreSQL has noticed itself, which may
 *   be ten seconds old, counts as well
 * @returns the tables it counted, without their schema
 */
export async function refreshStatistics(
  db: ClientBase | Pool,
  name: string,
  slot: Slot,
  written: (table: string) => number,
): Promise<readonly string[]> {
  const schema = schemaOf(name, slot);
  const { rows } = await db.query<{ table: string; rows: number; noticed: number }>(
    `SELECT c.relname AS table, greatest(c.reltuples, 0)::float8 AS rows,
        pg_stat_get_mod_since_analyze(c.oid)::float8 AS noticed
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = $1 AND c.relkind = 'r' ORDER BY c.relname`,
    [schema],
  );
  const tables = rows
    .filter((row) => Math.max(row.noticed, written(row.table)) > COUNTED_AFTER + SHARE_OF_TABLE * row.rows)
    .map(({ table }) => table);
  if (tables.length > 0) {
    // Giving the end of a file back would need a lock that readers wait for.
    await db.query(
      `VACUUM (ANALYZE, TRUNCATE false) ${tables.map((table) => `${schema}.${table}`).join(', ')}`,
    );
  }
  return tables;
}
