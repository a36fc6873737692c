import type { Pool } from 'pg';

/** Counts for operators; nothing in them points to a person. */
export interface VaultStatus {
  /** The epoch that wraps new keys; absent before the first key. */
  readonly epoch?: number;
  readonly keys: { readonly live: number; readonly closing: number; readonly destroyed: number };
}

/** How many keys live, close and are destroyed, and in which epoch. */
export async function readVaultStatus(pool: Pool): Promise<VaultStatus> {
  const epochs = await pool.query<{ epoch: number }>(
    `SELECT epoch FROM vault.epochs WHERE state = 'current'`,
  );
  const counts = await pool.query<{ state: 'live' | 'closing' | 'destroyed'; count: number }>(
    'SELECT state, count(*)::integer AS count FROM vault.keys GROUP BY state',
  );
  const keys = { live: 0, closing: 0, destroyed: 0 };
  for (const { state, count } of counts.rows) keys[state] = count;
  const epoch = epochs.rows[0]?.epoch;
  return { ...(epoch !== undefined && { epoch }), keys };
}
