import { randomUUID } from 'node:crypto';
import { HANDLING_RULES_STREAM, handle, systemContext } from '@enishi/application/ledger';
import {
  ACCESS_RULES_TEMPLATE,
  handlingRulesDecider,
  SECURITY_MEASURES_TEMPLATE,
  type HandlingRulesCommand,
} from '@enishi/domain';
import { Outbox } from '@enishi/worker';
import { reviewDue } from '../../libs/worker/src/notices/review-due';
import { openSandglass, type Sandglass } from './sandglass';

jest.setTimeout(60_000);

let glass: Sandglass;
beforeAll(async () => {
  glass = await openSandglass('review_reminders', '2027-01-01T03:00:00.000Z');
});
afterAll(() => glass?.close());

/** @returns the id of the event */
async function done(command: HandlingRulesCommand): Promise<string> {
  const context = systemContext('spec');
  const outcome = await handle(glass.ledger, handlingRulesDecider, HANDLING_RULES_STREAM, command, context);
  if (outcome.kind !== 'done') throw new Error(outcome.code);
  return outcome.eventIds[0]!;
}

/** The letters about an event that were ordered by the time. */
async function orderedBy(time: string, eventId: string): Promise<number> {
  await glass.during(async () => {
    await glass.caughtUp();
    await glass.pass(time);
    await glass.caughtUp();
  });
  const letters = await new Outbox(glass.room.pool).newest(100);
  return letters.filter(({ notice, aboutId }) => notice === 'review-due' && aboutId === eventId).length;
}

const said = (eventId: string) =>
  reviewDue.write(
    { ledger: glass.ledger, page: (path: string) => `https://enishi.example.jp${path}` } as never,
    eventId,
    eventId,
  );

test('the officer is reminded 30 days before a review is overdue and when it is, unless it was held', async () => {
  const adopted = await done({
    kind: 'AdoptHandlingRules',
    title: { ja: '規程', en: 'Rules' },
    text: '第1条',
    fileHash: 'ab'.repeat(32),
    officerId: randomUUID(),
    access: ACCESS_RULES_TEMPLATE,
    measures: SECURITY_MEASURES_TEMPLATE,
    months: 6,
  });
  // The last day is 1 July, in Japan.
  expect(await orderedBy('2027-06-01T14:59:00.000Z', adopted)).toBe(0);
  expect(await orderedBy('2027-06-01T15:00:00.000Z', adopted)).toBe(1);
  expect(await said(adopted)).toEqual({
    values: { dueOn: '2027-07-01', page: 'https://enishi.example.jp/' },
  });
  expect(await orderedBy('2027-07-01T15:00:00.000Z', adopted)).toBe(2);
  const review = { outcome: 'adequate', findings: '変更なし', months: 6 } as const;
  const reviewed = await done({
    kind: 'ReviewHandlingRules',
    reviewId: randomUUID(),
    staffId: randomUUID(),
    ...review,
  });
  expect(await said(adopted)).toEqual({ dropped: 'no-longer-needed' });
  expect(await said(reviewed)).toMatchObject({ values: { dueOn: '2028-01-02' } });
  expect(await orderedBy('2027-12-03T15:00:00.000Z', reviewed)).toBe(1);
});
