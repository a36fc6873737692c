import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Letter, MailDoor } from '@enishi/worker';

/** A letter that went no further. */
interface CaughtLetter extends Letter {
  readonly caughtAt: string;
}

const SHOWN = 100;
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  'cache-control': 'no-store',
} as const;

/**
 * The way of mail in development: into a folder, and no further.
 * @param home the data folder
 */
export function catcherDoor(home: string): MailDoor {
  const folder = folderIn(home);
  return {
    async send(letter) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const caughtAt = new Date().toISOString();
      const name = `${caughtAt.replace(/\D/g, '')}-${letter.messageId.replace(/[^0-9a-f-]/g, '').slice(0, 36)}`;
      const file = path.join(folder, name);
      await writeFile(`${file}.part`, JSON.stringify({ ...letter, caughtAt }), { mode: 0o600 });
      await rename(`${file}.part`, `${file}.json`);
    },
  };
}

/** Shows at `/dev-mail` what was caught, the newest first. Development only, which binds to this machine alone. */
export function mountCatcherPage(fastify: FastifyInstance, home: string): void {
  fastify.get('/dev-mail', async (_request, reply) =>
    reply
      .headers(HEADERS)
      .type('text/html; charset=utf-8')
      .send(pageOf(await caughtIn(home))),
  );
}

const folderIn = (home: string): string => path.join(home, 'mail');

async function caughtIn(home: string): Promise<readonly CaughtLetter[]> {
  const names = await readdir(folderIn(home)).catch(() => []);
  const newest = names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .reverse()
    .slice(0, SHOWN);
  return Promise.all(
    newest.map(
      async (name) => JSON.parse(await readFile(path.join(folderIn(home), name), 'utf8')) as CaughtLetter,
    ),
  );
}

function pageOf(letters: readonly CaughtLetter[]): string {
  const shown = letters.map(
    ({ to, subject, text, caughtAt, messageId }) => `<article><h2>${escaped(subject)}</h2>
<p>${escaped(to)} · <time>${escaped(caughtAt)}</time> · <small>${escaped(messageId)}</small></p>
<pre>${escaped(text)}</pre></article>`,
  );
  const empty = '<p>まだメールはありません。ここには、送られるはずだったメールが表示されます。</p>';
  return `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>開発用メール · Enishi</title><style>
:root{color-scheme:light dark}body{font:16px/1.7 system-ui,"Noto Sans JP",sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
article{border:1px solid #8a8fa3;border-radius:6px;padding:0 1rem;margin:1rem 0}h1{font-size:1.25rem}h2{font-size:1rem;margin:.75rem 0 0}
p{margin:.25rem 0;overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border-top:1px solid #8a8fa3;padding-top:.5rem}
</style></head><body><main><h1>開発用メール <small lang="en">Mail that went no further</small></h1>
${shown.length === 0 ? empty : shown.join('\n')}
</main></body></html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
