import type { ClientBase } from 'pg';

/** A row that is not what the events come to, by its key, which is made of ids; never its values. */
export interface RowDifference {
  readonly table: string;
  readonly row: string;
  /**
   * `missing`: not there although the events make it. `extra`: there although none does. `table-missing`: the whole table is
   * not there; `row` is empty then.
   */
  readonly what: 'changed' | 'missing' | 'extra' | 'table-missing';
}

/** What a comparison of tables came to. */
export interface RowsCompared {
  /** Rows that the events make. */
  readonly rows: number;
  readonly found: number;
  /** The first ones of each table, as many as were asked for. */
  readonly differences: readonly RowDifference[];
}

/** A table with the columns of its primary key. */
export interface KeyedTable {
  readonly name: string;
  readonly key: readonly string[];
}

const FETCHED = 1000;

/** The tables of a session's {@link Scratch}, each with the columns of its primary key. */
export async function scratchTables(db: ClientBase): Promise<readonly KeyedTable[]> {
  const { rows } = await db.query<KeyedTable>(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY array_position(i.indkey::int2[], a.attnum)) AS key
       FROM pg_class c
       JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
      WHERE c.relnamespace = pg_my_temp_schema() AND c.relkind = 'r' GROUP BY c.relname ORDER BY 1`,
  );
  return rows;
}

/** Those of the tables that a schema has. */
export async function presentTables(
  db: ClientBase,
  schema: string,
  tables: readonly KeyedTable[],
): Promise<readonly KeyedTable[]> {
  const { rows } = await db.query<{ name: string }>(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = $1',
    [schema],
  );
  return tables.filter((table) => rows.some(({ name }) => name === table.name));
}

/**
 * Compares tables in two sessions row by row: first digests of parts of them, which the database makes by itself, then the
 * rows of those parts that differ. Values stay in the database.
 *
 * @param serving a session in a transaction that sees the tables of `schema` as they were at one moment
 * @param scratch a session with temporary tables of the same names
 * @param tables of the scratch session; where `present` lacks one, that is the difference
 * @param shown how many differences of each table to name
 */
export async function compareRows(
  serving: ClientBase,
  schema: string,
  scratch: ClientBase,
  { tables, present }: { readonly tables: readonly KeyedTable[]; readonly present: readonly KeyedTable[] },
  shown: number,
): Promise<RowsCompared> {
  const differences: RowDifference[] = [];
  let [rows, found] = [0, 0];
  for (const table of tables) {
    const theirs = await partsOf(scratch, keyed(`pg_temp.${table.name}`, table));
    for (const { rows: count } of theirs.values()) rows += count;
    if (!present.includes(table)) {
      found += 1;
      differences.push({ table: table.name, row: '', what: 'table-missing' });
      continue;
    }
    const ours = await partsOf(serving, keyed(`${schema}.${table.name}`, table));
    const differing = [...new Set([...ours.keys(), ...theirs.keys()])].filter(
      (part) => ours.get(part)?.digest !== theirs.get(part)?.digest,
    );
    if (differing.length === 0) continue;
    let named = 0;
    const pairs = differencesIn(
      rowsOf(serving, keyed(`${schema}.${table.name}`, table), differing),
      rowsOf(scratch, keyed(`pg_temp.${table.name}`, table), differing),
    );
    for await (const difference of pairs) {
      found += 1;
      if (named++ < shown) differences.push({ table: table.name, ...difference });
    }
  }
  return { rows, found, differences };
}

/** Each row by its key and by what its whole text hashes to, in one of 256 parts. */
function keyed(from: string, { key }: KeyedTable): string {
  // Without OFFSET the planner would sort whole rows, and write their values into files.
  return `SELECT get_byte(sha256(convert_to(id, 'UTF8')), 0) AS part, id, hash FROM (
      SELECT concat_ws('.', ${key.join(', ')}) COLLATE "C" AS id, sha256(convert_to(t::text, 'UTF8')) AS hash
        FROM ${from} t OFFSET 0) hashed`;
}

async function partsOf(
  db: ClientBase,
  from: string,
): Promise<ReadonlyMap<number, { readonly rows: number; readonly digest: string }>> {
  const { rows } = await db.query<{ part: number; rows: number; digest: string }>(
    `SELECT part, count(*)::int AS rows, encode(sha256(string_agg(hash, ''::bytea ORDER BY id)), 'hex') AS digest
       FROM (${from} OFFSET 0) parted GROUP BY part`,
  );
  return new Map(rows.map((row) => [row.part, row]));
}

interface HashedRow {
  readonly id: string;
  readonly hash: string;
}

/** The rows of some parts, in the order of their keys, so that few are held at once. */
async function* rowsOf(db: ClientBase, from: string, parts: readonly number[]): AsyncGenerator<HashedRow> {
  await db.query(
    `DECLARE compared NO SCROLL CURSOR FOR SELECT id, encode(hash, 'hex') AS hash FROM (${from}) parted
      WHERE part IN (${parts.join(', ')}) ORDER BY id`,
  );
  for (;;) {
    const { rows } = await db.query<HashedRow>(`FETCH ${FETCHED} FROM compared`);
    yield* rows;
    if (rows.length < FETCHED) break;
  }
  await db.query('CLOSE compared');
}

/** Walks both lists at once. */
async function* differencesIn(
  ours: AsyncGenerator<HashedRow>,
  theirs: AsyncGenerator<HashedRow>,
): AsyncGenerator<Omit<RowDifference, 'table'>> {
  let [one, other] = [await ours.next(), await theirs.next()];
  while (one.done !== true || other.done !== true) {
    const before = other.done === true || (one.done !== true && one.value.id < other.value.id);
    const after = one.done === true || (other.done !== true && other.value.id < one.value.id);
    if (before) yield { row: (one.value as HashedRow).id, what: 'extra' };
    else if (after) yield { row: (other.value as HashedRow).id, what: 'missing' };
    else if ((one.value as HashedRow).hash !== (other.value as HashedRow).hash)
      yield { row: (one.value as HashedRow).id, what: 'changed' };
    if (!after) one = await ours.next();
    if (!before) other = await theirs.next();
  }
}
