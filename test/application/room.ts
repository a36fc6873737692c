import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { migrateAll } from '@enishi/migrations';
import { readConfig } from '../../apps/server/src/config';
import { openInfrastructure, type Infrastructure } from '../../apps/server/src/infrastructure';
import { createLogger } from '../../apps/server/src/logger';
import { testCluster } from '../support/postgres';

/** What a server works with, on an empty database of its own. */
export interface TestRoom {
  readonly room: Infrastructure;
  /** Connection string of the owner of its tables. */
  readonly ownerUrl: string;
  close(): Promise<void>;
}

/** @param name of the database */
export async function openTestRoom(name: string): Promise<TestRoom> {
  const home = mkdtempSync(path.join(tmpdir(), `enishi-${name}-`));
  const cluster = await testCluster();
  const database = await cluster.createDatabase(name);
  await migrateAll({ databaseOwnerUrl: database.ownerUrl, servingRole: 'enishi_app' });
  const config = readConfig({ ENISHI_HOME: home, ENISHI_MODE: 'development', ENISHI_LOG: 'fatal' });
  const room = await openInfrastructure(
    config,
    { appUrl: database.url, embedded: true },
    createLogger('fatal'),
  );
  return {
    room,
    ownerUrl: database.ownerUrl,
    async close() {
      await room.close();
      await database.drop();
      await cluster.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
