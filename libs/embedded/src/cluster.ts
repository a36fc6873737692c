import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { readdirSync, readFileSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Binaries, ENVIRONMENT } from './binaries';
import { isAlive } from './postmaster';
import { diskFull, saysDiskFull, StartError } from './start-error';
import type { SystemUser } from './system-user';

/** Superuser of the cluster: supervises, migrates nothing, serves nothing. */
export const ADMIN = 'enishi_admin';
/** Owns the database and its schemas. */
export const OWNER = 'enishi_owner';
/** Serves. */
export const APP = 'enishi_app';

/** The roles that have a password. */
export type Role = typeof ADMIN | typeof OWNER | typeof APP;

/** A cluster on disk: PostgreSQL's own data directory and, beside it, what only we may read. */
export interface Cluster {
  readonly directory: string;
  readonly data: string;
  readonly log: string;
  readonly portFile: string;
  readonly systemIdentifier: string;
  readonly passwords: Readonly<Record<Role, string>>;
}

type Secrets = Pick<Cluster, 'systemIdentifier' | 'passwords'>;

const CREDENTIALS = 'credentials.json';
const UNFINISHED = /^postgres\.init-(\d+)-/;

function password(): string {
  return randomBytes(24).toString('base64url');
}

// The first eight bytes of pg_control; every platform that PostgreSQL is packaged for is little-endian.
function systemIdentifier(data: string): string {
  const file = openSync(join(data, 'global', 'pg_control'), 'r');
  try {
    const bytes = Buffer.alloc(8);
    readSync(file, bytes, 0, 8, 0);
    return bytes.readBigUInt64LE().toString();
  } finally {
    closeSync(file);
  }
}

async function initdb(
  binaries: Binaries,
  user: SystemUser,
  data: string,
  passwordFile: string,
  home: string,
) {
  const flags = [
    '--encoding=UTF8',
    '--locale=C',
    '--auth=scram-sha-256',
    '--data-checksums',
    '--no-instructions',
  ];
  const child = spawn(
    binaries.initdb,
    ['-D', data, `--username=${ADMIN}`, `--pwfile=${passwordFile}`, ...flags],
    {
      ...user,
      env: ENVIRONMENT,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code === 0) return;
  if (saysDiskFull(output)) throw diskFull(home);
  const reason =
    /(?:error|FATAL): +(.+)/.exec(output)?.[1] ?? output.trim().split('\n').at(-1) ?? `exit code ${code}`;
  throw new StartError('postgres-failed', `PostgreSQL could not create its data: ${reason}.`, 'Start again.');
}

// A first start that was killed leaves its unfinished cluster under a name that nothing else looks at.
function removeUnfinished(home: string): void {
  for (const name of readdirSync(home)) {
    const pid = UNFINISHED.exec(name)?.[1];
    if (pid === undefined || (Number(pid) !== process.pid && isAlive(Number(pid)))) continue;
    try {
      rmSync(join(home, name), { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // Its initdb may outlive the killed start by a moment; the next start removes the rest.
    }
  }
}

async function create(home: string, directory: string, binaries: Binaries, user: SystemUser): Promise<void> {
  const unfinished = join(home, `postgres.init-${process.pid}-${randomBytes(4).toString('hex')}`);
  const data = join(unfinished, 'data');
  const passwordFile = join(unfinished, 'password');
  const passwords = { [ADMIN]: password(), [OWNER]: password(), [APP]: password() };
  try {
    mkdirSync(data, { recursive: true, mode: 0o700 });
    chmodSync(unfinished, user.uid === undefined ? 0o700 : 0o711);
    writeFileSync(passwordFile, passwords[ADMIN], { mode: 0o600 });
    if (user.uid !== undefined && user.gid !== undefined) {
      chownSync(data, user.uid, user.gid);
      chownSync(passwordFile, user.uid, user.gid);
    }
    await initdb(binaries, user, data, passwordFile, home);
    rmSync(passwordFile);
    const secrets: Secrets = { systemIdentifier: systemIdentifier(data), passwords };
    writeFileSync(join(unfinished, CREDENTIALS), JSON.stringify(secrets), { mode: 0o600, flush: true });
    renameSync(unfinished, directory);
    const parent = openSync(home, 'r');
    fsyncSync(parent);
    closeSync(parent);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true, maxRetries: 3 });
    // Two first starts at once: the other one's cluster is in place, and serves as well as ours.
    if (!existsSync(join(directory, CREDENTIALS))) throw error;
  }
}

function readSecrets(file: string): Secrets {
  try {
    const secrets = JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>;
    const complete = [ADMIN, OWNER, APP].every(
      (role) => typeof secrets.passwords?.[role as typeof APP] === 'string',
    );
    if (complete && typeof secrets.systemIdentifier === 'string') return secrets as Secrets;
  } catch {
    // Missing and unreadable are one case for whoever has to repair it.
  }
  throw wrongCredentials(file);
}

/** The error of a password file that is missing, damaged, or another cluster's. */
export function wrongCredentials(file: string): StartError {
  return new StartError(
    'wrong-credentials',
    `The password file ${file} is missing or does not fit the database beside it.`,
    'Put the file back from the same backup as the data folder; without it the database cannot be opened.',
  );
}

/** The path of a cluster's password file. */
export function credentialsFile(cluster: Pick<Cluster, 'directory'>): string {
  return join(cluster.directory, CREDENTIALS);
}

/**
 * The cluster in `home`, made by initdb where there is none. It is made aside, together with its passwords,
 * and renamed into place: a cluster exists whole or not at all, however the process ends.
 */
export async function openCluster(home: string, binaries: Binaries, user: SystemUser): Promise<Cluster> {
  const directory = join(home, 'postgres');
  removeUnfinished(home);
  if (!existsSync(directory)) await create(home, directory, binaries, user);
  return {
    directory,
    data: join(directory, 'data'),
    log: join(directory, 'postgres.log'),
    portFile: join(directory, 'port'),
    ...readSecrets(join(directory, CREDENTIALS)),
  };
}
