import { randomBytes } from 'node:crypto';
import { Pool } from 'pg';

/** A database of its own for one test file. */
export interface TestDatabase {
  /** As `enishi_owner`, who owns the database and is no superuser: runs migrations. */
  readonly ownerUrl: string;
  /** As `enishi_app`, the serving role: has what migrations grant it. */
  readonly url: string;
  /** Ends every session in it and removes it. */
  drop(): Promise<void>;
}

/** A PostgreSQL server for tests. */
export interface TestCluster {
  /** As superuser, database `postgres`. */
  readonly adminUrl: string;
  /** An empty database (about 10–20 ms). @param prefix lower-case letters, digits and `_`. */
  createDatabase(prefix: string): Promise<TestDatabase>;
  /** Lets go of the cluster; ends it if this call to {@link testCluster} started it. */
  stop(): Promise<void>;
}

interface ClusterModule {
  startCluster(): Promise<{ adminUrl: string; stop(): Promise<void> }>;
  ensureRoles(adminUrl: string): Promise<void>;
  rolePassword(adminUrl: string, role: string): string;
}

/**
 * The cluster of this Jest run, or the one `ENISHI_TEST_POSTGRES` names. Outside Jest, and without that
 * variable, it starts one.
 *
 * @example
 * const cluster = await testCluster();                  // beforeAll
 * const db = await cluster.createDatabase('roster');
 * await db.drop();                                      // afterAll
 * await cluster.stop();
 */
export async function testCluster(): Promise<TestCluster> {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- plain CommonJS, shared with Jest's global setup
  const { startCluster, ensureRoles, rolePassword } = require('./postgres-cluster.cjs') as ClusterModule;
  const given = process.env['ENISHI_TEST_POSTGRES'];
  const own = given ? undefined : await startCluster();
  const adminUrl = given ?? own!.adminUrl;
  // Under Jest the global setup has done this.
  if (!process.env['JEST_WORKER_ID']) await ensureRoles(adminUrl);

  const admin = new Pool({ connectionString: adminUrl, max: 2, allowExitOnIdle: true });
  admin.on('error', () => undefined);

  const urlOf = (role: string, database: string): string => {
    const url = new URL(adminUrl);
    url.username = role;
    url.password = rolePassword(adminUrl, role);
    url.pathname = `/${database}`;
    return url.href;
  };

  return {
    adminUrl,
    async createDatabase(prefix) {
      if (!/^[a-z][a-z0-9_]{0,40}$/.test(prefix)) throw new Error(`not a database name prefix: ${prefix}`);
      const name = `${prefix}_${randomBytes(6).toString('hex')}`;
      await admin.query(`CREATE DATABASE ${name} OWNER enishi_owner TEMPLATE template0 STRATEGY file_copy`);
      return {
        ownerUrl: urlOf('enishi_owner', name),
        url: urlOf('enishi_app', name),
        async drop() {
          await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
        },
      };
    },
    async stop() {
      await admin.end();
      await own?.stop();
    },
  };
}
