import { hash } from 'node:crypto';
import type { RecordedEvent } from '@enishi/event-store';
import {
  EpochKeyUnavailable,
  MasterKeyInvalid,
  nameOf,
  vaultKeysOf,
  type Shred,
  type VaultKeys,
} from '@enishi/vault';
import { artefactsOf } from './artefact-files';
import { BackupError, damaged } from './errors';
import { eventsOf, hex, treeOf } from './ledger-part';
import { readManifest, type Manifest } from './manifest';
import type { LastLeaf } from './marks';
import type { MasterKeyOf } from './places';
import { readPart } from './parts';
import { rowsOf } from './tables';
import { wrappedSecretOf } from './take-backup';

/** What a backup proved to be. */
export interface Verified {
  readonly manifest: Manifest;
  readonly digest: string;
  readonly lastLeaf: LastLeaf;
  /** Sealed groups of events, each with its key or its key's tombstone. */
  readonly groups: number;
  readonly artefacts: number;
  /** The manifest carries the seal of this ledger; unknown without the master key. */
  readonly sealed: boolean;
  /** Keys that opened with the epoch keys; unknown without them. */
  readonly opened?: number;
  /** Keys in the backup that the list names as destroyed since. */
  readonly destroyedSince: number;
}

export interface VerifyOptions {
  /** Without it the seal is not looked at. */
  readonly masterKeyOf?: MasterKeyOf;
  /** Where epoch keys are; without them no key is opened. */
  readonly epochsDirectories?: readonly string[];
  readonly shreds?: readonly Shred[];
  readonly onProgress?: (events: number) => void;
}

interface KeyRow {
  readonly subject: Shred['subject'];
  readonly category: Shred['category'];
  readonly generation: number;
  readonly state: string;
  readonly wrapped: string | null;
  readonly epoch: number | null;
}

/**
 * Reads a whole backup and restores nothing: size and hash of each part, the tree's root over all events, for each
 * sealed group and artefact its key or tombstone, and (with the keys that are not in it) its seal and every person's key.
 * @throws BackupError
 */
export async function verifyBackup(folder: string, options: VerifyOptions = {}): Promise<Verified> {
  const { manifest, seal, digest } = await readManifest(folder);
  const keys = await vaultKeys(folder, manifest, options);
  if (keys && keys.tag('backup', digest) !== seal) {
    throw new BackupError(
      'backup-altered',
      'The manifest of the backup was changed, or is of another ledger.',
      'Use another copy, and find out who could write here.',
    );
  }
  for (const table of manifest.tables) for await (const lines of readPart(folder, table)) void lines;
  const { known, opened, destroyedSince } = await checkKeys(folder, manifest, keys, options);
  const { groups, lastLeaf } = await checkEvents(folder, manifest, known, options.onProgress);
  const artefacts = await checkArtefacts(folder, manifest, known);
  return {
    ...{ manifest, digest, lastLeaf, groups, artefacts, destroyedSince },
    sealed: keys !== undefined,
    ...(opened !== undefined && { opened }),
  };
}

async function vaultKeys(
  folder: string,
  manifest: Manifest,
  { masterKeyOf, epochsDirectories = [] }: VerifyOptions,
): Promise<VaultKeys | undefined> {
  if (!masterKeyOf) return undefined;
  const { ledgerId, mode } = manifest;
  const wrappedSecret = await wrappedSecretOf(folder, manifest);
  try {
    const masterKey = masterKeyOf(mode);
    return await vaultKeysOf({ ledgerId, masterKey, wrappedSecret, epochsDirectories });
  } catch (error) {
    throw unusable(error);
  }
}

/** Names of keys, many millions in little memory: 48 bits of a hash of each, sorted. */
class KnownKeys {
  private readonly hashes: Float64Array;

  constructor(hashes: readonly number[]) {
    this.hashes = Float64Array.from(hashes).sort();
  }

  has(name: string): boolean {
    const wanted = shortHash(name);
    let low = 0;
    for (let high = this.hashes.length; low < high;) {
      const middle = (low + high) >>> 1;
      if (this.hashes[middle]! < wanted) low = middle + 1;
      else high = middle;
    }
    return this.hashes[low] === wanted;
  }
}

