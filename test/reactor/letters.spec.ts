import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  COMPANY_STREAM,
  handle,
  letterNumbersStream,
  letterStream,
  noteLetter,
  orderLetter,
  readLetter,
  systemContext,
  writeLetter,
  type Ledger,
} from '@enishi/application/ledger';
import { companyDecider, exactText, type LetterOrder, type LetterState } from '@enishi/domain';
import { Outbox, runOutbox, smtpDoor } from '@enishi/worker';
import { PARTY } from '../e2e/support/steps';
import { openSandglass, type Sandglass } from './sandglass';
import { startSmtpServer, type SmtpServer } from './smtp-server';

jest.setTimeout(60_000);

let glass: Sandglass;
let server: SmtpServer;
let outbox: Outbox;
/** In Japan 22 November 2026: the fiscal year 2026. */
const NOW = '2026-11-22T03:00:00.000Z';
beforeAll(async () => {
  glass = await openSandglass('letters', NOW);
  server = await startSmtpServer();
  outbox = new Outbox(glass.room.pool);
  const describe = { kind: 'DescribeCompany', party: PARTY } as const;
  await handle(glass.ledger, companyDecider, COMPANY_STREAM, describe, systemContext('spec'));
  // The policy starts at the head: it has to have been there.
  await glass.during(() => glass.caughtUp());
});
afterAll(async () => {
  await server?.close();
  await glass?.close();
});

const TO = { name: '髙﨑 花子', email: 'hanako@example.jp', postalAddress: '東京都千代田区架空町1-2-3' };

/** Orders a letter to somebody. @returns its id */
async function ordered(more: Partial<LetterOrder> = {}): Promise<string> {
  const letterId = randomUUID();
  const about = { requestId: randomUUID() };
  const values = { changes: '電話番号を新しい番号へ訂正' };
  const base = { letter: 'correction-made', language: 'ja', means: 'post', about, to: TO, values } as const;
  const outcome = await orderLetter(glass.ledger, { ...base, ...more, letterId }, systemContext('spec'));
  expect(outcome).toMatchObject({ kind: 'done' });
  return letterId;
}
const stateOf = (letterId: string): Promise<LetterState> => readLetter(glass.ledger, letterId);
const numberOf = async (letterId: string) => (await stateOf(letterId)).issued?.data.documentNumber;
/** Under a command of its own each time, as two programs that know nothing of each other would. */
const write = (letterId: string, ledger: Ledger = glass.ledger) =>
  writeLetter(ledger, letterId, systemContext('spec'));

/** Every number of the year, in the order of the ledger. */
async function numbers(): Promise<readonly unknown[]> {
  const events = await glass.ledger.store.readStream(letterNumbersStream(2026));
  return events.map(({ data }) => data['number']);
}

/** Sends until nothing waits that could go. */
async function sendAll(url = server.url): Promise<void> {
  const stop = new AbortController();
  const { ledger, room } = glass;
  const door = smtpDoor(url, 'enishi@example.jp', 400);
  const print = (text: { documentNumber: string }) =>
    Promise.resolve(Buffer.from(`%PDF ${text.documentNumber}`));
  const options = { ledger, pool: room.pool, door, print, publicUrl: 'https://enishi.example.jp' };
  const running = runOutbox({ ...options, signal: stop.signal, pollMs: 20 });
  const busy = async () => {
    const { rows } = await room.pool.query(
      `SELECT FROM app.outbox WHERE state = 'sending' OR (state = 'waiting' AND next_at <= clock_timestamp())`,
    );
    return rows.length > 0;
  };
  try {
    while (await busy()) await sleep(10);
  } finally {
    stop.abort();
    await running;
  }
}

test('a letter that is ordered gets its number and its text by itself, and goes by post when somebody says so', async () => {
  const letterId = await ordered();
  await glass.during(() => glass.caughtUp());
  const { issued, standing } = await stateOf(letterId);
  expect(standing).toBe('issued');
  const { text, textHash, version, documentNumber } = issued!.data;
  expect(documentNumber).toMatch(/^縁-2026-\d{6}$/);
  expect(version).toBe(0);
  expect(text).toMatchObject({ documentNumber, date: '令和8年11月22日', addressee: '髙﨑 花子 様' });
  expect(text!.body).toContain('電話番号を新しい番号へ訂正');
  expect(text!.body).toContain('privacy@example.jp');
  expect(textHash).toBe(createHash('sha256').update(exactText(text!)).digest('hex'));
  // Nothing of the person stands in clear, and no mail went out.
  const events = await glass.ledger.store.readStream(letterStream(letterId));
  expect(events.map(({ dataText }) => dataText).join()).not.toMatch(/髙﨑|電話番号|hanako|架空町/);
  expect((await outbox.newest(100)).filter(({ aboutId }) => aboutId === letterId)).toEqual([]);
  const came = { kind: 'NoteNotDelivered', ground: 'returned' } as const;
  expect(await noteLetter(glass.ledger, letterId, came, systemContext('spec'))).toMatchObject({
    code: 'letter-not-sent',
  });
  const posted = { kind: 'NoteSent', means: 'post' } as const;
  expect(await noteLetter(glass.ledger, letterId, posted, systemContext('spec'))).toMatchObject({
    kind: 'done',
  });
  expect(await noteLetter(glass.ledger, letterId, came, systemContext('spec'))).toMatchObject({
    kind: 'done',
  });
  expect(await stateOf(letterId)).toMatchObject({
    standing: 'not-delivered',
    notDelivered: { data: { ground: 'returned' } },
  });
});

