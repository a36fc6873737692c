import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { GrowingRoot } from './tree-root';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const leafOf = (text: string): Uint8Array =>
  createHash('sha256')
    .update(Buffer.from([0]))
    .update(text)
    .digest();

/** RFC 9162 section 2.1.1, word for word: split at the largest power of two below n. */
function byTheBook(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256(new Uint8Array(0));
  if (leaves.length === 1) return only;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  const sides = [byTheBook(leaves.slice(0, k)), byTheBook(leaves.slice(k))];
  return sha256(Buffer.concat([Buffer.from([1]), ...sides]));
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('the empty tree is the hash of nothing', () => {
  expect(hex(new GrowingRoot(sha256).root())).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
});

test('grows to the root of the definition, at every size', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 70 }), (texts) => {
      const leaves = texts.map(leafOf);
      const tree = new GrowingRoot(sha256);
      leaves.forEach((leaf, index) => {
        tree.add(leaf);
        expect(hex(tree.root())).toBe(hex(byTheBook(leaves.slice(0, index + 1))));
      });
      expect(tree.size).toBe(BigInt(leaves.length));
    }),
  );
});
