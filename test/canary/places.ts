import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { databaseOf } from '../support/home-database';
import { found, tracesOf } from './traces';

/** The text of every row of every table, by `schema.table`. Bytes appear as hex. */
export async function tablesOf(home: string): Promise<ReadonlyMap<string, string>> {
  const client = new Client(databaseOf(home, 'enishi_admin'));
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname !~ '^(pg_|information_schema)' order by 1`,
    );
    const contents = new Map<string, string>();
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
      contents.set(name, rows.map(({ row }) => row).join('\n'));
    }
    return contents;
  } finally {
    await client.end();
  }
}

/** Every file of the home but PostgreSQL's own data, by its path in it. PostgreSQL's log is among them. */
export function filesOf(home: string): ReadonlyMap<string, Buffer> {
  const names = readdirSync(home, { recursive: true }) as string[];
  const own = names.filter((name) => !name.startsWith(path.join('postgres', 'data')));
  return new Map(
    own
      .filter((name) => statSync(path.join(home, name)).isFile())
      .map((name) => [name, readFileSync(path.join(home, name))]),
  );
}

/** Which words stand in which files of the home, PostgreSQL's own data included. */
export function wordsIn(home: string, words: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const traces = words.flatMap(tracesOf);
  const names = (readdirSync(home, { recursive: true }) as string[]).filter((name) =>
    statSync(path.join(home, name), { throwIfNoEntry: false })?.isFile(),
  );
  const hits = names.map((name) => [name, found(readFileSync(path.join(home, name)), traces)] as const);
  return new Map(hits.filter(([, seen]) => seen.length > 0));
}
