import { existsSync } from 'node:fs';
import path from 'node:path';
import { epochPlaces, type LedgerPlaces, type MasterKeyOf } from '@enishi/backup';
import { findEmbedded, startEmbedded } from '@enishi/embedded';
import { migrateAll, withSecretFiles } from '@enishi/migrations';
import { parseKeysSetting } from '@enishi/vault';

/** The settings of the server that the operator commands need too, with the same defaults. */
export interface LedgerSettings {
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A place where a ledger stands, open for as long as a command works on it. */
export interface OpenPlaces {
  readonly places: LedgerPlaces & { readonly ownerUrl?: string };
  close(): Promise<void>;
}

/** The master key that `ENISHI_KEYS` names. */
export function masterKeyOf({ home, env }: LedgerSettings): MasterKeyOf {
  const setting = env['ENISHI_KEYS'] || `file:${path.resolve(home, 'keys', 'master.key')}`;
  return (mode) => parseKeysSetting(setting, { development: mode === 'development', environment: env });
}

/** Whether a master key is named, or a development key lies in its place. */
export function hasMasterKey({ home, env }: LedgerSettings): boolean {
  return Boolean(env['ENISHI_KEYS']) || existsSync(path.resolve(home, 'keys', 'master.key'));
}

/** The folders beside the databases. */
export function foldersOf({
  home,
  env,
}: LedgerSettings): Pick<LedgerPlaces, 'artefactsDirectory' | 'epochsDirectory' | 'shredsDirectory'> {
  const epochsDirectory = path.resolve(env['ENISHI_EPOCHS'] || path.join(home, 'epochs'));
  return {
    artefactsDirectory: path.resolve(home, 'artefacts'),
    epochsDirectory,
    shredsDirectory: path.resolve(env['ENISHI_SHREDS'] || path.join(epochsDirectory, 'shreds')),
  };
}

/** Where epoch keys are looked for: in the places of the server, and in the folder kept apart. */
export function epochFolders(settings: LedgerSettings, apart: string | undefined): readonly string[] {
  const folders = [foldersOf(settings).epochsDirectory, ...(apart ? [path.join(apart, 'epochs')] : [])];
  return folders.flatMap((folder) => epochPlaces(folder));
}

/** A ledger that may be served at this moment. The embedded PostgreSQL is started where it does not run. */
export async function openRunning(settings: LedgerSettings): Promise<OpenPlaces> {
  const { home, env } = settings;
  const { databaseUrl, ownerUrl, storeUrl } = urlsOf(env);
  if (databaseUrl !== undefined) return external(settings, { databaseUrl, ownerUrl, storeUrl });
  const running = await findEmbedded(home);
  if (running === undefined) return openAlone(settings);
  return {
    places: placesIn(settings, running, storeUrl),
    close: () => Promise.resolve(),
  };
}

/** A ledger that nobody serves meanwhile, with its tables made. */
export async function openAlone(settings: LedgerSettings): Promise<OpenPlaces> {
  const { home, env } = settings;
  const { databaseUrl, ownerUrl, storeUrl } = urlsOf(env);
  if (databaseUrl !== undefined) return external(settings, { databaseUrl, ownerUrl, storeUrl });
  const embedded = await startEmbedded({ home, onLog: () => undefined });
  try {
    await migrateAll({ databaseOwnerUrl: embedded.ownerUrl, servingRole: 'enishi_app' });
    return { places: placesIn(settings, embedded, storeUrl), close: () => embedded.stop() };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

interface Urls {
  readonly databaseUrl: string | undefined;
  readonly ownerUrl: string | undefined;
  readonly storeUrl: string | undefined;
}

/** Connection strings are secrets, which may stand in files. */
function urlsOf(given: NodeJS.ProcessEnv): Urls {
  const env = withSecretFiles(given);
  return {
    databaseUrl: env['ENISHI_DATABASE'] || undefined,
    ownerUrl: env['ENISHI_DATABASE_OWNER'] || undefined,
    storeUrl: env['ENISHI_EVENT_STORE'] || undefined,
  };
}

function placesIn(
  settings: LedgerSettings,
  { appUrl, ownerUrl }: { readonly appUrl: string; readonly ownerUrl: string },
  storeUrl: string | undefined,
): OpenPlaces['places'] {
  const eventStore = { url: storeUrl ?? appUrl, embedded: storeUrl === undefined };
  return { databaseUrl: appUrl, ownerUrl, eventStore, ...foldersOf(settings) };
}

function external(
  settings: LedgerSettings,
  { databaseUrl, ownerUrl, storeUrl }: Urls & { readonly databaseUrl: string },
): OpenPlaces {
  const eventStore = { url: storeUrl ?? databaseUrl, embedded: false };
  return {
    places: { databaseUrl, eventStore, ...foldersOf(settings), ...(ownerUrl && { ownerUrl }) },
    close: () => Promise.resolve(),
  };
}
