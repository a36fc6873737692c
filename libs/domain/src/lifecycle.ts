import { sameValue } from './equal';
import type { Decider, Fact, Instant } from './kernel';
import { refuse } from './refusals';
import type { Category } from './terms';
import { textsFault } from './texts';

/** Suspends erasure of a person's data, and every contact too where asked, until released. */
export interface PlaceHold {
  readonly kind: 'PlaceHold';
  readonly alumnusId: string;
  readonly holdId: string;
  readonly stopsContact: boolean;
  /** When somebody must look at it again; a hold never ends by itself. */
  readonly reviewAt: Instant;
  readonly reason: string;
}

export interface ReleaseHold {
  readonly kind: 'ReleaseHold';
  readonly holdId: string;
  readonly reason?: string;
}

export type LifecycleCommand = PlaceHold | ReleaseHold;

export type LifecycleEvent =
  | 'HoldPlaced'
  | 'HoldReleased'
  | 'HeldElsewhereRecorded'
  | 'DisposalConfirmed'
  | 'ErasureMarked'
  | 'ErasureMarkLifted'
  | 'ErasureStarted'
  | 'ErasureCompleted';

/** A hold, standing or released. */
export interface Hold {
  readonly holdId: string;
  readonly alumnusId: string;
  readonly stopsContact: boolean;
  readonly reviewAt: Instant;
  /** Event ids. */
  readonly placedId: string;
  readonly releasedId?: string;
}

export interface LifecycleState {
  readonly holds: readonly Hold[];
  /** Categories whose erasure has begun: the point of no return. */
  readonly erasing: readonly Category[];
  readonly erased: readonly Category[];
}

/** Rules of a stream `lifecycle-<alumnusId>`: what must be decided together about a person's data. */
export const lifecycleDecider: Decider<LifecycleCommand, LifecycleState, LifecycleEvent> = {
  initial: { holds: [], erasing: [], erased: [] },

  decide(command, state, { decidedAt }) {
    const known = state.holds.find(({ holdId }) => holdId === command.holdId);
    if (command.kind === 'ReleaseHold') {
      if (known === undefined) return refuse('hold-unknown');
      if (known.releasedId !== undefined) return [];
      const unwanted = textsFault({ reason: command.reason });
      if (unwanted !== undefined) return unwanted;
      const reason = command.reason === undefined ? {} : { reason: command.reason };
      return [
        { type: 'HoldReleased', data: { alumnusId: known.alumnusId, holdId: known.holdId, ...reason } },
      ];
    }
    const { kind: _, ...data } = command;
    if (known !== undefined) return repeats(command, known) ? [] : refuse('hold-already-placed');
    if (state.erasing.length > 0) return refuse('erasure-started');
    if (command.reviewAt <= decidedAt) return refuse('review-in-past');
    if (command.reason.trim() === '') return refuse('reason-required');
    return textsFault({ reason: command.reason }) ?? [{ type: 'HoldPlaced', data }];
  },

  evolve(state, fact) {
    switch (fact.type) {
      case 'HoldPlaced': {
        const { alumnusId, holdId, stopsContact, reviewAt } = fact.data;
        return {
          ...state,
          holds: [...state.holds, { alumnusId, holdId, stopsContact, reviewAt, placedId: fact.id }],
        };
      }
      case 'HoldReleased':
        return { ...state, holds: state.holds.map((hold) => release(hold, fact)) };
      case 'ErasureStarted':
        return { ...state, erasing: [...new Set([...state.erasing, ...fact.data.categories])] };
      case 'ErasureCompleted':
        return { ...state, erased: [...new Set([...state.erased, ...fact.data.categories])] };
      default:
        return state;
    }
  },
};

/** Whether a hold stands that stops every contact, the question for consent too. */
export function stopsContact(hold: Hold): boolean {
  return hold.stopsContact && hold.releasedId === undefined;
}

/** The holds that stand at an instant, from a lifecycle stream's facts. */
export function holdsAt(facts: readonly Fact<LifecycleEvent>[], at: Instant): readonly Hold[] {
  return standingHolds(facts.filter(({ effectiveAt }) => effectiveAt <= at));
}

/** The holds that stand after the facts of a lifecycle stream, whenever those take effect. */
export function standingHolds(facts: readonly Fact<LifecycleEvent>[]): readonly Hold[] {
  return facts
    .reduce(lifecycleDecider.evolve, lifecycleDecider.initial)
    .holds.filter(({ releasedId }) => releasedId === undefined);
}

function release(hold: Hold, fact: Fact<'HoldReleased'>): Hold {
  return hold.holdId === fact.data.holdId ? { ...hold, releasedId: fact.id } : hold;
}

function repeats({ alumnusId, stopsContact, reviewAt }: PlaceHold, known: Hold): boolean {
  return sameValue(
    [alumnusId, stopsContact, reviewAt],
    [known.alumnusId, known.stopsContact, known.reviewAt],
  );
}
