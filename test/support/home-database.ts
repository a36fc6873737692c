import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Connection string, as its owner, of the database that the server on this home runs. */
export function databaseOf(home: string): string {
  const folder = path.join(home, 'postgres');
  const { passwords } = JSON.parse(readFileSync(path.join(folder, 'credentials.json'), 'utf8')) as {
    passwords: Record<string, string>;
  };
  const port = readFileSync(path.join(folder, 'port'), 'utf8').trim();
  return `postgres://enishi_owner:${passwords['enishi_owner']!}@127.0.0.1:${port}/enishi`;
}
