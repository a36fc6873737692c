import type { Decider, Instant, NewEvent } from './kernel';
import type { LifecycleEvent } from './lifecycle';
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

interface ErasureLife {
  /** Ids of the holds that stand. */
  readonly holds: readonly string[];
  readonly marked: boolean;
  /** Plans whose erasure of the person has begun, and has ended. */
  readonly started: readonly string[];
  readonly completed: readonly string[];
}

/**
 * Erasing as a stream `lifecycle-<alumnusId>` knows it. Holds stand in the same stream, so that of a hold and an erasure
 * that meet one comes first, and the other is refused.
 */
export const erasureLifeDecider: Decider<StartErasure | CompleteErasure, ErasureLife, LifecycleEvent> = {
  initial: { holds: [], marked: false, started: [], completed: [] },

  decide(command, { holds, marked, started, completed }) {
    const { kind, ...data } = command;
    const { alumnusId, erasureId, categories } = data;
    if (kind === 'CompleteErasure') {
      if (!started.includes(erasureId)) return refuse('erasure-not-started');
      if (completed.includes(erasureId)) return [];
      return [{ type: 'ErasureCompleted', data } as NewEvent<'ErasureCompleted'>];
    }
    if (started.includes(erasureId)) return [];
    if (holds.length > 0) return refuse('erasure-held');
    if (command.onlyMarked && !marked) return refuse('erasure-mark-lifted');
    return [{ type: 'ErasureStarted', data: { alumnusId, categories, erasureId } }];
  },

  evolve(state, fact) {
    switch (fact.type) {
      case 'HoldPlaced':
        return { ...state, holds: [...state.holds, fact.data.holdId] };
      case 'HoldReleased':
        return { ...state, holds: state.holds.filter((holdId) => holdId !== fact.data.holdId) };
      case 'ErasureMarked':
        return { ...state, marked: true };
      case 'ErasureMarkLifted':
        return { ...state, marked: false };
      case 'ErasureStarted':
        return { ...state, started: [...state.started, ...namedBy(fact.data)] };
      case 'ErasureCompleted':
        return { ...state, completed: [...state.completed, ...namedBy(fact.data)] };
      default:
        return state;
    }
  },
};

function namedBy({ erasureId }: { readonly erasureId?: string }): readonly string[] {
  return erasureId === undefined ? [] : [erasureId];
}
