import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbedded } from '@enishi/embedded';
import { Pool } from 'pg';
import { migrateAll } from '@enishi/migrations';
import type { Options } from './options';

/** A database with the tables of every room, and the folder that a server of it would have. */
export interface Place {
  readonly home: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
}

/** Where everything is measured: one PostgreSQL of our own with the settings of the embedded one, fsync on. */
export interface Ground {
  readonly options: Options;
  /** An empty, migrated database. */
  place(name: string): Promise<Place>;
  drop(name: string): Promise<void>;
  /** Writes out what earlier work left dirty, so that nobody pays for somebody else. */
  settle(): Promise<void>;
  postgresVersion(): Promise<string>;
  say(line: string): void;
  stop(): Promise<void>;
}

/** Starts it in a temporary folder; `stop` ends it and removes the folder. */
export async function openGround(options: Options): Promise<Ground> {
  const folder = mkdtempSync(path.join(tmpdir(), 'enishi-bench-'));
  // PostgreSQL may run under another account.
  chmodSync(folder, 0o755);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  const embedded = await startEmbedded({ home: path.join(folder, 'home'), onLog: () => undefined });
  // A pool, because a connection does not outlive a PostgreSQL that recovers.
  const admin = new Pool({ connectionString: embedded.adminUrl, max: 1 });
  admin.on('error', () => undefined);
  const inDatabase = (url: string, name: string): string => {
    const other = new URL(url);
    other.pathname = `/bench_${name}`;
    return other.href;
  };
  return {
    options,
    async place(name) {
      await admin.query(`DROP DATABASE IF EXISTS bench_${name} WITH (FORCE)`);
      await admin.query(`CREATE DATABASE bench_${name} OWNER enishi_owner TEMPLATE template0`);
      await admin.query(`GRANT CONNECT, CREATE, TEMPORARY ON DATABASE bench_${name} TO enishi_app`);
      const ownerUrl = inDatabase(embedded.ownerUrl, name);
      await migrateAll({ databaseOwnerUrl: ownerUrl, servingRole: 'enishi_app' });
      return { home: path.join(folder, name), ownerUrl, appUrl: inDatabase(embedded.appUrl, name) };
    },
    drop: async (name) => void (await admin.query(`DROP DATABASE IF EXISTS bench_${name} WITH (FORCE)`)),
    settle: async () => void (await admin.query('CHECKPOINT')),
    postgresVersion: async () => {
      const { rows } = await admin.query<{ server_version: string }>('SHOW server_version');
      return rows[0]!.server_version.split(' ')[0]!;
    },
    say,
    async stop() {
      await admin.end().catch(() => undefined);
      await embedded.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
