import { DatabaseError, type Pool } from 'pg';

/** What is done about accounts, as the access log notes it (`view`). */
export type Act =
  | 'account-made'
  | 'role-granted'
  | 'grant-ended'
  | 'token-made'
  | 'token-ended'
  | 'signed-in'
  | 'signed-out'
  | 'sign-in-failed';

const NO_PARTITION = '23514';

/**
 * A statement and its entry in the access log in one: neither is there without the other, and what changed nothing
 * leaves none.
 * @param statement that returns `account` (uuid), whom it is about, and `facts` (text[]), what was given or ended
 * @param by SQL of who did it, an actor: `$3`
 */
export function noting(act: Act, by: string, statement: string): string {
  return `WITH done AS (${statement})
    INSERT INTO access.reads (id, account, actor, route, view, fields, person_ids, correlation_id, about)
    SELECT gen_random_uuid(), (${accountOf(by)}), ${by}, 'accounts', '${act}', done.facts, '{}',
      gen_random_uuid()::text, 'account:' || done.account FROM done`;
}

/** The account behind an actor; none behind a system's. */
function accountOf(by: string): string {
  return `SELECT a.id FROM access.accounts a WHERE 'staff:' || a.id = ${by}
    UNION ALL SELECT t.account FROM access.tokens t WHERE 'token:' || t.id = ${by}`;
}

/** Writes to the access log, also in a month that nobody prepared, after a long standstill. */
export async function inPartition<T>(pool: Pool, insert: () => Promise<T>): Promise<T> {
  try {
    return await insert();
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== NO_PARTITION) throw error;
    await pool.query('SELECT access.ensure_read_partitions(3)');
    return insert();
  }
}
