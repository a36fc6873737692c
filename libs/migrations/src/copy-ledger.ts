import { createHash } from 'node:crypto';
import type { Append, EventStore, Position, RecordedEvent } from '@enishi/event-store';
import { leafHash, LedgerTree } from '@enishi/transparency';

/** What was copied, and the proof that both stores hold the same ledger. */
export interface CopiedLedger {
  readonly ledgerId: string;
  /** Events in both stores. */
  readonly leaves: bigint;
  /** Those that this run wrote; the others stood there already. */
  readonly written: bigint;
  /** Root of the tree over all leaves, in hex; read from each store by itself, and the same. */
  readonly root: string;
}

/** The stores do not hold the same ledger. `code` is stable, `leaf` counts from 1. */
export class LedgersDiffer extends Error {
  constructor(
    readonly code: 'source-empty' | 'not-a-ledger' | 'leaf-differs' | 'target-ahead' | 'root-differs',
    message: string,
    readonly leaf?: bigint,
  ) {
    super(message);
    this.name = 'LedgersDiffer';
  }
}

const PAGE = 1000;
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/**
 * Copies a ledger from one event store into another, event by event in the order of the leaves, with the time at
 * which the first one recorded it. What the target already has is compared, not written: after an interruption it
 * goes on. At the end the target is read again from its beginning, and its tree must have the source's root.
 *
 * Nothing may be written to either store meanwhile.
 *
 * @param to opened as `restoring`
 * @param options.keepsOrder whether the target stores what `appendMany` is given in that order, as PostgreSQL does;
 *   on EventStoreDB, appends under way together may be stored in any order, so each waits for the one before
 * @param options.onMoved told the source's and the target's position of each event
 * @throws LedgersDiffer
 */
export async function copyLedger(
  from: Pick<EventStore, 'readAll'>,
  to: Pick<EventStore, 'readAll' | 'append' | 'appendMany'>,
  options: {
    readonly keepsOrder?: boolean;
    readonly onProgress?: (leaves: bigint) => void;
    readonly onMoved?: (event: RecordedEvent, position: Position) => void;
  } = {},
): Promise<CopiedLedger> {
  const leaves = new LedgerTree(await ledgerIdOf(from), sha256);
  let [read, stands]: [Position?, Position?] = [];
  let written = 0n;
  for (;;) {
    const page = await from.readAll(after(read, PAGE));
    if (page.length === 0) break;
    read = page.at(-1)!.position;
    const there = await to.readAll(after(stands, page.length));
    const positions = compare(page, there, leaves);
    stands = there.at(-1)?.position ?? stands;
    const rest = page.slice(there.length);
    const appended = await write(to, rest, leaves, options.keepsOrder ?? false);
    stands = appended.at(-1) ?? stands;
    written += BigInt(rest.length);
    [...positions, ...appended].forEach((position, index) => options.onMoved?.(page[index]!, position));
    options.onProgress?.(leaves.size);
  }
  const copy = await treeOf(to, leaves.ledger);
  if (copy.size > leaves.size) {
    throw new LedgersDiffer('target-ahead', `the target has ${copy.size} events, the source ${leaves.size}`);
  }
  const root = hex(leaves.root);
  if (hex(copy.root) !== root) throw new LedgersDiffer('root-differs', 'the copies have different roots');
  return { ledgerId: leaves.ledger, leaves: leaves.size, written, root };
}

const after = (position: Position | undefined, limit: number) =>
  position === undefined ? { limit } : { after: position, limit };

async function ledgerIdOf(from: Pick<EventStore, 'readAll'>): Promise<string> {
  const [first] = await from.readAll({ limit: 1 });
  if (first === undefined)
    throw new LedgersDiffer('source-empty', 'there is nothing to copy: the source is empty');
  const ledgerId = first.data['ledgerId'];
  if (first.type !== 'LedgerOpened' || typeof ledgerId !== 'string') {
    throw new LedgersDiffer('not-a-ledger', 'the first event of the source does not open a ledger');
  }
  return ledgerId;
}

/** Counts in what both have, and answers where it stands in the target. */
function compare(
  page: readonly RecordedEvent[],
  there: readonly RecordedEvent[],
  leaves: LedgerTree,
): readonly Position[] {
  return there.map((record, index) => {
    const { hash, recordedAt } = leaves.add(page[index]!);
    const copy = leafHash({ ...record, recordedAt, ledger: leaves.ledger }, sha256);
    if (hex(copy) !== hex(hash) || record.recordedAt !== recordedAt) {
      const number = leaves.size;
      throw new LedgersDiffer(
        'leaf-differs',
        `event ${number} of the target is another than the source's`,
        number,
      );
    }
    return record.position;
  });
}

/** Writes events in this order. */
async function write(
  to: Pick<EventStore, 'append' | 'appendMany'>,
  events: readonly RecordedEvent[],
  leaves: LedgerTree,
  keepsOrder: boolean,
): Promise<readonly Position[]> {
  const appends = events.map((event) => toAppend(event, leaves.add(event).recordedAt));
  if (!keepsOrder) {
    const positions: Position[] = [];
    for (const append of appends) positions.push((await to.append(append)).position);
    return positions;
  }
  return (await to.appendMany(appends)).map((outcome) => {
    if (outcome instanceof Error) throw outcome;
    return outcome.position;
  });
}

function toAppend(event: RecordedEvent, recordedAt: string): Append {
  const { id, type, data, metadata, stream, revision } = event;
  const expected = revision === 0 ? 'no-stream' : revision - 1;
  return {
    stream,
    expected,
    events: [{ id, type, data, metadata: { ...metadata, $recordedAt: recordedAt } }],
  };
}

async function treeOf(store: Pick<EventStore, 'readAll'>, ledgerId: string): Promise<LedgerTree> {
  const leaves = new LedgerTree(ledgerId, sha256);
  let read: Position | undefined;
  for (;;) {
    const page = await store.readAll(after(read, PAGE));
    if (page.length === 0) return leaves;
    for (const record of page) leaves.add(record);
    read = page.at(-1)!.position;
  }
}
