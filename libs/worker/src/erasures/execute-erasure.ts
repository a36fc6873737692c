import { createHash } from 'node:crypto';
import {
  completeErasure,
  createdId,
  endsIdentity,
  erasedKeys,
  erasureStartId,
  erasureStream,
  handleErasure,
  keyLine,
  readErasedChunk,
  readErasure,
  readErasureChunk,
  startErasure,
  type ErasureChunk,
  type Ledger,
} from '@enishi/application/ledger';
import {
  addDays,
  dayStart,
  longestKept,
  stayingOf,
  tokyoDay,
  type CarryOutErasure,
  type ErasureGround,
  type Instant,
} from '@enishi/domain';
import type { Pool } from 'pg';
import { destroyItems } from './erase-items';
import type { Purger } from './purger';
import { retentionNow } from './retention-now';
import { viewsPassed } from './views-passed';

/** People at work at the same time: their reads and appends share round trips. */
const CONCURRENCY = 64;

/** Places where a test lets the process die: behind each step that is durable. */
export type ErasureFaultPoint =
  | 'erasure-started'
  | 'keys-renewed'
  | 'items-resealed'
  | 'keys-closed'
  | 'keys-destroyed'
  | 'identities-blocked'
  | 'views-passed'
  | 'views-rebuilt'
  | 'stores-purged'
  | 'erasure-completed'
  | 'chunk-executed'
  | 'erasure-executed';

export interface ErasingOptions {
  readonly ledger: Ledger;
  readonly pool: Pool;
  readonly purgers: readonly Purger[];
  /** Builds every view that holds opened values anew: of items that are erased no event tells a row what to drop. */
  readonly rebuildViews: () => Promise<void>;
  /** For how long a file that names somebody erased brings nobody back. */
  readonly blockDays: number;
  readonly signal: AbortSignal;
  readonly faultPoint?: (name: ErasureFaultPoint) => Promise<void>;
}

/** What became of a chunk's people when their erasure was to begin. */
export interface Begun {
  readonly chunk: ErasureChunk;
  readonly started: readonly string[];
  readonly heldIds: readonly string[];
  readonly liftedIds: readonly string[];
  readonly keptIds: readonly string[];
  readonly blockedUntil?: Instant;
}

/**
 * Carries an approved plan out, chunk by chunk. Every step may be broken off and is taken again: what is done is
 * recognised, so that it only ever goes forward. While the stores are cleared of one chunk, the keys of the next are
 * destroyed.
 * @throws AcknowledgementMissing, ViewsBehind and what stores throw: to be called again later
 */
export async function executeErasure(options: ErasingOptions, erasureId: string): Promise<void> {
  const { ledger, signal } = options;
  const { standing, proposal, executed } = await readErasure(ledger, erasureId);
  if (standing !== 'approved' && standing !== 'running') return;
  const { chunks, ground, fields } = proposal!.data;
  let before: Promise<void> = Promise.resolve();
  try {
    for (let number = executed; number < chunks; number++) {
      signal.throwIfAborted();
      const chunk = (await readErasureChunk(ledger, erasureId, number))!;
      const begun =
        fields === undefined
          ? await destroy(options, erasureId, chunk, ground)
          : await destroyItems(options, erasureId, chunk, fields);
      await before;
      before = complete(options, erasureId, begun, fields !== undefined);
      before.catch(() => undefined);
    }
  } finally {
    await before;
  }
  await end(options, erasureId, chunks);
}

/** From the point of no return until the keys are gone. */
async function destroy(
  options: ErasingOptions,
  erasureId: string,
  chunk: ErasureChunk,
  ground: ErasureGround,
): Promise<Begun> {
  const { ledger, faultPoint } = options;
  const { categories, alumnusIds } = chunk;
  const onlyMarked = ground === 'import-undone';
  const retained = await retentionNow(options, chunk, ground);
  const today = tokyoDay(ledger.clock.now());
  const people: Record<'started' | 'heldIds' | 'liftedIds' | 'keptIds', string[]> = {
    ...{ started: [], heldIds: [], liftedIds: [], keptIds: [] },
  };
  await together(alumnusIds, async (alumnusId) => {
    const kept = longestKept(stayingOf(categories, retained.get(alumnusId)?.kept ?? [], today));
    const order = { alumnusId, erasureId, categories, onlyMarked, ...(kept !== undefined && { kept }) };
    const outcome = await startErasure(ledger, order);
    if (outcome.kind === 'done') people.started.push(alumnusId);
    else if (outcome.code === 'erasure-held') people.heldIds.push(alumnusId);
    else if (outcome.code === 'erasure-retained') people.keptIds.push(alumnusId);
    else people.liftedIds.push(alumnusId);
  });
  await faultPoint?.('erasure-started');
  const { started } = people;
  const keys = started.flatMap((alumnusId) => {
    const planEventId = erasureStartId(erasureId, alumnusId);
    const own = categories.map((category) => ({
      subject: `alumnus:${alumnusId}` as const,
      ...{ category, planEventId },
    }));
    const requests = retained.get(alumnusId)?.requestIds ?? [];
    const records = requests.map((requestId) => ({
      subject: `request:${requestId}` as const,
      ...{ category: 'request-record' as const, planEventId },
    }));
    return [...own, ...records];
  });
  const by = erasureStream(erasureId);
  await ledger.vault.closeKeys(keys, by, 'erasure');
  await faultPoint?.('keys-closed');
  await ledger.vault.destroyKeys(keys, by, 'erasure');
  await faultPoint?.('keys-destroyed');
  for (const ids of Object.values(people)) ids.sort();
  const begun = { chunk, ...people };
  if (!endsIdentity(categories)) return begun;
  const blockedUntil = dayStart(addDays(tokyoDay(ledger.clock.now()), options.blockDays));
  await ledger.vault.identities.block(started, blockedUntil);
  await faultPoint?.('identities-blocked');
  return { ...begun, blockedUntil };
}

