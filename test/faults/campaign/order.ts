import type { PublishedPurpose } from '../../bench/desk';
import type { Place } from '../../bench/ground';
import type { Fault } from './fault';

/** What a process of the campaign is told to do. */
export interface Order {
  readonly place: Place;
  readonly fault?: Fault;
  /** Import this staged file first. */
  readonly importId?: string;
  /** Commands to carry out, by number. */
  readonly commands: readonly number[];
  readonly purposes: readonly PublishedPurpose[];
  /** Follow the ledger until every view has reached its head. */
  readonly untilCaughtUp: boolean;
}

/** A command that was acknowledged. */
export interface Acknowledged {
  readonly command: number;
  readonly eventIds: readonly string[];
}

/** How a process ends that found its ledger out of reach at the start. */
export const NOT_OPENED = 3;
