import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { AccessDenied, AccessOrderRefused, AccessProblem } from '@enishi/access';
import { IdempotencyKeyReused, PreconditionFailed, TooContended } from '@enishi/application';
import { AppendRefused, StoreUnavailable } from '@enishi/event-store';
import { ViewParked } from '@enishi/projections/engine';
import { NotCanonical } from '@enishi/transparency';
import { EpochKeyUnavailable, KeyClosed, MasterKeyInvalid, NotDeclared } from '@enishi/vault';
import { describe } from './described-error';
import { ProblemError } from './problem';

/** Turns every error into RFC 9457 problem details: no stack, no message of an inner error, no value. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = problemOf(error);
    if (problem.problem.status >= 500) this.report(error, request, problem.problem.status);
    if (!reply.sent) sendProblem(problem, request, reply);
  }

  /** Logs where an error came from. Its message stays out: a database puts values into it. */
  private report(error: unknown, request: FastifyRequest, status: number): void {
    const fields = error instanceof Error ? describe(error) : { name: typeof error };
    this.logger.error(
      { ...fields, status, route: request.routeOptions?.url, correlationId: request.id },
      'request failed',
    );
  }
}

/** Answers a request with a problem. */
export function sendProblem(
  { problem, headers }: ProblemError,
  request: Pick<FastifyRequest, 'id'>,
  reply: FastifyReply,
): void {
  void reply
    .status(problem.status)
    .headers({ ...headers, 'cache-control': 'no-store' })
    .header('content-type', 'application/problem+json')
    .send({ ...problem, instance: `urn:uuid:${request.id}` });
}

/** The problem that clients are told for an error. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof AccessProblem) return accessProblem(error);
  if (error instanceof PreconditionFailed) {
    return new ProblemError(
      412,
      'precondition-failed',
      'The thing has changed since you read it: read it again',
      {
        ...(error.actual !== undefined && { revision: error.actual }),
      },
    );
  }
  if (error instanceof IdempotencyKeyReused) {
    return new ProblemError(
      422,
      'idempotency-key-reused',
      'This Idempotency-Key was used for another request',
    );
  }
  if (error instanceof TooContended)
    return new ProblemError(409, 'too-contended', 'Others are changing this now: try again');
  if (error instanceof StoreUnavailable || isConnectionError(error)) {
    return new ProblemError(
      503,
      'store-unavailable',
      'The database cannot be reached: repeating the request is safe',
      {},
      RETRY,
    );
  }
  if (error instanceof EpochKeyUnavailable || error instanceof MasterKeyInvalid) {
    const title = 'Keys are out of reach of the server, so nothing was stored: repeating is safe';
    return new ProblemError(503, 'keys-unavailable', title, {}, RETRY);
  }
  const disk = diskProblem(error);
  if (disk !== undefined) return disk;
  if (error instanceof ViewParked)
    return new ProblemError(503, 'view-parked', 'This part of the view is parked', {}, RETRY);
  if (isViewMissing(error)) {
    const title = 'This view is being built: try again';
    return new ProblemError(503, 'view-rebuilding', title, {}, { 'retry-after': '5' });
  }
  if (error instanceof KeyClosed)
    return new ProblemError(409, 'erased', 'This data is being erased or has been erased');
  if (error instanceof AppendRefused)
    return new ProblemError(422, error.code, 'The request is too large or not valid text');
  if (error instanceof NotDeclared || error instanceof NotCanonical)
    return new ProblemError(422, 'not-valid-text', 'A value cannot be stored in the ledger');
  return httpProblem(error);
}

/** A file that the server could not write, or read. Nothing of the request was kept. */
function diskProblem(error: unknown): ProblemError | undefined {
  const { code } = (error ?? {}) as { code?: unknown };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const title = "The server's disk is full: free some space there, then repeat the request";
    return new ProblemError(507, 'disk-full', title);
  }
  if (code === 'EIO' || code === 'EROFS') {
    const title = "The server's disk does not read or write: look at it, then repeat the request";
    return new ProblemError(500, 'disk-failed', title);
  }
  return undefined;
}

const RETRY = { 'retry-after': '2' };

function accessProblem(error: AccessProblem): ProblemError {
  const retry = error instanceof AccessDenied ? error.retryAfterSeconds : undefined;
  const headers: Record<string, string> = retry === undefined ? {} : { 'retry-after': String(retry) };
  const details = error instanceof AccessOrderRefused && error.details ? { details: error.details } : {};
  return new ProblemError(
    error.status,
    error.code,
    TITLES[error.code] ?? 'Access is not possible',
    details,
    headers,
  );
}

const TITLES: Readonly<Record<string, string>> = {
  'not-signed-in': 'Sign in first',
  'account-unknown': 'You have no account with a valid grant here',
  'permission-missing': 'Your role does not allow this',
  'csrf-token-missing': 'The request lacks its protection token: reload the page',
  'own-grant': 'Nobody changes their own grants',
  'accounts-changed': 'Accounts, grants or tokens have changed since they were listed: look at them again',
  'review-not-complete': 'The review decides about every account of the list',
  'account-not-under-review': 'This account holds nothing to be reviewed',
  'account-decided-twice': 'An account is decided about twice',
  'too-many-attempts': 'Too many failed attempts: wait a little',
  'token-shown-once': 'This token was made and shown before: end it and make another under a new key',
};

/** What Nest and Fastify throw by themselves: unknown route, body that is not JSON, body too large. */
function httpProblem(error: unknown): ProblemError {
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : Number((error as { statusCode?: unknown }).statusCode);
  if (status === 400 && isAddressWrong(error)) {
    return new ProblemError(400, 'address-not-valid', 'An id or a number in the address is not one');
  }
  if (Number.isInteger(status) && status >= 400 && status < 500) {
    const [code, title] = CLIENT_ERRORS[status] ?? ['bad-request', 'The request is not valid'];
    return new ProblemError(status, code, title);
  }
  return new ProblemError(
    500,
    'internal-error',
    'Something went wrong here; the log names it by the instance id',
  );
}

/** What a pipe of a route's parameter refuses, or an address that cannot be decoded. Nest tells the first by its text. */
function isAddressWrong(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return (
    code === 'FST_ERR_BAD_URL' || (typeof message === 'string' && message.startsWith('Validation failed ('))
  );
}

const CLIENT_ERRORS: Readonly<Record<number, readonly [string, string]>> = {
  400: ['bad-request', 'The request cannot be read: is the body valid JSON?'],
  404: ['not-found', 'There is nothing here'],
  405: ['method-not-allowed', 'This method is not allowed here'],
  413: ['too-large', 'The body is too large'],
  415: ['media-type-not-supported', 'This media type is not accepted here'],
  429: ['too-many-requests', 'Too many requests: wait a little'],
};

/** PostgreSQL: no such schema or table. The worker makes those of the views, at its first start. */
function isViewMissing(error: unknown): boolean {
  return error instanceof Error && ['3F000', '42P01'].includes(String((error as { code?: unknown }).code));
}

const DRIVER_LOST =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

/** PostgreSQL: connection refused or lost, server shutting down or starting. */
function isConnectionError(error: unknown): boolean {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (typeof code === 'string' && /^(ECONN|EPIPE|ETIMEDOUT|57P0|08|vault-unavailable$)/.test(code))
    return true;
  // What the driver says itself carries no code.
  return typeof message === 'string' && DRIVER_LOST.test(message);
}
