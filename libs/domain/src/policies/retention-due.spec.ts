import { facts, type Given } from '../../../../test/support/scenario';
import { retentionDue } from './retention-due';

const began = (from: string): Given<'DayBegan'> => ({ type: 'DayBegan', data: { from }, effectiveAt: from });
const told = (from: string) => {
  const fact = facts<'DayBegan'>([began(from)])[0]!;
  return [
    retentionDue.dueAt!(fact),
    ...retentionDue.react(fact).map(({ command }) => Reflect.get(command, 'month')),
  ];
};

it('each day that begins waits for the next month, and all of them are for one notice', () => {
  // 31 December 2026 and 1 January 2027, in Japan.
  expect(told('2026-12-30T15:00:00.000Z')).toEqual(['2026-12-31T15:00:00.000Z', '2027-01']);
  expect(told('2026-12-31T15:00:00.000Z')).toEqual(['2027-01-31T15:00:00.000Z', '2027-02']);
  expect(told('2027-01-14T15:00:00.000Z')).toEqual(['2027-01-31T15:00:00.000Z', '2027-02']);
});
