import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes the names in a directory durable. Windows cannot open a directory and needs no such step. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Makes a directory, its parents first, mode 0700. One by one: where the system makes none (`/proc`), Node's
 * `recursive` tries for ever.
 */
export async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    const parent = dirname(directory);
    if (!isMissing(error) || parent === directory || (await isThere(parent))) throw error;
    await makeDirectory(parent);
    await makeDirectory(directory);
  }
}

const isThere = (directory: string): Promise<boolean> =>
  stat(directory).then(
    () => true,
    () => false,
  );

/**
 * Writes a file so that after a power cut it is there whole, or not at all: temporary file, fsync, rename,
 * fsync of the directory. Mode 0600, missing directories 0700. Replaces what stood under the name.
 * @param beforeRename called when the bytes are durable under their temporary name.
 */
export async function writeDurably(
  path: string,
  bytes: Uint8Array | string,
  beforeRename?: () => void | Promise<void>,
): Promise<void> {
  const directory = dirname(path);
  await makeDirectory(directory);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await beforeRename?.();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncDirectory(directory);
}

/**
 * Overwrites a file with zeros, removes it and makes that durable. A file that is not there is fine.
 * Overwriting reaches the old blocks on a plain disk only; a file system that copies on write keeps them until
 * it reuses them, which is why an epoch key is stored wrapped.
 */
export async function destroyFile(path: string): Promise<void> {
  let handle: FileHandle;
  try {
    handle = await open(path, 'r+');
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  try {
    const { size } = await handle.stat();
    await handle.write(Buffer.alloc(size), 0, size, 0);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rm(path, { force: true });
  await syncDirectory(dirname(path));
}

/** Whether a file system error says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'ENOENT';
}
