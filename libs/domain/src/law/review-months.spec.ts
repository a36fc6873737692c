import { lawNumber, type LawSetting } from './law-number';
import { reviewBegins, reviewMonths, type ReviewMonths } from './review-months';

const AT = '2026-11-22T00:00:00.000Z';
const DEFAULTS: ReviewMonths = { processor: 12, measures: 12, handling: 12, accounts: 3 };

it('everything is looked at again each year, and accounts each quarter', () => {
  expect(reviewMonths(AT, [])).toEqual(DEFAULTS);
});

it.each([
  ['processor-review', { processor: 2 }],
  ['foreign-measures-review', { measures: 2 }],
  ['handling-review', { handling: 2 }],
  ['accounts-review', { accounts: 2 }],
] as const)('a company may set %s, and that alone, from a day on', (code, changed) => {
  const set: readonly LawSetting[] = [{ code, value: 2, from: '2026-11-22', eventId: 'e1' }];
  expect(reviewMonths(AT, set)).toEqual({ ...DEFAULTS, ...changed });
  // Still the day before, in Japan.
  expect(reviewMonths('2026-11-21T14:59:59.999Z', set)).toEqual(DEFAULTS);
});

it('a review begins on the day in Japan that is so many days ahead', () => {
  expect(lawNumber('review-ahead', '2027-03-31')).toBe(30);
  // The first instant after the last day, 31 March.
  expect(reviewBegins('2027-03-31T15:00:00.000Z')).toBe('2027-03-01T15:00:00.000Z');
  expect(reviewBegins('2027-03-31T16:30:00.000Z')).toBe('2027-03-01T15:00:00.000Z');
});
