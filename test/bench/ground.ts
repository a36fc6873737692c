import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { startEmbedded, type Embedded } from '@enishi/embedded';
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
  /** A folder for a server to make its own database in. */
  home(name: string): string;
  /** Runs the database that a server, stopped since, has made in its home. */
  adopt(home: string): Promise<Place>;
  /** Writes out what earlier work left dirty, so that nobody pays for somebody else. */
  settle(): Promise<void>;
  postgresVersion(): Promise<string>;
  say(line: string): void;
  stop(): Promise<void>;
}

/** The same of this process's memory: what another part of the bench left is not collected while this one is timed. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
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
  const adopted: { readonly embedded: Embedded; readonly admin: Pool }[] = [];
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
    home: (name) => path.join(folder, name),
    async adopt(home) {
      const own = await startEmbedded({ home, onLog: () => undefined });
      const ownAdmin = new Pool({ connectionString: own.adminUrl, max: 1 });
      ownAdmin.on('error', () => undefined);
      adopted.push({ embedded: own, admin: ownAdmin });
      return { home, ownerUrl: own.ownerUrl, appUrl: own.appUrl };
    },
    async settle() {
      for (const one of [admin, ...adopted.map((other) => other.admin)]) await one.query('CHECKPOINT');
      collectGarbage();
    },
    postgresVersion: async () => {
      const { rows } = await admin.query<{ server_version: string }>('SHOW server_version');
      return rows[0]!.server_version.split(' ')[0]!;
    },
    say,
    async stop() {
      for (const one of [{ embedded, admin }, ...adopted.splice(0)]) {
        await one.admin.end().catch(() => undefined);
        await one.embedded.stop();
      }
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
