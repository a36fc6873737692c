import { setTimeout as sleep } from 'node:timers/promises';
import type { Connection } from '../connection';
import { failureOf, readProblem, unreachable, type Problem } from './problem';

/** One request. */
export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** A body of bytes, made anew for each attempt. */
  readonly bytes?: () => AsyncIterable<Uint8Array>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Changes something: carries the Idempotency-Key. */
  readonly command?: boolean;
  /** Statuses that are answers here, beside those of success. */
  readonly accepted?: readonly number[];
  /** The body is left to be read by the caller. */
  readonly stream?: boolean;
  /** Milliseconds until the answer must be here; of a stream, its beginning. */
  readonly within?: number;
}

/** How often, and how long between. */
export interface Patience {
  readonly attempts: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

/** About twelve seconds: a server that is started again is back by then. */
const PATIENCE: Patience = { attempts: 8, firstPauseMs: 200, longestPauseMs: 3000, pause: (ms) => sleep(ms) };
const ANSWER_WITHIN_MS = 60_000;
/** Statuses that say "not now"; what is sent again carries the same Idempotency-Key. */
const NOT_NOW: readonly number[] = [429, 502, 503, 504];

/**
 * Sends requests, again where the line broke or the server could not answer, always with the same
 * Idempotency-Key, so that a command happens once however often it is sent.
 */
export class Transport {
  /** Whether the server has answered in this run: then a refused connection is a restart, to be waited for. */
  private reached = false;

  constructor(
    readonly connection: Connection,
    /** Of this run. The server binds it to the route, so that one serves several requests of a run. */
    private readonly idempotencyKey: string,
    private readonly patience: Patience = PATIENCE,
  ) {}

  /**
   * The answer to a request.
   * @throws Failure for a problem, or where the server cannot be reached
   */
  async send(request: Request): Promise<Response> {
    const { attempts, firstPauseMs, longestPauseMs, pause } = this.patience;
    for (let attempt = 1; ; attempt += 1) {
      let wait = Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs);
      const answer = await this.once(request);
      if (answer !== 'refused') this.reached = true;
      if (answer instanceof Response) {
        if (answer.ok || request.accepted?.includes(answer.status) === true) return answer;
        const problem = readProblem(answer.status, await answer.text());
        const later = retryAfter(answer);
        if (attempt >= attempts || !isPassing(problem) || later > longestPauseMs) throw failureOf(problem);
        wait = Math.max(wait, later);
      } else if (attempt >= attempts || (answer === 'refused' && !this.reached)) {
        // Nobody listened from the first: not a broken line, but a server that is not there.
        throw unreachable(this.connection.url);
      }
      await pause(wait);
    }
  }

  private async once(request: Request): Promise<Response | 'lost' | 'refused'> {
    const { method, path, query = {}, body, bytes, headers = {}, within = ANSWER_WITHIN_MS } = request;
    const url = new URL(this.connection.url + path);
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), within);
    try {
      const answer = await fetch(url, {
        method,
        signal: stop.signal,
        // A redirect would carry the token somewhere else.
        redirect: 'error',
        headers: {
          accept: 'application/json, application/problem+json',
          authorization: `Bearer ${this.connection.token}`,
          ...(request.command === true && { 'idempotency-key': this.idempotencyKey }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(bytes !== undefined && { 'content-type': 'application/octet-stream' }),
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(bytes !== undefined && { body: bytes(), duplex: 'half' as const }),
      });
      // Read here, so that a line that breaks in the body is a broken line too.
      if (request.stream === true && answer.ok) return answer;
      const text = await answer.text();
      return new Response(text === '' ? null : text, { status: answer.status, headers: answer.headers });
    } catch (error) {
      const code = codeOf(error);
      return code === 'ECONNREFUSED' || code === 'ENOTFOUND' ? 'refused' : 'lost';
    } finally {
      clearTimeout(timer);
    }
  }
}

function isPassing(problem: Problem): boolean {
  return NOT_NOW.includes(problem.status) && problem.code !== 'view-parked';
}

function retryAfter(answer: Response): number {
  const seconds = Number(answer.headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) ? seconds * 1000 : 0;
}

/** The code of a failed connection, wherever fetch hid it. */
function codeOf(error: unknown): string | undefined {
  for (let at = error; at !== undefined && at !== null; at = (at as { cause?: unknown }).cause) {
    const { code, errors } = at as { code?: unknown; errors?: unknown };
    if (typeof code === 'string') return code;
    if (Array.isArray(errors) && errors.length > 0) return codeOf(errors[0]);
  }
  return undefined;
}