const shortHash = (name: string): number => hash('sha256', name, 'buffer').readUIntBE(0, 6);

async function checkKeys(
  folder: string,
  manifest: Manifest,
  keys: VaultKeys | undefined,
  { epochsDirectories, shreds = [] }: VerifyOptions,
): Promise<{ readonly known: KnownKeys; readonly opened?: number; readonly destroyedSince: number }> {
  const hashes: number[] = [];
  const listed = new Set(shreds.map(nameOf));
  const opens = keys && epochsDirectories ? keys : undefined;
  let [opened, destroyedSince] = [0, 0];
  for await (const row of rowsOf<KeyRow>(folder, manifest.tables, 'vault.keys')) {
    if (row.wrapped === null && row.state !== 'destroyed') continue;
    hashes.push(shortHash(nameOf(row)));
    if (row.wrapped === null || row.epoch === null) continue;
    if (listed.has(nameOf(row))) destroyedSince += 1;
    if (!opens) continue;
    const wrapped = Buffer.from(row.wrapped.slice(2), 'hex');
    const works = await opens.opens(row, row.epoch, wrapped).catch((error: unknown) => {
      throw unusable(error);
    });
    if (!works)
      throw damaged(`the ${row.category} key (generation ${row.generation}) of ${row.subject} does not open`);
    opened += 1;
  }
  return { known: new KnownKeys(hashes), destroyedSince, ...(opens && { opened }) };
}

async function checkEvents(
  folder: string,
  manifest: Manifest,
  known: KnownKeys,
  onProgress: (events: number) => void = () => undefined,
): Promise<{ readonly groups: number; readonly lastLeaf: LastLeaf }> {
  const tree = treeOf(manifest.ledgerId);
  let groups = 0;
  let last: LastLeaf | undefined;
  for await (const events of eventsOf(folder, manifest.ledger)) {
    for (const event of events) {
      const { hash, recordedAt } = tree.add(event);
      for (const group of sealedGroups(event)) {
        if (!known.has(nameOf(group))) throw keyMissing(`event ${event.id}`);
        groups += 1;
      }
      last = {
        ...{ leaves: Number(tree.size), hash: hex(hash), stream: event.stream },
        ...{ revision: event.revision, recordedAt },
      };
    }
    onProgress(Number(tree.size));
  }
  if (!last || last.leaves !== manifest.leaves || hex(tree.root) !== manifest.root) {
    throw damaged('its events are not those of its root');
  }
  return { groups, lastLeaf: last };
}

type KeyName = Pick<KeyRow, 'subject' | 'category' | 'generation'>;

const sealedGroups = ({ data }: RecordedEvent): readonly KeyName[] =>
  (data['sealed'] ?? []) as unknown as readonly KeyName[];

async function checkArtefacts(folder: string, manifest: Manifest, known: KnownKeys): Promise<number> {
  let count = 0;
  for await (const { id, file } of artefactsOf(folder, manifest.artefacts)) {
    const [, header = ''] = file.subarray(0, 1024).toString('utf8').split('\n');
    let key: KeyName;
    try {
      key = JSON.parse(header) as KeyName;
    } catch {
      throw damaged(`artefact ${id} has no header`);
    }
    if (!known.has(nameOf(key))) throw keyMissing(`artefact ${id}`);
    count += 1;
  }
  return count;
}

function keyMissing(of: string): BackupError {
  return new BackupError(
    'key-missing',
    `The backup holds neither the key of ${of} nor its tombstone.`,
    'Use another backup; what that key sealed cannot be read with this one.',
  );
}

/** Keys that are not in the backup and do not fit it. */
function unusable(error: unknown): unknown {
  if (error instanceof MasterKeyInvalid) {
    return new BackupError('key-unusable', error.message, 'Set ENISHI_KEYS to the key of this ledger.', {
      cause: error,
    });
  }
  if (error instanceof EpochKeyUnavailable) {
    return new BackupError(
      'key-unusable',
      `The key of epoch ${error.epoch}, which wraps keys of this backup, is in no place that was named.`,
      'Name the folder with --apart or ENISHI_EPOCHS. After a rotation older backups cannot be opened: use a newer one.',
      { cause: error },
    );
  }
  return error;
}
