import type { Fact, Instant } from '../kernel';
import { reviewBegins } from '../law/review-months';
import type { Policy, PolicyName } from './policy';

/** Tells the responsible officer, in time, that the handling rules are to be reviewed (GL 10-3). */
export const reviewApproaches = reminder('review-approaches', reviewBegins);

/** Tells the officer once more when the last day for it has passed. */
export const reviewOverdue = reminder('review-overdue', (by) => by);

/** What it orders is dropped when it is to be sent, where the rules were reviewed meanwhile. */
function reminder(name: PolicyName, when: (by: Instant) => Instant): Policy {
  return {
    name,
    start: 'beginning',
    handles: ['HandlingRulesAdopted', 'HandlingRulesReviewed'],
    dueAt(fact) {
      const by = reviewBy(fact);
      return by && when(by);
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
