import { facts, type Given } from '../../../../test/support/scenario';
import { lawNumber } from '../law/law-number';
import { holdReviewSince, type LifecycleEvent } from '../lifecycle';
import { holdReviewApproaches, holdReviewOverdue } from './hold-reviews';

const hold = { alumnusId: 'a1', holdId: 'h1' };
const placed: Given<LifecycleEvent> = {
  type: 'HoldPlaced',
  // 31 May 2027, in Japan.
  data: { ...hold, stopsContact: false, reviewAt: '2027-05-30T15:00:00.000Z' },
};
const reviewed: Given<LifecycleEvent> = {
  type: 'HoldReviewed',
  data: { ...hold, reviewAt: '2027-11-29T15:00:00.000Z' },
};
const factOf = (event: Given<LifecycleEvent>) => facts<LifecycleEvent>([event])[0]!;
const dueOf = (event: Given<LifecycleEvent>) =>
  [holdReviewApproaches, holdReviewOverdue].map((policy) => policy.dueAt!(factOf(event)));

it('hold-review-ahead, hold-review-escalation: the officer is told before the review and after it, of each review anew', () => {
  const days = ['hold-review-ahead', 'hold-review-escalation'] as const;
  expect(days.map((code) => lawNumber(code, '2027-05-31'))).toEqual([14, 7]);
  expect(dueOf(placed)).toEqual(['2027-05-16T15:00:00.000Z', '2027-06-06T15:00:00.000Z']);
  expect(dueOf(reviewed)).toEqual(['2027-11-15T15:00:00.000Z', '2027-12-06T15:00:00.000Z']);
  expect(holdReviewSince('2027-05-30T15:00:00.000Z')).toBe('2027-05-16T15:00:00.000Z');
});

it('the letter is about the person, whose holds are looked up when it is sent', () => {
  const command = { kind: 'QueueNotice', notice: 'hold-review-due', aboutId: 'a1' };
  for (const policy of [holdReviewApproaches, holdReviewOverdue]) {
    expect(policy.react(factOf(placed))).toEqual([{ command, discriminator: 'e1' }]);
    expect(policy.handles).toEqual(['HoldPlaced', 'HoldReviewed']);
  }
});
