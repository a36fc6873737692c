import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Role } from '@enishi/access';
import { Accounts, Tokens } from '@enishi/access/tables';
import { migrateAll } from '@enishi/migrations';
import { Pool } from 'pg';
import { api, type Api } from '../../support/api';
import { testCluster, type TestCluster, type TestDatabase } from '../../support/postgres';
import { freePort, spawnServer, type ServerProcess } from '../../support/server';

const BY = 'system:test';

/** A process of a cluster: what it does, and where operators ask it. */
export interface Member extends ServerProcess {
  /** Of the API; of a worker, nobody listens there. */
  readonly url: string;
  readonly operatorsUrl: string;
}

/** Servers and workers in production on one ledger and one database, which each test starts as it needs them. */
export interface Cluster {
  readonly pool: Pool;
  readonly database: TestDatabase;
  readonly home: string;
  /** Of every process, but for ports and roles. */
  readonly settings: Readonly<Record<string, string>>;
  start(roles: 'api' | 'worker' | 'api,worker', env?: Readonly<Record<string, string>>): Promise<Member>;
  /** A token of a machine account with these roles. */
  token(...roles: Role[]): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Makes the database and its tables; nothing runs yet.
 * @param name of the database
 * @param common settings of every process; an event store, say
 */
export async function startCluster(
  name: string,
  common: Readonly<Record<string, string>> = {},
): Promise<Cluster> {
  const cluster: TestCluster = await testCluster();
  const database = await cluster.createDatabase(name);
  await migrateAll({ databaseOwnerUrl: database.ownerUrl, servingRole: 'enishi_app' });
  const pool = new Pool({ connectionString: database.url, max: 4 });
  pool.on('error', () => undefined);
  const home = mkdtempSync(path.join(tmpdir(), `enishi-${name}-`));
  const masterKey = randomBytes(32).toString('base64');
  const members: Member[] = [];
  const settings = {
    ENISHI_MODE: 'production',
    ENISHI_HOME: home,
    ENISHI_DATABASE: database.url,
    ENISHI_OIDC_ISSUER: 'http://127.0.0.1:9',
    ENISHI_OIDC_CLIENT_ID: 'enishi',
    ENISHI_KEYS: 'env:TEST_MASTER_KEY',
    TEST_MASTER_KEY: masterKey,
    ENISHI_EPOCHS: path.join(home, 'epochs'),
    ...common,
  };

  return {
    pool,
    database,
    home,
    settings,
    async start(roles, env = {}) {
      const [port, operators] = [await freePort(), await freePort()];
      const server = spawnServer({
        ...settings,
        ENISHI_ROLES: roles,
        ENISHI_PORT: String(port),
        ENISHI_METRICS_PORT: String(operators),
        ENISHI_DRAIN_SECONDS: '0',
        ENISHI_PUBLIC_URL: `http://127.0.0.1:${port}`,
        ...env,
      });
      const member = {
        ...server,
        url: `http://127.0.0.1:${port}`,
        operatorsUrl: `http://127.0.0.1:${operators}`,
      };
      members.push(member);
      await answering(member);
      return member;
    },
    async token(...roles) {
      const accounts = new Accounts(pool);
      const { id } = await accounts.createMachine('cluster', BY);
      for (const role of roles) await accounts.grantRole({ accountId: id, role }, BY);
      const { token } = await new Tokens(pool).createToken(id, new Date(Date.now() + 3_600_000), BY);
      return token;
    },
    async stop() {
      for (const { child } of members) if (child.exitCode === null) child.kill('SIGKILL');
      await Promise.all(members.map(({ ended }) => ended));
      await pool.end();
      await database.drop();
      await cluster.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Waits until the process answers operators: a worker has no other way to say so. */
async function answering(member: Member): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) {
    if (member.child.exitCode !== null) throw new Error(`the process ended: ${member.output()}`);
    const status = await fetch(`${member.operatorsUrl}/health`).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
  }
  throw new Error(`the process does not answer: ${member.output()}`);
}

/** Waits until `/ready` says so. */
export async function ready(member: Member): Promise<void> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) {
    if ((await readiness(member)).status === 'ready') return;
  }
  throw new Error(`not ready: ${JSON.stringify(await readiness(member))} ${member.output()}`);
}

export interface Readiness {
  readonly status: string;
  readonly missing: readonly string[];
  readonly unattended: readonly string[];
}

export async function readiness({ operatorsUrl }: Pick<Member, 'operatorsUrl'>): Promise<Readiness> {
  return (await (await fetch(`${operatorsUrl}/ready`)).json()) as Readiness;
}

/** A client of one member. */
export function clientOf({ url }: Pick<Member, 'url'>, token: string): Api {
  return api({ url, token } as Parameters<typeof api>[0]);
}
