import { types, type ClientBase, type CustomTypesConfig, type Pool } from 'pg';

/** PostgreSQL type of each column of a table, in order. */
export type Columns = Readonly<Record<string, string>>;

/** A row by column; `undefined` and `null` are NULL. */
export type Row<C extends Columns> = { readonly [K in keyof C]: unknown };

const TO_ESCAPE = /["\\]/;

function quoted(text: string): string {
  return TO_ESCAPE.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : `"${text}"`;
}

/** The text of a PostgreSQL array of texts. */
export function arrayLiteral(items: readonly string[]): string {
  return items.length === 0 ? '{}' : `{${items.map(quoted).join(',')}}`;
}

// A one-dimensional array in PostgreSQL's binary form: 20 bytes of head, then length and bytes of each; -1 is NULL.
const HEAD = 20;
const TEXT = 25;

/** One column of many rows as an array of texts in binary form: no quoting here, no unquoting there. */
function columnArray(rows: readonly Readonly<Record<string, unknown>>[], column: string): Buffer {
  const texts: (string | null)[] = [];
  let bytes = HEAD;
  for (const row of rows) {
    const text = textOf(row[column]);
    texts.push(text);
    // A UTF-16 unit takes at most three bytes of UTF-8.
    bytes += 4 + 3 * (text?.length ?? 0);
  }
  const buffer = Buffer.allocUnsafe(bytes);
  buffer.writeInt32BE(1, 0);
  buffer.writeInt32BE(1, 4);
  buffer.writeInt32BE(TEXT, 8);
  buffer.writeInt32BE(texts.length, 12);
  buffer.writeInt32BE(1, 16);
  let at = HEAD;
  for (const text of texts) {
    const written = text === null ? 0 : buffer.write(text, at + 4);
    buffer.writeInt32BE(text === null ? -1 : written, at);
    at += 4 + written;
  }
  return buffer.subarray(0, at);
}

/** A value as PostgreSQL reads it from text; `null` is NULL. */
function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return value;
  return Array.isArray(value)
    ? arrayLiteral(value as readonly string[])
    : String(value as number | bigint | boolean);
}

/** What becomes of a row that is there already; of `new` ones there is none, which saves PostgreSQL looking. */
type OnConflict = 'keep' | 'replace' | 'new';

/** SQL that writes rows given as one text array per column. */
function statement(table: string, columns: Columns, key: readonly string[], onConflict: OnConflict): string {
  const names = Object.keys(columns);
  const params = names.map((_, index) => `$${index + 1}::text[]`);
  const values = names.map((name) => `u.${name}::${columns[name]}`);
  const changed = names.filter((name) => !key.includes(name));
  const action =
    onConflict === 'keep' || changed.length === 0
      ? 'NOTHING'
      : `UPDATE SET ${changed.map((name) => `${name} = EXCLUDED.${name}`).join(', ')}`;
  return `INSERT INTO ${table} (${names.join(', ')}) SELECT ${values.join(', ')}
    FROM unnest(${params.join(', ')}) AS u(${names.join(', ')})
    ${onConflict === 'new' ? '' : `ON CONFLICT (${key.join(', ')}) DO ${action}`}`;
}

/** By layout, since two views may have tables of one name; each of them is one object for as long as the program runs. */
const statements = new WeakMap<Columns, Map<string, string>>();

function statementsOf(columns: Columns): Map<string, string> {
  const known = statements.get(columns) ?? new Map<string, string>();
  statements.set(columns, known);
  return known;
}

/**
 * Writes many rows in one statement: one text array per column, cast in the database. `keep` leaves a row
 * that is there (for tables of facts), `replace` overwrites it. No key may occur twice in `rows`.
 */
export async function writeRows<C extends Columns>(
  db: ClientBase,
  table: string,
  columns: C,
  key: readonly (keyof C & string)[],
  onConflict: OnConflict,
  rows: readonly Row<C>[],
): Promise<void> {
  if (rows.length === 0) return;
  const known = statementsOf(columns);
  const name = `${table} ${key.join()} ${onConflict}`;
  let text = known.get(name);
  if (!text) known.set(name, (text = statement(table, columns, key, onConflict)));
  await db.query(
    text,
    Object.keys(columns).map((column) => columnArray(rows, column)),
  );
}

const SNAKE = /_([a-z])/g;
const TIMESTAMPTZ = 1184;
const TEXT_ARRAY = 1009;

const parserOf = (type: number, format?: 'text' | 'binary'): unknown =>
  types.getTypeParser(type, format ?? 'text');
const parseInstant = parserOf(TIMESTAMPTZ) as (text: string) => Date;
const parseTexts = parserOf(TEXT_ARRAY) as (text: string) => string[];

/** Parsers of what makes most of a row; of everything else, those of pg. */
const PARSERS = {
  getTypeParser: (type: number, format?: 'text' | 'binary'): unknown => {
    if (type === TIMESTAMPTZ) return instantOf;
    return type === TEXT_ARRAY ? textsOf : parserOf(type, format);
  },
} as CustomTypesConfig;

/** PostgreSQL's text of a `timestamptz`; that of a session in UTC (`2026-11-21 06:04:05.12+00`) needs no calendar. */
function instantOf(text: string): string {
  if (!/^\d{4}-.{14}(\.\d{1,3})?\+00$/.test(text)) return parseInstant(text).toISOString();
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, '0')}Z`;
}

function textsOf(text: string): string[] {
  if (text === '{}') return [];
  return /["\\]|NULL/.test(text) ? parseTexts(text) : text.slice(1, -1).split(',');
}

/**
 * Asks for rows as objects: columns in camel case, instants as text, NULL left out. A `bigint` column stays the text
 * that PostgreSQL gives.
 */
export async function readMembers(
  pool: Pool,
  text: string,
  values: unknown[],
): Promise<readonly Record<string, unknown>[]> {
  const { rows, fields } = await pool.query<unknown[]>({ text, values, rowMode: 'array', types: PARSERS });
  const names = fields.map(({ name }) => name.replace(SNAKE, (_, letter: string) => letter.toUpperCase()));
  return rows.map((row) => {
    const members: Record<string, unknown> = {};
    for (let at = 0; at < names.length; at += 1) if (row[at] !== null) members[names[at]!] = row[at];
    return members;
  });
}
