import path from 'node:path';
import { Pool } from 'pg';
import type { Logger } from 'pino';
import {
  answersIn,
  GenesisRefused,
  handle,
  ledgerIdentity,
  markOpened,
  notedPairsIn,
  noteFormerPairs,
  stagingIn,
  ImportJobs,
  ImportScans,
  ImportUndos,
  OpenErasures,
  OpenExports,
  systemClock,
  systemContext,
  COMPANY_STREAM,
  type Ledger,
  type LedgerIdentity,
  type Staging,
} from '@enishi/application/ledger';
import { companyDecider } from '@enishi/domain';
import { checkMarks, raiseMarks } from '@enishi/backup';
import { forgetOldRows } from '@enishi/embedded';
import { openEventStore, type EventStore } from '@enishi/event-store';
import { openVault, parseKeysSetting, readVaultStatus, type Vault, type VaultStatus } from '@enishi/vault';
import { openViews, type Views } from '@enishi/projections/engine';
import { projectionsOf } from '@enishi/worker';
import type { ServerConfig } from './config';
import { Instruments } from './metrics/instruments';
import { measured } from './metrics/measured-store';
import { Standing } from './standing';
import { testClock } from './test-clock';
import { traced } from './tracing/traced-store';
import { VERSION } from './version';

/** Connection strings of one database: its owner's, for migrations, and the serving role's. */
export interface DatabaseUrls {
  /** Absent where `enishi migrate` is run by somebody else. */
  readonly ownerUrl?: string;
  /** Of the embedded cluster: its superuser. */
  readonly adminUrl?: string;
  readonly appUrl: string;
  readonly embedded: boolean;
}

/** Everything outside the program, opened once and closed in the reverse order. */
export interface Infrastructure {
  readonly config: ServerConfig;
  readonly identity: LedgerIdentity;
  /** Connection string of the serving role. */
  readonly databaseUrl: string;
  readonly pool: Pool;
  readonly store: EventStore;
  readonly vault: Vault;
  readonly ledger: Ledger;
  readonly views: Views;
  readonly staging: Staging;
  readonly jobs: ImportJobs;
  readonly scans: ImportScans;
  readonly undos: ImportUndos;
  /** Finished exports with personal data, sealed as uploads are. */
  readonly exportFiles: Staging;
  readonly openExports: OpenExports;
  readonly openErasures: OpenErasures;
  readonly logger: Logger;
  readonly instruments: Instruments;
  readonly standing: Standing;
  vaultStatus(): Promise<VaultStatus>;
  /** Removes from the disk what removed rows have left outside their tables; does nothing where the database is the company's. */
  forgetOldRows(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens database, event store and vault, and makes sure that the ledger is the one this server knows.
 * @throws GenesisRefused, StoreMisconfigured, and what the vault refuses
 */
export async function openInfrastructure(
  config: ServerConfig,
  database: DatabaseUrls,
  logger: Logger,
): Promise<Infrastructure> {
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one();
  };
  try {
    return await open(config, database, logger, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  config: ServerConfig,
  database: DatabaseUrls,
  logger: Logger,
  closers: (() => Promise<void>)[],
  close: () => Promise<void>,
): Promise<Infrastructure> {
  const { ENISHI_HOME: home, ENISHI_MODE: mode } = config;
  const pool = new Pool({ connectionString: database.appUrl, max: 16 });
  closers.push(() => pool.end());
  // Closing a pool returns before its connections have left: their end is then nothing to warn of.
  let closing = false;
  const whileOpen = {
    warn: (details: object, message: string) => {
      if (!closing) logger.warn(details, message);
    },
  };
  pool.on('error', (error) => whileOpen.warn({ name: error.name }, 'idle database connection lost'));
  // One that breaks while it is lent out tells whoever uses it; unheard, its event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const instruments = new Instruments(VERSION, config.ENISHI_ROLES);
  const opened = await openEventStore({
    url: config.ENISHI_EVENT_STORE ?? database.appUrl,
    // An event store of the company's own is held to the company's roles.
    embedded: database.embedded && config.ENISHI_EVENT_STORE === undefined,
    logger: whileOpen,
  });
  const store = traced(measured(opened, instruments));
  closers.push(() => {
    closing = true;
    return store.close();
  });
  const identity = await ledgerIdentity(pool, store, mode);
  const outside = { directory: config.ENISHI_SHREDS, ledgerId: identity.ledgerId };
  await checkMarks(pool, store, outside);
  const clock = config.ENISHI_TEST_CLOCK === undefined ? systemClock : testClock(config.ENISHI_TEST_CLOCK);
  const vault = await openVault({
    clock: () => new Date(clock.now()),
    databaseUrl: database.appUrl,
    ledgerId: identity.ledgerId,
    epochsDirectory: path.join(config.ENISHI_EPOCHS, 'current'),
    epochsCopyDirectory: path.join(config.ENISHI_EPOCHS, 'copy'),
    artefactsDirectory: path.join(home, 'artefacts'),
    shredsDirectory: config.ENISHI_SHREDS,
    masterKey: parseKeysSetting(config.ENISHI_KEYS, { development: mode === 'development' }),
    logger,
    onAlarm: ({ code, details }) => {
      instruments.alarms.inc({ code });
      logger.warn({ ...details, alarm: code }, 'vault alarm');
    },
  });
  closers.push(() => vault.close());
  const ledger: Ledger = {
    store,
    vault,
    clock,
    answers: answersIn(pool),
    pairs: notedPairsIn(pool),
  };
  if (identity.isNew) await openLedger(ledger, identity);
  await markOpened(pool);
  await noteFormerPairs(pool, store);
  await raiseMarks(pool, outside);
  const jobs = new ImportJobs(pool);
  // The embedded database has one server: what was running when it ended runs no more.
  const undos = new ImportUndos(pool);
  if (database.embedded) await Promise.all([jobs.interruptAbandoned(0), undos.interruptAbandoned(0)]);
  return {
    config,
    identity,
    databaseUrl: database.appUrl,
    pool,
    store,
    vault,
    ledger,
    views: openViews({ pool, store, projections: projectionsOf(identity.ledgerId) }),
    staging: stagingIn(path.join(home, 'staging'), vault),
    jobs,
    scans: new ImportScans(pool),
    undos,
    exportFiles: stagingIn(path.join(home, 'exports'), vault),
    openExports: new OpenExports(pool),
    openErasures: new OpenErasures(pool),
    logger,
    instruments,
    standing: new Standing(),
    vaultStatus: () => readVaultStatus(pool),
    forgetOldRows: async () => {
      if (database.adminUrl !== undefined) await forgetOldRows(database.adminUrl);
    },
    close,
  };
}

/** @throws GenesisRefused when another ledger was opened in the store since it was seen empty */
async function openLedger(ledger: Ledger, { ledgerId, companyId, mode }: LedgerIdentity): Promise<void> {
  const context = systemContext('genesis', ledgerId);
  const command = { kind: 'OpenLedger', ledgerId, companyId, mode } as const;
  const outcome = await handle(ledger, companyDecider, COMPANY_STREAM, command, context);
  if (outcome.kind !== 'refused') return;
  throw new GenesisRefused(
    'genesis-unknown',
    'Another ledger was opened in this event store at the same moment.',
    'Give every ledger an event store of its own: point ENISHI_EVENT_STORE at an empty one.',
  );
}
