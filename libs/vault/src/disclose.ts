import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Category } from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import type { FactsOptions } from './facts';
import { fetchKeys } from './fetch-keys';
import { keyIdOf, slotOf, type KeyId, type OpeningKey } from './key-cache';
import type { KeyName } from './key-table';
import { SLICE } from './lease';
import type { Disclosed } from './port';
import { erasedFieldsOf, groupIdOf, openWhole, placeOf, remainsOf, type Remains } from './resealed';
import { sealedGroupsOf, type SealedGroup } from './sealed-group';

const keyOf = ({ subject, category, generation }: SealedGroup): KeyId =>
  keyIdOf(slotOf(subject, category), generation);

/**
 * Sealed values with the salt of each field, so that whoever is given both can hold them against the commitments. The
 * salt of a group never leaves: it would give away the salts of fields that are not shown.
 * @throws KeyLost, SealBroken, VaultUnavailable, VaultError `event-unreadable`
 */
export async function disclose(
  options: Pick<FactsOptions, 'ledgerId' | 'pool' | 'sessions' | 'ring'>,
  records: readonly RecordedEvent[],
  categories: readonly Category[],
): Promise<readonly (readonly Disclosed[])[]> {
  const groups = records.map(({ data }) =>
    sealedGroupsOf(data).filter(({ category }) => categories.includes(category)),
  );
  const wanted = new Map<KeyId, KeyName>(groups.flat().map((group) => [keyOf(group), group]));
  // Whoever exports reads from end to end: its keys will hardly be asked for again.
  const keys = wanted.size === 0 ? new Map<KeyId, OpeningKey>() : await fetchKeys(options, wanted, true);
  const gone = records.flatMap((record, index) =>
    groups[index]!.filter((group) => keys.get(keyOf(group)) === 'destroyed').map((group) => ({
      record,
      group,
    })),
  );
  const remains = await remainsOf(options, gone, true);
  const disclosed: (readonly Disclosed[])[] = [];
  for (const [index, record] of records.entries()) {
    if (index % SLICE === SLICE - 1) await nextTurn();
    disclosed.push(
      groups[index]!.map((group) => {
        const key = keys.get(keyOf(group))!;
        const stayed =
          key === 'destroyed'
            ? remains.get(groupIdOf(record.id, group.category))
            : openWhole(key, placeOf(options.ledgerId, record), group);
        return disclosedOf(group, stayed);
      }),
    );
  }
  return disclosed;
}

function disclosedOf(group: SealedGroup, stayed: Remains | undefined): Disclosed {
  const { category } = group;
  if (stayed === undefined) return { category, erased: true };
  const fields = Object.entries(stayed.values).map(([field, value]) => ({
    field,
    value,
    salt: stayed.salts[field]!,
  }));
  return { category, erased: false, fields, erasedFields: erasedFieldsOf(group, stayed) };
}
