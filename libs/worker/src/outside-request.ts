import { NotAccepted } from './receivers';

/** An answer from outside. */
export interface OutsideAnswer {
  readonly status: number;
  /** Content type, without parameters. */
  readonly type: string;
  readonly body: Buffer;
}

const WITHIN_MS = 10_000;
const LARGEST_ANSWER = 64 * 1024;

/**
 * Posts a text to an address outside. Redirections are not followed.
 * @throws NotAccepted `unreachable` where no answer came in ten seconds, `answer-too-large` beyond 64 KiB
 */
export async function postText(url: string, body: string, signal: AbortSignal): Promise<OutsideAnswer> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]),
    });
    const [given = ''] = (answer.headers.get('content-type') ?? '').split(';');
    return { status: answer.status, type: given.trim().toLowerCase(), body: await bodyOf(answer) };
  } catch (error) {
    if (error instanceof NotAccepted) throw error;
    throw new NotAccepted('unreachable');
  }
}

async function bodyOf(answer: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > LARGEST_ANSWER) throw new NotAccepted('answer-too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * An address outside as settings name it: https, or http on this machine where that is allowed; without a name and
 * password in it.
 */
export function isOutsideAddress(text: string, { loopback }: { readonly loopback: boolean }): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, hash } = new URL(text);
  if (username !== '' || password !== '' || hash !== '') return false;
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && loopback && isHere);
}
