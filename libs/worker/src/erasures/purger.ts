import type { Category } from '@enishi/domain';

/** People whose keys are destroyed, and of what. */
export interface ErasedPeople {
  readonly alumnusIds: readonly string[];
  readonly categories: readonly Category[];
  /** The ledger's head when their keys were gone: what was opened before may be held in stores. */
  readonly position: bigint;
}

/** Removes what a store outside the ledger holds of people whose keys are destroyed. May be called again. */
export interface Purger {
  /** As the register of stores names it. */
  readonly store: string;
  purge(people: ErasedPeople): Promise<void>;
}
