import {
  erasableOf,
  ERASURE_CHUNK,
  erasureLifeDecider,
  fold,
  type Category,
  type Fact,
  type LifecycleEvent,
} from '@enishi/domain';
import type { Ledger } from '../handle';
import { eachOf } from '../import/each-of';
import { lifecycleStream } from '../streams';

/** People looked at at the same time: their reads share round trips. */
const CONCURRENCY = 64;
/** Keys asked for in one statement. */
const SLICE = 5000;

/** Whom a plan is to name. */
export interface ErasureOrder {
  readonly alumnusIds: readonly string[];
  readonly categories: readonly Category[];
  /** Only those whom an import that was undone had brought, and nothing else has known since. */
  readonly onlyMarked: boolean;
}

/** A group of people of whom the same is to be erased. */
export interface ErasureGroup {
  readonly categories: readonly Category[];
  readonly alumnusIds: readonly string[];
}

/** What a plan comes to, before it is in the ledger. */
export interface DrawnUp {
  /** At most as many people each as a chunk takes. */
  readonly chunks: readonly ErasureGroup[];
  readonly people: number;
  /** Kept by a hold. */
  readonly held: readonly string[];
  /** Of whom there is nothing of these categories that lives, or who are not marked any more. */
  readonly empty: readonly string[];
}

/**
 * Looks at each person's stream and keys: what would be erased now, and who is kept by a hold. It is a proposal: each is
 * looked at again when the plan is carried out.
 */
export async function drawUpErasure(ledger: Ledger, order: ErasureOrder): Promise<DrawnUp> {
  const ids = [...new Set(order.alumnusIds)];
  const living = await livingCategories(ledger, ids);
  const [held, empty]: [string[], string[]] = [[], []];
  const groups = new Map<string, string[]>();
  const groupOf = (categories: string): string[] => {
    const group = groups.get(categories) ?? [];
    groups.set(categories, group);
    return group;
  };
  const looked = await eachOf(ids, CONCURRENCY, (alumnusId) => lifeOf(ledger, alumnusId));
  ids.forEach((alumnusId, index) => {
    const { holds, marked } = looked[index]!;
    const categories = erasableOf(living.get(alumnusId) ?? [], order.categories);
    if (categories.length === 0 || (order.onlyMarked && !marked)) empty.push(alumnusId);
    else if (holds.length > 0) held.push(alumnusId);
    else groupOf(categories.join()).push(alumnusId);
  });
  const chunks = [...groups].flatMap(([categories, alumnusIds]) =>
    slices(alumnusIds, ERASURE_CHUNK).map((slice): ErasureGroup => ({
      categories: categories.split(',') as Category[],
      alumnusIds: slice,
    })),
  );
  return { chunks, people: ids.length - held.length - empty.length, held, empty };
}

/** Which categories of each person are sealed under a key that lives. */
async function livingCategories(
  { vault }: Ledger,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly Category[]>> {
  const living = new Map<string, Category[]>();
  for (const slice of slices(ids, SLICE)) {
    const keys = await vault.liveKeys(slice.map((id) => `alumnus:${id}` as const));
    for (const { subject, category } of keys) {
      const id = subject.slice('alumnus:'.length);
      const known = living.get(id);
      if (known) known.push(category);
      else living.set(id, [category]);
    }
  }
  return living;
}

/** How a person stands to being erased: nothing of it is sealed. */
async function lifeOf({ store, vault }: Ledger, alumnusId: string) {
  const records = await store.readStream(lifecycleStream(alumnusId));
  const facts = await vault.openFacts(records, { categories: [] });
  return fold(erasureLifeDecider, facts as readonly Fact<LifecycleEvent>[]);
}

function slices<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
