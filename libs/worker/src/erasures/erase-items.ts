import {
  alumnusStream,
  erasedItems,
  erasureStartId,
  erasureStream,
  eraseItems,
  statingEvents,
  type ErasureChunk,
} from '@enishi/application/ledger';
import type { ItemField } from '@enishi/domain';
import type { Begun, ErasingOptions } from './execute-erasure';

const WHY = 'item-erasure';

/**
 * From the point of no return until the key that had sealed the items is gone: the next generation is opened, what stays in
 * the person's events is sealed anew under it, and the one before is destroyed. Every step may be taken again.
 */
export async function destroyItems(
  { ledger, faultPoint }: ErasingOptions,
  erasureId: string,
  chunk: ErasureChunk,
  fields: readonly ItemField[],
): Promise<Begun> {
  const { store, vault } = ledger;
  const { categories, alumnusIds, eventIds } = chunk;
  const [started, heldIds, liftedIds]: [string[], string[], string[]] = [[], [], []];
  for (const alumnusId of alumnusIds) {
    const stating = eventIds ?? (await statingEvents(ledger, alumnusId, fields));
    const order = { alumnusId, erasureId, categories, fields, eventIds: stating };
    const outcome = await eraseItems(ledger, order);
    if (outcome.kind === 'done') started.push(alumnusId);
    else if (outcome.code === 'erasure-held') heldIds.push(alumnusId);
    else liftedIds.push(alumnusId);
  }
  await faultPoint?.('erasure-started');
  const by = erasureStream(erasureId);
  const slots = started.flatMap((alumnusId) =>
    categories.map((category) => ({ subject: `alumnus:${alumnusId}` as const, category })),
  );
  const going = await vault.renewKeys(slots, by, WHY);
  await faultPoint?.('keys-renewed');
  for (const alumnusId of started) {
    const [records, erased] = await Promise.all([
      store.readStream(alumnusStream(alumnusId)),
      erasedItems(ledger, alumnusId),
    ]);
    for (const slot of going.filter(({ subject }) => subject === `alumnus:${alumnusId}`))
      await vault.reseal(records, slot, erased);
  }
  await faultPoint?.('items-resealed');
  const doomed = going.map((slot) => {
    const alumnusId = slot.subject.slice('alumnus:'.length);
    return { ...slot, planEventId: erasureStartId(erasureId, alumnusId) };
  });
  await vault.destroyKeys(doomed, by, WHY);
  await faultPoint?.('keys-destroyed');
  return { chunk, started, heldIds, liftedIds, keptIds: [] };
}
