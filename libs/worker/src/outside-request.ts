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

/** Posts a text to an address outside, as {@link post}. */
export function postText(url: string, body: string, signal: AbortSignal): Promise<OutsideAnswer> {
  return post(url, Buffer.from(body), 'text/plain; charset=utf-8', signal);
}

/**
 * Posts something to an address outside. Redirections are not followed.
 * @throws NotAccepted `unreachable` where no answer came in ten seconds, `answer-too-large` beyond 64 KiB
 */
export async function post(
  url: string,
  body: Uint8Array,
  type: string,
  signal: AbortSignal,
): Promise<OutsideAnswer> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
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
 * An address outside as settings name it: https, or http where that is allowed, on this machine (`loopback`) or anywhere
 * (`plain`); without a name and password in it.
 */
export function isOutsideAddress(
  text: string,
  { loopback = false, plain = false }: { readonly loopback?: boolean; readonly plain?: boolean },
): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, hash } = new URL(text);
  if (username !== '' || password !== '' || hash !== '') return false;
  const isHere = ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
  return protocol === 'https:' || (protocol === 'http:' && (plain || (loopback && isHere)));
}

/** An address as it may be shown: what stands behind `?` may be a secret. */
export function shownAddress(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