test('numbers have no gap and no second, however many letters are written at once', async () => {
  const letters = await Promise.all(Array.from({ length: 12 }, () => ordered()));
  // Each of them twice at the same time, as two workers might.
  await Promise.all([...letters, ...letters].map((letterId) => write(letterId)));
  const given = await Promise.all(letters.map(numberOf));
  expect(new Set(given).size).toBe(letters.length);
  const all = await numbers();
  expect(all).toEqual(all.map((_, index) => index + 1));
  await glass.during(() => glass.caughtUp());
  expect(await numbers()).toEqual(all);
});

test('one that is interrupted after its number goes on with it, however many came between', async () => {
  const letterId = await ordered();
  const { store } = glass.ledger;
  const broken: Ledger = {
    ...glass.ledger,
    store: Object.assign(Object.create(store) as Ledger['store'], {
      append(append: Parameters<Ledger['store']['append']>[0]) {
        if (append.stream === letterStream(letterId)) throw new Error('killed');
        return store.append(append);
      },
    }),
  };
  await expect(write(letterId, broken)).rejects.toThrow('killed');
  expect(await numberOf(letterId)).toBeUndefined();
  const before = (await numbers()).length;
  for (const other of [await ordered(), await ordered()]) await write(other);
  await write(letterId);
  expect(await numberOf(letterId)).toBe(`縁-2026-${String(before).padStart(6, '0')}`);
  expect(await numbers()).toHaveLength(before + 2);
  await glass.during(() => glass.caughtUp());
  expect(await numbers()).toHaveLength(before + 2);
});

test('a letter by mail is sent as it was issued, with its sheet, and the ledger says that it was', async () => {
  server.behave('accepts');
  const letterId = await ordered({ means: 'email' });
  await glass.during(() => glass.caughtUp());
  await sendAll();
  const { standing, issued } = await stateOf(letterId);
  expect(standing).toBe('sent');
  const { documentNumber, text } = issued!.data;
  const letter = server.letters.at(-1)!;
  expect(letter).toMatch(/^To: hanako@example\.jp\r$/m);
  const parts = [...letter.matchAll(/\r\n\r\n([A-Za-z0-9+/=\r\n]+)/g)].map((part) =>
    Buffer.from(part[1]!, 'base64').toString('utf8'),
  );
  expect(parts.some((part) => part.replaceAll('\r\n', '\n') === exactText(text!))).toBe(true);
  expect(parts).toContain(`%PDF ${documentNumber}`);
  // Whatever an operator does, it does not go a second time.
  await glass.room.pool.query(`UPDATE app.outbox SET state = 'unknown' WHERE about_id = $1`, [letterId]);
  await outbox.retry('unknown');
  const sent = server.letters.length;
  await sendAll();
  expect(server.letters).toHaveLength(sent);
  expect((await outbox.newest(100)).find(({ aboutId }) => aboutId === letterId)).toMatchObject({
    state: 'dropped',
    code: 'already-sent',
  });
});

test('a bounced letter stands in the ledger as not delivered, and as sent once it went after all', async () => {
  server.behave('refuses-recipient');
  const letterId = await ordered({ means: 'email' });
  await glass.during(() => glass.caughtUp());
  await sendAll();
  expect(await stateOf(letterId)).toMatchObject({
    standing: 'not-delivered',
    notDelivered: { data: { ground: 'refused' } },
  });
  server.behave('accepts');
  await outbox.retry('failed');
  await sendAll();
  expect(await stateOf(letterId)).toMatchObject({ standing: 'sent' });
});

test('a mail server that is dead at every attempt: the letter counts as not delivered', async () => {
  const letterId = await ordered({ means: 'email' });
  await glass.during(() => glass.caughtUp());
  await glass.room.pool.query(`UPDATE app.outbox SET attempts = 15 WHERE about_id = $1`, [letterId]);
  await sendAll('smtp://127.0.0.1:9');
  expect(await stateOf(letterId)).toMatchObject({
    standing: 'not-delivered',
    notDelivered: { data: { ground: 'attempts' } },
  });
});

test('a slow mail server holds up no policy: letters get their numbers meanwhile', async () => {
  server.behave('never-confirms');
  const slow = await ordered({ means: 'email' });
  await glass.during(() => glass.caughtUp());
  const sending = sendAll();
  const other = await ordered();
  await glass.during(() => glass.caughtUp());
  expect(await numberOf(other)).toBeDefined();
  await sending;
  // Nobody knows whether it went, and the ledger says neither.
  expect(await stateOf(slow)).toMatchObject({ standing: 'issued' });
  server.behave('accepts');
});

test.each([
  ['a value is missing', { values: {} }, 'letter-value-missing'],
  ['a value is not of the letter', { values: { changes: 'x', salary: '1' } }, 'letter-value-unknown'],
  ['there is no address', { means: 'email', to: { name: '花子' } }, 'letter-address-missing'],
  ['a text hides others', { values: { changes: 'x\u202ey' } }, 'control-character'],
] as const)('nothing is ordered where %s', async (_, more, code) => {
  const letterId = randomUUID();
  const order = {
    ...{ letterId, letter: 'correction-made', language: 'ja', means: 'post', to: TO },
    ...{ about: { requestId: randomUUID() }, values: { changes: 'x' } },
    ...more,
  } as LetterOrder;
  expect(await orderLetter(glass.ledger, order, systemContext('spec'))).toMatchObject({
    kind: 'refused',
    code,
  });
  expect(await glass.ledger.store.readStream(letterStream(letterId))).toEqual([]);
});
