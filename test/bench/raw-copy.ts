import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Place } from './ground';
import { timed } from './measure';

/** What an import writes, and nothing else of these tables. */
const TABLES = [
  {
    table: 'ledger.events',
    columns: 'position, stream, revision, id, type, data, metadata, recorded_at',
    where: `stream LIKE 'alumnus-%'`,
  },
  {
    table: 'vault.keys',
    columns: 'subject, category, generation, state, wrapped, epoch, created_at',
    where: 'true',
  },
  { table: 'vault.identities', columns: 'tag, alumnus_id, state, reserved_at, blocked_until', where: 'true' },
] as const;

/** Rows of the three tables in COPY's text form, in the order in which they were written. */
export type CopiedRows = readonly {
  readonly table: string;
  readonly columns: string;
  readonly chunks: readonly Buffer[];
}[];

/** Takes the event, key and identity rows that an import wrote into memory. */
export async function takeRows({ ownerUrl }: Place): Promise<CopiedRows> {
  return withClient(ownerUrl, (client) => rowsOf(client, TABLES));
}

/**
 * The raw limit of an import: COPY of exactly these rows into the same tables of an empty database, with the
 * same indexes and checks, in one transaction with one durable commit. Answers milliseconds.
 */
export async function copyRows({ ownerUrl }: Place, rows: CopiedRows): Promise<number> {
  return withClient(ownerUrl, async (client) => {
    await client.query(`TRUNCATE ${rows.map(({ table }) => table).join(', ')}`);
    return copyInto(client, rows);
  });
}

/** Rows of tables in COPY's text form. */
export async function rowsOf(
  client: Client,
  tables: readonly { readonly table: string; readonly columns: string; readonly where: string }[],
): Promise<CopiedRows> {
  const taken: CopiedRows[number][] = [];
  for (const { table, columns, where } of tables) {
    const chunks: Buffer[] = [];
    const stream = client.query(copyTo(`COPY (SELECT ${columns} FROM ${table} WHERE ${where}) TO STDOUT`));
    for await (const chunk of stream) chunks.push(chunk as Buffer);
    taken.push({ table, columns, chunks });
  }
  return taken;
}

/** COPY of rows in one transaction with one durable commit. Answers milliseconds. */
export function copyInto(client: Client, rows: CopiedRows): Promise<number> {
  return timed(async () => {
    await client.query('BEGIN');
    for (const { table, columns, chunks } of rows) {
      const into = client.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN`));
      await pipeline(Readable.from(chunks), into);
    }
    await client.query('COMMIT');
  });
}

async function withClient<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
