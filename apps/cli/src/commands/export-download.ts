import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT } from '../exit-codes';
import { Failure } from '../failure';
import type { Api } from '../http/api';
import { leaf } from '../leaf';
import { option } from '../options';
import { download } from './download';
import { exportIdOf, type Export } from './export-of';

/** How often in a row a line that breaks is taken up again, and how long between. */
const ATTEMPTS = 5;
const PAUSE_MS = 1000;

/** `enishi export download` */
export const DOWNLOAD_EXPORT = leaf<{ out?: string; force?: boolean }>({
  usage: 'download <export>',
  summary: 'the finished file, once it is handed over',
  examples: ['export download 9c1e3f2a --out consents.csv'],
  notes:
    'A line that breaks is taken up where it was. What was written is compared with the hash in the ledger.',
  options: [
    option('--out <file>', 'file to write (default: standard output)'),
    option('--force', 'replace the file if it exists'),
  ],
  async act(session, { out, force }, [name = '']) {
    const api = await session.api();
    const one = await api.get<Export>(`/v1/exports/${await exportIdOf(api, name)}`);
    await download(session, checked(api, one), { out, force, format: one.format });
  },
});

/** @throws Failure where the file is not the one that was made */
async function* checked(api: Api, { exportId, bytes, fileHash }: Export): AsyncGenerator<Uint8Array> {
  const digest = createHash('sha256');
  for await (const chunk of resumed(api, `/v1/exports/${exportId}/file`, bytes)) {
    digest.update(chunk);
    yield chunk;
  }
  if (fileHash !== undefined && digest.digest('hex') !== fileHash) throw altered();
}

/** All bytes of a file that never changes; asked for from where a broken line left off. */
async function* resumed(api: Api, path: string, bytes: number | undefined): AsyncGenerator<Uint8Array> {
  let at = 0;
  let broken = 0;
  do {
    try {
      const more: Record<string, string> = at === 0 ? {} : { range: `bytes=${at}-` };
      for await (const chunk of await api.open(path, {}, more)) {
        at += chunk.length;
        broken = 0;
        yield chunk;
      }
      if (bytes === undefined || at >= bytes) return;
    } catch (error) {
      broken += 1;
      const isLine = error instanceof Failure && error.code === 'unreachable';
      if (!isLine || bytes === undefined || broken > ATTEMPTS) throw error;
      await sleep(PAUSE_MS);
    }
  } while (at < bytes);
}

function altered(): Failure {
  return new Failure(EXIT.failed, 'export-altered', {
    ja: '受け取ったファイルは、台帳に記録されたハッシュ値と一致しません。',
    en: 'What was received is not the file whose hash stands in the ledger.',
  });
}
