import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findBinaries } from './binaries';
import { APP, openCluster, OWNER } from './cluster';
import { findPostmaster } from './postmaster';
import { connectionUrl } from './session';
import type { Embedded } from './supervisor';
import { systemUser } from './system-user';

/**
 * The embedded PostgreSQL that some other process runs on the data folder, to work beside it; absent where none runs.
 * @throws StartError where the folder's password file is not readable
 */
export async function findEmbedded(
  folder: string,
): Promise<Pick<Embedded, 'ownerUrl' | 'appUrl'> | undefined> {
  const home = resolve(folder);
  if (!existsSync(join(home, 'postgres', 'data'))) return undefined;
  const cluster = await openCluster(home, findBinaries(), systemUser());
  const running = findPostmaster(cluster.data);
  if (!running?.ready) return undefined;
  return {
    ownerUrl: connectionUrl(cluster, OWNER, running.port),
    appUrl: connectionUrl(cluster, APP, running.port),
  };
}
