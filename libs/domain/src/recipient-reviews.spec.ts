import { facts, type Given } from '../../../test/support/scenario';
import { fold } from './kernel';
import { recipientDecider, type RecipientEvent } from './recipient';
import { reviewMonths } from './law/review-months';
import { handOverFault, reviewsOf } from './recipient-reviews';
import type { Assessment, RecipientContent, RecipientRole } from './recipient-terms';

const both = (text: string) => ({ ja: text, en: text });
const content: RecipientContent = {
  name: both('架空'),
  address: both('東京都'),
  country: 'JP',
  basis: 'japan',
  task: both('配信'),
  contract: { reference: 'C-1', signedOn: '2025-12-01', until: '2027-06-30' },
};
const added = (role: RecipientRole, more: Partial<RecipientContent> = {}): Given<RecipientEvent> => ({
  type: 'RecipientAdded',
  data: {
    recipientId: 'r',
    staffId: 'r',
    version: 1,
    code: 'c',
    role,
    content: { ...content, ...more },
  },
});
const assessed = (assessment: Assessment, effectiveAt: string, passed = true): Given<RecipientEvent> => ({
  type: 'RecipientAssessed',
  data: { recipientId: 'r', staffId: 's', assessment, passed },
  effectiveAt,
});
const ended: Given<RecipientEvent> = {
  type: 'RecipientEnded',
  data: { recipientId: 'r', staffId: 's', disposal: 'returned' },
};
const stateOf = (...given: readonly Given<RecipientEvent>[]) => fold(recipientDecider, facts(given));
const at = '2026-11-22T00:00:00.000Z';
const fault = (...given: readonly Given<RecipientEvent>[]) =>
  handOverFault(stateOf(...given), at, reviewMonths(at, []))?.code;

const ABROAD = { country: 'SG', basis: 'equivalent-measures', measures: both('措置') } as const;

it('data may go to a third party in Japan, and to nobody who is unknown, ended or without a contract', () => {
  expect(fault(added('third-party'))).toBeUndefined();
  expect(fault()).toBe('recipient-unknown');
  expect(fault(added('third-party'), ended)).toBe('recipient-ended');
  const over = { contract: { reference: 'C-1', signedOn: '2025-12-01', until: '2026-11-21' } };
  expect(fault(added('third-party', over))).toBe('contract-over');
  const lastDay = { contract: { ...over.contract, until: '2026-11-22' } };
  expect(fault(added('third-party', lastDay))).toBeUndefined();
});

it.each<[expected: string | undefined, given: readonly Given<RecipientEvent>[]]>([
  ['assessment-wanting', []],
  [undefined, [assessed('selection', '2025-12-01T00:00:00.000Z')]],
  ['assessment-wanting', [assessed('selection', '2025-11-22T00:00:00.000Z')]],
  [
    undefined,
    [assessed('selection', '2024-11-22T00:00:00.000Z'), assessed('yearly', '2025-11-22T00:00:01.000Z')],
  ],
  // The latest that was made counts, not the latest that was entered.
  [
    'assessment-wanting',
    [assessed('yearly', '2026-10-01T00:00:00.000Z', false), assessed('yearly', '2026-09-01T00:00:00.000Z')],
  ],
])('a processor is looked at each year (25): %s', (expected, given) => {
  expect(fault(added('processor'), ...given)).toBe(expected);
});

it('the measures of a recipient abroad are looked at each year (28(3)), beside what a processor needs', () => {
  expect(fault(added('third-party', ABROAD))).toBe('measures-not-checked');
  const checked = assessed('equivalent-measures', '2026-01-05T00:00:00.000Z');
  expect(fault(added('third-party', ABROAD), checked)).toBeUndefined();
  expect(fault(added('processor', ABROAD), checked)).toBe('assessment-wanting');
});

it('tells what is due by when, of what still stands', () => {
  const checked = assessed('equivalent-measures', '2026-01-05T00:00:00.000Z');
  const months = { processor: 12, measures: 6 };
  expect(reviewsOf(stateOf(added('processor', ABROAD), checked), months)).toEqual([
    { assessment: 'yearly' },
    { assessment: 'equivalent-measures', due: '2026-07-05T00:00:00.000Z' },
  ]);
  expect(reviewsOf(stateOf(added('processor', ABROAD), checked, ended), months)).toEqual([]);
  expect(reviewsOf(stateOf(added('joint-user')), months)).toEqual([]);
});
