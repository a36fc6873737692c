import type { Client } from 'pg';

/** A table that a projection fills, and which event a row of it comes from. */
export interface RawTable {
  readonly table: string;
  readonly key: string;
  /** SQL over the table `t`: the position of the event that wrote the row. */
  readonly position: string;
  readonly onConflict: 'keep' | 'replace';
}

/** Rows that belong to one page of events, ready to be sent: one array text per column. */
interface PageOfRows {
  readonly statement: string;
  readonly values: readonly string[];
}

/**
 * The rows that a projection wrote, cut into the pages of events they come from, each a statement that needs
 * nothing more of this program than to be sent. Written into tables like those of the projection in the schema
 * `raw_rows`.
 */
export class RawRows {
  private constructor(
    private readonly ddl: string,
    private readonly indexes: string,
    private readonly pages: readonly (readonly PageOfRows[])[],
  ) {}

  /** @param ends positions at which pages of events end, ascending. */
  static async take(
    client: Client,
    schema: string,
    tables: readonly RawTable[],
    definition: { readonly tables: string; readonly indexes?: string },
    ends: readonly bigint[],
  ): Promise<RawRows> {
    const pages = ends.map((): PageOfRows[] => []);
    for (const one of tables) {
      const cut = await takeTable(client, schema, one, ends);
      cut.forEach((page, index) => page && pages[index]!.push(page));
    }
    return new RawRows(definition.tables, definition.indexes ?? '', pages);
  }

  /** Empty tables. */
  async prepare(client: Client): Promise<void> {
    await client.query(
      `DROP SCHEMA IF EXISTS raw_rows CASCADE; CREATE SCHEMA raw_rows; SET search_path TO raw_rows`,
    );
    await client.query(`${this.ddl}; CREATE TABLE checkpoint (position bigint)`);
    await client.query('INSERT INTO checkpoint VALUES (0)');
  }

  /** Writes the rows of a page, and a checkpoint, in one transaction. */
  async write(client: Client, page: number): Promise<void> {
    await client.query('BEGIN; SET LOCAL synchronous_commit TO off');
    await client.query('UPDATE checkpoint SET position = $1', [page]);
    for (const { statement, values } of this.pages[page] ?? []) await client.query(statement, [...values]);
    await client.query('COMMIT');
  }

  /** What a rebuild does when it has caught up. */
  async index(client: Client): Promise<void> {
    if (this.indexes !== '') await client.query(this.indexes);
  }
}

async function takeTable(
  client: Client,
  schema: string,
  { table, key, position, onConflict }: RawTable,
  ends: readonly bigint[],
): Promise<readonly (PageOfRows | undefined)[]> {
  const { rows: columns } = await client.query<{ name: string; type: string }>(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
      WHERE attrelid = '${schema}.${table}'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
  );
  const names = columns.map(({ name }) => name);
  const { rows } = await client.query<(string | null)[]>({
    text: `SELECT (${position})::text, ${names.map((name) => `t.${name}::text`).join(', ')}
      FROM ${schema}.${table} t ORDER BY (${position})`,
    rowMode: 'array',
  });
  const statement = `INSERT INTO ${table} (${names.join(', ')})
    SELECT ${columns.map(({ name, type }) => `u.${name}::${type}`).join(', ')}
    FROM unnest(${names.map((_, index) => `$${index + 1}::text[]`).join(', ')}) AS u(${names.join(', ')})
    ON CONFLICT (${key}) DO ${onConflict === 'keep' ? 'NOTHING' : `UPDATE SET ${names.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}`}`;
  let next = 0;
  return ends.map((end) => {
    const from = next;
    while (next < rows.length && BigInt(rows[next]![0]!) <= end) next += 1;
    const page = rows.slice(from, next);
    if (page.length === 0) return undefined;
    return { statement, values: names.map((_, column) => arrayText(page.map((row) => row[column + 1]!))) };
  });
}

function arrayText(values: readonly (string | null)[]): string {
  return `{${values.map((value) => (value === null ? 'NULL' : `"${value.replace(/[\\"]/g, '\\$&')}"`)).join(',')}}`;
}
