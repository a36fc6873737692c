import type { DestroyedKey } from '@enishi/vault';
import type { Ledger } from '../handle';
import type { ErasureGroup } from './draw-up';
import { erasureStartId } from './erase-person';

/** A key that a plan destroyed, and whose it was. */
export interface ErasedKey extends DestroyedKey {
  readonly alumnusId: string;
}

/**
 * The keys that a plan has destroyed of these people, those of their requests behind their own, in their order and that of
 * the categories.
 */
export async function erasedKeys(
  { vault }: Pick<Ledger, 'vault'>,
  erasureId: string,
  { alumnusIds, requestIds = [] }: Pick<ErasureGroup, 'alumnusIds' | 'requestIds'>,
): Promise<readonly ErasedKey[]> {
  const begun = new Map(alumnusIds.map((id) => [erasureStartId(erasureId, id), id]));
  const keys = await vault.destroyedKeys([
    ...alumnusIds.map((id) => `alumnus:${id}` as const),
    ...requestIds.map((id) => `request:${id}` as const),
  ]);
  return keys.flatMap((key) => {
    const alumnusId = begun.get(key.planEventId);
    return alumnusId === undefined ? [] : [{ ...key, alumnusId }];
  });
}

/** A destroyed key as one line: what digests of destroyed keys are over. */
export function keyLine({ subject, category, generation, destroyedAt }: DestroyedKey): string {
  return `${JSON.stringify([subject, category, generation, destroyedAt])}\n`;
}
