import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { canonical } from '@enishi/transparency';
import { isMissing, writeDurably } from '@enishi/vault';
import { BackupError, damaged } from './errors';
import type { Part } from './parts';

/** The form of backups that this program writes and reads. */
export const FORMAT = 1;

/** A table's rows. */
export interface TablePart extends Part {
  /** With its schema: `vault.keys`. */
  readonly table: string;
  readonly columns: readonly string[];
  /** Of a table in partitions: the months that there were, `YYYY_MM`. */
  readonly months?: readonly string[];
}

/** What a backup is: written last, so that a folder without it is none. */
export interface Manifest {
  readonly format: number;
  readonly ledgerId: string;
  readonly companyId: string;
  readonly mode: 'development' | 'production';
  /** When the backup began: the ledger holds everything recorded before. */
  readonly takenAt: string;
  /** Events; their tree's root, hex. */
  readonly leaves: number;
  readonly root: string;
  readonly ledger: Part;
  readonly artefacts: Part;
  readonly tables: readonly TablePart[];
  /** The keys at that time, and the epoch that wraps new ones. */
  readonly keys: { readonly live: number; readonly closing: number; readonly destroyed: number };
  readonly epoch: number;
}

const FILE = 'manifest.json';
const UNFINISHED = /^\.unfinished-/;

/** What the folder of a backup that is being made is called, for this ledger; what follows is drawn by lot. */
export const unfinishedOf = (ledgerId: string): string => `.unfinished-${ledgerId}-`;

/** A manifest with the seal that only this ledger's secret makes, and the hash that names the backup. */
export interface SealedManifest {
  readonly manifest: Manifest;
  /** HMAC over the manifest, hex. */
  readonly seal: string;
  /** SHA-256 over the manifest, hex. */
  readonly digest: string;
}

/** SHA-256 (hex) of a manifest. */
export function digestOf(manifest: Manifest): string {
  return createHash('sha256')
    .update(canonical(manifest as never))
    .digest('hex');
}

/** Writes the manifest, durable when this resolves. */
export async function writeManifest(folder: string, manifest: Manifest, seal: string): Promise<void> {
  await writeDurably(join(folder, FILE), `${JSON.stringify({ manifest, seal }, null, 2)}\n`);
}

/** @throws BackupError `not-a-backup`, `backup-unfinished`, `backup-newer`, `backup-damaged` */
export async function readManifest(folder: string): Promise<SealedManifest> {
  if (UNFINISHED.test(basename(resolve(folder)))) throw unfinished(folder);
  const text = await readFile(join(folder, FILE), 'utf8').catch(async (error: unknown) => {
    if (!isMissing(error)) throw error;
    throw await noManifest(folder);
  });
  let read: { readonly manifest: Manifest; readonly seal: string };
  try {
    read = JSON.parse(text) as typeof read;
    if (!Number.isInteger(read.manifest.format) || typeof read.seal !== 'string')
      throw new Error('incomplete');
  } catch {
    throw damaged('its manifest is not readable');
  }
  if (read.manifest.format !== FORMAT) {
    throw new BackupError(
      'backup-newer',
      `The backup has format ${read.manifest.format}, this program reads ${FORMAT}.`,
      'Use the version of Enishi that wrote it, or a newer one.',
    );
  }
  return { ...read, digest: digestOf(read.manifest) };
}

async function noManifest(folder: string): Promise<BackupError> {
  const names: string[] = await readdir(folder).catch(() => []);
  if (names.includes('ledger.ndjson')) return unfinished(folder);
  const inside = names.filter((name) => /^\d{8}T\d{9}Z$/.test(name)).sort();
  return new BackupError(
    'not-a-backup',
    `There is no backup in ${folder}.`,
    inside.length === 0
      ? 'Name the folder that `enishi backup` printed.'
      : `Name one of those in it; the newest is ${inside.at(-1)!}.`,
  );
}

/** Even where everything seems to be in it: whoever made it did not come to the end. */
function unfinished(folder: string): BackupError {
  return new BackupError(
    'backup-unfinished',
    `The backup in ${folder} was broken off.`,
    'Use an older one; the next backup removes what is left of this one.',
  );
}
