import { refusal, scenario, type Given } from '../../../../test/support/scenario';
import { lawDecider, NOTHING_SET, periodsAt, type LawEvent, type SetLawNumber } from './law-settings';

const { given } = scenario(lawDecider);
const five: SetLawNumber = { kind: 'SetLawNumber', code: 'labour-records', value: 5, reason: '紛争に備える' };
const set: Given<LawEvent> = {
  type: 'LawNumberSet',
  data: { code: 'labour-records', value: 5, reason: '紛争に備える' },
};
const purpose = {
  kind: 'SetPurposePeriods',
  purposeId: 'p1',
  keepMonths: 3,
  answerDays: 60,
  reason: '採用の周期',
} as const;
const NOW = '2026-11-21T03:00:00.000Z';

it('sets a number from today or from a day to come, in Japan, once', () => {
  const { data } = set;
  given()
    .when(five, NOW)
    .then([{ type: 'LawNumberSet', data, effectiveAt: NOW }]);
  given()
    .when({ ...five, from: '2027-04-01' }, NOW)
    .then([{ type: 'LawNumberSet', data, effectiveAt: '2027-03-31T15:00:00.000Z' }]);
  given(set).when(five, NOW).then([]);
  given(set)
    .when({ ...five, value: 3 }, NOW)
    .thenTypes('LawNumberSet');
});

it('refuses what the law does not allow, the past, and no reason', () => {
  const range = refusal('law-number-out-of-range', { code: 'labour-records', least: 3, most: 5 });
  for (const value of [2, 6, 3.5]) {
    given()
      .when({ ...five, value }, NOW)
      .then(range);
  }
  given()
    .when({ ...five, code: 'health-check', value: 10 }, NOW)
    .thenTypes('law-number-out-of-range');
  given()
    .when({ ...five, from: '2026-11-20' }, NOW)
    .then(refusal('effective-in-past'));
  given()
    .when({ ...five, reason: ' ' }, NOW)
    .then(refusal('reason-required'));
});

it('sets the periods of a purpose within the same ranges', () => {
  const { kind: _, ...data } = purpose;
  given()
    .when(purpose, NOW)
    .then([{ type: 'PurposePeriodsSet', data, effectiveAt: NOW }]);
  given({ type: 'PurposePeriodsSet', data }).when(purpose, NOW).then([]);
  given()
    .when({ ...purpose, answerDays: 13 }, NOW)
    .then(refusal('law-number-out-of-range', { code: 'answer-wait', least: 14, most: 730 }));
  given()
    .when({ ...purpose, keepMonths: 37 }, NOW)
    .thenTypes('law-number-out-of-range');
});

it('tells the periods of a purpose as of a day', () => {
  const periods = (keepMonths: number, from: string) => ({
    purposeId: 'p1',
    keepMonths,
    answerDays: 60,
    from,
    eventId: from,
  });
  const settings = { ...NOTHING_SET, purposes: [periods(3, '2026-12-01'), periods(6, '2027-01-01')] };
  const months = ['2026-11-30', '2026-12-31', '2027-01-01'].map(
    (at) => periodsAt('p1', at, settings)?.keepMonths,
  );
  expect(months).toEqual([undefined, 3, 6]);
  expect(periodsAt('p2', '2027-01-01', settings)).toBeUndefined();
});
