import { Accounts } from '@enishi/access/tables';
import { Pool } from 'pg';

/**
 * Makes a person of the identity provider an operator, straight in the database: the first one, whom nobody
 * else could appoint. May be repeated.
 * @param databaseUrl connection string of the serving role
 * @returns the account's id
 */
export async function appointOperator(databaseUrl: string, issuer: string, subject: string): Promise<string> {
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  try {
    const accounts = new Accounts(pool);
    const { id } = await accounts.ensureStaff(issuer, subject, BY);
    const held = await accounts.validGrantsOf(id);
    if (!held.some(({ role }) => role === 'operator')) {
      await accounts.grantRole({ accountId: id, role: 'operator' }, BY);
    }
    return id;
  } finally {
    await pool.end();
  }
}

/** Who ordered it: somebody with the database's password, whom no account names. */
const BY = 'system:command-line';
