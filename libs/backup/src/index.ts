export { BackupError, type BackupErrorCode } from './errors';
export { checkMarks, raiseMarks } from './marks';
export type { LedgerPlaces, MasterKeyOf } from './places';
export { epochPlaces } from './places';
export { LEFT_OUT } from './tables';
export { takeBackup, type Backup } from './take-backup';
export { verifyBackup, type Verified } from './verify-backup';
export { applyOutside } from './finish-restore';
export { restoreBackup, type Restored } from './restore-backup';
