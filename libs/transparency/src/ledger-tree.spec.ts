import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { leafHash } from './leaf';
import { LeafSequence, LedgerTree, type StoredEvent } from './ledger-tree';
import { GrowingRoot } from './tree-root';

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const LEDGER = 'a-ledger';

const eventAt = (recordedAt: string, revision = 0): StoredEvent => ({
  stream: 'company',
  revision,
  id: `event-${revision}`,
  type: 'LedgerOpened',
  dataText: '{}',
  metadataText: '{}',
  recordedAt,
});
const instants = fc.date({
  min: new Date('2026-01-01T00:00:00Z'),
  max: new Date('2026-12-31T00:00:00Z'),
  noInvalidDate: true,
});

test('a leaf is recorded at its event’s time, and never before the leaf in front of it', () => {
  const leaves = new LeafSequence(LEDGER, sha256);
  const [early, late, between] = [
    '2026-11-21T09:00:00.000Z',
    '2026-11-21T09:00:02.000Z',
    '2026-11-21T09:00:01.000Z',
  ];
  expect(leaves.lastRecordedAt).toBe('');
  expect([early, late, between, late].map((at) => leaves.next(eventAt(at!)).recordedAt)).toEqual([
    early,
    late,
    late,
    late,
  ]);
  expect(leaves.lastRecordedAt).toBe(late);
});

test('the time that was put right is what is hashed', () => {
  const [late, before] = ['2026-11-21T09:00:02.000Z', '2026-11-21T09:00:01.000Z'];
  const leaf = new LeafSequence(LEDGER, sha256, late).next(eventAt(before));
  expect(leaf).toEqual({
    recordedAt: late,
    hash: leafHash({ ...eventAt(late), ledger: LEDGER }, sha256),
  });
});

test('however a ledger is cut into runs, its leaves are the same, and so is its root', () => {
  fc.assert(
    fc.property(fc.array(instants, { minLength: 1, maxLength: 40 }), fc.nat(), (dates, at) => {
      const events = dates.map((date, index) => eventAt(date.toISOString(), index));
      const cut = at % (events.length + 1);
      const first = new LeafSequence(LEDGER, sha256);
      const head = events.slice(0, cut).map((event) => first.next(event));
      const second = new LeafSequence(LEDGER, sha256, first.lastRecordedAt);
      const all = [...head, ...events.slice(cut).map((event) => second.next(event))];

      const tree = new LedgerTree(LEDGER, sha256);
      expect(events.map((event) => tree.add(event))).toEqual(all);
      const root = new GrowingRoot(sha256);
      for (const { hash } of all) root.add(hash);
      expect([tree.root, tree.size]).toEqual([root.root(), BigInt(events.length)]);
      const times = all.map(({ recordedAt }) => recordedAt);
      expect(times).toEqual([...times].sort());
      // Each is its own event's time, or that of one before.
      all.forEach(({ recordedAt }, index) =>
        expect(recordedAt).toBe(
          events
            .slice(0, index + 1)
            .map((event) => event.recordedAt)
            .sort()
            .at(-1),
        ),
      );
    }),
  );
});
