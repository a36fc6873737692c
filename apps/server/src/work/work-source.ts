import type { Permission } from '@enishi/access';
import type { Bilingual, Instant } from '@enishi/domain';
import type { Infrastructure } from '../infrastructure';

/** What is wanted of somebody: a decision, work, or that something be mended. */
export const WANTED = ['approval', 'work', 'repair'] as const;
export type Wanted = (typeof WANTED)[number];

/** One thing that waits. Opaque ids only. */
export interface WorkItem {
  readonly id: string;
  readonly since: Instant;
  /** When it should be done; absent where nothing says so. */
  readonly due?: Instant;
  /** Accounts it is given to; absent where anybody may do it who may do such things. */
  readonly assignees?: readonly string[];
  /** Accounts that must not do it: nobody approves what they asked for. */
  readonly notBy?: readonly string[];
}

/** Things that wait: each of them, or where they are too many to look at, how many. */
export type WorkFound =
  { readonly items: readonly WorkItem[] } | { readonly count: number; readonly oldest?: Instant };

export interface WorkReading {
  readonly infrastructure: Infrastructure;
  readonly now: Instant;
}

/** Where things wait for people. A new one is a file, and a line in `sources/all.ts`. */
export interface WorkSource {
  /** Stable, in kebab-case. */
  readonly name: string;
  readonly title: Bilingual;
  readonly wanted: Wanted;
  /** Only who has it is shown that something waits. */
  readonly permission: Permission;
  /** Whether it counts things about people: a grant for some people only does not show them. */
  readonly people: boolean;
  /** Where it is done: a page of the console, and a command. */
  readonly page?: string;
  readonly command: string;
  readonly read: (reading: WorkReading) => Promise<WorkFound>;
}
