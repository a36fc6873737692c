import { link, open, rename, stat, unlink } from 'node:fs/promises';
import { badInput, Failure } from './failure';

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
  const file = await open(part, 'wx', 0o600);
  try {
    let bytes = 0;
    for await (const chunk of chunks) {
      // At the file's position, and all of it.
      await file.writeFile(chunk);
      bytes += chunk.length;
      written(bytes);
    }
    await file.sync();
  } finally {
    await file.close();
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
