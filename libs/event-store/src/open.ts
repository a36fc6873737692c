import type { EventStore } from './port';
import { openPostgresStore } from './postgres';
import type { StoreLogger } from './postgres-connection';

/**
 * Opens the ledger where the connection string says: `postgres://…`, `esdb://…` or `kurrentdb://…`.
 *
 * @param options.embedded see {@link openPostgresStore}; means nothing elsewhere.
 * @param options.restoring only for a move between stores or a restore: events may carry `$recordedAt`.
 * @throws StoreMisconfigured, StoreUnavailable
 * @example const store = await openEventStore({ url: 'esdb://ledger.example.jp:2113', embedded: false });
 */
export function openEventStore(options: {
  readonly url: string;
  readonly embedded: boolean;
  readonly logger?: StoreLogger;
  readonly restoring?: boolean;
}): Promise<EventStore> {
  return /^postgres(ql)?:/.test(options.url)
    ? openPostgresStore(options)
    : forEventStoreDb().openEventStoreDb(options);
}

/** Loaded where it is wanted: its client takes memory and time to start. */
function forEventStoreDb(): typeof import('./eventstoredb') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded when called, and only then
  return require('./eventstoredb') as typeof import('./eventstoredb');
}
