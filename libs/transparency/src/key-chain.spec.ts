import { createHash, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { checkpointText } from './checkpoint';
import { keysBehind, notesIn, signedUnder } from './key-chain';
import { Malformed, noteKeyId, writeNote, writeNoteKey, type NoteKey } from './note';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const tools = {
  hash: sha256,
  verify: (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
    const publicKey = createPublicKey({ key: Buffer.concat([PREFIX, key]), format: 'der', type: 'spki' });
    return verify(null, message, publicKey, signature);
  },
};
const ORIGIN = 'enishi/a';

interface Pair {
  readonly key: NoteKey;
  readonly secret: KeyObject;
}

function pair(name = ORIGIN): Pair {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const bytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(PREFIX.length);
  return { key: { name, publicKey: Uint8Array.from(bytes) }, secret: privateKey };
}

/** A checkpoint signed by some; `next` is the key it changes to. */
function checkpoint(size: number, signers: readonly Pair[], next?: Pair): string {
  const nextKey = next && writeNoteKey(next.key, sha256);
  const text = checkpointText({
    origin: ORIGIN,
    size,
    root: Buffer.alloc(32, size % 256),
    ...(nextKey && { nextKey }),
  });
  const signatures = signers.map(({ key, secret }) => ({
    ...{ name: key.name, keyId: noteKeyId(key, sha256) },
    signature: sign(null, Buffer.from(text), secret),
  }));
  return writeNote({ text, signatures });
}

const keys = Array.from({ length: 5 }, () => pair());
/** From each key to the next, at 100, 200, … leaves. */
const changes = keys.slice(1).map((next, at) => checkpoint((at + 1) * 100, [keys[at]!, next], next));

test('changes lead from any key to the newest, whatever their order', () => {
  fc.assert(
    fc.property(fc.nat(4), fc.shuffledSubarray(changes, { minLength: 4 }), (from, shuffled) => {
      const chain = keysBehind(keys[from]!.key, shuffled, tools);
      expect(chain.map(({ key }) => key)).toEqual(keys.slice(from).map(({ key }) => key));
      expect(chain.map(({ until }) => until)).toEqual(
        keys.slice(from).map((_, at) => (from + at < 4 ? (from + at + 1) * 100 : undefined)),
      );
    }),
  );
});

test('a checkpoint is good under the keys that were in force when it had so many leaves', () => {
  const chain = keysBehind(keys[0]!.key, changes, tools);
  for (const [at, signer] of keys.entries()) {
    for (const size of [1, at * 100 + 1, (at + 1) * 100]) {
      expect(signedUnder(chain, checkpoint(size, [signer]), tools)).toEqual({ by: signer.key });
    }
    // A key that was replaced, and came into other hands.
    const late = signedUnder(chain, checkpoint((at + 1) * 100 + 1, [signer]), tools);
    expect(late).toEqual(at < 4 ? { fault: 'replaced' } : { by: signer.key });
  }
  expect(signedUnder(chain, changes[0]!, tools)).toEqual({ by: keys[1]!.key });
  expect(signedUnder(chain, checkpoint(7, [pair()]), tools)).toEqual({ fault: 'unsigned' });
  const forged = checkpoint(7, [keys[0]!]).replace(`${ORIGIN}\n7\n`, `${ORIGIN}\n8\n`);
  expect(signedUnder(chain, forged, tools)).toEqual({ fault: 'wrong' });
});

describe('nobody but the holder of a key hands it on', () => {
  const [old, thief] = [keys[0]!, pair()];
  const led = (...notes: readonly string[]) => keysBehind(old.key, notes, tools).length;

  test('not by signing a public checkpoint beside it', () => {
    const ours = checkpoint(7, [old]);
    const [, own] = checkpoint(7, [thief]).split('\n\n');
    expect(led(`${ours}${own!}`)).toBe(1);
  });
  test('not without the signature of the old key, or of the new one', () => {
    expect(led(checkpoint(7, [thief], thief))).toBe(1);
    expect(led(checkpoint(7, [old], thief))).toBe(1);
    expect(led(checkpoint(7, [old, thief], thief))).toBe(2);
  });
  test('not with another key than the one that the text names', () => {
    expect(led(checkpoint(7, [old, thief], keys[1]))).toBe(1);
    const named = changes[0]!.replace(writeNoteKey(keys[1]!.key, sha256), writeNoteKey(thief.key, sha256));
    expect(led(named)).toBe(1);
  });
  test('not to a key of another name, and not back to itself', () => {
    const stranger = pair('enishi/b');
    expect(led(checkpoint(7, [old, stranger], stranger))).toBe(1);
    expect(
      led(
        checkpoint(7, [old, old], old),
        checkpoint(8, [old, keys[1]!], keys[1]),
        checkpoint(9, [keys[1]!, old], old),
      ),
    ).toBe(2);
  });
  test('not by what is no key at all', () => {
    const text = `${ORIGIN}\n7\n${Buffer.alloc(32).toString('base64')}\nnext-key x\n`;
    const signature = sign(null, Buffer.from(text), old.secret);
    expect(
      led(writeNote({ text, signatures: [{ name: ORIGIN, keyId: noteKeyId(old.key, sha256), signature }] })),
    ).toBe(1);
    expect(() => led('no checkpoint')).toThrow(Malformed);
  });
});

test('notes behind one another are told apart', () => {
  expect(notesIn(changes.join('\n'))).toEqual(changes);
  expect(notesIn('')).toEqual([]);
});
