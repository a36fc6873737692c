import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  destroyFile,
  isMissing,
  makeDirectory,
  mergeBlocks,
  mergeShreds,
  readBlocks,
  readShreds,
  writeDurably,
} from '@enishi/vault';
import { readMarks, writeMarks } from './marks';
import { epochPlaces, type LedgerPlaces } from './places';

/** What stands apart from a backup: the epoch keys, and the list of keys that were destroyed. */
type Kept = Pick<LedgerPlaces, 'epochsDirectory' | 'shredsDirectory'>;

/** The same two places in the folder that `--apart` names. */
export function apartIn(folder: string): Kept {
  return { epochsDirectory: join(folder, 'epochs'), shredsDirectory: join(folder, 'shreds') };
}

/** The epoch keys in a place, by their file's name. */
async function epochKeysIn(directory: string, ledgerId: string): Promise<ReadonlyMap<string, Buffer>> {
  const names = await readdir(directory).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const ours = names.filter((name) => name.startsWith(`${ledgerId}.epoch-`) && name.endsWith('.json'));
  return new Map(
    await Promise.all(ours.map(async (name) => [name, await readFile(join(directory, name))] as const)),
  );
}

/**
 * Makes the copy apart what the original is. An epoch key that was destroyed is destroyed in the copy too: else
 * whoever has it and an old backup could open what was erased.
 */
export async function keepApart(from: Kept, folder: string, ledgerId: string): Promise<void> {
  const to = apartIn(folder);
  const [current] = epochPlaces(from.epochsDirectory);
  const [kept] = epochPlaces(to.epochsDirectory);
  const keys = await epochKeysIn(current, ledgerId);
  await makeDirectory(kept);
  for (const [name, bytes] of keys) await writeDurably(join(kept, name), bytes);
  // An original without any key is a loss, not an order to destroy the copy.
  if (keys.size > 0) {
    for (const name of (await epochKeysIn(kept, ledgerId)).keys()) {
      if (!keys.has(name)) await destroyFile(join(kept, name));
    }
  }
  await copyList(from, to, ledgerId);
}

/** Brings back what was kept apart, where it is missing; nothing that is there is replaced. */
export async function takeFromApart(folder: string, to: Kept, ledgerId: string): Promise<void> {
  const from = apartIn(folder);
  const [kept] = epochPlaces(from.epochsDirectory);
  for (const [name, bytes] of await epochKeysIn(kept, ledgerId)) {
    for (const place of epochPlaces(to.epochsDirectory)) {
      if (!(await epochKeysIn(place, ledgerId)).has(name)) await writeDurably(join(place, name), bytes);
    }
  }
  await copyList(from, to, ledgerId);
}

/** The lists of destroyed keys and of blocked identities, whole, and whichever marks are further on. */
async function copyList(from: Kept, to: Kept, ledgerId: string): Promise<void> {
  await mergeShreds(to.shredsDirectory, ledgerId, await readShreds(from.shredsDirectory, ledgerId));
  await mergeBlocks(to.shredsDirectory, ledgerId, await readBlocks(from.shredsDirectory, ledgerId));
  const marks = await readMarks({ directory: from.shredsDirectory, ledgerId });
  const place = { directory: to.shredsDirectory, ledgerId };
  const there = await readMarks(place);
  if (marks && (there?.leaf?.leaves ?? 0) <= (marks.leaf?.leaves ?? 0)) await writeMarks(place, marks);
}
