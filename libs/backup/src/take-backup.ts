import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openEventStore, type EventStore } from '@enishi/event-store';
import { isMissing, makeDirectory, syncDirectory, vaultKeysOf, type MasterKeyProvider } from '@enishi/vault';
import { Client } from 'pg';
import { keepApart } from './apart';
import { dumpArtefacts } from './artefact-files';
import { asBackupError, BackupError } from './errors';
import { dumpLedger } from './ledger-part';
import { digestOf, FORMAT, unfinishedOf, writeManifest, type Manifest } from './manifest';
import { raiseMarks } from './marks';
import { checkApart, epochPlaces, type LedgerPlaces, type MasterKeyOf } from './places';
import { dumpTables, rowsOf } from './tables';

/** A backup that was made. */
export interface Backup {
  readonly folder: string;
  /** SHA-256 of its manifest, hex. */
  readonly digest: string;
  readonly manifest: Manifest;
  readonly bytes: number;
}

export interface BackupOptions {
  readonly places: LedgerPlaces;
  /** The backup becomes a folder of its own in it. */
  readonly into: string;
  /** Where epoch keys and the list of destroyed keys are kept up to date beside; absent: where they are. */
  readonly apart?: string;
  readonly masterKeyOf: MasterKeyOf;
  readonly onProgress?: (events: number) => void;
}

/**
 * Makes a backup while everything runs. In this order: the ledger up to the head at the beginning, the artefacts, then
 * in one snapshot the vault and what else the database holds. A key is durable before the first event or artefact that
 * is sealed with it, so every key needed is in the snapshot. What was destroyed since the snapshot is in the list
 * outside, which a restore obeys.
 *
 * The folder has its name only when everything in it is durable. One backup of a ledger is made at a time, so that what
 * a killed one left is known by its name, and removed by the next.
 *
 * @throws BackupError; nothing half-done is left.
 */
export async function takeBackup(options: BackupOptions): Promise<Backup> {
  const { into, apart, places } = options;
  try {
    await checkApart(into, [places.epochsDirectory, places.shredsDirectory, ...(apart ? [apart] : [])]);
    await makeDirectory(into);
    return await withLedger(places, async (ledger) => {
      await alone(ledger);
      await removeUnfinished(into, ledger.identity.ledgerId);
      return make(ledger, options);
    });
  } catch (error) {
    throw asBackupError(error, into);
  }
}

/** `20261121T125306123Z`: sorts by time, and is a file's name everywhere. */
const nameOf = (takenAt: string): string => takenAt.replaceAll(/[-:.]/g, '');

/** A ledger that is read. */
interface OpenLedger {
  readonly db: Client;
  readonly store: EventStore;
  readonly identity: Pick<Manifest, 'ledgerId' | 'companyId' | 'mode'>;
}

async function withLedger<T>(places: LedgerPlaces, work: (ledger: OpenLedger) => Promise<T>): Promise<T> {
  const store = await openEventStore(places.eventStore);
  const db = new Client({ connectionString: places.databaseUrl, keepAlive: true });
  db.on('error', () => undefined);
  try {
    await db.connect();
    return await work({ db, store, identity: await identityOf(db, store) });
  } finally {
    await db.end().catch(() => undefined);
    await store.close();
  }
}

/** Until the connection ends. @throws BackupError `backup-running` */
async function alone({ db, identity }: OpenLedger): Promise<void> {
  const { rows } = await db.query<{ mine: boolean }>(
    `SELECT pg_try_advisory_lock(hashtextextended('enishi:backup:' || $1, 0)) AS mine`,
    [identity.ledgerId],
  );
  if (rows[0]!.mine) return;
  throw new BackupError(
    'backup-running',
    'Another backup of this ledger is being made.',
    'Wait for its end.',
  );
}

