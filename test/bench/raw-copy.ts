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
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const taken: CopiedRows[number][] = [];
    for (const { table, columns, where } of TABLES) {
      const chunks: Buffer[] = [];
      const stream = client.query(copyTo(`COPY (SELECT ${columns} FROM ${table} WHERE ${where}) TO STDOUT`));
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      taken.push({ table, columns, chunks });
    }
    return taken;
  } finally {
    await client.end();
  }
}

/**
 * The raw limit of an import: COPY of exactly these rows into the same tables of an empty database, with the
 * same indexes and checks, in one transaction with one durable commit. Answers milliseconds.
 */
export async function copyRows({ ownerUrl }: Place, rows: CopiedRows): Promise<number> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(`TRUNCATE ${rows.map(({ table }) => table).join(', ')}`);
    return await timed(async () => {
      await client.query('BEGIN');
      for (const { table, columns, chunks } of rows) {
        const into = client.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN`));
        await pipeline(Readable.from(chunks), into);
      }
      await client.query('COMMIT');
    });
  } finally {
    await client.end();
  }
}
