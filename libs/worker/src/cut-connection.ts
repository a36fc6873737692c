import type { Pool, PoolClient } from 'pg';

/** Works on a connection of its own, which is cut off at the signal and ended in any case. */
export async function withConnection(
  pool: Pool,
  cut: AbortSignal,
  work: (db: PoolClient) => Promise<void>,
): Promise<void> {
  const db = await pool.connect();
  let ended = false;
  const end = (): void => {
    if (!ended) db.release(true);
    ended = true;
  };
  // Without a listener a cut connection would end the process; the next query reports it anyway.
  db.on('error', () => undefined);
  cut.addEventListener('abort', end, { once: true });
  try {
    if (cut.aborted) return;
    await work(db);
  } finally {
    cut.removeEventListener('abort', end);
    end();
  }
}
