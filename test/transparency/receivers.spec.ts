import { cosignaturesOf, readNote, readNoteKey, writeNoteKey } from '@enishi/transparency';
import {
  bringCosignatures,
  cosignedSizes,
  currentKey,
  handOver,
  noteTools,
  publishedCheckpoints,
  readWitnesses,
  receiverStates,
  runReceivers,
  sha256,
  witnessReceiver,
  type Witness,
} from '@enishi/worker';
import { openSealedLedger, type SealedLedger } from './sealed-ledger';
import { TestWitness, type Temper } from './test-witness';

jest.setTimeout(60_000);

const LOOPBACK = { loopback: true };
const never = new AbortController().signal;
let opened: SealedLedger;
let witness: TestWitness;
beforeAll(async () => {
  opened = await openSealedLedger('receivers');
});
afterAll(() => opened?.close());
beforeEach(async () => {
  const { ledger, pool } = opened.room;
  witness = await new TestWitness(async () => [(await currentKey(ledger, pool)).key]).listen();
});
afterEach(async () => {
  await witness.close();
  await opened.room.pool.query('DELETE FROM app.checkpoint_receivers');
});

const asked = (setting: string) => readWitnesses(setting, LOOPBACK)!.map((one) => one as Required<Witness>);
const receiver = () => witnessReceiver(opened.room.pool, asked(witness.setting)[0]!);
const hand = () => handOver(opened.room.pool, receiver(), never);
const state = async () => (await receiverStates(opened.room.pool, [receiver()]))[0]!;
async function grow(): Promise<number> {
  await opened.write(7);
  await opened.seal();
  return (await newest()).size;
}
const newest = async () => (await publishedCheckpoints(opened.room.pool, { limit: 1 }))[0]!;
const cosigned = async () => {
  const key = readNoteKey(witness.line, sha256, 'cosignature');
  return cosignaturesOf(readNote((await newest()).note), [key], noteTools)!.length;
};

test('a witness cosigns each checkpoint as going on from the one before, and the note shows it', async () => {
  const first = await grow();
  expect(await hand()).toBe(true);
  expect(await cosigned()).toBe(1);
  expect(await hand()).toBe(false);
  const second = await grow();
  expect(await cosigned()).toBe(0);
  expect(await hand()).toBe(true);
  expect(await cosigned()).toBe(1);
  expect(witness.asked).toEqual(['old 0', `old ${first}`]);
  expect(await state()).toMatchObject({ size: second, failures: 0, acceptedAt: expect.any(Date) });
});

test('a witness that saw another checkpoint last than is known here is asked again from there', async () => {
  const first = await grow();
  await hand();
  await opened.room.pool.query('DELETE FROM app.checkpoint_receivers');
  await grow();
  expect(await hand()).toBe(true);
  expect(witness.asked.slice(-2)).toEqual(['old 0', `old ${first}`]);
  expect(await cosigned()).toBe(1);
  // Its memory lost, it begins anew.
  witness.seen = undefined;
  await grow();
  expect(await hand()).toBe(true);
  expect(witness.asked.at(-1)).toBe('old 0');
});

test('a witness that saw more, or something else, does not sign, and that is told', async () => {
  const size = await grow();
  witness.seen = { size: size + 1, root: Buffer.alloc(32) };
  expect(await hand()).toBe(false);
  expect(await state()).toMatchObject({ problem: 'ahead', failures: 1 });
  await opened.room.pool.query('DELETE FROM app.checkpoint_receivers');
  witness.seen = { size, root: Buffer.alloc(32) };
  expect(await hand()).toBe(false);
  expect(await state()).toMatchObject({ problem: 'conflict' });
  await opened.room.pool.query('DELETE FROM app.checkpoint_receivers');
  witness.seen = { size: 2, root: Buffer.alloc(32) };
  expect(await hand()).toBe(false);
  expect(await state()).toMatchObject({ problem: 'conflict' });
  expect(await cosigned()).toBe(0);
});

test.each<[Temper, string]>([
  ['lies', 'signature-wrong'],
  ['signs-as-another', 'signature-missing'],
  ['mumbles', 'answer-malformed'],
  ['early', 'time-wrong'],
  ['fails', 'answered-500'],
  ['floods', 'answer-too-large'],
])(
  'of a witness that %s nothing is kept: %s; it is left alone for a while, and then asked again',
  async (temper, problem) => {
    await grow();
    witness.temper = temper;
    expect(await hand()).toBe(false);
    expect(await state()).toMatchObject({ size: 0, problem, failures: 1, nextAt: expect.any(Date) });
    expect(await cosigned()).toBe(0);
    const asked = witness.asked.length;
    expect(await hand()).toBe(false);
    expect(witness.asked).toHaveLength(asked);

    witness.temper = 'honest';
    await opened.room.pool.query('UPDATE app.checkpoint_receivers SET next_at = now()');
    expect(await hand()).toBe(true);
    expect(await cosigned()).toBe(1);
    const { problem: left, failures } = await state();
    expect([left, failures]).toEqual([undefined, 0]);
  },
);

