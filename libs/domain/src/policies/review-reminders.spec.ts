import { facts, type Given } from '../../../../test/support/scenario';
import { ACCESS_RULES_TEMPLATE, SECURITY_MEASURES_TEMPLATE } from '../governance/templates';
import type { HandlingRulesEvent } from '../governance/handling-rules';
import { reviewApproaches, reviewOverdue } from './review-reminders';

const adopted = (version: number): Given<'HandlingRulesAdopted'> => ({
  type: 'HandlingRulesAdopted',
  data: {
    ...{ version, title: { ja: '規程', en: 'Rules' }, fileHash: 'ab', officerId: 's1' },
    access: ACCESS_RULES_TEMPLATE,
    measures: SECURITY_MEASURES_TEMPLATE,
    // The last day is 31 March 2027, in Japan.
    reviewBy: '2027-03-31T15:00:00.000Z',
  },
});
const reviewed: Given<'HandlingRulesReviewed'> = {
  type: 'HandlingRulesReviewed',
  data: {
    ...{ reviewId: 'r1', staffId: 'a1', version: 1, outcome: 'adequate' as const },
    nextBy: '2028-02-29T15:00:00.000Z',
  },
};
const factOf = (event: Given<HandlingRulesEvent>) => facts<HandlingRulesEvent>([event])[0]!;
const dueOf = (event: Given<HandlingRulesEvent>) =>
  [reviewApproaches, reviewOverdue].map((policy) => policy.dueAt!(factOf(event)));

describe('the reminders of a review', () => {
  it('are 30 days before it is overdue, and when it is, after the first version and after each review', () => {
    expect(dueOf(adopted(1))).toEqual(['2027-03-01T15:00:00.000Z', '2027-03-31T15:00:00.000Z']);
    expect(dueOf(reviewed)).toEqual(['2028-01-30T15:00:00.000Z', '2028-02-29T15:00:00.000Z']);
  });

  it('are not put off by a new version', () => {
    expect(dueOf(adopted(2))).toEqual([undefined, undefined]);
  });

  it('are letters to the officer about the event that set the day', () => {
    const command = { kind: 'QueueNotice', notice: 'review-due', aboutId: 'e1' };
    for (const policy of [reviewApproaches, reviewOverdue]) {
      expect(policy.react(factOf(reviewed))).toEqual([{ command, discriminator: 'e1' }]);
    }
  });
});
