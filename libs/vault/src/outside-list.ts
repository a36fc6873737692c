import { open, readFile, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isMissing, makeDirectory, syncDirectory } from './durable-file';
import { VaultError } from './errors';

/**
 * The lines of a list outside the databases. A last one without its line feed was being written when the power went: what it
 * says had not been done yet.
 * @throws VaultError `shreds-unreadable`
 */
export async function readLines(path: string): Promise<readonly string[]> {
  try {
    return (await readFile(path, 'utf8')).split('\n').slice(0, -1);
  } catch (error) {
    if (isMissing(error)) return [];
    throw new VaultError('shreds-unreadable', 'a list outside the databases cannot be read', {
      cause: error,
    });
  }
}

/** Adds lines, each with its line feed, durable when this resolves. One writer at a time. */
export async function appendLines(path: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const directory = dirname(path);
  await makeDirectory(directory);
  const file = await open(path, 'a+', 0o600);
  try {
    await cutUnfinished(file);
    await file.appendFile(lines.join(''));
    await file.sync();
  } finally {
    await file.close();
  }
  await syncDirectory(directory);
}

/** What a power cut left of a line: what it would have said is said anew. */
async function cutUnfinished(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  // A line is some 300 bytes; only the end of a list is read, which may be long.
  const from = Math.max(0, size - 65_536);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
  const ended = buffer.subarray(0, bytesRead).lastIndexOf('\n') + 1;
  if (ended < bytesRead) await file.truncate(from + ended);
}
