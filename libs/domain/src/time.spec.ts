import fc from 'fast-check';
import {
  addDays,
  addMonths,
  addMonthsToInstant,
  dayEnd,
  dayStart,
  isDay,
  isDayOfLife,
  isInstant,
  lastDayMonthsBefore,
  monthsBetween,
  parseInstant,
  serviceMonths,
  tokyoDay,
} from './time';

const days = fc.integer({ min: -25_000, max: 40_000 }).map((number) => addDays('1970-01-01', number));

it.each([
  ['1900-01-01', true],
  ['2200-12-31', true],
  ['2024-02-29', true],
  ['1899-12-31', false],
  ['2201-01-01', false],
  ['2023-02-30', false],
  ['2023-13-01', false],
  ['0000-01-01', false],
])('%s is a day of somebody’s life: %s', (text, expected) => expect(isDayOfLife(text)).toBe(expected));

describe('instants', () => {
  it.each([
    ['2026-11-21', '2026-11-20T15:00:00.000Z'],
    ['2026-11-21T15:04', '2026-11-21T06:04:00.000Z'],
    ['2026-11-21T15:04:05.9876', '2026-11-21T06:04:05.987Z'],
    ['2026-11-21T15:04:05Z', '2026-11-21T15:04:05.000Z'],
    ['2026-11-21T15:04:05+05:30', '2026-11-21T09:34:05.000Z'],
    ['2026-11-21t15:04:05.5-01:00', '2026-11-21T16:04:05.500Z'],
    ['2024-02-29', '2024-02-28T15:00:00.000Z'],
  ])('reads %s as %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
    expect(isInstant(instant)).toBe(true);
  });

  it.each([
    '',
    '2023-02-29',
    '2026-13-01',
    '2026-1-1',
    '2026-11-21T24:00',
    '2026-11-21T10:60',
    '2026-11-21T10:00:60Z',
  ])('refuses %p', (text) => expect(parseInstant(text)).toBeUndefined());

  it.each([
    '2026-11-21 10:00',
    '2026-11-21T10:00+25:00',
    '21/11/2026',
    'yesterday',
    '0000-01-01T00:00Z',
    '0001-01-01',
  ])('refuses %p', (text) => expect(parseInstant(text)).toBeUndefined());

  it('takes a day for its last instant where asked', () => {
    expect(parseInstant('2026-11-21', 'end')).toBe('2026-11-21T14:59:59.999Z');
  });

  it('knows only its own form as canonical', () => {
    expect(isInstant('2026-11-21T15:04:05Z')).toBe(false);
    expect(isInstant('2026-02-30T00:00:00.000Z')).toBe(false);
  });
});

describe('days in Asia/Tokyo', () => {
  it('change at 15:00 UTC', () => {
    expect(tokyoDay('2026-11-20T14:59:59.999Z')).toBe('2026-11-20');
    expect(tokyoDay('2026-11-20T15:00:00.000Z')).toBe('2026-11-21');
  });

  it('hold their first and last instant and nothing beyond', () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(tokyoDay(dayStart(day))).toBe(day);
        expect(tokyoDay(dayEnd(day))).toBe(day);
        expect(Date.parse(dayStart(addDays(day, 1))) - Date.parse(dayEnd(day))).toBe(1);
      }),
    );
  });
});

describe('months', () => {
  it.each([
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-11-21', 24, '2028-11-21'],
  ])('%s and %i months is %s', (day, months, expected) => expect(addMonths(day, months)).toBe(expected));

  it('keep the time of day in Tokyo', () => {
    expect(addMonthsToInstant('2026-01-30T20:00:00.000Z', 1)).toBe('2026-02-27T20:00:00.000Z');
  });

  it.each([
    ['2012-04-01', '2019-03-31', 84],
    ['2012-04-01', '2019-03-30', 83],
    ['2024-01-31', '2024-02-27', 0],
    ['2024-01-31', '2024-01-31', 0],
  ])('service from %s to %s is %i completed months', (joined, left, months) => {
    expect(serviceMonths(joined, left)).toBe(months);
  });

  it('counts exactly the months that have passed', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 600 }), (from, months) => {
        const to = addMonths(from, months);
        expect(isDay(to)).toBe(true);
        expect(monthsBetween(from, to)).toBe(months);
        expect(monthsBetween(from, addDays(to, -1))).toBe(months - 1);
      }),
    );
  });

  it('turns "at least n months ago" into a last day', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 600 }), (today, months) => {
        const last = lastDayMonthsBefore(today, months);
        expect(addMonths(last, months) <= today).toBe(true);
        expect(addMonths(addDays(last, 1), months) > today).toBe(true);
      }),
    );
  });
});
