import type { Fact, Instant } from '../kernel';
import { addDays, dayStart, tokyoDay } from '../time';
import type { Policy, PolicyName } from './policy';

/** So many days before it is overdue the officer is told that a review is due. */
const DAYS_AHEAD = 30;

/** Tells the responsible officer, in time, that the handling rules are to be reviewed (GL 10-3). */
export const reviewApproaches = reminder('review-approaches', DAYS_AHEAD);

/** Tells the officer once more when the last day for it has passed. */
export const reviewOverdue = reminder('review-overdue', 0);

/** What it orders is dropped when it is to be sent, where the rules were reviewed meanwhile. */
function reminder(name: PolicyName, daysAhead: number): Policy {
  return {
    name,
    start: 'beginning',
    handles: ['HandlingRulesAdopted', 'HandlingRulesReviewed'],
    dueAt(fact) {
      const by = reviewBy(fact);
      return by && dayStart(addDays(tokyoDay(by), -daysAhead));
    },
    react: ({ id }) => [
      { command: { kind: 'QueueNotice', notice: 'review-due', aboutId: id }, discriminator: id },
    ],
  };
}

/** The instant after the last day, where this event is what sets it: of the first version, and of a review. */
function reviewBy(fact: Fact): Instant | undefined {
  if (fact.type === 'HandlingRulesReviewed') return fact.data.nextBy;
  return fact.type === 'HandlingRulesAdopted' && fact.data.version === 1 ? fact.data.reviewBy : undefined;
}
