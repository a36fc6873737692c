import {
  ERASURE_CHUNK,
  fold,
  lifecycleDecider,
  planOf,
  standingOf,
  stayingOf,
  tokyoDay,
  type Category,
  type ErasureWish,
  type Fact,
  type KeptCategory,
  type LifecycleEvent,
} from '@enishi/domain';
import type { Subject } from '@enishi/vault';
import type { Ledger } from '../handle';
import { eachOf } from '../import/each-of';
import { lifecycleStream } from '../streams';

/** People looked at at the same time: their reads share round trips. */
const CONCURRENCY = 64;
/** People asked for in one statement. */
const SLICE = 5000;

/** Whom a plan is to name, and what of them. */
export interface ErasureOrder extends ErasureWish {
  readonly alumnusIds: readonly string[];
}

/** What keeps data of one person, and the requests of theirs that have keys of their own. */
export interface RetainedPerson {
  readonly kept: readonly KeptCategory[];
  readonly requestIds: readonly string[];
}

/** Asks what must stay of people, under the law of today. Who is not in the answer is kept by nothing. */
export type RetentionOf = (alumnusIds: readonly string[]) => Promise<ReadonlyMap<string, RetainedPerson>>;

/** A group of people of whom the same is to be erased. */
export interface ErasureGroup {
  readonly categories: readonly Category[];
  readonly alumnusIds: readonly string[];
  /** Requests of theirs whose keys go with their records. */
  readonly requestIds?: readonly string[];
}

/** Something that waits, of one person. */
export interface WaitingCategory extends KeptCategory {
  readonly alumnusId: string;
}

/** What a plan comes to, before it is in the ledger. */
export interface DrawnUp {
  /** At most as many people each as a chunk takes. */
  readonly chunks: readonly ErasureGroup[];
  readonly people: number;
  /** What must stay of those whom it names, and of those of whom nothing else is left to erase. */
  readonly waits: readonly WaitingCategory[];
  /** Kept by a hold. */
  readonly held: readonly string[];
  /** Of whom nothing of these categories lives that may go now, or who are not marked any more. */
  readonly empty: readonly string[];
}

/**
 * Looks at each person's stream and keys, and at what must stay: what would be erased now, what waits, and who is kept by a
 * hold. It is a proposal: each is looked at again when the plan is carried out.
 */
export async function drawUpErasure(
  ledger: Ledger,
  order: ErasureOrder,
  retentionOf: RetentionOf,
): Promise<DrawnUp> {
  const ids = [...new Set(order.alumnusIds)];
  const today = tokyoDay(ledger.clock.now());
  const retained = await inSlices(ids, retentionOf);
  const living = await livingCategories(ledger, ids, retained);
  const [held, empty]: [string[], string[]] = [[], []];
  const waits: WaitingCategory[] = [];
  const groups = new Map<string, string[]>();
  const looked = await eachOf(ids, CONCURRENCY, (alumnusId) => lifeOf(ledger, alumnusId));
  ids.forEach((alumnusId, index) => {
    const life = looked[index]!;
    const { kept = [] } = retained.get(alumnusId) ?? {};
    const plan = planOf(living.get(alumnusId) ?? [], order, kept, today);
    const isHeld = standingOf(life).length > 0;
    if (!isHeld) waits.push(...plan.waits.map((one) => ({ ...one, alumnusId })));
    const isMarked = order.ground !== 'import-undone' || life.marked;
    if (plan.goes.length === 0 || !isMarked) empty.push(alumnusId);
    else if (isHeld) held.push(alumnusId);
    else membersOf(groups, plan.goes.join()).push(alumnusId);
  });
  const chunks = [...groups].flatMap(([categories, alumnusIds]) =>
    slices(alumnusIds, ERASURE_CHUNK).map((slice) =>
      groupOf(categories.split(',') as Category[], slice, retained),
    ),
  );
  return { chunks, people: ids.length - held.length - empty.length, waits, held, empty };
}

/** What waits of people now, whatever a plan was about. */
export async function waitingOf(
  ledger: Ledger,
  alumnusIds: readonly string[],
  retentionOf: RetentionOf,
  going: readonly Category[] = [],
): Promise<readonly WaitingCategory[]> {
  const today = tokyoDay(ledger.clock.now());
  const retained = await inSlices(alumnusIds, retentionOf);
  const living = await livingCategories(ledger, alumnusIds, retained);
  return alumnusIds.flatMap((alumnusId) => {
    const left = (living.get(alumnusId) ?? []).filter((category) => !going.includes(category));
    const { kept = [] } = retained.get(alumnusId) ?? {};
    return stayingOf(left, kept, today).map((one) => ({ ...one, alumnusId }));
  });
}

function membersOf(groups: Map<string, string[]>, categories: string): string[] {
  const members = groups.get(categories) ?? [];
  groups.set(categories, members);
  return members;
}

function groupOf(
  categories: readonly Category[],
  alumnusIds: readonly string[],
  retained: ReadonlyMap<string, RetainedPerson>,
): ErasureGroup {
  const requestIds = categories.includes('request-record')
    ? alumnusIds.flatMap((id) => retained.get(id)?.requestIds ?? [])
    : [];
  return { categories, alumnusIds, ...(requestIds.length > 0 && { requestIds }) };
}

/** Which categories of each person are sealed under a key that lives, that of a request of theirs included. */
async function livingCategories(
  { vault }: Ledger,
  ids: readonly string[],
  retained: ReadonlyMap<string, RetainedPerson>,
): Promise<ReadonlyMap<string, readonly Category[]>> {
  const living = new Map<string, Set<Category>>(ids.map((id) => [id, new Set()]));
  const whose = new Map<string, string>();
  for (const id of ids) {
    whose.set(`alumnus:${id}`, id);
    for (const requestId of retained.get(id)?.requestIds ?? []) whose.set(`request:${requestId}`, id);
  }
  for (const slice of slices([...whose.keys()] as Subject[], SLICE)) {
    for (const { subject, category } of await vault.liveKeys(slice)) {
      living.get(whose.get(subject)!)!.add(category);
    }
  }
  return new Map([...living].map(([id, categories]) => [id, [...categories]]));
}

/** How a person stands to being erased: nothing of it is sealed. */
export async function lifeOf({ store, vault }: Ledger, alumnusId: string) {
  const records = await store.readStream(lifecycleStream(alumnusId));
  const facts = await vault.openFacts(records, { categories: [] });
  return fold(lifecycleDecider, facts as readonly Fact<LifecycleEvent>[]);
}

async function inSlices(
  ids: readonly string[],
  retentionOf: RetentionOf,
): Promise<ReadonlyMap<string, RetainedPerson>> {
  const all = new Map<string, RetainedPerson>();
  for (const slice of slices(ids, SLICE)) {
    for (const [id, one] of await retentionOf(slice)) all.set(id, one);
  }
  return all;
}

function slices<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
