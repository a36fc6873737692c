import { erasureLifeDecider, itemCategories, type EraseItems, type ItemField } from '@enishi/domain';
import { handle, type Ledger } from '../handle';
import type { Outcome } from '../outcome';
import { alumnusStream, lifecycleStream } from '../streams';
import { erasureContext } from './erase-person';

/** Which events of a person still state one of these fields. */
export async function statingEvents(
  { store, vault }: Pick<Ledger, 'store' | 'vault'>,
  alumnusId: string,
  fields: readonly ItemField[],
): Promise<readonly string[]> {
  const records = await store.readStream(alumnusStream(alumnusId));
  const facts = await vault.openFacts(records, { categories: itemCategories(fields) });
  const states = (data: Readonly<Record<string, unknown>>) => fields.some((field) => data[field] != null);
  return facts.filter(({ data }) => states(data)).map(({ id }) => id);
}

/** Begins the erasure of items of one person under a plan. Repeating it answers as the first time. */
export function eraseItems(ledger: Ledger, command: Omit<EraseItems, 'kind'>): Promise<Outcome> {
  const { erasureId, alumnusId } = command;
  const stream = lifecycleStream(alumnusId);
  const context = erasureContext(erasureId, alumnusId, 'start');
  return handle(ledger, erasureLifeDecider, stream, { kind: 'EraseItems', ...command }, context, {
    opens: [],
  });
}

/** Every item of a person that was ever erased: event id → fields. */
export async function erasedItems(
  { store }: Pick<Ledger, 'store'>,
  alumnusId: string,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const erased = new Map<string, Set<string>>();
  for (const { type, data } of await store.readStream(lifecycleStream(alumnusId))) {
    if (type !== 'ItemErased') continue;
    for (const eventId of data['eventIds'] as readonly string[]) {
      const fields = erased.get(eventId) ?? new Set();
      for (const field of data['fields'] as readonly string[]) fields.add(field);
      erased.set(eventId, fields);
    }
  }
  return erased;
}
