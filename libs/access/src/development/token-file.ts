import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { Accounts, MACHINE_ISSUER } from '../accounts';
import { Tokens } from '../tokens';
import { writePrivately } from './keys';
import { DEVELOPMENT_ACTOR, grantFor } from './people';

const LABEL = 'development command line';
const VALID_DAYS = 365;

/**
 * Keeps `<home>/token` (mode 0600, JSON `{url, token}`) good for the command line: a token that still works
 * stays, otherwise a new one takes its place. Its account has the roles compliance, hr and operator.
 *
 * @param url where the server listens
 */
export async function writeDevelopmentToken(pool: Pool, home: string, url: string): Promise<void> {
  const tokens = new Tokens(pool);
  const file = join(home, 'token');
  const kept = await readToken(file);
  if (kept !== undefined && (await tokens.verify(kept)) !== undefined) {
    return writePrivately(home, file, JSON.stringify({ url, token: kept }));
  }
  const accountId = await developmentMachine(pool);
  const { token } = await tokens.createToken(
    accountId,
    new Date(Date.now() + VALID_DAYS * 86_400_000),
    DEVELOPMENT_ACTOR,
  );
  await writePrivately(home, file, JSON.stringify({ url, token }));
}

async function developmentMachine(pool: Pool): Promise<string> {
  const accounts = new Accounts(pool);
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM access.accounts WHERE issuer = $1 AND created_by = $2 AND label = $3 LIMIT 1',
    [MACHINE_ISSUER, DEVELOPMENT_ACTOR, LABEL],
  );
  const id = rows[0]?.id ?? (await accounts.createMachine(LABEL, DEVELOPMENT_ACTOR)).id;
  const held = new Set((await accounts.validGrantsOf(id)).map((grant) => grant.role));
  for (const role of ['compliance', 'hr', 'operator'] as const) {
    if (!held.has(role)) await accounts.grantRole(grantFor(role, id), DEVELOPMENT_ACTOR);
  }
  return id;
}

async function readToken(file: string): Promise<string | undefined> {
  try {
    const { token } = JSON.parse(await readFile(file, 'utf8')) as { token?: unknown };
    return typeof token === 'string' ? token : undefined;
  } catch {
    // Absent or spoilt: written anew.
    return undefined;
  }
}
