export * from './port';
export { openEventStore } from './open';
export { openPostgresStore, type PostgresStoreOptions } from './postgres';
export { backOff, isConnectionFault, type StoreLogger } from './postgres-connection';
export { LEDGER_SCHEMA_VERSION, migrateLedger } from './postgres-schema';
export { type PreparedAppend, type PreparedEvent, prepareAppend } from './prepared-append';
