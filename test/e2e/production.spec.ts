import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { testCluster, type TestCluster, type TestDatabase } from '../support/postgres';
import { spawnServer, type ServerProcess } from '../support/server';

jest.setTimeout(120_000);

const CLI = path.resolve(__dirname, '../../apps/cli/bin/enishi.cjs');

interface Run {
  readonly code: number;
  readonly output: string;
}

/** Runs the built command line with these settings alone. */
function enishi(args: readonly string[], env: Record<string, string>): Promise<Run> {
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env['PATH'] ?? '', LANG: 'en_US.UTF-8', ...env } };
    execFile(process.execPath, [CLI, ...args], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout + stderr });
    });
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Settings of a production server on a database of somebody else's. The issuer is asked at sign-in only. */
function settings(home: string, database: string, port: number): Record<string, string> {
  return {
    ENISHI_MODE: 'production',
    ENISHI_HOME: home,
    ENISHI_PORT: String(port),
    ENISHI_PUBLIC_URL: `http://127.0.0.1:${port}`,
    ENISHI_DATABASE: database,
    ENISHI_OIDC_ISSUER: 'http://127.0.0.1:9',
    ENISHI_OIDC_CLIENT_ID: 'enishi',
    ENISHI_KEYS: 'env:TEST_MASTER_KEY',
    TEST_MASTER_KEY: masterKey,
    ENISHI_EPOCHS: path.join(home, 'epochs'),
    // No load balancer has to notice here; the cluster's spec is about how a process leaves.
    ENISHI_DRAIN_SECONDS: '0',
  };
}

const masterKey = randomBytes(32).toString('base64');

async function readyAt(port: number, server: ServerProcess): Promise<number> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (server.child.exitCode !== null) throw new Error(`the server ended: ${server.output()}`);
    const status = await fetch(`http://127.0.0.1:${port}/ready`).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return status;
    await sleep(50);
  }
  throw new Error(`the server is not ready: ${server.output()}`);
}

describe('production, on a PostgreSQL server of the company', () => {
  let cluster: TestCluster;
  let database: TestDatabase;
  const homes: string[] = [];
  const servers: ServerProcess[] = [];

  const newHome = () => {
    const home = mkdtempSync(path.join(tmpdir(), 'enishi-production-'));
    homes.push(home);
    return home;
  };
  const start = (env: Record<string, string>) => {
    const server = spawnServer(env);
    servers.push(server);
    return server;
  };

  beforeAll(async () => {
    cluster = await testCluster();
    database = await cluster.createDatabase('production');
  });

  afterAll(async () => {
    for (const { child } of servers) if (child.exitCode === null) child.kill('SIGKILL');
    await Promise.all(servers.map(({ ended }) => ended));
    await database.drop();
    await cluster.stop();
    for (const home of homes) rmSync(home, { recursive: true, force: true });
  });

  it('makes its tables by `enishi migrate`, twice without harm', async () => {
    const env = { ENISHI_DATABASE_OWNER: database.ownerUrl };
    expect(await enishi(['migrate'], env)).toMatchObject({ code: 0 });
    expect(await enishi(['migrate'], env)).toMatchObject({ code: 0 });
    const missing = await enishi(['migrate'], {});
    expect(missing).toMatchObject({ code: 2 });
    expect(missing.output).toContain('ENISHI_DATABASE_OWNER');
  });

  it('appoints the first operator, whom nobody else could', async () => {
    const args = ['appoint-operator', '--issuer', 'https://login.example.jp', '--subject', 'first', '--json'];
    const first = await enishi(args, { ENISHI_DATABASE: database.url });
    expect(first).toMatchObject({ code: 0 });
    expect(await enishi(args, { ENISHI_DATABASE: database.url })).toEqual(first);
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query('select role from access.grants');
    await client.end();
    expect(rows).toEqual([{ role: 'operator' }]);
  });

  it('serves with the plain role, without development people, token or provider', async () => {
    const port = await freePort();
    const home = newHome();
    const server = start(settings(home, database.url, port));
    expect(await readyAt(port, server)).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/v1/ledger`)).status).toBe(401);
    expect((await fetch(`http://127.0.0.1:${port}/dev-idp/.well-known/openid-configuration`)).status).toBe(
      404,
    );
    server.child.kill('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0 });
  });

  it('serves the same ledger from two processes at once', async () => {
    const [one, two] = [await freePort(), await freePort()];
    const home = homes[0]!;
    const servers = [start(settings(home, database.url, one)), start(settings(home, database.url, two))];
    await Promise.all([readyAt(one, servers[0]!), readyAt(two, servers[1]!)]);
    const client = new Client({ connectionString: database.url });
    await client.connect();
    const { rows } = await client.query<{ type: string }>('select type from ledger.events');
    await client.end();
    expect(rows.filter(({ type }) => type === 'LedgerOpened')).toHaveLength(1);
    for (const { child } of servers) child.kill('SIGTERM');
    for (const { ended } of servers) expect(await ended).toMatchObject({ code: 0 });
  });

  it('refuses to serve as the owner of the ledger', async () => {
    const server = start(settings(homes[0]!, database.ownerUrl, await freePort()));
    expect(await server.ended).toMatchObject({ code: 1 });
    expect(server.output()).toMatch(/role/i);
  });

  it('refuses another mode, a development key file and a setting that is missing, each with its remedy', async () => {
    const port = await freePort();
    const right = settings(homes[0]!, database.url, port);
    const wrong: readonly (readonly [Record<string, string>, RegExp])[] = [
      [{ ENISHI_MODE: 'development', ENISHI_KEYS: `file:${path.join(homes[0]!, 'k')}` }, /production ledger/],
      [{ ENISHI_KEYS: `file:${path.join(homes[0]!, 'k')}` }, /ENISHI_KEYS/],
      [{ ENISHI_OIDC_ISSUER: '' }, /ENISHI_OIDC_ISSUER/],
    ];
    for (const [change, expected] of wrong) {
      const server = start({ ...right, ...change });
      expect(await server.ended).toMatchObject({ code: 1 });
      expect(server.output()).toMatch(expected);
      expect(server.output()).not.toContain('    at ');
    }
  });
});
