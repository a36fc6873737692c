import { migrateAccess } from '@enishi/access/migrate';
import { migrateApplication } from '@enishi/application/ledger';
import { migrateLedger } from '@enishi/event-store';
import { migrateViews } from '@enishi/projections/engine';
import { migrateVault } from '@enishi/vault';

/** Where the tables are made, by whom and for whom. */
export interface MigrationPlan {
  /** Connection string of the role that owns the database of views, vault, access and imports. */
  readonly databaseOwnerUrl: string;
  /** The same for the event store. Default: the same database. */
  readonly eventStoreOwnerUrl?: string;
  /** The role that serves; it gets what it needs and no more. */
  readonly servingRole: string;
}

/** Makes or updates the tables of every room; may be repeated. The serving role cannot do this itself. */
export async function migrateAll({
  databaseOwnerUrl,
  eventStoreOwnerUrl,
  servingRole,
}: MigrationPlan): Promise<void> {
  await migrateLedger(eventStoreOwnerUrl ?? databaseOwnerUrl, { servingRole });
  await migrateVault(databaseOwnerUrl, { servingRole });
  await migrateAccess(databaseOwnerUrl, { servingRole });
  await migrateViews(databaseOwnerUrl, { servingRole });
  await migrateApplication(databaseOwnerUrl, { servingRole });
}

export { copyLedger } from './copy-ledger';
export { migrateStore, type StorePlace } from './migrate-store';
export { withSecretFiles } from './secret-files';
