export * from './port';
export * from './errors';
export { parseKeysSetting, type MasterKeyProvider } from './master-key';
export type { Alarm, FaultPoint, VaultLogger } from './observing';
export { migrateVault } from './schema';
export { openVault, type VaultOptions } from './vault';
export { applyBlocks, mergeBlocks, readBlocks } from './block-list';
export { openProcesses, unacknowledgedClosings } from './processes';
export { destroyFile, isMissing, makeDirectory, syncDirectory, writeDurably } from './durable-file';
export { vaultKeysOf, type VaultKeys } from './recovery';
export {
  applyShreds,
  lastShred,
  mergeShreds,
  nameOf,
  readShreds,
  undoneShreds,
  type Shred,
} from './shred-list';
export { readVaultStatus, type VaultStatus } from './status';
