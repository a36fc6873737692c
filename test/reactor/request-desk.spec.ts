import { randomUUID } from 'node:crypto';
import {
  COMPANY_STREAM,
  createdId,
  handle,
  letterStream,
  noteLetter,
  readRequest,
  replyByLetter,
  requestStream,
  systemContext,
  type Reply,
} from '@enishi/application/ledger';
import { companyDecider, requestDecider, requestStanding, type RequestCommand } from '@enishi/domain';
import { Outbox } from '@enishi/worker';
import { requestAlarm } from '../../libs/worker/src/notices/request-alarm';
import { PARTY } from '../e2e/support/steps';
import { openSandglass, type Sandglass } from './sandglass';

jest.setTimeout(60_000);

let glass: Sandglass;
beforeAll(async () => {
  glass = await openSandglass('request_desk', '2027-01-01T03:00:00.000Z');
  const describe = { kind: 'DescribeCompany', party: PARTY } as const;
  await handle(glass.ledger, companyDecider, COMPANY_STREAM, describe, systemContext('spec'));
});
afterAll(() => glass?.close());

const on = async (requestId: string, ...commands: readonly RequestCommand[]): Promise<void> => {
  for (const command of commands) {
    const stream = requestStream(requestId);
    const outcome = await handle(glass.ledger, requestDecider, stream, command, systemContext('spec'));
    if (outcome.kind !== 'done') throw new Error(outcome.code);
  }
};
const ASKED = {
  kind: 'erasure',
  ground: 'no-longer-needed',
  cameBy: 'paper',
  party: 'person',
  language: 'ja',
  answerForm: 'paper',
  requester: '𠮷野 結',
  asked: '消去してください',
  answerTo: '東京都架空町1-2-3',
} as const;
const VERIFY = { kind: 'CheckIdentity', result: 'verified', method: 'call-back', seen: '折り返し' } as const;
const REFUSE = {
  kind: 'DecideRequest',
  asking: { systems: [], set: [] },
  decision: 'refused',
  refusalGround: 'unfounded',
  reason: '𠮷野様のデータがありません',
} as const;

/** @returns its id */
async function received(): Promise<string> {
  const requestId = randomUUID();
  await on(requestId, { kind: 'ReceiveRequest', requestId, request: ASKED, set: [] });
  return requestId;
}

const standingOf = async (requestId: string) =>
  requestStanding((await readRequest(glass.ledger, requestId)).state);
const events = async (requestId: string) =>
  (await glass.ledger.store.readStream(requestStream(requestId))).map(({ type }) => type);

/** The alarms about a request that were ordered by the time. */
async function ringsBy(time: string, requestId: string): Promise<number> {
  await glass.during(async () => {
    await glass.caughtUp();
    await glass.pass(time);
    await glass.caughtUp();
  });
  const queued = await new Outbox(glass.room.pool).newest(100);
  return queued.filter(({ notice, aboutId }) => notice === 'request-alarm' && aboutId === requestId).length;
}
const said = (requestId: string) =>
  requestAlarm.write(
    { ledger: glass.ledger, page: (path: string) => `https://enishi.example.jp${path}` } as never,
    requestId,
    requestId,
  );

test('the alarm of a request rings before and after its fourteenth day, unless the person was told', async () => {
  const requestId = await received();
  expect(await ringsBy('2027-01-10T14:59:00.000Z', requestId)).toBe(0);
  expect(await said(requestId)).toEqual({ dropped: 'no-longer-needed' });
  expect(await ringsBy('2027-01-10T15:00:00.000Z', requestId)).toBe(1);
  expect(await said(requestId)).toMatchObject({
    values: {
      request: requestId.slice(0, 8),
      requestKind: { ja: '消去' },
      lines: { en: '- After 15 January 2027 the person may sue (APPI 39).' },
      page: `https://enishi.example.jp/requests/${requestId}`,
    },
  });
  expect(await ringsBy('2027-01-15T15:00:00.000Z', requestId)).toBe(2);
  const told = { form: 'paper', way: 'post', said: '該当なし', proof: '書留 1' } as const;
  await on(requestId, VERIFY, REFUSE, { kind: 'NotifyPerson', about: 'decision', ...told });
  expect(await said(requestId)).toEqual({ dropped: 'no-longer-needed' });
});

