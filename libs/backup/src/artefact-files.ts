import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isMissing, writeDurably } from '@enishi/vault';
import { damaged } from './errors';
import { parseLine, readPart, writePart, type Part } from './parts';

/** A sealed file, as the list of them names it. */
interface Artefact {
  readonly id: string;
  readonly bytes: number;
  readonly sha256: string;
}

const FOLDER = 'artefacts';
const NAME = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\.sealed$/;

const fileOf = (folder: string, id: string): string => join(folder, id.slice(0, 2), `${id}.sealed`);
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Copies every sealed file, and lists them. One that is removed meanwhile is left out. */
export async function dumpArtefacts(directory: string, folder: string): Promise<Part> {
  return writePart(folder, 'artefacts.ndjson', async (list) => {
    for (const id of await idsIn(directory)) {
      const bytes = await readFile(fileOf(directory, id)).catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
      });
      if (bytes === undefined) continue;
      await writeNew(fileOf(join(folder, FOLDER), id), bytes);
      await list.write(JSON.stringify({ id, bytes: bytes.length, sha256: hashOf(bytes) } satisfies Artefact));
    }
  });
}

/** Each sealed file of a backup, as it was when it was copied. @throws BackupError `backup-damaged` */
export async function* artefactsOf(
  folder: string,
  part: Part,
): AsyncGenerator<{ readonly id: string; readonly file: Buffer }> {
  for await (const lines of readPart(folder, part)) {
    for (const line of lines) {
      const { id, sha256 } = parseLine<Artefact>(line, part);
      if (!NAME.test(`${id}.sealed`)) throw damaged('an artefact has no name');
      const file = await readFile(fileOf(join(folder, FOLDER), id)).catch((error: unknown) => {
        if (isMissing(error)) throw damaged(`artefact ${id} is missing`);
        throw error;
      });
      if (hashOf(file) !== sha256) throw damaged(`artefact ${id} is not what was written`);
      yield { id, file };
    }
  }
}

/** Puts every sealed file of a backup where a server looks for it. */
export async function loadArtefacts(folder: string, part: Part, directory: string): Promise<number> {
  let count = 0;
  for await (const { id, file } of artefactsOf(folder, part)) {
    await writeDurably(fileOf(directory, id), file);
    count += 1;
  }
  return count;
}

async function idsIn(directory: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const first of (await namesIn(directory)).sort()) {
    for (const name of (await namesIn(join(directory, first))).sort()) {
      if (NAME.test(name) && name.startsWith(first)) ids.push(name.slice(0, -'.sealed'.length));
    }
  }
  return ids;
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}

/** In a folder that becomes durable as a whole, so that only the bytes are forced out here. */
async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
