import { write } from '../io';
import { writeFileWhole } from '../output-file';
import type { Session } from '../session';

/** Where a file goes. */
export interface DownloadOptions {
  /** Standard output where absent or `-`. */
  readonly out?: string | undefined;
  readonly force?: boolean | undefined;
  /** As the answer names it. */
  readonly format: string;
}

/**
 * Writes what the server sends to a file, whole or not at all, or to standard output.
 * @throws Failure where there is such a file already and `force` is not set
 */
export async function download(
  session: Session,
  chunks: AsyncIterable<Uint8Array>,
  { out, force, format }: DownloadOptions,
): Promise<void> {
  if (out === undefined || out === '-') {
    for await (const chunk of chunks) await write(session.io.stdout, chunk);
    return;
  }
  const progress = session.progress({ ja: '書き出し', en: 'Exporting' });
  let size = 0;
  try {
    await writeFileWhole(out, chunks, force === true, (bytes) => {
      size = bytes;
      progress.update(bytes, undefined, 'bytes');
    });
  } finally {
    progress.end();
  }
  const done = session.t('書き出しました', 'Exported');
  await session.show({ format, bytes: size }, () => `${session.palette.good('✓')} ${done}\n`);
}
