/** Why a backup, a restore or a start was refused; stable, for exit codes and tests. */
export type BackupErrorCode =
  | 'disk-full'
  | 'disk-failed'
  | 'not-writable'
  | 'not-a-backup'
  | 'backup-unfinished'
  | 'backup-running'
  | 'backup-damaged'
  | 'backup-altered'
  | 'backup-newer'
  | 'key-missing'
  | 'key-unusable'
  | 'places-overlap'
  | 'not-empty'
  | 'still-running'
  | 'ledger-empty'
  | 'events-lost'
  | 'restore-unfinished'
  | 'marks-missing'
  | 'vault-older'
  | 'ledger-shorter';

/** What stands in the way, in one sentence, with what to do about it. Holds no value of a person. */
export class BackupError extends Error {
  constructor(
    readonly code: BackupErrorCode,
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'BackupError';
  }
}

/** The backup is not what it was when it was made. */
export function damaged(what: string): BackupError {
  return new BackupError(
    'backup-damaged',
    `The backup is damaged: ${what}.`,
    'Use another backup, or another copy of this one.',
  );
}

/** Turns what the file system threw into a {@link BackupError}; leaves everything else as it is. */
export function asBackupError(error: unknown, folder: string): unknown {
  const { code } = error as { code?: unknown };
  const options = { cause: error };
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new BackupError(
        'disk-full',
        `The disk of ${folder} is full.`,
        'Free some space or name a folder on another disk, then run this again. Nothing half-done is left.',
        options,
      );
    // PostgreSQL's own code.
    case '53100':
      return new BackupError(
        'disk-full',
        'The disk of the database is full.',
        'Free some space there, then run this again.',
        options,
      );
    case 'EIO':
      return new BackupError(
        'disk-failed',
        `The disk of ${folder} does not read or write.`,
        'Use another disk, and look at this one.',
        options,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
      return new BackupError(
        'not-writable',
        `The folder ${folder} cannot be written.`,
        'Name a folder that you own and may write.',
        options,
      );
    default:
      return error;
  }
}
