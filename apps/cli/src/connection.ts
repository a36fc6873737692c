import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { EXIT } from './exit-codes';
import { badInput, Failure } from './failure';

/** Where the server is, and what opens it. */
export interface Connection {
  /** Without a slash at the end. */
  readonly url: string;
  readonly token: string;
}

/** What was said on the command line about the connection. */
export interface ConnectionOptions {
  readonly url?: string | undefined;
  readonly home?: string | undefined;
}

/** The data folder of a development server, where it keeps the token file. */
export function homeOf(options: ConnectionOptions, env: NodeJS.ProcessEnv): string {
  return options.home ?? (env.ENISHI_HOME || '.enishi');
}

/**
 * The server to talk to. What is said on the command line goes before the environment, the environment before
 * the token file of a development server.
 *
 * @throws Failure where there is neither, or the token file could be read by others
 */
export async function connectionOf(options: ConnectionOptions, env: NodeJS.ProcessEnv): Promise<Connection> {
  const fromEnv = options.home === undefined;
  const url = options.url ?? (fromEnv && env.ENISHI_URL ? env.ENISHI_URL : undefined);
  const token = fromEnv && env.ENISHI_TOKEN ? env.ENISHI_TOKEN : undefined;
  if (url !== undefined && token !== undefined) return { url: checkedUrl(url), token };
  const file = await readTokenFile(join(homeOf(options, env), 'token'));
  // A token is for the server that made it and goes to no other.
  if (url !== undefined && checkedUrl(url) !== file?.url) {
    throw badInput(
      'token-missing',
      'このサーバーのトークンがありません。',
      'There is no token for this server.',
      { ja: 'ENISHI_TOKEN に設定してください。', en: 'Set ENISHI_TOKEN.' },
    );
  }
  if (token !== undefined) {
    throw badInput('url-missing', 'サーバーの URL がありません。', 'The address of the server is missing.', {
      ja: 'ENISHI_URL に設定するか、--url で指定してください。',
      en: 'Set ENISHI_URL, or give it with --url.',
    });
  }
  if (file === undefined) throw notStarted();
  return file;
}

function notStarted(): Failure {
  return new Failure(
    EXIT.failed,
    'not-started',
    { ja: 'ここでは Enishi がまだ起動されていません。', en: 'Enishi has not been started here.' },
    {
      ja: 'npm start で起動するか、ENISHI_URL と ENISHI_TOKEN を設定してください。',
      en: 'Start it with `npm start`, or set ENISHI_URL and ENISHI_TOKEN.',
    },
  );
}

async function readTokenFile(path: string): Promise<Connection | undefined> {
  let text: string;
  try {
    const { mode } = await stat(path);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) throw tokenFileOpen();
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (error instanceof Failure) throw error;
    throw spoilt();
  }
  try {
    const { url, token } = JSON.parse(text) as { url?: unknown; token?: unknown };
    if (typeof url === 'string' && typeof token === 'string') return { url: checkedUrl(url), token };
  } catch {
    // Said below; an error of the parser would repeat the token.
  }
  throw spoilt();
}

function tokenFileOpen(): Failure {
  return badInput(
    'token-file-open',
    'トークンファイルをほかの利用者が読める状態です。',
    'The token file can be read by others.',
    { ja: 'chmod 600 で、自分だけが読めるようにしてください。', en: 'Make it yours alone: chmod 600.' },
  );
}

function spoilt(): Failure {
  return badInput(
    'token-file-unreadable',
    'トークンファイルを読めません。',
    'The token file cannot be read.',
    {
      ja: 'npm start で起動し直すと、新しく作られます。',
      en: 'Start the server again with `npm start`: it writes a new one.',
    },
  );
}

function checkedUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    throw badInput(
      'url-not-valid',
      'サーバーの URL が正しくありません。',
      'The address of the server is not valid.',
      {
        ja: 'https://enishi.example.jp の形で指定してください。',
        en: 'Write it like https://enishi.example.jp.',
      },
    );
  }
  return `${parsed.origin}${parsed.pathname.replace(/\/+$/, '')}`;
}
