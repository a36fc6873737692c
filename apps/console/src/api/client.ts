import { ApiProblem, problemOf } from './problem';
import { csrfToken, readMe, signedInAgain, wasSignedIn } from './session';

const POSITION_KEY = 'enishi.position';
let position = storedPosition();

/** Remembers how far the ledger has grown by what this tab did, so that later queries see it. */
export function rememberPosition(value: string | null | undefined): void {
  if (!value || !/^\d+$/.test(value) || BigInt(value) <= position) return;
  position = BigInt(value);
  try {
    sessionStorage.setItem(POSITION_KEY, value);
  } catch {
    // Without storage the position lives as long as the page.
  }
}

function storedPosition(): bigint {
  try {
    return BigInt(sessionStorage.getItem(POSITION_KEY) ?? '-1');
  } catch {
    return -1n;
  }
}

/** A new key for one act of the user; the same act repeated carries the same key. */
export function newActKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

interface Asking {
  readonly signal?: AbortSignal | undefined;
  /** A query with a body goes by POST, so that what was searched for stays out of addresses and logs. */
  readonly body?: unknown;
}

/** Asks a question; it waits until the view has passed what this tab did last. */
export async function ask<T>(path: string, { signal, body }: Asking = {}): Promise<T> {
  const response = await send(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: position >= 0n ? { 'enishi-position': String(position) } : {},
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  });
  return (await response.json()) as T;
}

/** Asks for a file. @param reason why it must be seen, where that is asked for; kept in the access log, and never in an address */
export async function askFile(path: string, reason?: string): Promise<Blob> {
  const why = reason !== undefined && { 'enishi-reason': encodeURIComponent(reason) };
  const headers = { accept: '*/*', ...why };
  return (await send(path, { method: 'GET', headers })).blob();
}

/**
 * Carries out a command.
 *
 * @param key the key of this act, see {@link newActKey}
 * @param ifMatch the revision that was read: where somebody else has acted since, it is refused (412)
 */
export async function act<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body: unknown,
  key: string,
  ifMatch?: number,
): Promise<T> {
  const response = await send(path, {
    method,
    headers: { 'idempotency-key': key, ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  rememberPosition(response.headers.get('enishi-position'));
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

/** Waits for a sign-in where the session ran out or was renewed in another tab. @throws every other problem */
async function mayGoOn(problem: ApiProblem): Promise<void> {
  const before = csrfToken();
  const renewed = problem.code === 'csrf-token-missing' && (await readMe()) && csrfToken() !== before;
  if (renewed) return;
  if (problem.status !== 401 || !wasSignedIn()) throw problem;
  await signedInAgain();
}

type Sending = Omit<RequestInit, 'headers'> & { readonly headers: Readonly<Record<string, string>> };

async function send(path: string, init: Sending): Promise<Response> {
  for (;;) {
    const headers: Record<string, string> = { accept: 'application/json', ...init.headers };
    if (typeof init.body === 'string') headers['content-type'] = 'application/json';
    if (init.method !== 'GET') headers['x-enishi-csrf'] = csrfToken();
    let response: Response;
    try {
      response = await fetch(path, { ...init, headers });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') throw error;
      throw new ApiProblem(0, 'network-failed');
    }
    if (response.ok) return response;
    await mayGoOn(problemOf(response.status, await response.text()));
  }
}

/**
 * Sends a file's bytes.
 *
 * @param onProgress called with how many of them have left, from 0 to 1
 * @param more headers beside those of every command
 */
export async function upload<T>(
  path: string,
  file: Blob,
  key: string,
  onProgress: (part: number) => void = () => undefined,
  more: Readonly<Record<string, string>> = {},
  method: 'POST' | 'PUT' = 'POST',
): Promise<T> {
  for (;;) {
    const { status, text, position: reached } = await sendBytes(method, path, file, key, onProgress, more);
    if (status >= 200 && status < 300) {
      rememberPosition(reached);
      return JSON.parse(text) as T;
    }
    await mayGoOn(problemOf(status, text));
  }
}

/** `XMLHttpRequest`, because `fetch` does not tell how much of a body has left. */
function sendBytes(
  method: 'POST' | 'PUT',
  path: string,
  file: Blob,
  key: string,
  onProgress: (part: number) => void,
  more: Readonly<Record<string, string>>,
): Promise<{ status: number; text: string; position: string | null }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('idempotency-key', key);
    request.setRequestHeader('x-enishi-csrf', csrfToken());
    for (const [name, value] of Object.entries(more)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
    };
    request.onload = () =>
      resolve({
        status: request.status,
        text: request.responseText,
        position: request.getResponseHeader('enishi-position'),
      });
    request.onerror = () => reject(new ApiProblem(0, 'network-failed'));
    request.send(file);
  });
}
