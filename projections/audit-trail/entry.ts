import type { Actor, EventType, Instant, JsonObject } from '@enishi/domain';

/** One event as the audit trail shows it. */
export interface AuditEntry {
  readonly position: bigint;
  readonly eventId: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: EventType;
  readonly effectiveAt: Instant;
  readonly decidedAt: Instant;
  readonly recordedAt: Instant;
  readonly actor: Actor;
  readonly commandId: string;
  readonly batchId?: string;
  readonly alumnusId?: string;
  readonly purposeId?: string;
  readonly programmeId?: string;
  /** Of a link of two people, the second one. */
  readonly otherId?: string;
  /** The clear fields. */
  readonly data: JsonObject;
  /** Names of the sealed fields; some may have been erased since. */
  readonly sealed: readonly string[];
}

/** A position as text, so that it survives JSON. */
export interface AuditCursor {
  readonly position: string;
}

/** An event from the members of its row, which it takes over. */
export function entryOf(members: Record<string, unknown>): AuditEntry {
  return Object.assign(members, {
    position: BigInt(members['position'] as string),
    data: JSON.parse(members['data'] as string) as JsonObject,
  }) as unknown as AuditEntry;
}
