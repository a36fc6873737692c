import type { ItemField } from './disclosure';
import { keptDetails, type KeptCategory } from './erasable';
import type { Decider, Instant } from './kernel';
import { evolveLife, NO_LIFE, standingOf, type LifecycleEvent, type LifecycleState } from './lifecycle';
import { refuse } from './refusals';
import type { Category } from './terms';

/** Begins the erasure of a person: from here on there is no way back. */
export interface StartErasure {
  readonly kind: 'StartErasure';
  readonly alumnusId: string;
  /** The approved plan. */
  readonly erasureId: string;
  readonly categories: readonly Category[];
  /** Only as long as the person is marked for the erasure desk: nothing needs their data. */
  readonly onlyMarked: boolean;
  /** What must stay after all of what the plan names, found when it was looked at again. */
  readonly kept?: KeptCategory;
}

/** Erases single items of a person: from here on there is no way back. */
export interface EraseItems {
  readonly kind: 'EraseItems';
  readonly alumnusId: string;
  /** The approved plan. */
  readonly erasureId: string;
  readonly categories: readonly Category[];
  readonly fields: readonly ItemField[];
  /** The events that state them. */
  readonly eventIds: readonly string[];
}

/** The keys are destroyed, and no store holds what they sealed. */
export interface CompleteErasure {
  readonly kind: 'CompleteErasure';
  readonly alumnusId: string;
  readonly erasureId: string;
  readonly categories: readonly Category[];
  readonly keys: number;
  readonly blockedUntil?: Instant;
}

type ErasureLifeCommand = StartErasure | EraseItems | CompleteErasure;

/**
 * Erasing as a stream `lifecycle-<alumnusId>` knows it. Holds stand in the same stream, so that of a hold and an erasure
 * that meet one comes first, and the other is refused.
 */
export const erasureLifeDecider: Decider<ErasureLifeCommand, LifecycleState, LifecycleEvent> = {
  initial: NO_LIFE,

  decide(command, state) {
    const { alumnusId, erasureId, categories } = command;
    const begun = state.erasures.find((one) => one.erasureId === erasureId);
    if (command.kind === 'CompleteErasure') {
      if (begun === undefined) return refuse('erasure-not-started');
      if (begun.isEnded) return [];
      const { kind: _, ...data } = command;
      return [{ type: 'ErasureCompleted', data }];
    }
    if (begun !== undefined) return [];
    if (standingOf(state).length > 0) return refuse('erasure-held');
    if (command.kind === 'EraseItems') {
      if (command.eventIds.length === 0) return refuse('erasure-item-unknown');
      const { kind: _, ...item } = command;
      return [{ type: 'ItemErased', data: item }];
    }
    if (command.onlyMarked && !state.marked) return refuse('erasure-mark-lifted');
    if (command.kept !== undefined) return refuse('erasure-retained', keptDetails(command.kept));
    return [{ type: 'ErasureStarted', data: { alumnusId, categories, erasureId } }];
  },

  evolve: evolveLife,
};
