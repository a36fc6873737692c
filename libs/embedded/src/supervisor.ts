import { chmodSync, existsSync, mkdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { type Binaries, findBinaries } from './binaries';
import { ADMIN, APP, type Cluster, openCluster, OWNER } from './cluster';
import { choosePort, HOST, rememberPort } from './ports';
import { findPostmaster, launch, type Postmaster, terminate } from './postmaster';
import { announce, connectionUrl, isPassing, supervisorSession } from './session';
import { asStartError, diskFull, saysDiskFull, StartError } from './start-error';
import { checkReachable, type SystemUser, systemUser } from './system-user';

/** How long a fast shutdown may take before an immediate one. */
const STOP_BOUND = 60_000;
/** How long a server may be on its way down, or back up after a crash of one of its processes. */
const PASSING_BOUND = 60_000;

/** Two WAL files: what a start after a crash may have to write. */
const SPACE_TO_START = 32 * 1024 * 1024;

/** How to start the embedded PostgreSQL. */
export interface EmbeddedOptions {
  /** The data folder (`ENISHI_HOME`); made where it is missing. */
  readonly home: string;
  /** Insist on this port; without it, a free one is chosen and kept. */
  readonly port?: number;
  /** Told one line per thing worth knowing; never personal data. */
  readonly onLog: (line: string) => void;
}

/** A running embedded PostgreSQL that this process, and no other, supervises. */
export interface Embedded {
  /** The database as superuser of the cluster. */
  readonly adminUrl: string;
  /** The database as its owner, for migrations. */
  readonly ownerUrl: string;
  /** The database as the serving role. */
  readonly appUrl: string;
  readonly dataDirectory: string;
  /** PostgreSQL's own log. */
  readonly logFile: string;
  /** True where a server was found that a killed process had left behind. */
  readonly adopted: boolean;
  /** Aborted when PostgreSQL ends without {@link Embedded.stop}. */
  readonly lost: AbortSignal;
  /** Tells later starts on the same home where this server is, for their "already running". */
  announce(url: string): Promise<void>;
  /** Stops PostgreSQL and waits until it is gone. May be called more than once. */
  stop(): Promise<void>;
}

interface Place {
  readonly home: string;
  readonly cluster: Cluster;
  readonly binaries: Binaries;
  readonly user: SystemUser;
  readonly options: EmbeddedOptions;
}

function prepareHome(home: string, user: SystemUser): void {
  makeFolder(home, user.uid === undefined ? 0o700 : 0o711);
  const probe = join(home, `.write-check-${process.pid}`);
  writeFileSync(probe, 'x', { flush: true });
  rmSync(probe);
  if (user.uid === undefined) return;
  // The home is ours to open a crack (enter, not list); its parents are not.
  const { mode } = statSync(home);
  if ((mode & 0o001) === 0) chmodSync(home, (mode & 0o7777) | 0o001);
  checkReachable(home, user);
}

/** Folder by folder: where the system makes none (`/proc`), Node's `recursive` tries for ever. */
function makeFolder(folder: string, mode: number): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder), mode);
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    // Another start was quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

// PostgreSQL cannot even log that the disk is full when its log lies on that disk. A new cluster is left to
// initdb, which cleans up after itself.
function checkSpace(home: string): void {
  const { bavail, bsize } = statfsSync(home);
  if (bavail * bsize < SPACE_TO_START) throw diskFull(home);
}

function startFailure(lines: string, { home, cluster }: Place): StartError {
  if (saysDiskFull(lines)) return diskFull(home);
  const fatal = [...lines.matchAll(/(?:FATAL|PANIC): +(.+)/g)].at(-1)?.[1] ?? lines.trim().split('\n').at(-1);
  return new StartError(
    'postgres-failed',
    `PostgreSQL did not start: ${fatal}.`,
    `Its log ${cluster.log} says more; start again once the cause is removed.`,
  );
}

