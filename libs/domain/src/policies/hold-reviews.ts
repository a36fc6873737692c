import type { Fact, Instant } from '../kernel';
import { lawNumber } from '../law/law-number';
import { holdReviewSince } from '../lifecycle';
import { addDays, dayStart, tokyoDay } from '../time';
import type { Policy, PolicyName } from './policy';

/** Tells the responsible officer, in time, that a hold is to be looked at again: it never ends by itself. */
export const holdReviewApproaches = reminder('hold-review-approaches', holdReviewSince);

/** Tells the officer once more when nobody has looked at it. */
export const holdReviewOverdue = reminder('hold-review-overdue', escalatedFrom);

/** What it orders is dropped when it is to be sent, where the hold was released or has another day by then. */
function reminder(name: PolicyName, at: (reviewAt: Instant) => Instant): Policy {
  return {
    name,
    start: 'beginning',
    handles: ['HoldPlaced', 'HoldReviewed'],
    dueAt: (fact) => (isReview(fact) ? at(fact.data.reviewAt) : undefined),
    react(fact) {
      if (!isReview(fact)) return [];
      const { alumnusId } = fact.data;
      const command = { kind: 'QueueNotice', notice: 'hold-review-due', aboutId: alumnusId } as const;
      return [{ command, discriminator: fact.id }];
    },
  };
}

function escalatedFrom(reviewAt: Instant): Instant {
  const due = tokyoDay(reviewAt);
  return dayStart(addDays(due, lawNumber('hold-review-escalation', due)));
}

function isReview(fact: Fact): fact is Fact<'HoldPlaced' | 'HoldReviewed'> {
  return fact.type === 'HoldPlaced' || fact.type === 'HoldReviewed';
}
