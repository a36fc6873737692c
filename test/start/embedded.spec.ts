import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { statfsSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Embedded, startEmbedded, StartError } from '@enishi/embedded';
import { Client } from 'pg';
import { notRun } from '../support/not-run';

jest.setTimeout(60_000);

const isRoot = process.getuid?.() === 0;
let folder: string;
let home: string;
const started: Embedded[] = [];
const children: ChildProcess[] = [];

// A cluster made once and copied, for the specs that do not look at how one is made.
let prepared: string;

beforeAll(async () => {
  prepared = mkdtempSync(join(tmpdir(), 'enishi-start-'));
  chmodSync(prepared, 0o755);
  await (await startEmbedded({ home: join(prepared, 'home'), onLog })).stop();
});

afterAll(() => rmSync(prepared, { recursive: true, force: true }));

function usePreparedHome(): void {
  execFileSync('cp', ['-a', join(prepared, 'home'), home]);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'enishi-start-'));
  chmodSync(folder, 0o755);
  home = join(folder, 'home');
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const embedded of started.splice(0)) await embedded.stop();
  // What a test left running belongs to it: adopting is the way to stop it.
  if (existsSync(join(home, 'postgres', 'data', 'postmaster.pid'))) {
    await startEmbedded({ home, onLog }).then(
      (left) => left.stop(),
      () => undefined,
    );
  }
  rmSync(folder, { recursive: true, force: true });
});

function onLog() {
  // The specs look at what happens, not at what is said.
}

async function start(port?: number): Promise<Embedded> {
  const embedded = await startEmbedded({ home, onLog, ...(port === undefined ? {} : { port }) });
  started.push(embedded);
  return embedded;
}

async function refusal(): Promise<StartError> {
  const error: unknown = await start().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StartError);
  const refused = error as StartError;
  expect(refused.message).toMatch(/^\S.*\.$/);
  expect(refused.remedy).toMatch(/^\S.*\.$/);
  return refused;
}

