import { createHash, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { fromBase64, toBase64 } from './base64';
import { checkpointText, readCheckpoint } from './checkpoint';
import {
  noteKeyId,
  readNote,
  readNoteKey,
  signersOf,
  writeNote,
  writeNoteKey,
  type NoteKey,
  type NoteSignature,
} from './note';
import { readTlogProof, writeTlogProof } from './tlog-proof';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const tools = {
  hash: sha256,
  verify: (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
    const publicKey = createPublicKey({ key: Buffer.concat([PREFIX, key]), format: 'der', type: 'spki' });
    return verify(null, message, publicKey, signature);
  },
};

function keyPair(name: string): { readonly key: NoteKey; readonly secret: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const bytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(PREFIX.length);
  return { key: { name, publicKey: Uint8Array.from(bytes) }, secret: privateKey };
}

function signatureOf({ key, secret }: ReturnType<typeof keyPair>, text: string): NoteSignature {
  return { name: key.name, keyId: noteKeyId(key, sha256), signature: sign(null, Buffer.from(text), secret) };
}

describe('the published example of a signed note', () => {
  const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const note =
    'If you think cryptography is the answer to your problem,\nthen you don’t know what your problem is.\n'.replace(
      '’',
      "'",
    ) +
    '\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n';

  test('is signed by its key', () => {
    const key = readNoteKey(vkey, sha256);
    expect(writeNoteKey(key, sha256)).toBe(vkey);
    expect(signersOf(readNote(note), [key], tools)).toEqual([key]);
    expect(writeNote(readNote(note))).toBe(note);
  });

  test('is forged when a letter is another', () => {
    const forged = readNote(note.replace('answer', 'Answer'));
    expect(signersOf(forged, [readNoteKey(vkey, sha256)], tools)).toBeUndefined();
  });
});

test('a note may have several signatures; those of strangers are passed over, and a forged one is seen', () => {
  const [old, fresh, stranger] = [keyPair('enishi/a'), keyPair('enishi/a'), keyPair('witness.example')];
  const text = 'enishi/a\n3\nAAAA\n';
  const note = readNote(
    writeNote({ text, signatures: [old, fresh, stranger].map((pair) => signatureOf(pair, text)) }),
  );
  expect(signersOf(note, [old.key, fresh.key], tools)).toEqual([old.key, fresh.key]);
  expect(signersOf(note, [fresh.key], tools)).toEqual([fresh.key]);
  expect(signersOf(note, [keyPair('enishi/a').key], tools)).toEqual([]);
  const swapped = { ...note.signatures[1]!, signature: note.signatures[0]!.signature };
  const forged = { text, signatures: [note.signatures[0]!, swapped] };
  expect(signersOf(forged, [old.key, fresh.key], tools)).toBeUndefined();
});

test.each([
  ['nothing', ''],
  ['no signature', 'a\n\n'],
  ['no empty line', 'a\n— b AAAAAAAA\n'],
  ['no newline at its end', 'a\n\n— b AAAAAAAA'],
  ['a signature without a name', 'a\n\n—  AAAAAAAA\n'],
  ['a signature that is not base64', 'a\n\n— b AAAA*AAA\n'],
  ['a signature that is only a key id', 'a\n\n— b AAAAAA==\n'],
  ['a control character', 'a\tb\n\n— b AAAAAAAA\n'],
])('a note with %s is refused', (_, note) => {
  expect(() => readNote(note)).toThrow(expect.objectContaining({ code: 'note-malformed' }));
});

test.each(['', 'a', 'a+00000000+AQ==', 'PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'])(
  'the key "%s" is refused',
  (key) => {
    expect(() => readNoteKey(key, sha256)).toThrow(expect.objectContaining({ code: 'key-malformed' }));
  },
);

const hashes = fc.uint8Array({ minLength: 32, maxLength: 32 });
const SIGNED = '\n— enishi/a AAAAAAAA\n';

test('a checkpoint is read as it was written', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), hashes, (size, root) => {
      const checkpoint = { origin: 'enishi/a', size, root };
      expect(readCheckpoint(checkpointText(checkpoint) + SIGNED).checkpoint).toEqual(checkpoint);
    }),
  );
  const extended = `enishi/a\n1\n${toBase64(new Uint8Array(32))}\nmore\n${SIGNED}`;
  expect(readCheckpoint(extended).checkpoint.size).toBe(1);
});

test.each(['a\n01\n', 'a\n-1\n', '\n1\n', 'a\n9007199254740992\n'])('%j begins no checkpoint', (head) => {
  const root = toBase64(new Uint8Array(32));
  expect(() => readCheckpoint(`${head}${root}\n${SIGNED}`)).toThrow(
    expect.objectContaining({ code: 'checkpoint-malformed' }),
  );
});

test('a proof file is read as it was written', () => {
  const checkpoint = `${checkpointText({ origin: 'a', size: 9, root: new Uint8Array(32) })}${SIGNED}`;
  fc.assert(
    fc.property(
      fc.maxSafeNat(),
      fc.array(hashes, { maxLength: 5 }),
      fc.option(fc.uint8Array({ minLength: 1 }), { nil: undefined }),
      (index, path, extra) => {
        const proof = { index, path, checkpoint, ...(extra && { extra }) };
        expect(readTlogProof(writeTlogProof(proof))).toEqual(proof);
      },
    ),
  );
  const text = writeTlogProof({ index: 1, path: [new Uint8Array(32)], checkpoint });
  for (const broken of [
    '',
    text.replace('v1', 'v2'),
    text.replace('index 1', 'index 01'),
    text.replace('AAA', 'AA'),
  ])
    expect(() => readTlogProof(broken)).toThrow(expect.objectContaining({ code: 'proof-malformed' }));
});

test('base64 is read only as it is written', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }),
  );
  for (const text of ['AB==', 'A', 'A===', 'AA=A', 'AA\n=', '____']) expect(fromBase64(text)).toBeUndefined();
});
