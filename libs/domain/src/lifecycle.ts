import { sameValue } from './equal';
import type { Decider, Fact, Instant, NewEvent, Refusal } from './kernel';
import { lawNumber } from './law/law-number';
import { refuse } from './refusals';
import type { Category } from './terms';
import { textsFault } from './texts';
import { addDays, dayStart, tokyoDay } from './time';

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

/** Somebody has looked at it again, and it still is needed. */
export interface ReviewHold {
  readonly kind: 'ReviewHold';
  readonly holdId: string;
  /** The next review. */
  readonly reviewAt: Instant;
  /** Why it still is needed. */
  readonly reason: string;
}

export interface ReleaseHold {
  readonly kind: 'ReleaseHold';
  readonly holdId: string;
  readonly reason?: string;
}

export type LifecycleCommand = PlaceHold | ReviewHold | ReleaseHold;

export type LifecycleEvent =
  | 'HoldPlaced'
  | 'HoldReviewed'
  | 'HoldReleased'
  | 'HeldElsewhereRecorded'
  | 'DisposalConfirmed'
  | 'ErasureMarked'
  | 'ErasureMarkLifted'
  | 'ErasureStarted'
  | 'ItemErased'
  | 'ErasureCompleted';

/** A hold, standing or released. */
export interface Hold {
  readonly holdId: string;
  readonly alumnusId: string;
  readonly stopsContact: boolean;
  /** The next review. */
  readonly reviewAt: Instant;
  /** Event ids. */
  readonly placedId: string;
  /** What has set the day of the next review, where that is not how it was placed. */
  readonly reviewedId?: string;
  readonly releasedId?: string;
}

/** An erasure of the person that has begun. */
export interface LifeErasure {
  /** The plan that decided it. */
  readonly erasureId?: string;
  readonly categories: readonly Category[];
  readonly isEnded: boolean;
}

/** What a stream `lifecycle-<alumnusId>` comes to, for holds and for erasures alike. */
export interface LifecycleState {
  readonly holds: readonly Hold[];
  /** For the erasure desk: nothing needs the data any more. */
  readonly marked: boolean;
  readonly erasures: readonly LifeErasure[];
}

export const NO_LIFE: LifecycleState = { holds: [], marked: false, erasures: [] };

/** The one fold of these streams: a hold and an erasure that meet look at the same. */
export function evolveLife(state: LifecycleState, fact: Fact<LifecycleEvent>): LifecycleState {
  switch (fact.type) {
    case 'HoldPlaced': {
      const { alumnusId, holdId, stopsContact, reviewAt } = fact.data;
      const hold = { alumnusId, holdId, stopsContact, reviewAt, placedId: fact.id };
      return { ...state, holds: [...state.holds, hold] };
    }
    case 'HoldReviewed':
      return { ...state, holds: state.holds.map((hold) => review(hold, fact)) };
    case 'HoldReleased':
      return { ...state, holds: state.holds.map((hold) => release(hold, fact)) };
    case 'ErasureMarked':
      return { ...state, marked: true };
    case 'ErasureMarkLifted':
      return { ...state, marked: false };
    case 'ErasureStarted': {
      const { erasureId, categories } = fact.data;
      const begun = { ...(erasureId !== undefined && { erasureId }), categories, isEnded: false };
      return { ...state, erasures: [...state.erasures, begun] };
    }
    // Of items nothing ends: what stays of the person can be kept at any time.
    case 'ItemErased': {
      const { erasureId, categories } = fact.data;
      return { ...state, erasures: [...state.erasures, { erasureId, categories, isEnded: true }] };
    }
    case 'ErasureCompleted': {
      const { erasureId } = fact.data;
      const erasures = state.erasures.map((one) =>
        one.erasureId === erasureId ? { ...one, isEnded: true } : one,
      );
      return { ...state, erasures };
    }
    default:
      return state;
  }
}

/** The holds that nobody has released. */
export function standingOf({ holds }: Pick<LifecycleState, 'holds'>): readonly Hold[] {
  return holds.filter(({ releasedId }) => releasedId === undefined);
}

/** Holds as a stream `lifecycle-<alumnusId>` decides about them. */
export const lifecycleDecider: Decider<LifecycleCommand, LifecycleState, LifecycleEvent> = {
  initial: NO_LIFE,

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
    if (command.kind === 'ReviewHold') return reviewHold(command, known, decidedAt);
    const { kind: _, ...data } = command;
    if (known !== undefined) return repeats(command, known) ? [] : refuse('hold-already-placed');
    // What is being erased cannot be kept any more; what lives when that has ended can.
    if (state.erasures.some(({ isEnded }) => !isEnded)) return refuse('erasure-started');
    if (command.reviewAt <= decidedAt) return refuse('review-in-past');
    if (command.reason.trim() === '') return refuse('reason-required');
    return textsFault({ reason: command.reason }) ?? [{ type: 'HoldPlaced', data }];
  },

  evolve: evolveLife,
};

/** Whether a hold stands that stops every contact, the question for consent too. */
export function stopsContact(hold: Hold): boolean {
  return hold.stopsContact && hold.releasedId === undefined;
}

/** From when on the review of a hold is somebody's work. @param reviewAt when it is due */
export function holdReviewSince(reviewAt: Instant): Instant {
  const due = tokyoDay(reviewAt);
  return dayStart(addDays(due, -lawNumber('hold-review-ahead', due)));
}

/** The holds that stand at an instant, from a lifecycle stream's facts. */
export function holdsAt(facts: readonly Fact<LifecycleEvent>[], at: Instant): readonly Hold[] {
  return standingHolds(facts.filter(({ effectiveAt }) => effectiveAt <= at));
}

/** The holds that stand after the facts of a lifecycle stream, whenever those take effect. */
export function standingHolds(facts: readonly Fact<LifecycleEvent>[]): readonly Hold[] {
  return standingOf(facts.reduce(evolveLife, NO_LIFE));
}

function reviewHold(
  { holdId, reviewAt, reason }: ReviewHold,
  known: Hold | undefined,
  decidedAt: Instant,
): readonly NewEvent<'HoldReviewed'>[] | Refusal {
  if (known === undefined) return refuse('hold-unknown');
  if (known.releasedId !== undefined) return refuse('hold-released');
  if (reviewAt <= decidedAt) return refuse('review-in-past');
  if (reason.trim() === '') return refuse('reason-required');
  const data = { alumnusId: known.alumnusId, holdId, reviewAt, reason };
  return textsFault({ reason }) ?? [{ type: 'HoldReviewed', data }];
}

function review(hold: Hold, { id, data }: Fact<'HoldReviewed'>): Hold {
  return hold.holdId === data.holdId ? { ...hold, reviewAt: data.reviewAt, reviewedId: id } : hold;
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
