export * from './port';
export * from './errors';
export { commitment, fieldSalt, type Sha256 } from './commitment';
export { parseKeysSetting, type MasterKeyProvider } from './master-key';
export type { Alarm, FaultPoint, VaultLogger } from './observing';
export { migrateVault } from './schema';
export { openVault, type VaultOptions } from './vault';
export { openProcesses, unacknowledgedClosings } from './processes';
export { readVaultStatus, type VaultStatus } from './status';