async function make(ledger: OpenLedger, options: BackupOptions): Promise<Backup> {
  const { into, apart, places } = options;
  const aside = join(into, `${unfinishedOf(ledger.identity.ledgerId)}${randomBytes(4).toString('hex')}`);
  let manifest: Manifest;
  let folder: string;
  try {
    await mkdir(aside, { mode: 0o700 });
    manifest = await fill(aside, ledger, options);
    folder = join(into, nameOf(manifest.takenAt));
    await syncTree(aside);
    await rename(aside, folder);
    await syncDirectory(into);
  } catch (error) {
    await rm(aside, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
    throw error;
  }
  if (apart !== undefined) {
    await keepApart(places, apart, manifest.ledgerId).catch((error: unknown) => {
      throw asBackupError(error, apart);
    });
  }
  const parts = [manifest.ledger, manifest.artefacts, ...manifest.tables];
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  return { folder, digest: digestOf(manifest), manifest, bytes };
}

async function fill(
  folder: string,
  { db, store, identity }: OpenLedger,
  { places, masterKeyOf, onProgress = () => undefined }: BackupOptions,
): Promise<Manifest> {
  const takenAt = new Date().toISOString();
  await raiseMarks(db, { directory: places.shredsDirectory, ledgerId: identity.ledgerId });
  const head = (await store.head())!;
  const ledger = await dumpLedger(store, head, folder, identity.ledgerId, onProgress);
  const artefacts = await dumpArtefacts(places.artefactsDirectory, folder);
  await db.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const tables = await dumpTables(db, folder);
  const { rows } = await db.query<{ live: number; closing: number; destroyed: number }>(
    `SELECT count(*) FILTER (WHERE state = 'live')::float8 AS live,
       count(*) FILTER (WHERE state = 'closing')::float8 AS closing,
       count(*) FILTER (WHERE state = 'destroyed')::float8 AS destroyed FROM vault.keys`,
  );
  const epochs = await db.query<{ epoch: number }>(`SELECT epoch FROM vault.epochs WHERE state = 'current'`);
  await db.query('COMMIT');
  const { leaves, root } = ledger;
  const parts = { ledger: ledger.part, artefacts, tables };
  const counts = { keys: rows[0]!, epoch: epochs.rows[0]!.epoch };
  const manifest: Manifest = { format: FORMAT, ...identity, takenAt, leaves, root, ...parts, ...counts };
  await writeManifest(folder, manifest, await sealOf(folder, manifest, masterKeyOf(identity.mode), places));
  return manifest;
}

async function identityOf(
  db: Client,
  store: EventStore,
): Promise<Pick<Manifest, 'ledgerId' | 'companyId' | 'mode'>> {
  const [first] = await store.readAll({ limit: 1 });
  const { rows } = await db.query<Pick<Manifest, 'ledgerId' | 'companyId' | 'mode'>>(
    'SELECT ledger_id AS "ledgerId", company_id AS "companyId", mode FROM app.ledger',
  );
  const [identity] = rows;
  if (first === undefined || identity === undefined) {
    throw new BackupError(
      'ledger-empty',
      'There is no ledger here.',
      'Name the home or the databases of one.',
    );
  }
  if (first.data['ledgerId'] !== identity.ledgerId) {
    throw new BackupError(
      'ledger-empty',
      'Event store and database hold different ledgers.',
      'Point ENISHI_EVENT_STORE and ENISHI_DATABASE at the same one.',
    );
  }
  return identity;
}

/** HMAC (hex) over the manifest under the ledger's secret. */
async function sealOf(
  folder: string,
  manifest: Manifest,
  masterKey: MasterKeyProvider,
  places: LedgerPlaces,
): Promise<string> {
  const wrappedSecret = await wrappedSecretOf(folder, manifest);
  const { ledgerId } = manifest;
  const epochsDirectories = epochPlaces(places.epochsDirectory);
  const keys = await vaultKeysOf({ ledgerId, masterKey, wrappedSecret, epochsDirectories });
  return keys.tag('backup', digestOf(manifest));
}

/** The ledger secret as the backup holds it. */
export async function wrappedSecretOf(folder: string, manifest: Manifest): Promise<Buffer> {
  let wrapped = '';
  // To the end, where the part proves whole.
  for await (const row of rowsOf<{ wrapped_secret: string }>(folder, manifest.tables, 'vault.ledger')) {
    wrapped = row.wrapped_secret;
  }
  return Buffer.from(wrapped.replace(/^\\x/, ''), 'hex');
}

/** What killed runs left: there is no other run now. */
async function removeUnfinished(into: string, ledgerId: string): Promise<void> {
  for (const name of await readdir(into)) {
    if (!name.startsWith(unfinishedOf(ledgerId))) continue;
    await rm(join(into, name), { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Makes the names in all folders of a tree durable. */
async function syncTree(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  for (const entry of entries) if (entry.isDirectory()) await syncTree(join(folder, entry.name));
  await syncDirectory(folder);
}
