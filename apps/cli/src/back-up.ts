// Apart from the commands that offer it, so that no other command loads what talks to databases.
import { mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  answersIn,
  handle,
  notedPairsIn,
  RECOVERY_STREAM,
  systemClock,
  systemContext,
} from '@enishi/application/ledger';
import {
  applyOutside,
  BackupError,
  restoreBackup,
  takeBackup,
  verifyBackup,
  type Backup,
  type Restored,
  type Verified,
} from '@enishi/backup';
import { recoveryDecider, type RecordRestoreDrill } from '@enishi/domain';
import { openEventStore, type EventStore } from '@enishi/event-store';
import { mergeShreds, openVault, readShreds, type Vault } from '@enishi/vault';
import { Pool } from 'pg';
import {
  epochFolders,
  foldersOf,
  hasMasterKey,
  masterKeyOf,
  openAlone,
  openRunning,
  type LedgerSettings,
  type OpenPlaces,
} from './ledger-places';

interface Work {
  readonly settings: LedgerSettings;
  readonly apart?: string;
  readonly onProgress: (events: number) => void;
}

/** What a rehearsal came to. */
export type Drill = Omit<RecordRestoreDrill, 'kind'>;

/** Makes a backup of the ledger that is served, or could be. */
export async function backUp(into: string, { settings, apart, onProgress }: Work): Promise<Backup> {
  const { places, close } = await openRunning(settings);
  try {
    const options = { places, into, masterKeyOf: masterKeyOf(settings), onProgress };
    return await takeBackup({ ...options, ...(apart !== undefined && { apart }) });
  } finally {
    await close();
  }
}

/** Reads a backup and looks at everything in it; where no master key is set, at what needs none. */
export async function lookThrough(folder: string, { settings, apart, onProgress }: Work): Promise<Verified> {
  return verifyBackup(folder, {
    ...(hasMasterKey(settings) && {
      masterKeyOf: masterKeyOf(settings),
      epochsDirectories: epochFolders(settings, apart),
    }),
    onProgress,
  });
}

/** Restores into the places of the settings, which must be empty. */
export async function putBack(
  folder: string,
  acceptLoss: boolean,
  { settings, apart, onProgress }: Work,
): Promise<Restored> {
  const { places, close } = await openAlone(settings);
  try {
    return await restoreBackup({
      folder,
      places: owned(places),
      masterKeyOf: masterKeyOf(settings),
      acceptLoss,
      onProgress,
      ...(apart !== undefined && { apart }),
    });
  } finally {
    await close();
  }
}

/** Brings databases that were put back by other means up to what is known outside them. */
export async function bringUp(
  acceptLoss: boolean,
  settings: LedgerSettings,
): Promise<{ readonly destroyedAgain: number; readonly lost: number }> {
  const { places, close } = await openAlone(settings);
  try {
    return await applyOutside({ places: owned(places), acceptLoss });
  } finally {
    await close();
  }
}

/**
 * Restores a backup into a home of its own, opens every event in it, throws all of it away, and notes what came of it
 * in the ledger that is served.
 */
export async function rehearse(folder: string, work: Work): Promise<Drill> {
  const began = performance.now();
  const base = mkdtempSync(path.join(tmpdir(), 'enishi-drill-'));
  // PostgreSQL may run under another account, which must get through to its own folder.
  chmodSync(base, 0o711);
  const home = path.join(base, 'home');
  try {
    const { verified, opened, erased } = await restoreAside(folder, home, work);
    const { digest, manifest } = verified;
    const { takenAt, leaves, root } = manifest;
    const seconds = Math.ceil((performance.now() - began) / 1000);
    const drill = { backup: digest, takenAt, leaves, root, opened, erased, seconds };
    await record(drill, manifest, work.settings);
    return drill;
  } finally {
    rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function restoreAside(
  folder: string,
  home: string,
  { settings, apart, onProgress }: Work,
): Promise<{ readonly verified: Verified; readonly opened: number; readonly erased: number }> {
  const keys = masterKeyOf(settings);
  const live = foldersOf(settings);
  const { places: aside, close } = await openAlone({ home, env: {} });
  try {
    // The epoch keys are read where they are; a second copy would have to be destroyed.
    const epochsDirectory = apart === undefined ? live.epochsDirectory : path.join(apart, 'epochs');
    const shredsFrom = apart === undefined ? live.shredsDirectory : path.join(apart, 'shreds');
    const places = { ...owned(aside), epochsDirectory };
    const look = await verifyBackup(folder);
    const { ledgerId } = look.manifest;
    await mergeShreds(places.shredsDirectory, ledgerId, await readShreds(shredsFrom, ledgerId));
    const restored = await restoreBackup({
      ...{ folder, places, masterKeyOf: keys, acceptLoss: true, drill: true, onProgress },
    });
    const counts = await withLedger(places, look.manifest, keys, ({ store, vault }) => openAll(store, vault));
    return { verified: restored.verified, ...counts };
  } finally {
    await close();
  }
}

/** Opens the personal values of every event; keeps none. */
async function openAll(
  store: EventStore,
  vault: Vault,
): Promise<{ readonly opened: number; readonly erased: number }> {
  let [opened, erased] = [0, 0];
  for (let after: bigint | undefined; ;) {
    const page = await store.readAll({ limit: 1000, ...(after !== undefined && { after }) });
    if (page.length === 0) return { opened, erased };
    after = page[page.length - 1]!.position;
    for (const fact of await vault.openFacts(page)) {
      if (fact.erased.length > 0) erased += 1;
      else opened += 1;
    }
  }
}

async function record(drill: Drill, manifest: Verified['manifest'], settings: LedgerSettings): Promise<void> {
  const { places, close } = await openRunning(settings);
  try {
    await withLedger(places, manifest, masterKeyOf(settings), async ({ store, vault, pool }) => {
      const ledger = {
        store,
        vault,
        clock: systemClock,
        answers: answersIn(pool),
        pairs: notedPairsIn(pool),
      };
      const command = { kind: 'RecordRestoreDrill', ...drill } as const;
      await handle(ledger, recoveryDecider, RECOVERY_STREAM, command, systemContext('command-line'));
    });
  } finally {
    await close();
  }
}

async function withLedger<T>(
  places: OpenPlaces['places'],
  { ledgerId, mode }: Verified['manifest'],
  keys: ReturnType<typeof masterKeyOf>,
  work: (open: { readonly store: EventStore; readonly vault: Vault; readonly pool: Pool }) => Promise<T>,
): Promise<T> {
  return withPool(places.databaseUrl, async (pool) => {
    const store = await openEventStore(places.eventStore);
    try {
      const vault = await openVault({
        pool,
        ledgerId,
        epochsDirectory: path.join(places.epochsDirectory, 'current'),
        artefactsDirectory: places.artefactsDirectory,
        shredsDirectory: places.shredsDirectory,
        masterKey: keys(mode),
      });
      try {
        return await work({ store, vault, pool });
      } finally {
        await vault.close();
      }
    } finally {
      await store.close();
    }
  });
}

async function withPool<T>(connectionString: string, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = new Pool({ connectionString, max: 4 });
  pool.on('error', () => undefined);
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

function owned(places: OpenPlaces['places']): OpenPlaces['places'] & { readonly ownerUrl: string } {
  const { ownerUrl } = places;
  if (ownerUrl !== undefined) return { ...places, ownerUrl };
  throw new BackupError(
    'not-writable',
    'A restore writes as the role that owns the tables.',
    'Set ENISHI_DATABASE_OWNER to its connection string, and make the tables with `enishi migrate`.',
  );
}
