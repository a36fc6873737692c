import { openEventStore, type EventStore } from '@enishi/event-store';
import { copyLedger } from '@enishi/migrations';
import { applyBlocks, applyShreds, nameOf, readBlocks, readShreds, type Shred } from '@enishi/vault';
import { Client } from 'pg';
import { apartIn, takeFromApart } from './apart';
import { loadArtefacts } from './artefact-files';
import { asBackupError, BackupError, damaged } from './errors';
import { checkStopped, eventsLost, finish } from './finish-restore';
import { BackupLedger } from './ledger-part';
import { readManifest, type Manifest } from './manifest';
import { readMarks } from './marks';
import { epochPlaces, type LedgerPlaces, type MasterKeyOf } from './places';
import { answeredIn, changesOf } from './restored-rows';
import { loadTables } from './tables';
import { verifyBackup, type Verified } from './verify-backup';

/** What a restore came to. */
export interface Restored {
  readonly verified: Verified;
  /** Events written now; the others stood there from a run that was broken off. */
  readonly written: number;
  /** Keys of the backup that were destroyed since it was made, and stay destroyed. */
  readonly destroyedAgain: number;
  /** Events known to have stood behind the backup. */
  readonly lost: number;
}

export interface RestoreOptions {
  readonly folder: string;
  /** Empty, but for their tables. */
  readonly places: LedgerPlaces & { readonly ownerUrl: string };
  /** Where `enishi backup --apart` kept epoch keys and the list of destroyed keys. */
  readonly apart?: string;
  readonly masterKeyOf: MasterKeyOf;
  /** Events behind the backup are lost, and that is known. */
  readonly acceptLoss: boolean;
  /** A rehearsal: nothing is noted in the ledger. */
  readonly drill?: boolean;
  readonly onProgress?: (events: number) => void;
}

/**
 * Restores a backup into empty places. The whole backup is verified first; keys that were destroyed since are never
 * written; the views are built anew at the next start. May be repeated after an interruption.
 *
 * @throws BackupError, LedgersDiffer; nothing can be served that was not restored to the end.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  try {
    return await restore(options);
  } catch (error) {
    throw asBackupError(error, options.places.artefactsDirectory);
  }
}

async function restore(options: RestoreOptions): Promise<Restored> {
  const { folder, places, apart, masterKeyOf, onProgress } = options;
  const { manifest, digest } = await readManifest(folder);
  const { ledgerId } = manifest;
  const kept = [places, ...(apart === undefined ? [] : [apartIn(apart)])];
  const shreds = await listOf(kept, ledgerId);
  const verified = await verifyBackup(folder, {
    masterKeyOf,
    epochsDirectories: kept.flatMap((place) => epochPlaces(place.epochsDirectory)),
    shreds,
    ...(onProgress && { onProgress }),
  });
  const lost = await lossOf(kept, manifest);
  if (lost > 0 && !options.acceptLoss) throw eventsLost(lost);

  const db = new Client({ connectionString: places.ownerUrl, keepAlive: true });
  db.on('error', () => undefined);
  await db.connect();
  try {
    const isFilled = await checkEmpty(db, digest);
    if (apart !== undefined) await takeFromApart(apart, places, ledgerId);
    const store = await openEventStore({ ...places.eventStore, restoring: true });
    try {
      const written = isFilled ? 0 : await fill(db, store, options, manifest, digest, shreds);
      await finish(db, store, places, ledgerId, {
        shreds,
        leaf: verified.lastLeaf,
        ...(options.drill !== true && {
          note: { backup: digest, takenAt: manifest.takenAt, leaves: manifest.leaves, lost },
        }),
      });
      return { verified, written, destroyedAgain: verified.destroyedSince, lost };
    } finally {
      await store.close();
    }
  } finally {
    await db.end().catch(() => undefined);
  }
}

/** All keys that are known to be destroyed, wherever they are listed. */
async function listOf(
  places: readonly Pick<LedgerPlaces, 'shredsDirectory'>[],
  ledgerId: string,
): Promise<readonly Shred[]> {
  const all = new Map<string, Shred>();
  for (const { shredsDirectory } of places) {
    for (const shred of await readShreds(shredsDirectory, ledgerId)) all.set(nameOf(shred), shred);
  }
  return [...all.values()].sort((a, b) => a.number - b.number);
}

async function lossOf(
  places: readonly Pick<LedgerPlaces, 'shredsDirectory'>[],
  { ledgerId, leaves }: Manifest,
): Promise<number> {
  let lost = 0;
  for (const { shredsDirectory: directory } of places) {
    const marks = await readMarks({ directory, ledgerId });
    lost = Math.max(lost, (marks?.leaf?.leaves ?? 0) - leaves);
  }
  return lost;
}

/** True where this backup was filled in already and only the end is missing. */
async function checkEmpty(db: Client, digest: string): Promise<boolean> {
  await checkStopped(db);
  const { rows } = await db.query<{ restoring: string | null }>('SELECT restoring FROM vault.ledger');
  if (rows[0]?.restoring === digest) return true;
  const known = await db.query('SELECT FROM app.ledger');
  if (rows.length + known.rows.length === 0) return false;
  throw new BackupError(
    'not-empty',
    'There is a ledger in this database already.',
    'Restore into an empty home or an empty database; nothing is ever restored over a ledger.',
  );
}

async function fill(
  db: Client,
  store: EventStore,
  { folder, places, onProgress }: RestoreOptions,
  manifest: Manifest,
  digest: string,
  shreds: readonly Shred[],
): Promise<number> {
  const moved = await answeredIn(folder, manifest);
  const copied = await copyLedger(new BackupLedger(folder, manifest.ledger), store, {
    keepsOrder: /^postgres/.test(places.eventStore.url),
    ...(onProgress && { onProgress: (leaves: bigint) => onProgress(Number(leaves)) }),
    onMoved: ({ position }, place) => {
      if (moved.has(position)) moved.set(position, place);
    },
  });
  if (copied.root !== manifest.root) throw damaged('the restored events have another root');
  await loadArtefacts(folder, manifest.artefacts, places.artefactsDirectory);
  await db.query('BEGIN');
  const changes = changesOf(shreds, moved, manifest.leaves);
  await loadTables(db, folder, manifest.tables, (table) => changes[table]);
  await applyShreds(db, shreds);
  // What was kept apart has been brought here before.
  await applyBlocks(db, await readBlocks(places.shredsDirectory, manifest.ledgerId));
  await db.query('UPDATE vault.ledger SET restoring = $1, outside_since = clock_timestamp()', [digest]);
  await db.query('COMMIT');
  return Number(copied.written);
}