/** Another process that starts the same home; resolves with its first line. */
async function startElsewhere(url = ''): Promise<{ child: ChildProcess; said: Record<string, unknown> }> {
  const child = spawn(process.execPath, [join(__dirname, 'embedded-process.cjs'), home, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, said: JSON.parse(line) as Record<string, unknown> };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

function postmasterPid(): number {
  return Number(readFileSync(join(home, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
}

/** A process that ended but was not yet collected by its parent does not run. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function used(mount: string): number {
  const { blocks, bfree, bsize } = statfsSync(mount);
  return (blocks - bfree) * bsize;
}

async function ask<T>(url: string, sql: string): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ value: T }>(sql);
    return rows[0]?.value as T;
  } finally {
    await client.end();
  }
}

describe('the first start', () => {
  it('makes a cluster with three roles and starts it by the rules', async () => {
    const { adminUrl, ownerUrl, appUrl, adopted, lost, stop } = await start();
    expect([adopted, lost.aborted]).toEqual([false, false]);
    expect(stop).toBeInstanceOf(Function);

    const role = `SELECT current_user || ' ' || rolsuper || ' ' || rolcreaterole AS value
                  FROM pg_roles WHERE rolname = current_user`;
    expect(await ask(adminUrl, role)).toBe('enishi_admin true true');
    expect(await ask(ownerUrl, role)).toBe('enishi_owner false false');
    expect(await ask(appUrl, role)).toBe('enishi_app false false');
    await ask(ownerUrl, 'CREATE SCHEMA ledger');
    await ask(appUrl, 'CREATE SCHEMA roster CREATE TABLE rows (id int)');
    await expect(ask(appUrl, 'CREATE TABLE ledger.mine (id int)')).rejects.toThrow('permission denied');
    const owner = `SELECT pg_get_userbyid(datdba) AS value FROM pg_database WHERE datname = 'enishi'`;
    expect(await ask(adminUrl, owner)).toBe('enishi_owner');

    const setting = (name: string) => ask(adminUrl, `SELECT current_setting('${name}') AS value`);
    expect(await setting('server_encoding')).toBe('UTF8');
    expect(await setting('data_checksums')).toBe('on');
    expect(await setting('password_encryption')).toBe('scram-sha-256');
    expect(await setting('listen_addresses')).toBe('127.0.0.1');
    expect(await setting('unix_socket_directories')).toBe('');
    expect(await setting('synchronous_commit')).toBe('on');
    expect(await setting('fsync')).toBe('on');
    expect(await setting('wal_recycle')).toBe('off');
  });

  it('keeps passwords to its owner and personal data out of the log', async () => {
    const { adminUrl, logFile } = await start();
    expect(statSync(join(home, 'postgres', 'credentials.json')).mode & 0o777).toBe(0o600);
    expect(statSync(logFile).mode & 0o077).toBe(0);
    await expect(ask(adminUrl, `SELECT '山田 太郎'::int AS value`)).rejects.toThrow('invalid input syntax');
    const bad = adminUrl.replace(/enishi_admin:[^@]+/, 'enishi_admin:guess');
    await expect(ask(bad, 'SELECT 1 AS value')).rejects.toThrow('password authentication failed');
    expect(readFileSync(logFile, 'utf8')).not.toMatch(/山田|SELECT/);
    expect(readFileSync(logFile, 'utf8')).toContain('password authentication failed');
  });

  it('begins anew after a first start that was killed in the middle of initdb', async () => {
    const child = spawn(process.execPath, [join(__dirname, 'embedded-process.cjs'), home], {
      stdio: 'ignore',
    });
    const unfinished = () =>
      existsSync(home) ? readdirSync(home).filter((name) => name.includes('.init-')) : [];
    while (!unfinished().some((name) => existsSync(join(home, name, 'data', 'PG_VERSION')))) await sleep(2);
    await kill(child);
    expect(existsSync(join(home, 'postgres'))).toBe(false);
    const { adopted, adminUrl } = await start();
    expect(adopted).toBe(false);
    expect(await ask(adminUrl, 'SELECT 1 AS value')).toBe(1);
  });

  it('survives two first starts at once: one serves, the other is told', async () => {
    const [one, two] = await Promise.all([startElsewhere(), startElsewhere()]);
    const codes = [one.said['code'], two.said['code']];
    expect(codes).toContain(undefined);
    expect(codes).toContain('already-running');
    expect(readdirSync(home)).toEqual(['postgres']);
  });
});

describe('a later start', () => {
  beforeEach(usePreparedHome);

  it('finds what was written, on the same port, after a stop that leaves no process', async () => {
    const first = await start();
    await ask(first.appUrl, 'CREATE SCHEMA kept');
    const pid = postmasterPid();
    await Promise.all([first.stop(), first.stop()]);
    expect(isRunning(pid)).toBe(false);
    expect(first.lost.aborted).toBe(false);

    const second = await start();
    expect(second.adopted).toBe(false);
    expect(second.adminUrl).toBe(first.adminUrl);
    expect(await ask(second.appUrl, `SELECT to_regnamespace('kept') IS NOT NULL AS value`)).toBe(true);
  });

  it('takes another port where somebody took the remembered one', async () => {
    const first = await start();
    const port = Number(new URL(first.adminUrl).port);
    await first.stop();
    const squatter = createServer().listen(port, '127.0.0.1');
    await once(squatter, 'listening');
    try {
      const second = await start();
      expect(new URL(second.adminUrl).port).not.toBe(String(port));
      await second.stop();
      await expect(start(port)).rejects.toMatchObject({ code: 'port-in-use' });
    } finally {
      squatter.close();
    }
  });

  it('adopts the server of a supervisor that was killed, and stops it as its own', async () => {
    const { child, said } = await startElsewhere();
    const pid = postmasterPid();
    await kill(child);
    expect(isRunning(pid)).toBe(true);

    const embedded = await start();
    expect(embedded.adopted).toBe(true);
    expect(embedded.adminUrl).toBe(said['adminUrl']);
    expect(postmasterPid()).toBe(pid);
    await embedded.stop();
    expect(isRunning(pid)).toBe(false);
  });

  it('says "already running", by whom and where, while another process supervises', async () => {
    const { child } = await startElsewhere('http://127.0.0.1:3000');
    const refused = await refusal();
    expect(refused.code).toBe('already-running');
    expect(refused.running).toEqual({ pid: child.pid, url: 'http://127.0.0.1:3000' });
    expect(refused.message).toContain('already running');
    expect(isRunning(postmasterPid())).toBe(true);
  });

  it('waits for a server that is on its way down, then starts', async () => {
    const first = await start();
    const leaving = first.stop();
    const second = await start();
    await leaving;
    expect(await ask(second.adminUrl, 'SELECT 1 AS value')).toBe(1);
  });

  it.each([
    ['nothing', 2 ** 22 - 1],
    ['another program', process.pid],
  ])('is not misled by a postmaster.pid that names %s', async (_, pid) => {
    const first = await start();
    const file = join(home, 'postgres', 'data', 'postmaster.pid');
    const lines = readFileSync(file, 'utf8').split('\n');
    await first.stop();
    writeFileSync(file, [pid, ...lines.slice(1)].join('\n'), { mode: 0o600 });
    const { uid, gid } = statSync(join(home, 'postgres', 'data'));
    if (isRoot) execFileSync('chown', [`${uid}:${gid}`, file]);
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await ask(second.adminUrl, 'SELECT 1 AS value')).toBe(1);
  });
});

describe('while it runs', () => {
  beforeEach(usePreparedHome);

  it('tells when PostgreSQL is killed, and starts again afterwards', async () => {
    const { lost } = await start();
    const told = once(lost, 'abort');
    process.kill(postmasterPid(), 'SIGKILL');
    await told;
    const { adminUrl } = await start();
    expect(await ask(adminUrl, 'SELECT 1 AS value')).toBe(1);
  });

  it('keeps supervising through a crash of one PostgreSQL process', async () => {
    const { adminUrl, lost } = await start();
    const doomed = new Client({ connectionString: adminUrl });
    doomed.on('error', () => undefined);
    await doomed.connect();
    const { rows } = await doomed.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const ended = new Promise<void>((resolve) => doomed.once('end', resolve));
    process.kill(rows[0]?.pid ?? 0, 'SIGKILL');
    await ended;
    const held = `SELECT count(*)::int AS value FROM pg_locks WHERE locktype = 'advisory' AND granted`;
    for (let n = 0; (await ask<number>(adminUrl, held).catch(() => 0)) !== 1 && n < 500; n++) await sleep(20);
    expect((await startElsewhere()).said['code']).toBe('already-running');
    expect(lost.aborted).toBe(false);
  });
});

describe('one clear sentence', () => {
  it('when a file stands where the folder should be', async () => {
    writeFileSync(home, '');
    expect(await refusal()).toMatchObject({
      code: 'home-not-writable',
      message: expect.stringContaining(home),
    });
  });

  it('when the folder lies inside a file', async () => {
    writeFileSync(home, '');
    home = join(home, 'inside');
    expect((await refusal()).code).toBe('home-not-writable');
  });

  it('when the folder may not be written', async () => {
    if (isRoot) return notRun('start on a folder without write permission', 'root may write everywhere');
    mkdirSync(home, { mode: 0o500 });
    expect((await refusal()).code).toBe('home-not-writable');
  });

  it('when the user that PostgreSQL runs as cannot enter a parent folder', async () => {
    if (!isRoot) return notRun('start by root in a closed folder', 'not root');
    chmodSync(folder, 0o700);
    const refused = await refusal();
    expect(refused).toMatchObject({ code: 'home-unreachable', message: expect.stringContaining(folder) });
    expect(refused.remedy).toContain(`chmod o+x ${folder}`);
    chmodSync(folder, 0o711);
    await start();
  });

  it.each([
    ['is another', () => ({ admin: 'x' })],
    ['holds a wrong password', (secrets: object) => ({ ...secrets, passwords: WRONG })],
  ])('when the password file %s', async (_, change) => {
    usePreparedHome();
    const file = join(home, 'postgres', 'credentials.json');
    const good = readFileSync(file, 'utf8');
    writeFileSync(file, JSON.stringify(change(JSON.parse(good) as object)));
    expect(await refusal()).toMatchObject({
      code: 'wrong-credentials',
      message: expect.stringContaining(file),
    });
    expect(existsSync(join(home, 'postgres', 'data', 'postmaster.pid'))).toBe(false);
    writeFileSync(file, good);
    await start();
  });

  it('when the disk is full, at the first start and later', async () => {
    mkdirSync(home, { mode: 0o755 });
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200m', 'tmpfs', home], { stdio: 'pipe' });
    } catch {
      return notRun('start on a full disk', 'a small file system cannot be mounted here');
    }
    const ballast = join(home, 'ballast');
    const leave = (bytes: number) =>
      writeFileSync(ballast, Buffer.alloc(200 * 1024 * 1024 - used(home) - bytes));
    try {
      leave(12 * 1024 * 1024);
      expect((await refusal()).code).toBe('disk-full');
      expect(readdirSync(home)).toEqual(['ballast']);
      rmSync(ballast);
      await (await start()).stop();
      leave(8 * 1024 * 1024);
      expect((await refusal()).code).toBe('disk-full');
      rmSync(ballast);
      await (await start()).stop();
    } finally {
      execFileSync('umount', [home]);
    }
  });
});

const WRONG = { enishi_admin: 'wrong', enishi_owner: 'wrong', enishi_app: 'wrong' };
