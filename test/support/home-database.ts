import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Connection string of the database that the server on this home runs.
 * @param role `enishi_owner`, who owns the ledger; `enishi_admin`, who sees everything
 */
export function databaseOf(home: string, role: 'enishi_owner' | 'enishi_admin' = 'enishi_owner'): string {
  const folder = path.join(home, 'postgres');
  const { passwords } = JSON.parse(readFileSync(path.join(folder, 'credentials.json'), 'utf8')) as {
    passwords: Record<string, string>;
  };
  const port = readFileSync(path.join(folder, 'port'), 'utf8').trim();
  return `postgres://${role}:${passwords[role]!}@127.0.0.1:${port}/enishi`;
}
