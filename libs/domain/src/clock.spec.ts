import { refusal, scenario } from '../../../test/support/scenario';
import { clockDecider } from './clock';

const { given } = scenario(clockDecider);
const monday = { type: 'DayBegan', data: { from: '2026-11-22T15:00:00.000Z' } } as const;
const begin = (from: string) => ({ kind: 'BeginDay', from }) as const;
const confirm = (day: string, asked = true) => ({ kind: 'ConfirmClock', day, asked }) as const;

describe('the days of the ledger', () => {
  it('begin once each, and only forwards', () => {
    const tuesday = '2026-11-23T15:00:00.000Z';
    given(monday)
      .when(begin(tuesday), '2026-11-23T15:00:01.000Z')
      .then([{ type: 'DayBegan', data: { from: tuesday }, effectiveAt: tuesday }]);
    given(monday).when(begin(monday.data.from), '2026-11-23T01:00:00.000Z').then([]);
    given(monday).when(begin('2026-11-20T15:00:00.000Z'), '2026-11-23T01:00:00.000Z').then([]);
  });

  it('do not begin before their time', () => {
    given()
      .when(begin('2026-11-23T15:00:00.000Z'), '2026-11-23T14:59:59.999Z')
      .then(refusal('effective-in-future'));
  });

  it('are confirmed by the day it is in Tokyo', () => {
    const at = '2026-11-23T15:00:00.000Z';
    given()
      .when(confirm('2026-11-24'), at)
      .then([{ type: 'ClockConfirmed', data: { at } }]);
    given().when(confirm('2026-11-23'), at).then(refusal('clock-day-differs'));
    given().when(confirm('2026-11-24', false), at).then([]);
  });
});
