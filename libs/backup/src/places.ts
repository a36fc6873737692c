import { realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import type { MasterKeyProvider } from '@enishi/vault';
import { BackupError } from './errors';

/** Where a ledger and what belongs to it stand. */
export interface LedgerPlaces {
  /** Vault, accounts, kept answers; connection string of the serving role. */
  readonly databaseUrl: string;
  /** Of the role that owns the tables; needed to restore. */
  readonly ownerUrl?: string;
  readonly eventStore: { readonly url: string; readonly embedded: boolean };
  readonly artefactsDirectory: string;
  /** `ENISHI_EPOCHS`: `current` and `copy` in it. */
  readonly epochsDirectory: string;
  /** `ENISHI_SHREDS`: the list of destroyed keys and the marks. */
  readonly shredsDirectory: string;
}

/** The master key, found by whoever knows whether this is development. */
export type MasterKeyOf = (mode: 'development' | 'production') => MasterKeyProvider;

/** The places of epoch keys under `ENISHI_EPOCHS`. */
export function epochPlaces(epochsDirectory: string): readonly [string, string] {
  return [join(epochsDirectory, 'current'), join(epochsDirectory, 'copy')];
}

/**
 * Refuses places of which one lies in the other: whoever has the one would have both.
 * @throws BackupError `places-overlap`
 */
export async function checkApart(backup: string, others: readonly string[]): Promise<void> {
  const own = await real(backup);
  for (const other of others) {
    const place = await real(other);
    if (!within(own, place) && !within(place, own)) continue;
    throw new BackupError(
      'places-overlap',
      `The backup in ${backup} and the epoch keys in ${other} would lie in each other.`,
      'Keep them apart: a backup with its keys opens everything in it, also what is erased later.',
    );
  }
}

function within(inner: string, outer: string): boolean {
  const path = relative(outer, inner);
  return path === '' || (!path.startsWith('..') && resolve(outer, path) === inner);
}

/** With links followed, as far as the path is there. */
async function real(path: string): Promise<string> {
  const whole = resolve(path);
  try {
    return await realpath(whole);
  } catch {
    const parent = dirname(whole);
    return parent === whole ? whole : join(await real(parent), relative(parent, whole));
  }
}
