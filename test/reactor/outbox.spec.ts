import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { COMPANY_STREAM, handle, importStream, systemContext } from '@enishi/application/ledger';
import { companyDecider, consentsImportDecider } from '@enishi/domain';
import { Outbox, runOutbox, smtpDoor, type QueuedLetter } from '@enishi/worker';
import { startSmtpServer, type Behaviour, type SmtpServer } from './smtp-server';
import { openSandglass, type Sandglass } from './sandglass';

jest.setTimeout(60_000);

let glass: Sandglass;
let server: SmtpServer;
let outbox: Outbox;
beforeAll(async () => {
  glass = await openSandglass('outbox', '2027-01-01T03:00:00.000Z');
  server = await startSmtpServer();
  outbox = new Outbox(glass.room.pool);
  // The policy starts at the head: it has to have been there.
  await glass.during(() => glass.caughtUp());
});
afterAll(async () => {
  await server?.close();
  await glass?.close();
});

const appoint = (workContact: string) => {
  const officer = { staffId: randomUUID(), name: { family: '架空' }, workContact } as const;
  const command = { kind: 'AppointOfficer', ...officer } as const;
  return handle(glass.ledger, companyDecider, COMPANY_STREAM, command, systemContext('spec'));
};
const COUNTS = { rows: 9, recorded: 5, unchanged: 1, refused: 3 };

/** A file of consents has come, so many of them with incomplete evidence. @returns the import's id */
async function imported(incomplete: number): Promise<string> {
  const importId = randomUUID();
  const commands = [
    { kind: 'StartConsentsImport', importId, fileTag: 'ab'.repeat(32) },
    { kind: 'CompleteConsentsImport', importId, counts: { ...COUNTS, incomplete } },
  ] as const;
  for (const command of commands)
    await handle(glass.ledger, consentsImportDecider, importStream(importId), command, systemContext('spec'));
  await glass.during(() => glass.caughtUp());
  return importId;
}

const letterAbout = async (importId: string): Promise<QueuedLetter | undefined> =>
  (await outbox.newest(100)).find(({ aboutId }) => aboutId === importId);

/** Sends until the letter rests. */
async function sent(importId: string, url = server.url): Promise<QueuedLetter> {
  const stop = new AbortController();
  const { ledger, room } = glass;
  const door = smtpDoor(url, 'enishi@example.jp', 400);
  const publicUrl = 'https://enishi.example.jp';
  const { signal } = stop;
  const running = runOutbox({ ledger, pool: room.pool, door, publicUrl, signal, pollMs: 20 });
  try {
    for (;;) {
      const letter = (await letterAbout(importId))!;
      if (letter.state !== 'sending' && (letter.state !== 'waiting' || letter.code !== undefined))
        return letter;
      await sleep(10);
    }
  } finally {
    stop.abort();
    await running;
  }
}

test('who is responsible is told, once, how many consents wait, and of nobody by name', async () => {
  await appoint('officer@example.jp');
  const importId = await imported(4);
  expect(await sent(importId)).toMatchObject({ state: 'sent', attempts: 1 });
  // The policy looks at everything again, and finds its own traces.
  await glass.room.pool.query(`UPDATE app.policies SET event_id = NULL, stream = NULL, revision = NULL`);
  await glass.during(() => glass.caughtUp());
  const { id, state } = await sent(importId);
  expect(state).toBe('sent');
  expect(server.letters).toHaveLength(1);
  const [letter] = server.letters as [string];
  expect(letter).toMatch(/^To: officer@example\.jp\r$/m);
  expect(letter).toContain(`Message-ID: <${id}@enishi.example.jp>`);
  expect(letter).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(bodyOf(letter)).toContain(`https://enishi.example.jp/alumni/import/${importId}`);
  expect(bodyOf(letter)).toContain('4 件');
  expect(bodyOf(letter)).not.toContain('架空');
});

test('a file whose evidence is complete makes no letter', async () => {
  expect(await letterAbout(await imported(0))).toBeUndefined();
});

const CASES: readonly (readonly [Behaviour, state: string, code: string])[] = [
  ['is-busy', 'waiting', 'smtp-451'],
  ['never-greets', 'waiting', 'smtp-late'],
  ['refuses-recipient', 'failed', 'smtp-550'],
  ['refuses-letter', 'failed', 'smtp-554'],
  ['never-confirms', 'unknown', 'smtp-late'],
];

test.each(CASES)('a server that %s: the letter is %s (%s)', async (behaviour, state, code) => {
  server.behave(behaviour);
  const importId = await imported(2);
  expect(await sent(importId)).toMatchObject({ state, code, attempts: 1 });
});

test('a server that hangs up after the letter: nobody knows', async () => {
  server.behave('hangs-up-after-the-letter');
  expect(await sent(await imported(2))).toMatchObject({ state: 'unknown' });
});

test('a server elsewhere that has no STARTTLS is told nothing', async () => {
  server.behave('accepts');
  const letters = server.letters.length;
  // This machine by a name that is not taken for it.
  const elsewhere = server.url.replace('127.0.0.1', '[::ffff:127.0.0.1]');
  const letter = await sent(await imported(2), elsewhere);
  expect(letter).toMatchObject({ state: 'waiting', code: expect.stringMatching(/^smtp-(502|etls)$/) });
  expect(server.letters).toHaveLength(letters);
});

test('a dead server: the letter waits, and policies go on', async () => {
  const importId = await imported(2);
  const letter = await sent(importId, 'smtp://127.0.0.1:9');
  expect(letter).toMatchObject({ state: 'waiting', attempts: 1 });
  expect(Date.parse(letter.nextAt)).toBeGreaterThan(Date.now() + 30_000);
  expect(await letterAbout(await imported(1))).toMatchObject({ state: 'waiting', attempts: 0 });
});

test('what failed, and what nobody knows of, is tried again when an operator says so', async () => {
  server.behave('accepts');
  const before = await outbox.counts();
  expect(before).toMatchObject({ failed: 2, unknown: 2 });
  expect(await outbox.retry('failed')).toBe(2);
  expect(await outbox.retry('unknown')).toBe(2);
  await sent(await imported(1));
  expect(await outbox.counts()).toMatchObject({ failed: 0, unknown: 0, sending: 0 });
});

test('a sender that died in the middle: the letter is not sent a second time by itself', async () => {
  const importId = await imported(1);
  expect(await outbox.take()).toMatchObject({ aboutId: importId });
  const letters = server.letters.length;
  expect(await sent(importId)).toMatchObject({ state: 'unknown', code: 'interrupted' });
  expect(server.letters).toHaveLength(letters);
});

test('approved meanwhile, nobody is told any more', async () => {
  const importId = await imported(3);
  const approval = { kind: 'NoteApproval', importId, approved: 3 } as const;
  await handle(glass.ledger, consentsImportDecider, importStream(importId), approval, systemContext('spec'));
  expect(await sent(importId)).toMatchObject({ state: 'dropped', code: 'no-longer-needed' });
});

test('without an address to write to, the letter waits', async () => {
  await appoint('内線 1234');
  expect(await sent(await imported(1))).toMatchObject({ state: 'waiting', code: 'officer-without-address' });
});

/** The text of a letter with one part. */
function bodyOf(letter: string): string {
  const [head = '', ...rest] = letter.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  if (/^Content-Transfer-Encoding: base64/im.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  const bytes = body
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