/** The server of this cluster: the one that runs, else a new one. */
async function findOrLaunch(place: Place): Promise<{ postmaster: Postmaster; found: boolean }> {
  const { home, cluster, binaries, user, options } = place;
  for (let attempt = 1, told = false; ;) {
    const running = findPostmaster(cluster.data);
    if (running?.ready) return { postmaster: running, found: true };
    if (running) {
      if (!told) options.onLog('PostgreSQL is still starting or stopping; waiting for it');
      told = true;
      await sleep(50);
      continue;
    }
    checkSpace(home);
    const port = await choosePort(cluster.portFile, options.port);
    const result = await launch(cluster, port, binaries, user);
    if ('up' in result) {
      rememberPort(cluster.portFile, port);
      return { postmaster: result.up, found: false };
    }
    // Somebody took the port or the cluster in between, or a killed server's children are still leaving.
    const passing = /Address already in use|lock file "postmaster.pid"|pre-existing shared memory/.test(
      result.failed,
    );
    if (!passing || ++attempt > 20) throw startFailure(result.failed, place);
    await sleep(200);
  }
}

async function findOrLaunchAndLock(place: Place) {
  for (const end = Date.now() + PASSING_BOUND; ; await sleep(50)) {
    const { postmaster, found } = await findOrLaunch(place);
    try {
      const client = await supervisorSession(place.cluster, place.home, postmaster.pid, postmaster.port);
      return { postmaster, found, client };
    } catch (error) {
      if (found && isPassing(error) && Date.now() < end) continue;
      // Whoever was quicker to the lock supervises what we launched; anything else must leave nothing running.
      const taken = error instanceof StartError && error.code === 'already-running';
      if (!found && !taken) await terminate(postmaster, place.cluster.data, STOP_BOUND);
      throw error;
    }
  }
}

class Supervisor implements Embedded {
  readonly adminUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly dataDirectory: string;
  readonly logFile: string;
  readonly #lost = new AbortController();
  #stopping: Promise<void> | undefined;
  #servedAt = '';

  constructor(
    private readonly place: Place,
    private readonly postmaster: Postmaster,
    private client: Client,
    readonly adopted: boolean,
  ) {
    const { cluster } = place;
    this.adminUrl = connectionUrl(cluster, ADMIN, postmaster.port);
    this.ownerUrl = connectionUrl(cluster, OWNER, postmaster.port);
    this.appUrl = connectionUrl(cluster, APP, postmaster.port);
    this.dataDirectory = cluster.data;
    this.logFile = cluster.log;
    this.watch();
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  async announce(url: string): Promise<void> {
    this.#servedAt = url;
    await announce(this.client, url);
  }

  stop(): Promise<void> {
    // The lock is kept until PostgreSQL itself cuts the connection: nobody adopts a server that is leaving.
    return (this.#stopping ??= terminate(this.postmaster, this.place.cluster.data, STOP_BOUND));
  }

  private watch(): void {
    this.client.once('end', () => {
      if (!this.#stopping) this.reconnect().catch((error: unknown) => this.#lost.abort(error));
    });
  }

  // When one of its processes crashes, PostgreSQL cuts every connection and recovers by itself within a moment.
  private async reconnect(): Promise<void> {
    const { cluster, home } = this.place;
    for (const end = Date.now() + PASSING_BOUND; ; await sleep(50)) {
      if (this.#stopping) return;
      if (findPostmaster(cluster.data)?.pid !== this.postmaster.pid) throw new Error('PostgreSQL ended');
      try {
        this.client = await supervisorSession(cluster, home, this.postmaster.pid, this.postmaster.port);
        this.watch();
        if (this.#servedAt) await announce(this.client, this.#servedAt);
        return;
      } catch (error) {
        if (!isPassing(error) || Date.now() > end) throw error;
      }
    }
  }
}

/**
 * Starts the PostgreSQL that npm brought on the data folder `home`, or adopts the one that a killed process
 * left behind there. The process that gets an {@link Embedded} is its only supervisor until it ends.
 *
 * @throws StartError with one sentence and its remedy.
 * @example
 * const embedded = await startEmbedded({ home: '.enishi', onLog: console.log });
 * embedded.lost.addEventListener('abort', () => process.exit(1));
 * await embedded.stop();
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const home = resolve(options.home);
  try {
    const binaries = findBinaries();
    const user = systemUser();
    prepareHome(home, user);
    checkReachable(binaries.directory, user);
    const cluster = await openCluster(home, binaries, user);
    const place: Place = { home, cluster, binaries, user, options };
    const { postmaster, found, client } = await findOrLaunchAndLock(place);
    options.onLog(
      `PostgreSQL ${found ? 'found running and adopted' : 'started'} on ${HOST}:${postmaster.port}`,
    );
    return new Supervisor(place, postmaster, client, found);
  } catch (error) {
    throw asStartError(error, home);
  }
}