test('a witness that is away or does not answer delays no checkpoint, and no other witness', async () => {
  const { ledger, pool } = opened.room;
  const other = await new TestWitness(
    async () => [(await currentKey(ledger, pool)).key],
    'other.example',
  ).listen();
  witness.temper = 'hangs';
  const gone = await new TestWitness(async () => [], 'gone.example').listen();
  const setting = [witness.setting, other.setting, gone.setting].join(', ');
  await gone.close();
  const receivers = asked(setting).map((one) => witnessReceiver(pool, one));
  const stop = new AbortController();
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const running = runReceivers({ receivers, pool, signal: stop.signal, logger: quiet });
  try {
    const size = await grow();
    const states = () => receiverStates(pool, receivers);
    while ((await states())[1]!.size < size || (await states())[2]!.failures === 0)
      await new Promise((done) => setTimeout(done, 50));
    expect((await states())[2]).toMatchObject({ problem: 'unreachable' });
    expect(await grow()).toBeGreaterThan(size);
    expect(witness.asked).toHaveLength(1);
  } finally {
    stop.abort();
    await running;
    await other.close();
  }
  // What was broken off is no failure.
  expect((await receiverStates(pool, receivers))[0]).toMatchObject({ size: 0, failures: 0 });
});

describe('a cosignature that is brought by hand', () => {
  const keyOf = (one: TestWitness) => readNoteKey(one.line, sha256, 'cosignature');
  const signed = (note: string, one = witness) => note + one.cosignature(readNote(note).text);

  test('joins the note of the checkpoint that it is under, an older one too', async () => {
    const { note } = (await grow(), await newest());
    const size = await grow();
    const brought = await bringCosignatures(opened.room.pool, signed(note), [keyOf(witness)]);
    expect(brought).toMatchObject({ cosigned: [{ witness: 'witness.example/one', at: expect.any(Date) }] });
    expect(await cosigned()).toBe(0);
    expect(await state()).toMatchObject({ size: brought.size, failures: 0 });
    await bringCosignatures(opened.room.pool, signed((await newest()).note), [keyOf(witness)]);
    expect(await cosigned()).toBe(1);
    expect(await cosignedSizes(opened.room.pool, size)).toContain(size);
    // Brought again, or an older one after a newer: nothing goes back.
    await bringCosignatures(opened.room.pool, signed(note), [keyOf(witness)]);
    expect(await state()).toMatchObject({ size });
  });

  test('is none where it is another’s, wrong, or under something that was never shown', async () => {
    await grow();
    const { note } = await newest();
    const stranger = new TestWitness(async () => [], 'stranger.example');
    const problem = (text: string) =>
      bringCosignatures(opened.room.pool, text, [keyOf(witness)]).then(
        () => 'taken',
        ({ code }: { code: string }) => code,
      );
    expect(await problem(note)).toBe('signature-missing');
    expect(await problem(signed(note, stranger))).toBe('signature-missing');
    expect(await problem(signed(note.replace(/^\d+$/m, '9999')))).toBe('checkpoint-unknown');
    expect(await problem(signed(note.replace(/\n(?=\n)/, '\nmore\n')))).toBe('checkpoint-unknown');
    expect(await problem('nothing')).toBe('note-malformed');
    for (const [temper, code] of [
      ['lies', 'signature-wrong'],
      ['early', 'time-wrong'],
    ] as const) {
      witness.temper = temper;
      expect(await problem(signed(note))).toBe(code);
    }
    expect(await cosigned()).toBe(0);
  });
});

test('what a witness signed can be neither changed nor removed by the serving role', async () => {
  const { pool } = opened.room;
  for (const statement of [`UPDATE app.cosignatures SET line = ''`, 'DELETE FROM app.cosignatures'])
    await expect(pool.query(statement)).rejects.toMatchObject({ code: '42501' });
});

test('settings name witnesses by key and address', () => {
  const { line, setting } = witness;
  expect(readWitnesses(setting, LOOPBACK)).toHaveLength(1);
  expect(readWitnesses(`${line}  https://w.example/a/ , x`, LOOPBACK)).toBeUndefined();
  expect(readWitnesses(line, LOOPBACK)).toEqual([{ key: readNoteKey(line, sha256, 'cosignature') }]);
  expect(readWitnesses(`${line} https://w.example/a/`, { loopback: false })).toMatchObject([
    { url: 'https://w.example/a' },
  ]);
  const wrong = [
    [setting, false],
    [`${line} http://w.example/`, true],
    [`${line} https://me:secret@w.example/`, true],
    [`${line} https://w.example/?x=1`, true],
    [`${setting},${setting}`, true],
    [`${line} ${line}`, true],
    [`${writeNoteKey(readNoteKey(line, sha256, 'cosignature'), sha256)} https://w.example/`, true],
    ['', true],
  ] as const;
  for (const [text, loopback] of wrong) expect(readWitnesses(text, { loopback })).toBeUndefined();
});
