import type { Pool } from 'pg';
import { SCHEMA } from './tables';

/** How many consents stand whose evidence is incomplete and not approved, and since when the first of them holds. */
export async function countIncomplete(
  pool: Pool,
): Promise<{ readonly count: number; readonly oldest?: string }> {
  const { rows } = await pool.query<{ count: number; oldest: Date | null }>(
    `SELECT count(DISTINCT (alumnus_id, purpose_id))::integer AS count, min(effective_at) AS oldest
       FROM ${SCHEMA}.consent WHERE incomplete AND state = 'granted'`,
  );
  const { count, oldest } = rows[0]!;
  return { count, ...(oldest && { oldest: oldest.toISOString() }) };
}
