import type { PublishedPurpose } from '../../bench/desk';
import type { Place } from '../../bench/ground';
import type { Fault } from './fault';

/** Work beside commands. It is done when it was reported; until then every next process takes it up again. */
export type Chore =
  /** Takes a file of invented leavers in and imports it. */
  | { readonly kind: 'import'; readonly id: string; readonly rows: number }
  /** Keeps sealed files. */
  | { readonly kind: 'artefacts'; readonly id: string }
  /** Closes and destroys keys. */
  | { readonly kind: 'shreds'; readonly id: string }
  | { readonly kind: 'rotation'; readonly id: string }
  | { readonly kind: 'backup'; readonly id: string }
  | { readonly kind: 'rebuild'; readonly id: string };

/** How the clock of a process goes wrong, in milliseconds against the ledger's own time. */
export interface Jumps {
  /** From the beginning. */
  readonly at: number;
  /** From the fourth acknowledgement on. */
  readonly then: number;
}

/** What a process of the campaign is told to do. */
export interface Order {
  readonly place: Place;
  readonly fault?: Fault;
  readonly chores: readonly Chore[];
  /** Commands to carry out, by number. */
  readonly commands: readonly number[];
  /** How many callers carry them out at the same time. */
  readonly callers: number;
  readonly purposes: readonly PublishedPurpose[];
  /** Further commands, from this number on, until the trouble has come; absent: end when all is done. */
  readonly further?: number;
  /** The ledger's own time against the machine's, in milliseconds. */
  readonly era: number;
  readonly jumps?: Jumps;
  /** Follow the ledger until every view has reached its head. */
  readonly untilCaughtUp: boolean;
}

/** A command that was acknowledged. */
export interface Acknowledged {
  readonly command: number;
  readonly eventIds: readonly string[];
}

/** Work that was done, and what a judge needs to know of it. */
export type Done =
  | { readonly chore: string; readonly kind: 'import' | 'rotation' | 'rebuild' }
  | { readonly chore: string; readonly kind: 'artefacts'; readonly kept: readonly Kept[] }
  | { readonly chore: string; readonly kind: 'shreds'; readonly subjects: readonly string[] }
  | { readonly chore: string; readonly kind: 'backup'; readonly folder: string };

/** A sealed file, as its keeper was told. */
export interface Kept {
  readonly subject: `alumnus:${string}`;
  readonly artefactId: string;
  readonly sha256: string;
  readonly text: string;
}

/** What a process tells: acknowledgements, work done, and that something has begun. */
export type Told = Acknowledged | Done | { readonly begun: string };

/** Commands from this number on make a purpose's draft each, so that there is always more to do. */
export const DRAFTS_FROM = 10_000;
/** Commands from this number on all write to one stream. */
export const CROWD_FROM = 1_000_000;
/** The people that commands are about: those of the first file. */
export const PEOPLE = 24;
export const DAY = 86_400_000;

/** How a process ends that found its ledger out of reach at the start. */
export const NOT_OPENED = 3;
/** How a process ends whose trouble never came. */
export const UNTROUBLED = 4;
