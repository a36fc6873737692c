import {
  erasurePlanDecider,
  fold,
  type Category,
  type DataOf,
  type ErasureCommand,
  type ErasurePlanEvent,
  type ErasureState,
  type Fact,
} from '@enishi/domain';
import type { EventStore, RecordedEvent } from '@enishi/event-store';
import type { CommandContext } from '../context';
import { handle, type Ledger } from '../handle';
import type { Outcome } from '../outcome';
import { erasureStream } from '../streams';
import type { ErasureGroup } from './draw-up';

/** Carries out a command on one plan of erasure. */
export function handleErasure(
  ledger: Ledger,
  erasureId: string,
  command: ErasureCommand,
  context: CommandContext,
): Promise<Outcome> {
  const options = { opens: [], read: readEnds };
  return handle(ledger, erasurePlanDecider, erasureStream(erasureId), command, context, options);
}

/**
 * How far a plan of erasure is, from the ledger itself. Who decided it is not told once it is carried out.
 * @param opens categories: `staff` for reasons
 */
export async function readErasure(
  { store, vault }: Pick<Ledger, 'store' | 'vault'>,
  erasureId: string,
  opens: readonly Category[] = [],
): Promise<ErasureState> {
  const records = await readEnds(store, erasureStream(erasureId));
  const facts = (await vault.openFacts(records, { categories: opens })) as readonly Fact<ErasurePlanEvent>[];
  return fold(erasurePlanDecider, facts);
}

/** The people of a chunk, and which categories of theirs. */
export interface ErasureChunk extends ErasureGroup {
  readonly number: number;
  /** Of a plan for items: only as these events state them. */
  readonly eventIds?: readonly string[];
}

/** A chunk of a plan; its chunks stand behind the proposal, in order. `undefined` where it has none of this number. */
export async function readErasureChunk(
  { store }: Pick<Ledger, 'store'>,
  erasureId: string,
  number: number,
): Promise<ErasureChunk | undefined> {
  const [record] = await store.readStream(erasureStream(erasureId), { from: number + 1, limit: 1 });
  if (record?.revision !== number + 1 || record.type !== 'ErasureChunkProposed') return undefined;
  return record.data as unknown as ErasureChunk;
}

/**
 * A chunk that was carried out, without the people who were left as they are.
 * @param chunks how many the plan has: what was carried out stands behind the proposal, all chunks and the approval
 */
export async function readErasedChunk(
  ledger: Pick<Ledger, 'store'>,
  erasureId: string,
  number: number,
  chunks: number,
): Promise<ErasureChunk & { readonly executed: DataOf<'ErasureChunkExecuted'> }> {
  const chunk = (await readErasureChunk(ledger, erasureId, number))!;
  const from = chunks + 2 + number;
  const [done] = await ledger.store.readStream(erasureStream(erasureId), { from, limit: 1 });
  const executed = done!.data as unknown as DataOf<'ErasureChunkExecuted'>;
  const { heldIds = [], liftedIds = [], keptIds = [] } = executed;
  const left = new Set([...heldIds, ...liftedIds, ...keptIds]);
  return { ...chunk, alumnusIds: chunk.alumnusIds.filter((id) => !left.has(id)), executed };
}

/** A stream's first event and its last: where a plan stands is told by these, and a large one has hundreds between them. */
async function readEnds(store: EventStore, stream: string): Promise<readonly RecordedEvent[]> {
  const first = await store.readStream(stream, { limit: 1 });
  if (first.length === 0) return first;
  const [last] = await store.readStream(stream, { direction: 'backwards', limit: 1 });
  return last!.revision === 0 ? first : [...first, last!];
}
