import { execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Binaries, ENVIRONMENT } from './binaries';
import type { Cluster } from './cluster';
import type { SystemUser } from './system-user';

/** What `postmaster.pid` says of a running server. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
}

/** How a launch ended: serving, or the lines PostgreSQL left before it gave up. */
export type Launch = { readonly up: Postmaster } | { readonly failed: string };

const POLL = 10;
const LOG_LIMIT = 5 * 1024 * 1024;

/**
 * Settings of every start, on the command line so that they follow the code and not the age of the folder.
 * Removed rows must leave the disk, so old WAL files are deleted, not kept for reuse. Logs hold no personal
 * data: no statements, no parameters, no details, and no plain ERROR lines, whose text quotes values.
 */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  wal_recycle: 'off',
  min_wal_size: '32MB',
  archive_mode: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  log_min_messages: 'log',
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** True where a process of that id exists and is not a zombie waiting for its parent. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return process.platform !== 'linux';
  }
}

// A process id alone proves nothing: it may have been given to something else since. PostgreSQL works inside
// its data directory.
function worksIn(pid: number, data: string): boolean {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).includes(data);
  } catch {
    return false;
  }
}

/**
 * The server that runs on this cluster, if one does. A `postmaster.pid` that names a live process which is not
 * this cluster's server is removed: PostgreSQL itself would refuse to start beside it.
 */
export function findPostmaster(data: string): Postmaster | undefined {
  const file = join(data, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(file, 'utf8').split('\n');
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined;
  if (!worksIn(pid, data)) {
    rmSync(file, { force: true });
    return undefined;
  }
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

function rotate(log: string): void {
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT) renameSync(log, `${log}.1`);
}

/**
 * Starts PostgreSQL on a cluster, in a session of its own so that Ctrl-C in the terminal does not stop it
 * before the server has drained, and waits until it serves or gives up.
 */
export async function launch(
  cluster: Cluster,
  port: number,
  binaries: Binaries,
  user: SystemUser,
): Promise<Launch> {
  rotate(cluster.log);
  const before = statSync(cluster.log, { throwIfNoEntry: false })?.size ?? 0;
  const log = openSync(cluster.log, 'a', 0o600);
  const settings = Object.entries({ ...SETTINGS, port }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const child = spawn(binaries.postgres, ['-D', cluster.data, ...settings], {
    ...user,
    cwd: cluster.data,
    env: ENVIRONMENT,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  let ended: string | undefined;
  child.on('error', (error) => (ended = error.message));
  child.on('exit', (code, signal) => (ended = `ended with ${signal ?? code}`));
  for (;;) {
    await sleep(POLL);
    if (ended !== undefined) {
      const lines = readFileSync(cluster.log).subarray(before).toString();
      return { failed: lines === '' ? ended : lines };
    }
    const up = findPostmaster(cluster.data);
    // Recovery after a crash takes as long as it takes; whoever grows tired of it can stop us.
    if (up?.ready && up.pid === child.pid) return { up };
  }
}

async function gone(postmaster: Postmaster, data: string, bound: number): Promise<boolean> {
  const end = Date.now() + bound;
  while (isAlive(postmaster.pid) && worksIn(postmaster.pid, data)) {
    if (Date.now() > end) return false;
    await sleep(POLL);
  }
  return true;
}

/** Stops a server: fast shutdown first, an immediate one where that takes more than `bound` milliseconds. */
export async function terminate(postmaster: Postmaster, data: string, bound: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    try {
      if (worksIn(postmaster.pid, data)) process.kill(postmaster.pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    if (await gone(postmaster, data, signal === 'SIGINT' ? bound : 5000)) return;
  }
}
