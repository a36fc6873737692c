import type { Day, Decider, Instant } from './kernel';
import { refuse } from './refusals';
import { tokyoDay } from './time';

/** A day has begun in Asia/Tokyo, for those who wait for it. */
export interface BeginDay {
  readonly kind: 'BeginDay';
  /** Its first instant. */
  readonly from: Instant;
}

/** An operator says which day it is, because the clock has jumped ahead. */
export interface ConfirmClock {
  readonly kind: 'ConfirmClock';
  readonly day: Day;
  /** Whether the clock asks; where it does not, there is nothing to say. */
  readonly asked: boolean;
}

/** Rules of the stream `clock`. Time is in the ledger as events, so that a replay of it comes to the same. */
export const clockDecider: Decider<BeginDay | ConfirmClock, Instant, 'DayBegan' | 'ClockConfirmed'> = {
  initial: '',

  decide(command, begun, { decidedAt }) {
    if (command.kind === 'BeginDay') {
      const { from } = command;
      if (from > decidedAt) return refuse('effective-in-future');
      return from <= begun ? [] : [{ type: 'DayBegan', data: { from }, effectiveAt: from }];
    }
    if (command.day !== tokyoDay(decidedAt)) return refuse('clock-day-differs');
    return command.asked ? [{ type: 'ClockConfirmed', data: { at: decidedAt } }] : [];
  },

  evolve: (begun, fact) => (fact.type === 'DayBegan' && fact.data.from > begun ? fact.data.from : begun),
};
