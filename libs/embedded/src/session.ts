import { realpathSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, DatabaseError, escapeLiteral } from 'pg';
import { ADMIN, APP, type Cluster, credentialsFile, OWNER, type Role, wrongCredentials } from './cluster';
import { HOST } from './ports';
import { type RunningServer, StartError } from './start-error';

const DATABASE = 'enishi';
/** Key of the supervisor's session advisory lock: `enishi` in ASCII. */
const LOCK = '111524889978985';
/** The lock of a killed supervisor is freed when PostgreSQL notices the closed connection. */
const LOCK_PATIENCE = 1000;

/** The connection string of a role. */
export function connectionUrl(cluster: Cluster, role: Role, port: number, database = DATABASE): string {
  return `postgres://${role}:${cluster.passwords[role]}@${HOST}:${port}/${database}`;
}

function sqlState(error: unknown): string | undefined {
  return error instanceof DatabaseError ? error.code : undefined;
}

/** True where the server was met on its way up or down: its next state decides. */
export function isPassing(error: unknown): boolean {
  const { code = '', message = '' } = error as Partial<NodeJS.ErrnoException>;
  return (
    ['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code) ||
    message.startsWith('Connection terminated')
  );
}

async function connect(cluster: Cluster, port: number, database: string): Promise<Client> {
  const client = new Client({
    connectionString: connectionUrl(cluster, ADMIN, port, database),
    keepAlive: true,
  });
  // An error of an idle connection has no caller; losing the connection is told by `end`.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw sqlState(error) === '28P01' ? wrongCredentials(credentialsFile(cluster)) : error;
  }
}

/** The supervisor's connection; makes the database where a start was killed before it could. */
async function connectToDatabase(cluster: Cluster, port: number): Promise<Client> {
  try {
    return await connect(cluster, port, DATABASE);
  } catch (error) {
    if (sqlState(error) !== '3D000') throw error;
  }
  const maintenance = await connect(cluster, port, 'postgres');
  try {
    await maintenance.query(`CREATE DATABASE ${DATABASE}`);
  } catch (error) {
    // duplicate_database, unique_violation: another first start was quicker.
    if (!['42P04', '23505'].includes(sqlState(error) ?? '')) throw error;
  } finally {
    await maintenance.end();
  }
  return connect(cluster, port, DATABASE);
}

async function checkIdentity(client: Client, cluster: Cluster, pid: number): Promise<void> {
  const { rows } = await client.query<{ directory: string; identifier: string }>(
    `SELECT current_setting('data_directory') AS directory, system_identifier::text AS identifier
     FROM pg_control_system()`,
  );
  const [row] = rows;
  const same = row?.identifier === cluster.systemIdentifier && row.directory === realpathSync(cluster.data);
  if (same) return;
  throw new StartError(
    'postgres-failed',
    `PostgreSQL process ${pid} runs in ${cluster.data} but says that it serves another data directory.`,
    `Stop it (\`kill -INT ${pid}\`), then start again.`,
  );
}

async function lockHolder(client: Client): Promise<RunningServer> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a USING (pid)
     WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
       AND (l.classid::bigint << 32 | l.objid::bigint) = ${LOCK}`,
  );
  const [, pid, url] = /^enishi (\d+) ?(\S*)$/.exec(rows[0]?.name ?? '') ?? [];
  return { ...(pid ? { pid: Number(pid) } : {}), ...(url ? { url } : {}) };
}

async function takeLock(client: Client, home: string): Promise<void> {
  for (const end = Date.now() + LOCK_PATIENCE; ; await sleep(50)) {
    const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS taken`);
    if (rows[0]?.taken) return;
    if (Date.now() < end) continue;
    const running = await lockHolder(client);
    const who = [running.pid && `process ${running.pid}`, running.url].filter(Boolean).join(', ');
    throw new StartError(
      'already-running',
      `Enishi is already running on ${home}${who && ` (${who})`}.`,
      'Use that one, stop it first, or point ENISHI_HOME at another folder.',
      running,
    );
  }
}

/** Brings roles and rights to what they shall be; a second time it changes nothing. */
async function grantRoles(client: Client, cluster: Cluster): Promise<void> {
  const { rows } = await client.query<{ role: string }>('SELECT rolname AS role FROM pg_roles');
  const missing = ([OWNER, APP] as const).filter((role) => !rows.some((row) => row.role === role));
  await client.query(
    [
      'BEGIN',
      ...missing.map(
        (role) => `CREATE ROLE ${role} LOGIN PASSWORD ${escapeLiteral(cluster.passwords[role])}`,
      ),
      `ALTER DATABASE ${DATABASE} OWNER TO ${OWNER}`,
      `REVOKE ALL ON DATABASE ${DATABASE} FROM PUBLIC`,
      // CREATE: the serving role owns the schemas of its projections.
      `GRANT CONNECT, CREATE, TEMPORARY ON DATABASE ${DATABASE} TO ${APP}`,
      'COMMIT',
    ].join(';'),
  );
}

/** Writes who supervises, and where it serves, into the session for later starts to read. */
export async function announce(client: Client, url = ''): Promise<void> {
  await client.query(`SET application_name = ${escapeLiteral(`enishi ${process.pid} ${url}`.trim())}`);
}

/**
 * Opens the supervisor's session: the right cluster, its lock held, database and roles in place. The lock
 * lives as long as the returned connection.
 *
 * @throws StartError `already-running` where another process holds the lock.
 */
export async function supervisorSession(
  cluster: Cluster,
  home: string,
  pid: number,
  port: number,
): Promise<Client> {
  const client = await connectToDatabase(cluster, port);
  try {
    await checkIdentity(client, cluster, pid);
    await takeLock(client, home);
    await announce(client);
    await grantRoles(client, cluster);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}
