import { leafText } from '@enishi/transparency';
import type { Instant } from '@enishi/domain';
import type { EventStore, Position, RecordedEvent } from '@enishi/event-store';
import { LeafMismatch } from './leaf-writer';

/** A leaf that is in an excerpt, and where its event stands. */
export interface LeafPlace {
  /** Counted from 1, as the rows have it. */
  readonly number: bigint;
  readonly position: Position;
  readonly eventId: string;
  readonly recordedAt: Instant;
  readonly stream: string;
  readonly revision: number;
}

/** A leaf with its event. */
export interface ExcerptLeaf {
  /** Counted from 0, as proofs have it. */
  readonly leaf: number;
  /** What is hashed. */
  readonly text: string;
  readonly record: RecordedEvent;
}

/** Streams that are read at once. */
const AT_ONCE = 8;
/** Where at least every sixteenth event is wanted, reading all of them takes less than asking for each stream. */
const SPARSE = 16n;

/**
 * The events of leaves, in the order of the leaves.
 *
 * @param before position of the event in front of the first; absent where there is none
 * @throws LeafMismatch where an event is not the one its leaf was made of
 */
export async function readLeaves(
  store: EventStore,
  ledger: string,
  places: readonly LeafPlace[],
  before: Position | undefined,
): Promise<readonly ExcerptLeaf[]> {
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) return [];
  const isDense = last.number - first.number < BigInt(places.length) * SPARSE;
  const records = isDense
    ? await readBetween(store, before, last.position)
    : await readByStream(store, places);
  const byId = new Map(records.map((record) => [record.id, record]));
  return places.map((place) => leafOf(ledger, place, byId.get(place.eventId)));
}

/**
 * A leaf, made of its event.
 * @throws LeafMismatch where it is the leaf of another
 */
export function leafOf(
  ledger: string,
  { number, eventId, recordedAt }: Pick<LeafPlace, 'number' | 'eventId' | 'recordedAt'>,
  record: RecordedEvent | undefined,
): ExcerptLeaf {
  if (record?.id !== eventId) throw new LeafMismatch(number, eventId);
  // Member by member: to spread an event would parse its data, of which only the text is needed.
  const { stream, revision, id, type, dataText, metadataText } = record;
  const text = leafText({ ledger, stream, revision, id, type, dataText, metadataText, recordedAt });
  return { leaf: Number(number) - 1, text, record };
}

async function readBetween(
  store: EventStore,
  before: Position | undefined,
  last: Position,
): Promise<readonly RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  let after = before;
  for (;;) {
    const page = await store.readAll(after === undefined ? {} : { after });
    found.push(...page);
    after = page.at(-1)?.position;
    if (after === undefined || after >= last) return found;
  }
}

async function readByStream(
  store: EventStore,
  places: readonly LeafPlace[],
): Promise<readonly RecordedEvent[]> {
  // Of a stream that is whole, the revisions in a run of leaves are a run themselves.
  const runs = new Map<string, { readonly from: number; to: number }>();
  for (const { stream, revision } of places) {
    const run = runs.get(stream);
    if (run) run.to = revision;
    else runs.set(stream, { from: revision, to: revision });
  }
  const found: RecordedEvent[] = [];
  const waiting = runs.entries();
  const worker = async (): Promise<void> => {
    for (const [stream, { from, to }] of waiting) {
      found.push(...(await store.readStream(stream, { from, limit: to - from + 1 })));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found;
}
