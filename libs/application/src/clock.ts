import type { Instant } from '@enishi/domain';

/** The one door to time. Rules never ask the machine; they are told. */
export interface Clock {
  now(): Instant;
}

/** The machine's clock, UTC, milliseconds. */
export const systemClock: Clock = { now: () => new Date().toISOString() };
