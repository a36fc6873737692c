import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  consistencyRanges,
  inclusionRanges,
  nodeHash,
  OutsideTree,
  rangeProofRanges,
  type LeafRange,
} from './merkle';
import { verifyConsistency, verifyInclusion, verifyRange, type TreeHead } from './proof';
import { tilePath, parseTilePath, Tiles, tilesOf, tileWidth } from './tile';
import { GrowingRoot } from './tree-root';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const leafOf = (bytes: Uint8Array): Uint8Array => sha256(Buffer.concat([Buffer.from([0]), bytes]));
const LEAVES = Array.from({ length: 700 }, (_, at) => leafOf(Buffer.from(`leaf ${at}`)));

/** RFC 9162 section 2.1.1, word for word; what was computed once is kept. */
const kept = new Map<string, Uint8Array>();
function byTheBook({ from, to }: LeafRange): Uint8Array {
  const known = kept.get(`${from}-${to}`);
  if (known) return known;
  if (to - from === 0) return sha256(new Uint8Array());
  if (to - from === 1) return LEAVES[from]!;
  let k = 1;
  while (k * 2 < to - from) k *= 2;
  const root = nodeHash(byTheBook({ from, to: from + k }), byTheBook({ from: from + k, to }), sha256);
  kept.set(`${from}-${to}`, root);
  return root;
}
const headOf = (size: number): TreeHead => ({ size, root: byTheBook({ from: 0, to: size }) });
const proofOf = (ranges: readonly LeafRange[]): readonly Uint8Array[] => ranges.map(byTheBook);

/** The same hashes, with one bit of one turned. */
function turned(proof: readonly Uint8Array[], at: number, bit: number): readonly Uint8Array[] {
  const node = Uint8Array.from(proof[at]!);
  node[bit >> 3]! ^= 1 << (bit & 7);
  return proof.with(at, node);
}

describe('the published tree of eight leaves', () => {
  const leaves = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ].map((text) => leafOf(Buffer.from(text, 'hex')));
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  const tiles = new Tiles(sha256);
  tiles.add({ level: 0, index: 0 }, leaves);
  const hashes = (ranges: readonly LeafRange[]) => ranges.map((range) => hex(tiles.rootOf(range)));

  test.each(roots.map((root, at) => [at + 1, root] as const))('has at size %i the root %s', (size, root) => {
    const growing = new GrowingRoot(sha256);
    leaves.slice(0, size).forEach((leaf) => growing.add(leaf));
    expect([hex(growing.root()), hex(tiles.rootOf({ from: 0, to: size }))]).toEqual([root, root]);
  });

  test('has the published proofs', () => {
    expect(hashes(inclusionRanges(0, 8))).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
    expect(hashes(inclusionRanges(2, 3))).toEqual([roots[1]]);
    expect(hashes(consistencyRanges(6, 8))).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      roots[3],
    ]);
  });
});

