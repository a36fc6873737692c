import type { EventStore } from '@enishi/event-store';
import { leafText } from '@enishi/transparency';
import { sha256 } from '@enishi/worker';
import { timed } from './measure';

/** Leaves hashed in one go: a power of two, so that but for the last ones they make a whole subtree. */
const PAGE = 4096;

/**
 * The hashing that a tree cannot do without: each leaf's bytes, which are there, and one node less than there are
 * leaves. Answers milliseconds; reading the events and writing their texts is not among them.
 */
export async function hashTree(
  store: Pick<EventStore, 'readAll'>,
  ledger: string,
  events: number,
): Promise<number> {
  let milliseconds = 0;
  let hashed = 0;
  const roots: Uint8Array[] = [];
  for (let after: bigint | undefined; hashed < events;) {
    const limit = Math.min(PAGE, events - hashed);
    const page = await store.readAll({ limit, ...(after !== undefined && { after }) });
    after = page.at(-1)?.position;
    if (after === undefined) throw new Error(`the ledger has ${hashed} events, not ${events}`);
    hashed += page.length;
    const texts = page.map(({ stream, revision, id, type, dataText, metadataText, recordedAt }) =>
      Buffer.from(
        `\0${leafText({ stream, revision, id, type, dataText, metadataText, recordedAt, ledger })}`,
      ),
    );
    milliseconds += await timed(async () => roots.push(rootOf(texts.map(sha256))));
  }
  return milliseconds + (await timed(async () => rootOf(roots)));
}

function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  let row = leaves;
  const node = Buffer.alloc(65, 1);
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at + 1 < row.length; at += 2) {
      node.set(row[at]!, 1);
      node.set(row[at + 1]!, 33);
      above.push(sha256(node));
    }
    row = row.length % 2 === 1 ? [...above, row.at(-1)!] : above;
  }
  return row[0]!;
}
