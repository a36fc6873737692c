import type { Actor } from '@enishi/domain';
import { randomUUID } from 'node:crypto';
import { v4 } from 'uuid';
import type { Vault } from '@enishi/vault';
import { uuidFromDigest } from './ids';

/** Everything about a command that is not the command: who, under which id, at which revision. */
export interface CommandContext {
  readonly commandId: string;
  readonly actor: Actor;
  readonly correlationId: string;
  readonly causationId?: string;
  /** The revision the caller saw (`If-Match`). */
  readonly ifMatch?: number;
  readonly batchId?: string;
  /** HMAC of the canonical request, present when the caller sent an Idempotency-Key. */
  readonly requestTag?: string;
}

/**
 * The id of a command: derived from (principal, route, Idempotency-Key) by HMAC under the ledger secret, or
 * random without the header. A client's key never reaches the ledger in clear.
 * @param route method and concrete path, e.g. `POST /v1/purposes`
 */
export function commandIdOf(
  vault: Vault,
  actor: Actor,
  route: string,
  idempotencyKey: string | undefined,
): string {
  if (idempotencyKey === undefined) return v4();
  return uuidFromDigest(vault.tag('command', actor, route, idempotencyKey));
}

/** A context for what the system itself does. */
export function systemContext(name: string, commandId: string = randomUUID()): CommandContext {
  return { commandId, actor: `system:${name}`, correlationId: commandId };
}
