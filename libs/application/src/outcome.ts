import type { Refusal } from '@enishi/domain';

/** What became of a command. It holds ids, revisions and codes only, so it may be stored and logged. */
export type Outcome = Done | Refused;

export interface Done {
  readonly kind: 'done';
  readonly stream: string;
  /** Revision of the stream after the command: its ETag. */
  readonly revision: number;
  /** Ledger position a query must have passed to show the effect. */
  readonly position: bigint;
  /** Ids of the events the command wrote; empty when there was nothing to do. */
  readonly eventIds: readonly string[];
  /** True when this is the answer to a command that was carried out before. */
  readonly repeated: boolean;
}

/** What an order that is no command on the ledger came to, as it was answered: JSON without secrets or persons. */
export interface Answered {
  readonly kind: 'answered' | 'problem';
  readonly json: string;
}

export interface Refused {
  readonly kind: 'refused';
  readonly code: string;
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

export function refused(refusal: Refusal): Refused {
  return { kind: 'refused', code: refusal.code, details: refusal.details };
}

/** `If-Match` named another revision than the stream has (HTTP 412). */
export class PreconditionFailed extends Error {
  constructor(
    readonly expected: number,
    readonly actual: number | undefined,
  ) {
    super('the stream has moved since it was read');
    this.name = 'PreconditionFailed';
  }
}

/** The same Idempotency-Key came with another request body (HTTP 422). */
export class IdempotencyKeyReused extends Error {
  constructor() {
    super('this Idempotency-Key was used for another request');
    this.name = 'IdempotencyKeyReused';
  }
}

/** Too many writers on one stream: every bounded attempt met a newer revision (HTTP 409). */
export class TooContended extends Error {
  constructor(readonly stream: string) {
    super('the stream changed at every attempt');
    this.name = 'TooContended';
  }
}
