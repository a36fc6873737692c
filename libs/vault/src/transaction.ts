import type { Pool, PoolClient } from 'pg';

/** A connection that breaks fails its query and also emits `error`; without a listener that would end the process. */
const heard = (): void => undefined;

/** Takes a connection out of the pool; a failure of `work` gives it up, which also rolls back and unlocks. */
export async function withConnection<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  client.on('error', heard);
  let failed = true;
  try {
    const result = await work(client);
    failed = false;
    return result;
  } finally {
    if (!failed) client.off('error', heard);
    client.release(failed);
  }
}

/** Runs `work` in one transaction (READ COMMITTED). */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return withConnection(pool, async (client) => {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  });
}