test('every leaf of every tree up to 100 leaves is proven in it, and nowhere else', () => {
  const wrong: string[] = [];
  for (let size = 1; size <= 100; size += 1) {
    const head = headOf(size);
    for (let index = 0; index < size; index += 1) {
      const proof = proofOf(inclusionRanges(index, size));
      const proves = (at: number, leaf: number) =>
        verifyInclusion({ index: at, hash: LEAVES[leaf]! }, proof, head, sha256);
      const isRight = proves(index, index) && !proves(index, index + 1) && !proves(index + 1, index);
      if (!isRight) wrong.push(`${index} of ${size}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('every tree up to 100 leaves is proven to be the beginning of every larger one, and no other is', () => {
  const wrong: string[] = [];
  for (let newer = 0; newer <= 100; newer += 1) {
    for (let older = 0; older <= newer; older += 1) {
      const proof = proofOf(consistencyRanges(older, newer));
      const proves = (root: Uint8Array) =>
        verifyConsistency({ size: older, root }, headOf(newer), proof, sha256);
      if (!proves(headOf(older).root) || proves(LEAVES[older]!)) wrong.push(`${older} of ${newer}`);
    }
  }
  expect(wrong).toEqual([]);
});

const trees = fc.integer({ min: 2, max: LEAVES.length - 1 });

test('a proof of which one bit is turned, or one hash is missing, proves nothing', () => {
  fc.assert(
    fc.property(trees, fc.nat(), fc.nat(), fc.nat(255), (size, which, node, bit) => {
      const index = which % size;
      const head = headOf(size);
      const leaf = { index, hash: LEAVES[index]! };
      const proof = proofOf(inclusionRanges(index, size));
      const at = node % proof.length;
      expect(verifyInclusion(leaf, turned(proof, at, bit), head, sha256)).toBe(false);
      expect(verifyInclusion(leaf, proof.toSpliced(at, 1), head, sha256)).toBe(false);
      expect(verifyInclusion(leaf, [...proof, proof[at]!], head, sha256)).toBe(false);

      const older = 1 + (which % (size - 1));
      const consistency = proofOf(consistencyRanges(older, size));
      const spot = node % consistency.length;
      const isBeginning = (nodes: readonly Uint8Array[]) =>
        verifyConsistency(headOf(older), head, nodes, sha256);
      expect(isBeginning(turned(consistency, spot, bit))).toBe(false);
      expect(isBeginning(consistency.toSpliced(spot, 1))).toBe(false);
      expect(isBeginning([...consistency, consistency[spot]!])).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test('a run of leaves is proven by one proof, and only as it stands', () => {
  fc.assert(
    fc.property(trees, fc.nat(), fc.nat(), fc.nat(255), (size, start, length, bit) => {
      const from = start % size;
      const run = { from, to: from + 1 + (length % (size - from)) };
      const [head, leaves] = [headOf(size), LEAVES.slice(run.from, run.to)];
      const proof = proofOf(rangeProofRanges(run, size));
      const proves = (of: readonly Uint8Array[], nodes = proof, at = from) =>
        verifyRange(at, of, nodes, head, sha256);
      expect(proves(leaves)).toBe(true);
      expect(proof.length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(size)));
      expect(proves(leaves.slice(1))).toBe(false);
      expect(proves([...leaves, LEAVES[run.to]!])).toBe(false);
      expect(proves(turned(leaves, bit % leaves.length, bit))).toBe(false);
      expect(proves(leaves, proof, from + 1)).toBe(false);
      expect(proves(leaves, [...proof, head.root])).toBe(false);
      if (leaves.length > 1) expect(proves([leaves[1]!, leaves[0]!, ...leaves.slice(2)])).toBe(false);
      if (proof.length > 0) expect(proves(leaves, turned(proof, bit % proof.length, bit))).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test.each<[string, () => unknown]>([
  ['a leaf behind the last', () => inclusionRanges(3, 3)],
  ['a leaf before the first', () => inclusionRanges(-1, 3)],
  ['an older tree that is larger', () => consistencyRanges(4, 3)],
  ['an empty run', () => rangeProofRanges({ from: 1, to: 1 }, 3)],
  ['a run beyond the tree', () => rangeProofRanges({ from: 1, to: 4 }, 3)],
])('nothing proves %s', (_, ask) => {
  expect(ask).toThrow(OutsideTree);
});

/** The tiles of a tree of the leaves above, each cut to what the tree of this size has. */
function tilesFor(ranges: readonly LeafRange[], size: number): Tiles {
  const tiles = new Tiles(sha256);
  for (const { level, index, width } of tilesOf(ranges, size)) {
    const [span, first] = [256 ** level, index * 256];
    const hashes = Array.from({ length: width }, (_, at) =>
      byTheBook({ from: (first + at) * span, to: (first + at + 1) * span }),
    );
    tiles.add({ level, index }, hashes);
  }
  return tiles;
}

test('tiles give every proof that the leaves give', () => {
  fc.assert(
    fc.property(trees, fc.nat(), fc.nat(), (size, one, other) => {
      const from = one % size;
      const all = [
        inclusionRanges(from, size),
        consistencyRanges(from, size),
        rangeProofRanges({ from, to: from + 1 + (other % (size - from)) }, size),
      ];
      for (const ranges of all) {
        const tiles = tilesFor(ranges, size);
        expect(ranges.map((range) => hex(tiles.rootOf(range)))).toEqual(proofOf(ranges).map(hex));
      }
      const growing = new GrowingRoot(sha256, tilesFor([{ from: 0, to: size }], size).peaksOf(size));
      growing.add(LEAVES[size]!);
      expect(hex(growing.root())).toBe(hex(headOf(size + 1).root));
      expect(growing.size).toBe(BigInt(size + 1));
    }),
    { numRuns: 100 },
  );
});

test('a proof in a tree of ten million leaves takes a handful of tiles', () => {
  fc.assert(
    fc.property(fc.integer({ min: 9_000_000, max: 10_000_000 }), fc.nat(), (size, which) => {
      expect(tilesOf(inclusionRanges(which % size, size), size).length).toBeLessThanOrEqual(6);
      expect(tilesOf(consistencyRanges(which % size, size), size).length).toBeLessThanOrEqual(6);
    }),
    { numRuns: 500 },
  );
});

test('a tile that was not read is missed, not made up', () => {
  const tiles = new Tiles(sha256);
  tiles.add({ level: 0, index: 0 }, LEAVES.slice(0, 3));
  expect(() => tiles.rootOf({ from: 0, to: 4 })).toThrow('tile 0/0 was not read so far');
});

test('tiles are named as C2SP tlog-tiles names them', () => {
  expect(tilePath({ level: 0, index: 1234067 }, 256)).toBe('tile/0/x001/x234/067');
  expect(tilePath({ level: 1, index: 0 }, 17)).toBe('tile/1/000.p/17');
  // The example of the format: a tree of 70,000.
  const widths = [272, 273, 274].map((index) => tileWidth({ level: 0, index }, 70_000));
  expect(widths).toEqual([256, 112, 0]);
  expect([0, 1].map((index) => tileWidth({ level: 1, index }, 70_000))).toEqual([256, 17]);
  expect(tileWidth({ level: 2, index: 0 }, 70_000)).toBe(1);
  fc.assert(
    fc.property(fc.nat(63), fc.maxSafeNat(), fc.integer({ min: 1, max: 256 }), (level, index, width) => {
      expect(parseTilePath(tilePath({ level, index }, width))).toEqual({ level, index, width });
    }),
  );
});

const NO_TILES = ['tile/0/0', 'tile/00/000', 'tile/0/x000/001', 'tile/0/000.p/256', 'tile/0/000.p/0', 'x'];
test.each(NO_TILES)('%s names no tile', (path) => {
  expect(parseTilePath(path)).toBeUndefined();
});

describe('parts of a proof that are no hashes', () => {
  // The bytes of a node are those of its two children, one behind the other: cut elsewhere, they would be two others.
  const [a, b, c, x, y] = LEAVES as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const ab = nodeHash(a, b, sha256);
  const kept: TreeHead = { size: 3, root: nodeHash(ab, c, sha256) };
  const both = Buffer.concat([ab, c]);
  const forged: TreeHead = { size: 4, root: nodeHash(both, nodeHash(x, y, sha256), sha256) };

  test('lead from no checkpoint that was kept to another history', () => {
    const proof = [new Uint8Array(), Buffer.concat([x, y]), both];
    expect(verifyConsistency(kept, forged, proof, sha256)).toBe(false);
  });

  test('put no leaf in where another stood', () => {
    expect(verifyRange(2, [x, y], [both], forged, sha256)).toBe(false);
    expect(verifyInclusion({ index: 2, hash: x }, [y, both], forged, sha256)).toBe(false);
  });
});
