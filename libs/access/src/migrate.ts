import { Client, escapeIdentifier } from 'pg';
import { MIGRATIONS, SERVING_GRANTS } from './schema';

/** Options of {@link migrateAccess}. */
export interface MigrateAccessOptions {
  /** The role the server connects as; owns nothing. */
  readonly servingRole: string;
  /** How long access-log entries are kept, in months. Default: as it is, 36 at first. */
  readonly readsRetentionMonths?: number;
}

/**
 * Brings schema `access` up to date and grants the serving role what it needs. Safe to repeat, and safe
 * when two processes do it at once.
 *
 * @param ownerUrl connection string of the role that owns the schema
 * @returns the version reached and how many migrations ran
 * @throws Error when the database was migrated by a later version of the program
 */
export async function migrateAccess(
  ownerUrl: string,
  options: MigrateAccessOptions,
): Promise<{ readonly version: number; readonly applied: number }> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // Held by the session, so that it spans one transaction per migration.
    await client.query(`SELECT pg_advisory_lock(hashtextextended('access migrations', 0))`);
    await client.query('CREATE SCHEMA IF NOT EXISTS access');
    await client.query(
      'CREATE TABLE IF NOT EXISTS access.migrations (version integer PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
    );
    const { rows } = await client.query<{ version: number }>(
      'SELECT coalesce(max(version), 0) AS version FROM access.migrations',
    );
    const from = rows[0]!.version;
    if (from > MIGRATIONS.length) {
      throw new Error(
        `schema access is at version ${from}, this program knows ${MIGRATIONS.length}: run the later version`,
      );
    }
    for (let version = from + 1; version <= MIGRATIONS.length; version++) {
      await inTransaction(client, async () => {
        await client.query(MIGRATIONS[version - 1]!);
        await client.query('INSERT INTO access.migrations (version) VALUES ($1)', [version]);
      });
    }
    await inTransaction(client, async () => {
      await client.query(SERVING_GRANTS.replaceAll('%ROLE%', escapeIdentifier(options.servingRole)));
      await client.query(
        `INSERT INTO access.settings (reads_retention_months) VALUES (coalesce($1, 36))
         ON CONFLICT (one) DO UPDATE
           SET reads_retention_months = coalesce($1, access.settings.reads_retention_months)`,
        [options.readsRetentionMonths ?? null],
      );
      await client.query('SELECT access.ensure_read_partitions(3)');
    });
    return { version: MIGRATIONS.length, applied: MIGRATIONS.length - from };
  } finally {
    await client.end();
  }
}

async function inTransaction(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN');
  try {
    await work();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}
