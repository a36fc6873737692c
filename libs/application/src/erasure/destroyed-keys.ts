import type { DestroyedKey } from '@enishi/vault';
import type { Ledger } from '../handle';
import { erasureStartId } from './erase-person';

/** A key that a plan destroyed, and whose it was. */
export interface ErasedKey extends DestroyedKey {
  readonly alumnusId: string;
}

/** The keys that a plan has destroyed of these people, in their order and that of the categories. */
export async function erasedKeys(
  { vault }: Pick<Ledger, 'vault'>,
  erasureId: string,
  alumnusIds: readonly string[],
): Promise<readonly ErasedKey[]> {
  const keys = await vault.destroyedKeys(alumnusIds.map((id) => `alumnus:${id}` as const));
  return keys
    .map((key) => ({ ...key, alumnusId: key.subject.slice('alumnus:'.length) }))
    .filter(({ alumnusId, planEventId }) => planEventId === erasureStartId(erasureId, alumnusId));
}

/** A destroyed key as one line: what digests of destroyed keys are over. */
export function keyLine({ subject, category, generation, destroyedAt }: DestroyedKey): string {
  return `${JSON.stringify([subject, category, generation, destroyedAt])}\n`;
}
