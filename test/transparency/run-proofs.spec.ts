import { verifyRange } from '@enishi/transparency';
import { newestHead, RunProofs, runsOf, sha256 } from '@enishi/worker';
import fc from 'fast-check';
import { openSealedLedger, type SealedLedger } from './sealed-ledger';

jest.setTimeout(60_000);

const LEAVES = 600;
let opened: SealedLedger;
beforeAll(async () => {
  opened = await openSealedLedger('run_proofs');
  await opened.write(LEAVES);
  await opened.seal();
});
afterAll(() => opened?.close());

test('whichever leaves are chosen, their runs are all of them, in order, and each is proven', async () => {
  const { pool } = opened.room;
  const head = (await newestHead(pool))!;
  const { rows } = await pool.query<{ hash: Buffer }>('SELECT hash FROM leaves.leaf ORDER BY number');
  const hashes = rows.map(({ hash }) => hash);
  const chosen = fc.uniqueArray(fc.nat(head.size - 1), { maxLength: 60 });
  // Runs that are long, beside scattered leaves.
  const blocks = fc.array(fc.tuple(fc.nat(head.size - 1), fc.integer({ min: 1, max: 90 })), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(
      chosen,
      blocks,
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 1, max: 50 }),
      async (single, long, longest, page) => {
        const inBlocks = long.flatMap(([from, count]) => Array.from({ length: count }, (_, at) => from + at));
        const leaves = [...new Set([...single, ...inBlocks])]
          .filter((leaf) => leaf < head.size)
          .sort((a, b) => a - b);
        const pages = leaves.flatMap((_, at) => (at % page === 0 ? [leaves.slice(at, at + page)] : []));
        const proofs = new RunProofs(pool, head.size);
        const found: number[] = [];
        for await (const run of runsOf(pages, longest)) {
          const numbers = Array.from({ length: run.to - run.from }, (_, at) => run.from + at);
          expect(numbers.length).toBeLessThanOrEqual(longest);
          const nodes = (await proofs.pathOf(run)).map((node) => Buffer.from(node, 'base64'));
          const own = hashes.slice(run.from, run.to);
          expect(verifyRange(run.from, own, nodes, head, sha256)).toBe(true);
          found.push(...numbers);
        }
        expect(found).toEqual(leaves);
      },
    ),
    { numRuns: 60 },
  );
});
