/** Why a start was refused; stable, for exit codes and tests. */
export type StartErrorCode =
  | 'already-running'
  | 'port-in-use'
  | 'home-not-writable'
  | 'home-unreachable'
  | 'disk-full'
  | 'node-too-old'
  | 'wrong-credentials'
  | 'postgres-missing'
  | 'postgres-failed';

/** The server that already serves this home, as far as it told. */
export interface RunningServer {
  readonly pid?: number;
  readonly url?: string;
}

/**
 * A start that cannot go on, in one sentence, with what to do about it.
 *
 * @example catch (error) { if (error instanceof StartError) console.error(`${error.message}\n${error.remedy}`) }
 */
export class StartError extends Error {
  constructor(
    readonly code: StartErrorCode,
    message: string,
    readonly remedy: string,
    readonly running: RunningServer = {},
  ) {
    super(message);
    this.name = 'StartError';
  }
}

const NO_SPACE = /no space left on device|disk quota exceeded/i;

/** True where a text printed by PostgreSQL says that the disk is full. */
export function saysDiskFull(text: string): boolean {
  return NO_SPACE.test(text);
}

/** The error of a full disk. */
export function diskFull(home: string): StartError {
  return new StartError(
    'disk-full',
    `The disk that holds ${home} is full.`,
    'Free some space (at least 200 MB) or point ENISHI_HOME at another disk, then start again.',
  );
}

/** Turns what the system or PostgreSQL threw into a {@link StartError} where it is one; leaves the rest as it is. */
export function asStartError(error: unknown, home: string): unknown {
  if (error instanceof StartError) return error;
  // By shape, not by class: an error of the system may come from another realm.
  const { code, path, syscall, message = '' } = error as Partial<NodeJS.ErrnoException>;
  // 53100 is PostgreSQL's own code for a full disk.
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100' || saysDiskFull(message))
    return diskFull(home);
  const isNoPlace = code === 'ENOENT' && syscall === 'mkdir';
  if (
    isNoPlace ||
    code === 'EACCES' ||
    code === 'EPERM' ||
    code === 'EROFS' ||
    code === 'ENOTDIR' ||
    code === 'EEXIST'
  ) {
    return new StartError(
      'home-not-writable',
      `The data folder ${home} cannot be written${path === undefined || path === home ? '' : ` (${path})`}.`,
      'Make it a folder that you own and may write, or point ENISHI_HOME at one.',
    );
  }
  return error;
}
