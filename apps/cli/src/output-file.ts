import { createWriteStream } from 'node:fs';
import { link, rename, stat, unlink } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { badInput, Failure } from './failure';
import { write } from './io';

/**
 * Writes a file whole or not at all: beside it first, then moved into place. Only its owner may read it, since
 * it holds data about people.
 *
 * @throws Failure where there is one already and `force` is not set
 */
export async function writeFileWhole(
  path: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  force: boolean,
  written: (bytes: number) => void = () => undefined,
): Promise<void> {
  // Looked at before the work, so that it is not done in vain; the link below decides.
  if (!force && (await exists(path))) throw taken();
  const part = `${path}.${process.pid}.part`;
  try {
    await fill(part, chunks, written);
    if (force) await rename(part, path);
    else await link(part, path).then(() => unlink(part));
  } catch (error) {
    await unlink(part).catch(() => undefined);
    if (error instanceof Failure) throw error;
    throw failureOf((error as NodeJS.ErrnoException).code);
  }
}

async function fill(
  part: string,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  written: (bytes: number) => void,
): Promise<void> {
  const file = createWriteStream(part, { mode: 0o600, flags: 'wx', flush: true });
  const done = finished(file);
  // Awaited below; a failure meanwhile shows there.
  done.catch(() => undefined);
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      await Promise.race([write(file, chunk), done]);
      bytes += chunk.length;
      written(bytes);
    }
    file.end();
    await done;
  } finally {
    file.destroy();
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

function taken(): Failure {
  return badInput('file-exists', 'ファイルがすでにあります。', 'The file exists already.', {
    ja: '別の名前にするか、--force で置き換えてください。',
    en: 'Choose another name, or replace it with --force.',
  });
}

function failureOf(code: string | undefined): Error {
  if (code === 'EEXIST') return taken();
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return badInput('disk-full', 'ディスクに空きがありません。', 'The disk is full.', {
      ja: '空きを作って、やり直してください。',
      en: 'Free some space and try again.',
    });
  }
  return badInput('file-unwritable', 'ファイルを書けません。', 'The file cannot be written.', {
    ja: 'フォルダーの場所と権限を確かめてください。',
    en: 'Check the folder and its permissions.',
  });
}
