import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { furnishHome } from './prepared-home';

/** Where the build puts the server. */
export const MAIN = path.resolve(__dirname, '../../dist/apps/server/src/main.js');
const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 40_000;

/** An ENISHI_HOME of its own for a test. */
export interface TemporaryHome {
  readonly home: string;
  /** Ends the PostgreSQL that a killed server left in it, and removes it. */
  remove(): Promise<void>;
}

/** A built server, running as a process of its own. */
export interface TestServer {
  readonly url: string;
  /** The development token of the command line: roles compliance, hr and operator. */
  readonly token: string;
  readonly home: string;
  readonly pid: number;
  /** All it has printed so far. */
  log(): string;
  /** As Ctrl-C: stops it and its PostgreSQL. Removes a home that {@link startServer} made. May be repeated. */
  stop(): Promise<void>;
  /** As `kill -9`: its PostgreSQL stays, for the next start on the same home to adopt. */
  kill(): Promise<void>;
}

export interface StartOptions {
  /** Without it, a temporary one that goes with the server. */
  readonly home?: string;
  /** The server makes the PostgreSQL of a new home itself, instead of finding it there ({@link furnishHome}). */
  readonly firstStart?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** A process of the built server, ready or not. */
export interface ServerProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  readonly output: () => string;
}

const alive = new Set<ChildProcess>();
const homes = new Set<string>();
// The last resort, where a test run ends without its `afterAll`.
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
  for (const home of homes) postmasterOf(home)?.end('SIGQUIT');
});

/** A home under the temporary folder, reachable by the account that PostgreSQL runs under. */
export function temporaryHome(): TemporaryHome {
  const folder = mkdtempSync(path.join(tmpdir(), 'enishi-home-'));
  chmodSync(folder, 0o755);
  const home = path.join(folder, 'home');
  homes.add(home);
  return {
    home,
    async remove() {
      await endPostmaster(home);
      homes.delete(home);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** Runs the built server with these settings and nothing else of Enishi's from our environment. */
export function spawnServer(env: Readonly<Record<string, string>>): ServerProcess {
  if (!existsSync(MAIN)) throw new Error('The server is not built: run `npm run build` first.');
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('ENISHI_'));
  const child = spawn(process.execPath, [MAIN], {
    env: { ...Object.fromEntries(inherited), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that a test can press Ctrl-C.
    detached: true,
  });
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  child.stderr.on('data', (part: Buffer) => parts.push(part));
  alive.add(child);
  const ended = once(child, 'close').then(([code, signal]) => {
    alive.delete(child);
    return { code: code as number | null, signal: signal as string | null };
  });
  return { child, ended, output: () => Buffer.concat(parts).toString('utf8') };
}

/**
 * Starts the built server in development mode on a free port and waits until it is ready.
 *
 * @example
 * const server = await startServer();        // beforeAll
 * const { get, post } = api(server);
 * await server.stop();                       // afterAll
 */
export async function startServer(options: StartOptions = {}): Promise<TestServer> {
  const own = options.home === undefined ? temporaryHome() : undefined;
  const home = options.home ?? own!.home;
  homes.add(home);
  if (options.firstStart !== true && !existsSync(home)) await furnishHome(home);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const { child, ended, output } = spawnServer({
    ENISHI_HOME: home,
    ENISHI_PORT: String(port),
    ...options.env,
  });
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    const late = sleep(STOP_WITHIN_MS, 'late', { ref: false });
    if ((await Promise.race([ended, late])) === 'late') child.kill('SIGKILL');
    await ended;
  };
  const stop = async () => {
    await end('SIGTERM');
    await own?.remove();
  };
  try {
    await ready(url, ended, output);
    const { token } = JSON.parse(readFileSync(path.join(home, 'token'), 'utf8')) as { token: string };
    return { url, token, home, pid: child.pid!, log: output, stop, kill: () => end('SIGKILL') };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ready(url: string, ended: ServerProcess['ended'], output: () => string): Promise<void> {
  const over = ended.then(() => 'ended' as const);
  for (const deadline = Date.now() + READY_WITHIN_MS; Date.now() < deadline;) {
    const status = await fetch(`${url}/ready`).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.status;
      },
      () => 0,
    );
    // The banner comes after the token file.
    if (status === 200 && output().includes('Enishi 縁')) return;
    if ((await Promise.race([over, sleep(25)])) === 'ended') break;
  }
  throw new Error(`The server did not become ready:\n${output()}`);
}

/** A port nobody uses at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** The PostgreSQL of a home, if it runs. */
export function postmasterOf(
  home: string,
): { readonly pid: number; end(signal: NodeJS.Signals): void } | undefined {
  const data = path.join(home, 'postgres', 'data');
  try {
    const pid = Number(readFileSync(path.join(data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    process.kill(pid, 0);
    // The number may belong to something else by now; PostgreSQL works inside its data directory.
    if (process.platform === 'linux' && readlinkSync(`/proc/${pid}/cwd`) !== realpathSync(data))
      return undefined;
    return { pid, end: (signal) => void process.kill(pid, signal) };
  } catch {
    return undefined;
  }
}

async function endPostmaster(home: string): Promise<void> {
  postmasterOf(home)?.end('SIGINT');
  for (let waited = 0; postmasterOf(home) !== undefined; waited += 50) {
    if (waited === 10_000) postmasterOf(home)?.end('SIGQUIT');
    await sleep(50);
  }
}