test('a letter that tells the decision has told the person when it leaves, and brings the request back when it returns', async () => {
  const requestId = await received();
  await on(requestId, VERIFY, REFUSE);
  const context = systemContext('spec');
  const letterId = randomUUID();
  const reply: Reply = { letterId, letter: 'request-decided-refused', means: 'post', words: {}, to: {} };
  const wrong = await replyByLetter(
    glass.ledger,
    requestId,
    { ...reply, means: 'email' },
    systemContext('spec'),
  );
  expect(wrong).toMatchObject({ kind: 'refused', code: 'form-reason-missing' });
  const nowhere = { ...reply, means: 'email', formReason: '急ぎ' } as const;
  expect(await replyByLetter(glass.ledger, requestId, nowhere, systemContext('spec'))).toMatchObject({
    code: 'letter-address-missing',
  });
  expect(await events(requestId)).not.toContain('RequestReplyOrdered');

  for (const repeated of [false, true])
    expect(await replyByLetter(glass.ledger, requestId, reply, context)).toMatchObject({ repeated });
  const note = (command: Parameters<typeof noteLetter>[2]) =>
    noteLetter(glass.ledger, letterId, command, systemContext('spec'));
  await glass.during(() => glass.caughtUp());
  expect(await standingOf(requestId)).toBe('decided');
  expect(await note({ kind: 'NoteSent', means: 'post' })).toMatchObject({ kind: 'done' });
  await glass.during(() => glass.caughtUp());
  expect(await standingOf(requestId)).toBe('notified');
  const { notified } = (await readRequest(glass.ledger, requestId)).state;
  const sent = (await glass.ledger.store.readStream(letterStream(letterId))).find(
    ({ type }) => type === 'LetterSent',
  );
  expect(notified!.data).toMatchObject({ letterId, sentId: sent!.id, way: 'post', form: 'paper' });
  await on(requestId, { kind: 'CloseRequest', outcome: 'answered' });
  expect(await note({ kind: 'NoteNotDelivered', ground: 'returned' })).toMatchObject({ kind: 'done' });
  await glass.during(() => glass.caughtUp());
  expect(await standingOf(requestId)).toBe('decided');
  expect(await events(requestId)).toEqual([
    ...['RequestReceived', 'RequestIdentityChecked', 'RequestDecided', 'RequestReplyOrdered'],
    ...['RequestNotified', 'RequestClosed', 'RequestReplyReturned'],
  ]);
  // What the letter says stands sealed, under the key of the request.
  const { store } = glass.ledger;
  const stored = [
    ...(await store.readStream(requestStream(requestId))),
    ...(await store.readStream(letterStream(letterId))),
  ];
  expect(stored.map(({ dataText }) => dataText).join()).not.toMatch(/𠮷野|架空町/);
});

test('a letter whose writing was interrupted is written by a repeat', async () => {
  const requestId = await received();
  const context = systemContext('spec');
  const letterId = randomUUID();
  const of = { letterId, letter: 'request-received', means: 'post' } as const;
  const order = { kind: 'OrderReply', ...of } as const;
  await handle(glass.ledger, requestDecider, requestStream(requestId), order, context);
  expect(await glass.ledger.store.readStream(letterStream(letterId))).toEqual([]);
  await replyByLetter(glass.ledger, requestId, { ...of, words: {}, to: {} }, context);
  const [first] = await glass.ledger.store.readStream(letterStream(letterId));
  expect(first).toMatchObject({ type: 'RequestLetterOrdered' });
  expect(first!.metadata['commandId']).toBe(createdId(letterId, 'order'));
});
