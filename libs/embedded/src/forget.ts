import { Client } from 'pg';

/** Log files are deleted by the second checkpoint after they were left; more are for one that runs meanwhile. */
const CHECKPOINTS = 10;

/** The log that was written before is still on the disk. */
export class LogStays extends Error {
  readonly code = 'log-stays';
}

/**
 * Removes from the disk what rows that are gone have left outside their tables: samples in the planner's statistics, and the
 * write-ahead log. To be called when the tables themselves were dropped.
 * @param adminUrl the superuser of the cluster
 * @throws LogStays where something keeps old log files, such as a replication slot
 */
export async function forgetOldRows(adminUrl: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('VACUUM FULL pg_catalog.pg_statistic');
    const { rows } = await client.query<{ last: string }>(
      'SELECT pg_walfile_name(pg_current_wal_lsn()) AS last',
    );
    for (let checkpoints = 0; checkpoints < CHECKPOINTS; checkpoints++) {
      await client.query('SELECT pg_switch_wal()');
      await client.query('CHECKPOINT');
      const left = await client.query(
        `SELECT FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$' AND name <= $1 LIMIT 1`,
        [rows[0]!.last],
      );
      if (left.rowCount === 0) return;
    }
    throw new LogStays('old log files are kept');
  } finally {
    await client.end();
  }
}
