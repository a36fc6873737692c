import type { Readable } from 'node:stream';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { fieldError, notValid } from './field-errors';
import { ProblemError } from './problem';

/** Nothing that this API takes is nested deeper; what checks and stores a body calls itself for each level. */
const DEEPEST = 32;
/** NUL and half of a character have no place in the ledger nor in PostgreSQL. */
const NOT_TEXT = /[\0\p{Surrogate}]/u;
const MEMBER = /^[A-Za-z][\w-]{0,60}$/;

interface ByteRoute {
  readonly takesBytes?: boolean;
}

/** The route takes a file as application/octet-stream; every other route refuses one. */
export const TakesBytes = () => RouteConfig({ takesBytes: true } satisfies ByteRoute);

/** True for the stream that a request of `application/octet-stream` has as its body. */
function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** The file that a request of a route of {@link TakesBytes} brings. @throws ProblemError 415 */
export function fileOf(body: unknown): AsyncIterable<Uint8Array> {
  if (isStream(body)) return body;
  throw new ProblemError(415, 'media-type-not-supported', 'Send the file itself as application/octet-stream');
}

/** Largest scan or mail taken in, in bytes. */
const LARGEST_ARTEFACT = 20 * 1024 * 1024;

/** A scan or mail that a request of a route of {@link TakesBytes} brings. @throws ProblemError 400, 413, 415 */
export async function artefactBytes(body: unknown): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of fileOf(body)) {
    bytes += chunk.length;
    if (bytes > LARGEST_ARTEFACT)
      throw new ProblemError(413, 'file-too-large', 'The file is larger than 20 MiB');
    parts.push(chunk);
  }
  if (bytes === 0) throw new ProblemError(400, 'file-empty', 'The file is empty');
  return Buffer.concat(parts);
}

/**
 * The bytes of a request. Who gives up before their end (too large, disk full) still answers: the rest is let run out,
 * where ending the stream would end the connection with it.
 */
export function bytesOf(body: Readable): AsyncIterable<Uint8Array> {
  return {
    async *[Symbol.asyncIterator]() {
      try {
        yield* body.iterator({ destroyOnReturn: false });
      } finally {
        body.resume();
      }
    },
  };
}

/**
 * What must hold of every request before anything looks at it.
 * @throws ProblemError 400 for text that cannot be stored and for endless nesting, 415 for a file where none is taken
 */
export function checkReadable({ body, query, params, routeOptions }: FastifyRequest): void {
  if (isStream(body)) {
    if ((routeOptions.config as ByteRoute).takesBytes !== true) {
      throw new ProblemError(415, 'media-type-not-supported', 'This media type is not accepted here');
    }
  } else if (body === null) {
    throw new ProblemError(400, 'not-valid', 'The body must be an object');
  } else checkText(body, '', 0);
  checkText(query, '', 0);
  checkText(params, '', 0);
}

function checkText(value: unknown, path: string, depth: number): void {
  if (typeof value === 'string') {
    if (NOT_TEXT.test(value)) throw unstorable(path);
    return;
  }
  if (value === null || typeof value !== 'object') return;
  if (depth > DEEPEST) throw new ProblemError(400, 'too-deep', 'The body is nested too deeply');
  for (const [key, member] of Object.entries(value)) {
    if (NOT_TEXT.test(key)) throw unstorable(path);
    checkText(member, path === '' ? namedMember(key) : `${path}.${namedMember(key)}`, depth + 1);
  }
}

/** A member's name for an answer: names of free maps are the client's text and are not repeated. */
export function namedMember(key: string): string {
  return MEMBER.test(key) || /^\d+$/.test(key) ? key : '*';
}

function unstorable(path: string): ProblemError {
  return notValid(
    fieldError(path, 'text', {
      ja: '記録できない文字（NUL、対になっていないサロゲート）が含まれています。',
      en: 'Must not hold NUL or half of a surrogate pair.',
    }),
  );
}
