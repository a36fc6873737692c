import { CLOCK_STREAM, handle, systemContext } from '@enishi/application/ledger';
import { clockDecider, tokyoDay } from '@enishi/domain';
import { DayClock, readClock } from '@enishi/worker';
import { openSandglass, type Sandglass } from './sandglass';

jest.setTimeout(60_000);

const HOUR = 3_600_000;
const at = (day: string, time = '03:00:00') => `2027-${day}T${time}.000Z`;

let glass: Sandglass;
beforeAll(async () => {
  glass = await openSandglass('day_clock', at('01-01'));
  // The day after, in Tokyo, something ends; and a month later.
  await glass.consent(at('01-02'));
  await glass.consent(at('02-02'));
  await glass.during(() => glass.caughtUp());
});
afterAll(() => glass?.close());

const confirm = async (day: string) => {
  const command = { kind: 'ConfirmClock', day, asked: true } as const;
  return handle(glass.ledger, clockDecider, CLOCK_STREAM, command, systemContext('spec'));
};

test('an idle ledger does not grow: a day begins only where something waits for it, and once', async () => {
  const head = await glass.room.store.head();
  for (let minute = 0; minute < 60; minute += 1) expect(await glass.look(60_000)).toBe(false);
  glass.turn(at('01-01', '14:59:59'));
  await glass.look(12 * HOUR);
  await glass.pass(at('01-01', '15:00:00'));
  expect(await glass.room.store.head()).toBe(head);
  await glass.pass(at('01-02', '15:00:00'));
  for (let times = 0; times < 3; times += 1) await glass.look();
  expect(await glass.days()).toEqual([at('01-02', '15:00:00')]);
});

test('after another process has taken over, the same day does not begin again', async () => {
  const second = new DayClock(glass.ledger, glass.room.pool, () => 0);
  await second.open();
  expect(await second.look()).toBe(false);
  expect(await glass.days()).toHaveLength(1);
});

test('going back is harmless, and coming back again too', async () => {
  await glass.pass(at('01-02', '16:00:00'));
  glass.turn(at('01-02', '15:30:00'));
  expect(await glass.look()).toBe(false);
  glass.turn(at('01-02', '16:20:00'));
  expect(await glass.look()).toBe(false);
  glass.turn('2020-01-01T00:00:00.000Z');
  expect(await glass.look()).toBe(false);
  // It was wrong, not time that passed: somebody must say so.
  glass.turn(at('01-02', '16:21:00'));
  expect(await glass.look()).toBe(true);
  expect(await confirm('2027-01-03')).toMatchObject({ kind: 'done' });
  expect(await glass.look()).toBe(false);
  expect(await glass.days()).toHaveLength(1);
});

test('a clock that jumps ahead begins no day until it is confirmed with the day it is', async () => {
  glass.turn(at('03-01'));
  expect(await glass.look()).toBe(true);
  expect(await glass.look(HOUR)).toBe(true);
  expect(await readClock(glass.room.pool)).toMatchObject({ asksSince: expect.any(String) });
  // A restart does not help.
  const second = new DayClock(glass.ledger, glass.room.pool, () => 0);
  await second.open();
  expect(await second.look()).toBe(true);
  expect(await glass.days()).toHaveLength(1);

  expect(await confirm('2027-03-02')).toEqual({
    kind: 'refused',
    code: 'clock-day-differs',
    details: {},
  });
  expect(await glass.look()).toBe(true);
  expect(await confirm(tokyoDay(at('03-01')))).toMatchObject({ kind: 'done' });
  expect(await glass.look()).toBe(false);
  expect(await glass.days()).toEqual([at('01-02', '15:00:00'), '2027-02-28T15:00:00.000Z']);
  expect(await readClock(glass.room.pool)).toEqual({ seen: at('03-01') });
});

test('a clock that was put right again asks no more', async () => {
  glass.turn('2031-01-01T00:00:00.000Z');
  expect(await glass.look()).toBe(true);
  expect(await glass.look(2 * HOUR)).toBe(true);
  glass.turn(at('03-01', '05:30:00'));
  expect(await glass.look()).toBe(false);
  expect(await readClock(glass.room.pool)).toMatchObject({ seen: at('03-01', '05:30:00') });
});

test('an hour ahead is taken for time, a second more is not', async () => {
  const later = (milliseconds: number) =>
    new Date(Date.parse(at('03-01', '05:30:00')) + milliseconds).toISOString();
  glass.turn(later(HOUR));
  expect(await glass.look(0)).toBe(false);
  glass.turn(later(2 * HOUR + 1000));
  expect(await glass.look(0)).toBe(true);
});
