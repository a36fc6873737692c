import type { ClientBase } from 'pg';
import { BackupError } from './errors';
import type { TablePart } from './manifest';
import { parseLine, readPart, writePart } from './parts';

/** Schemas whose tables are in a backup. Views are built anew; the ledger's events come through its port. */
const SCHEMAS = ['access', 'app', 'vault'];

/** Tables of those schemas that are not, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'access.migrations': 'made with the tables',
  'access.sessions': 'people sign in again',
  'access.sign_ins': 'lives for minutes',
  'vault.migrations': 'made with the tables',
  'vault.processes': 'who is running now',
};

/** A row as JSON knows it. */
export type Row = Readonly<Record<string, unknown>>;

/** What becomes of a row on its way back: its line, another, or nothing. */
export type RowChange = (row: Row, line: string) => string | undefined;

/** Rows fetched, and written, at once. */
const BATCH = 2000;

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly months: readonly string[] | null;
}

const TABLES = `
  SELECT n.nspname || '.' || c.relname AS name,
    array(SELECT quote_ident(a.attname) FROM pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS columns,
    CASE WHEN c.relkind = 'p' THEN array(SELECT substring(p.relname from '[0-9]{4}_[0-9]{2}$') FROM pg_inherits i
      JOIN pg_class p ON p.oid = i.inhrelid WHERE i.inhparent = c.oid ORDER BY 1) END AS months
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = ANY ($1) AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`;

/** (table, table that it refers to) */
const REFERENCES = `
  SELECT a.nspname || '.' || c.relname AS from, b.nspname || '.' || d.relname AS to
  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace a ON a.oid = c.relnamespace
    JOIN pg_class d ON d.oid = k.confrelid JOIN pg_namespace b ON b.oid = d.relnamespace
  WHERE k.contype = 'f' AND a.nspname = ANY ($1) AND k.conrelid <> k.confrelid`;

/** The tables that are in a backup, those first to which others refer. */
export async function tablesOf(db: ClientBase): Promise<readonly Table[]> {
  const { rows } = await db.query<Table>(TABLES, [SCHEMAS]);
  const references = await db.query<{ from: string; to: string }>(REFERENCES, [SCHEMAS]);
  const left = rows.filter(({ name }) => !(name in LEFT_OUT));
  const ordered: Table[] = [];
  while (left.length > 0) {
    const next = left.findIndex(
      ({ name }) =>
        !references.rows.some(({ from, to }) => from === name && left.some((one) => one.name === to)),
    );
    if (next === -1) throw new Error('tables refer to each other in a circle');
    ordered.push(...left.splice(next, 1));
  }
  return ordered;
}

/** Writes every table's rows as of one moment. `db` stands in a transaction that sees one snapshot. */
export async function dumpTables(db: ClientBase, folder: string): Promise<readonly TablePart[]> {
  await db.query(
    `SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex'; SET LOCAL search_path = pg_catalog`,
  );
  const parts: TablePart[] = [];
  for (const { name: table, columns, months } of await tablesOf(db)) {
    await db.query(
      `DECLARE rows NO SCROLL CURSOR FOR
       SELECT row_to_json(r)::text AS line FROM (SELECT ${columns.join(', ')} FROM ${table}) r`,
    );
    const part = await writePart(folder, `tables/${table}.ndjson`, async (writer) => {
      for (;;) {
        const { rows } = await db.query<{ line: string }>(`FETCH ${BATCH} FROM rows`);
        for (const { line } of rows) await writer.write(line);
        if (rows.length < BATCH) break;
      }
    });
    await db.query('CLOSE rows');
    parts.push({ ...part, table, columns, ...(months && { months }) });
  }
  return parts;
}

/**
 * Fills the tables of an empty database, in the caller's transaction, as the role that owns them.
 * @param change what becomes of the rows of a table; as they are where absent
 */
export async function loadTables(
  db: ClientBase,
  folder: string,
  parts: readonly TablePart[],
  change: (table: string) => RowChange | undefined,
): Promise<void> {
  await db.query(`SET LOCAL timezone = 'UTC'`);
  const here = await tablesOf(db);
  for (const { table, columns } of parts) {
    const known = here.find(({ name }) => name === table);
    if (columns.every((column) => known?.columns.includes(column))) continue;
    throw new BackupError(
      'backup-newer',
      `The backup holds ${known ? 'columns of ' : ''}${table}, which this program does not know.`,
      'Use the version of Enishi that wrote it, or a newer one.',
    );
  }
  // What migrations put there; the backup has its own.
  for (const { name } of [...here].reverse()) await db.query(`DELETE FROM ${name}`);
  for (const { name } of here) {
    const part = parts.find(({ table }) => table === name);
    if (part) await loadTable(db, folder, part, change(name));
  }
}

async function loadTable(
  db: ClientBase,
  folder: string,
  part: TablePart,
  change: RowChange | undefined,
): Promise<void> {
  const { table, columns, months } = part;
  for (const month of months ?? []) await makePartition(db, table, month);
  const list = columns.join(', ');
  for await (const lines of readPart(folder, part)) {
    const rows = change ? lines.flatMap((line) => change(parseLine<Row>(line, part), line) ?? []) : lines;
    if (rows.length === 0) continue;
    await db.query(
      `INSERT INTO ${table} (${list}) OVERRIDING SYSTEM VALUE
       SELECT ${list} FROM json_populate_recordset(NULL::${table}, $1::json)`,
      [`[${rows.join(',')}]`],
    );
  }
  const { rows: counted } = await db.query<{ column: string }>(
    `SELECT attname AS column FROM pg_attribute WHERE attrelid = $1::regclass AND attidentity <> ''`,
    [table],
  );
  for (const { column } of counted) {
    await db.query(
      `SELECT setval(pg_get_serial_sequence($1, $2), greatest(max(${column}), 1)) FROM ${table}`,
      [table, column],
    );
  }
}

/** A month of the access log. The name comes from a file and is looked at before it becomes a statement. */
async function makePartition(db: ClientBase, table: string, month: string): Promise<void> {
  const [, year, number] = /^(\d{4})_(\d{2})$/.exec(month) ?? [];
  if (table !== 'access.reads' || year === undefined) throw new Error('not a month of the access log');
  const from = new Date(Date.UTC(Number(year), Number(number) - 1, 1));
  const to = new Date(Date.UTC(Number(year), Number(number), 1));
  await db.query(`CREATE TABLE IF NOT EXISTS access.reads_${month} PARTITION OF access.reads
    FOR VALUES FROM ('${from.toISOString()}') TO ('${to.toISOString()}')`);
}

/** The rows of a table's part. */
export async function* rowsOf<T extends object>(
  folder: string,
  parts: readonly TablePart[],
  table: string,
): AsyncGenerator<T> {
  const part = parts.find((one) => one.table === table);
  if (!part) return;
  for await (const lines of readPart(folder, part)) for (const line of lines) yield parseLine<T>(line, part);
}
