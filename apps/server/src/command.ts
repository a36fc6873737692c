import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader, type ApiHeaderOptions } from '@nestjs/swagger';
import { commandIdOf, type CommandContext, type Outcome } from '@enishi/application';
import { canonical } from '@enishi/transparency';
import type { Vault } from '@enishi/vault';
import { IDEMPOTENCY_KEY, type Principal } from '@enishi/access';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from './problem';
import { refusalProblem } from './refusal';

/** What a request says about its command besides the body. */
export interface CommandRequest {
  readonly principal: Principal;
  readonly route: string;
  readonly correlationId: string;
  readonly idempotencyKey?: string;
  readonly ifMatch?: number;
  readonly body: unknown;
}

/** A command's request, with the reply that it is answered by. */
export interface CommandCall extends CommandRequest {
  readonly reply: FastifyReply;
}

const KEY = /^[\x21-\x7e]{1,255}$/;
const REVISION = /^"(\d{1,15})"$/;

const CommandPart = createParamDecorator((_: unknown, host: ExecutionContext): CommandCall => {
  const http = host.switchToHttp();
  return { ...commandRequestOf(http.getRequest<FastifyRequest>()), reply: http.getResponse<FastifyReply>() };
});

/** @throws ProblemError 400 for an Idempotency-Key or If-Match that is none */
export function commandRequestOf(
  request: FastifyRequest & { readonly enishiPrincipal?: Principal },
): CommandRequest {
  if (request.enishiPrincipal === undefined) throw new ProblemError(401, 'not-signed-in', 'Sign in first');
  const key = request.headers['idempotency-key'];
  if (key !== undefined && (typeof key !== 'string' || !KEY.test(key))) {
    throw new ProblemError(
      400,
      'idempotency-key-not-valid',
      'Idempotency-Key must be 1 to 255 visible ASCII characters',
    );
  }
  const match = request.headers['if-match'];
  const revision = match === undefined ? undefined : REVISION.exec(match)?.[1];
  if (match !== undefined && revision === undefined) {
    throw new ProblemError(
      400,
      'if-match-not-valid',
      'If-Match must be an ETag of this resource, such as "3"',
    );
  }
  return {
    principal: request.enishiPrincipal,
    route: `${request.method} ${request.url.split('?')[0]}`,
    correlationId: request.id,
    body: request.body,
    ...(key !== undefined && { idempotencyKey: key }),
    ...(revision !== undefined && { ifMatch: Number(revision) }),
  };
}

const IF_MATCH: ApiHeaderOptions = {
  name: 'If-Match',
  description: 'The ETag that was read; 412 when the thing has changed since',
  schema: { type: 'string', pattern: '^"\\d{1,15}"$' },
};

/** The command part of a request: principal, route, Idempotency-Key and If-Match, checked; and documented. */
export const Commanding = () => documented(IDEMPOTENCY_KEY, IF_MATCH);

/** The same where there is no revision to match: a file, a job. */
export const Keyed = () => documented(IDEMPOTENCY_KEY);

function documented(...headers: readonly ApiHeaderOptions[]): ParameterDecorator {
  const part = CommandPart();
  return (target, method, index) => {
    part(target, method, index);
    if (method === undefined) return;
    const descriptor = Object.getOwnPropertyDescriptor(target, method);
    for (const header of headers) if (descriptor) ApiHeader(header)(target, method, descriptor);
  };
}

/** Where and by whom a command is carried out; its id repeats for a repeated Idempotency-Key. */
export function contextOf(vault: Vault, request: CommandRequest): CommandContext {
  const { principal, route, correlationId, idempotencyKey, ifMatch, body } = request;
  const tagged = Buffer.isBuffer(body) ? body.toString('base64') : canonical(body ?? null);
  return {
    commandId: commandIdOf(vault, principal.actor, route, idempotencyKey),
    actor: principal.actor,
    correlationId,
    ...(idempotencyKey !== undefined && { requestTag: vault.tag('request', route, tagged) }),
    ...(ifMatch !== undefined && { ifMatch }),
  };
}

/** A command's answer: outcome and ids in the body, revision as ETag, position for reading one's own writes. */
export function answer(
  { reply }: Pick<CommandCall, 'reply'>,
  outcome: Outcome,
  ids: Readonly<Record<string, unknown>> = {},
): unknown {
  if (outcome.kind === 'refused') throw refusalProblem(outcome);
  void reply.header('enishi-position', String(outcome.position));
  if (outcome.revision >= 0) void reply.header('etag', `"${outcome.revision}"`);
  return {
    outcome: outcome.eventIds.length === 0 ? 'unchanged' : 'done',
    eventIds: outcome.eventIds,
    position: String(outcome.position),
    revision: outcome.revision,
    ...ids,
  };
}
