import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Letter, MailDoor, Purger } from '@enishi/worker';
import { catcherPage } from './catcher-page';

/** A letter that went no further. Files stand in it in base64. */
export interface CaughtLetter extends Omit<Letter, 'attachments'> {
  readonly caughtAt: string;
  readonly attachments?: readonly { readonly name: string; readonly type: string; readonly base64: string }[];
}

const SHOWN = 100;
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const;
/** Names that {@link catcherDoor} gives. */
const NAME = /^[0-9]{17}-[0-9a-f-]{1,36}$/;

/**
 * The way of mail in development: into a folder, and no further.
 * @param home the data folder
 */
export function catcherDoor(home: string): MailDoor {
  const folder = folderIn(home);
  return {
    async send({ attachments, ...letter }) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const caughtAt = new Date().toISOString();
      const name = `${caughtAt.replace(/\D/g, '')}-${letter.messageId.replace(/[^0-9a-f-]/g, '').slice(0, 36)}`;
      const files = attachments?.map(({ bytes, ...rest }) => {
        return { ...rest, base64: Buffer.from(bytes).toString('base64') };
      });
      const caught: CaughtLetter = { ...letter, ...(files && { attachments: files }), caughtAt };
      const file = path.join(folder, name);
      await writeFile(`${file}.part`, JSON.stringify(caught), { mode: 0o600 });
      await rename(`${file}.part`, `${file}.json`);
    },
  };
}

/**
 * Empties the folder when somebody is erased: caught mail does not tell whom it is about, and in development nobody needs
 * the rest of it.
 */
export function caughtMailPurger(home: string): Purger {
  return { store: 'home/mail', purge: () => rm(folderIn(home), { recursive: true, force: true }) };
}

/** Shows at `/dev-mail` what was caught, the newest first. Development only, which binds to this machine alone. */
export function mountCatcherPage(fastify: FastifyInstance, home: string): void {
  fastify.get('/dev-mail', async (_request, reply) =>
    reply
      .headers(HEADERS)
      .type('text/html; charset=utf-8')
      .send(catcherPage(await caughtIn(home))),
  );
  fastify.get('/dev-mail/:letter/:number', async (request, reply) => {
    const { letter, number } = request.params as { readonly letter: string; readonly number: string };
    const caught = NAME.test(letter) ? await read(home, letter).catch(() => undefined) : undefined;
    const file = caught?.attachments?.[Number(number)];
    if (file === undefined) return reply.status(404).headers(HEADERS).send();
    return reply
      .headers(HEADERS)
      .type(file.type)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
      .send(Buffer.from(file.base64, 'base64'));
  });
}

const folderIn = (home: string): string => path.join(home, 'mail');

async function read(home: string, name: string): Promise<CaughtLetter> {
  return JSON.parse(await readFile(path.join(folderIn(home), `${name}.json`), 'utf8')) as CaughtLetter;
}

async function caughtIn(home: string): Promise<readonly (CaughtLetter & { readonly name: string })[]> {
  const names = await readdir(folderIn(home)).catch(() => []);
  const newest = names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .reverse()
    .slice(0, SHOWN);
  return Promise.all(
    newest.map(async (file) => {
      const name = file.slice(0, -'.json'.length);
      return { name, ...(await read(home, name)) };
    }),
  );
}
