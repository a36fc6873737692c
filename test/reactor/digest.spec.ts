import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  COMPANY_STREAM,
  DIGEST_STREAM,
  exportStream,
  handle,
  systemContext,
} from '@enishi/application/ledger';
import { companyDecider, exportDecider } from '@enishi/domain';
import {
  Outbox,
  runOutbox,
  type Letter,
  type Mailbox,
  type QueuedLetter,
  type WaitingWork,
} from '@enishi/worker';
import { openSandglass, type Sandglass } from './sandglass';

jest.setTimeout(60_000);

let glass: Sandglass;
let outbox: Outbox;
const HOUR = 3_600_000;
beforeAll(async () => {
  // In Japan noon of 1 January.
  glass = await openSandglass('digest', '2027-01-01T03:00:00.000Z');
  outbox = new Outbox(glass.room.pool);
  const name = { family: '架空' };
  const officer = {
    kind: 'AppointOfficer',
    staffId: randomUUID(),
    name,
    workContact: 'officer@example.jp',
  } as const;
  await handle(glass.ledger, companyDecider, COMPANY_STREAM, officer, systemContext('spec'));
  // The policy starts at the head: it has to have been there.
  await glass.during(() => glass.caughtUp());
});
afterAll(() => glass?.close());

/** Somebody asks for a file with personal data. */
async function asked(): Promise<void> {
  const exportId = randomUUID();
  const conditions = { content: 'consents', level: 'masked', format: 'csv' } as const;
  const command = {
    kind: 'RequestExport',
    exportId,
    staffId: randomUUID(),
    conditions,
    reason: '監査',
  } as const;
  await handle(glass.ledger, exportDecider, exportStream(exportId), command, systemContext('spec'));
}
async function dayBegins(day: string, roles: readonly string[] = []): Promise<void> {
  await glass.pass(`${day}T15:00:01.000Z`);
  await glass.during(() => glass.caughtUp(), { digest: { hour: 8, roles } });
}
const digests = async (): Promise<readonly QueuedLetter[]> =>
  (await outbox.newest(100)).filter(({ notice }) => notice === 'digest');

/** Its hour comes, and it is sent where something waits. */
async function sent(
  waiting: readonly WaitingWork[],
  mailboxes: ReadonlyMap<string, Mailbox> = new Map(),
): Promise<readonly Letter[]> {
  const letters: Letter[] = [];
  const door = { send: (letter: Letter) => Promise.resolve(void letters.push(letter)) };
  const stop = new AbortController();
  const { ledger, room } = glass;
  await room.pool.query(`UPDATE app.outbox SET next_at = clock_timestamp() WHERE state = 'waiting'`);
  const work = () => Promise.resolve(waiting);
  const options = { ledger, pool: room.pool, door, work, mailboxes, publicUrl: 'https://enishi.example.jp' };
  const running = runOutbox({ ...options, signal: stop.signal, pollMs: 20 });
  while ((await digests()).some(({ state }) => state === 'waiting' || state === 'sending')) await sleep(10);
  stop.abort();
  await running;
  return letters;
}
const WAITING: readonly WaitingWork[] = [
  {
    title: { ja: '書き出しの承認', en: 'Exports to approve' },
    roles: ['compliance'],
    ...{ count: 3, overdue: 2, escalated: 1 },
  },
  {
    title: { ja: '文書の発送', en: 'Letters to post' },
    roles: ['compliance', 'hr'],
    ...{ count: 0, overdue: 0, escalated: 0 },
  },
];

test('on the day after work came up one mail waits for its hour, however much came up', async () => {
  await asked();
  await asked();
  await glass.during(() => glass.caughtUp());
  expect(await digests()).toEqual([]);
  await dayBegins('2027-01-01');
  const [row, ...more] = await digests();
  expect(more).toEqual([]);
  const wait = Date.parse(row!.nextAt) - Date.parse(row!.createdAt);
  expect(Math.round(wait / HOUR)).toBe(8);
});

test('it tells the officer what waits, what is overdue, and first what has been for long', async () => {
  const [letter, ...more] = await sent(WAITING);
  expect(more).toEqual([]);
  expect(letter).toMatchObject({
    to: 'officer@example.jp',
    subject: expect.stringContaining('令和9年1月2日'),
  });
  expect(letter!.text).toContain(
    '【至急】期限を大きく過ぎているもの\n・書き出しの承認: 1 件\n\n・書き出しの承認: 3 件（期限超過 2 件）',
  );
  expect(letter!.text).toContain('- Exports to approve: 3 (2 overdue)');
  expect(letter!.text).not.toContain('文書の発送');
  const events = await glass.ledger.store.readStream(DIGEST_STREAM);
  expect(events.map(({ data }) => data['from'])).toEqual(['2027-01-01T15:00:00.000Z']);
});

test('it comes again on the next day as long as something waits; then no day begins for it', async () => {
  await glass.during(() => glass.caughtUp());
  await dayBegins('2027-01-02');
  expect(await sent([])).toEqual([]);
  expect((await digests())[0]).toMatchObject({ state: 'dropped', code: 'nothing-waits' });
  await glass.during(() => glass.caughtUp());
  const days = await glass.days();
  await dayBegins('2027-01-03');
  await dayBegins('2027-01-04');
  expect(await glass.days()).toEqual(days);
  expect(await digests()).toHaveLength(2);
});

test('one that was held up goes on the day on which it can, and not beside that day’s own', async () => {
  await asked();
  await glass.during(() => glass.caughtUp());
  await dayBegins('2027-01-05');
  await asked();
  await glass.during(() => glass.caughtUp());
  // The mail server was dead all day.
  await dayBegins('2027-01-06');
  const letters = await sent(WAITING);
  expect(letters.map(({ subject }) => subject)).toEqual([expect.stringContaining('令和9年1月7日')]);
  const [one, other] = await digests();
  expect([one!.state, other!.state].toSorted()).toEqual(['dropped', 'sent']);
  expect([one!.code, other!.code]).toContain('told-today');
});

test('the mailbox of a role gets what the role may do, and no other', async () => {
  await asked();
  await glass.during(() => glass.caughtUp());
  await dayBegins('2027-01-08', ['compliance', 'hr', 'auditor']);
  const name = { ja: '個人情報保護 担当者', en: 'compliance' };
  const boxes = (...roles: string[]) =>
    new Map(roles.map((role) => [role, { address: `${role}@example.jp`, name }] as const));
  // Nothing waits for hr; auditors have no mailbox any more.
  const letters = await sent(WAITING, boxes('compliance', 'hr'));
  expect(letters.map(({ to }) => to).toSorted()).toEqual(['compliance@example.jp', 'officer@example.jp']);
  const own = letters.find(({ to }) => to === 'compliance@example.jp')!;
  expect(own.text).toContain('個人情報保護 担当者様');
  expect(own.text).not.toContain('至急');
  expect(
    (await digests())
      .slice(0, 4)
      .map(({ code }) => code ?? '')
      .toSorted(),
  ).toEqual(['', '', 'no-longer-needed', 'nothing-waits']);
});