/** Until no store holds what the keys had sealed. */
async function complete(
  options: ErasingOptions,
  erasureId: string,
  begun: Begun,
  isOfItems: boolean,
): Promise<void> {
  const { ledger, pool, purgers, rebuildViews, signal, faultPoint } = options;
  const { chunk, started, heldIds, liftedIds, keptIds, blockedUntil } = begun;
  const { number, categories } = chunk;
  // Nothing sealed under these keys comes after it.
  const position = (await ledger.store.head())!;
  await viewsPassed(pool, position, signal);
  await faultPoint?.('views-passed');
  if (isOfItems) {
    await rebuildViews();
    await faultPoint?.('views-rebuilt');
  }
  for (const { purge } of purgers) await purge({ alumnusIds: started, categories, position });
  await faultPoint?.('stores-purged');
  const keys = new Map<string, number>();
  const { requestIds = [] } = chunk;
  const destroyed = await erasedKeys(ledger, erasureId, { alumnusIds: started, requestIds });
  for (const { alumnusId, epoch } of destroyed) {
    if (epoch !== undefined) keys.set(alumnusId, (keys.get(alumnusId) ?? 0) + 1);
  }
  // Of items the person stays: the plan's own end is all that there is to say.
  await together(isOfItems ? [] : started, async (alumnusId) => {
    await completeErasure(ledger, {
      alumnusId,
      erasureId,
      categories,
      keys: keys.get(alumnusId) ?? 0,
      ...(blockedUntil !== undefined && { blockedUntil }),
    });
  });
  await faultPoint?.('erasure-completed');
  await record(ledger, erasureId, `executed ${number}`, {
    kind: 'RecordExecuted',
    number,
    erased: started.length,
    keys: [...keys.values()].reduce((sum, count) => sum + count, 0),
    ...(heldIds.length > 0 && { heldIds }),
    ...(liftedIds.length > 0 && { liftedIds }),
    ...(keptIds.length > 0 && { keptIds }),
  });
  await faultPoint?.('chunk-executed');
}

/** The certificate's event: when every view has passed the last of it too. */
async function end(options: ErasingOptions, erasureId: string, chunks: number): Promise<void> {
  const { ledger, pool, signal, faultPoint } = options;
  await viewsPassed(pool, (await ledger.store.head())!, signal);
  const totals = { erased: 0, left: 0, keys: 0 };
  const digest = createHash('sha256');
  for (let number = 0; number < chunks; number++) {
    const chunk = await readErasedChunk(ledger, erasureId, number, chunks);
    for (const key of await erasedKeys(ledger, erasureId, chunk)) digest.update(keyLine(key));
    const { erased, keys, heldIds = [], liftedIds = [], keptIds = [] } = chunk.executed;
    totals.erased += erased;
    totals.left += heldIds.length + liftedIds.length + keptIds.length;
    totals.keys += keys;
  }
  await record(ledger, erasureId, 'end', { kind: 'EndErasure', ...totals, digest: digest.digest('hex') });
  await faultPoint?.('erasure-executed');
}

/** @throws Error where the rules say no: the plan is not what it was when it began */
async function record(
  ledger: Ledger,
  erasureId: string,
  step: string,
  command: CarryOutErasure,
): Promise<void> {
  const commandId = createdId(erasureId, step);
  const context = { commandId, actor: 'system:erasure', correlationId: erasureId } as const;
  const outcome = await handleErasure(ledger, erasureId, command, context);
  if (outcome.kind === 'refused') throw new Error(`a plan of erasure refused its step: ${outcome.code}`);
}

/** Works on many people, some at a time. */
async function together(
  people: readonly string[],
  work: (alumnusId: string) => Promise<void>,
): Promise<void> {
  let next = 0;
  const one = async (): Promise<void> => {
    for (let at = next++; at < people.length; at = next++) await work(people[at]!);
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, people.length) }, one));
}
