import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Category } from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import { fieldSalt } from '@enishi/transparency';
import { VaultError } from './errors';
import { fetchKeys, type FactsOptions } from './facts';
import { keyIdOf, slotOf, type KeyId, type OpeningKey } from './key-cache';
import type { KeyName } from './key-table';
import { SLICE } from './lease';
import type { Disclosed } from './port';
import { openGroup, sealedGroupsOf, sha256, type SealedGroup } from './sealed-group';

const keyOf = ({ subject, category, generation }: SealedGroup): KeyId =>
  keyIdOf(slotOf(subject, category), generation);

/**
 * Sealed values with the salt of each field, so that whoever is given both can hold them against the commitments. The
 * salt of a group never leaves: it would give away the salts of fields that are not shown.
 * @throws KeyLost, SealBroken, VaultUnavailable, VaultError `event-unreadable`
 */
export async function disclose(
  options: Pick<FactsOptions, 'ledgerId' | 'sessions' | 'ring'>,
  records: readonly RecordedEvent[],
  categories: readonly Category[],
): Promise<readonly (readonly Disclosed[])[]> {
  const groups = records.map(({ data }) =>
    sealedGroupsOf(data).filter(({ category }) => categories.includes(category)),
  );
  const wanted = new Map<KeyId, KeyName>(groups.flat().map((group) => [keyOf(group), group]));
  // Whoever exports reads from end to end: its keys will hardly be asked for again.
  const keys = wanted.size === 0 ? new Map<KeyId, OpeningKey>() : await fetchKeys(options, wanted, true);
  const disclosed: (readonly Disclosed[])[] = [];
  for (const [index, record] of records.entries()) {
    if (index % SLICE === SLICE - 1) await nextTurn();
    disclosed.push(
      groups[index]!.map((group) => disclosedOf(options.ledgerId, record, group, keys.get(keyOf(group))!)),
    );
  }
  return disclosed;
}

function disclosedOf(ledger: string, record: RecordedEvent, group: SealedGroup, key: OpeningKey): Disclosed {
  const { category } = group;
  if (key === 'destroyed') return { category, erased: true };
  const version = record.metadata['v'];
  if (typeof version !== 'number')
    throw new VaultError('event-unreadable', `event ${record.id} lacks v in its metadata`);
  const { stream, id: eventId, type } = record;
  const { salt, values } = openGroup(key, { ledger, stream, eventId, type, version }, group);
  const bytes = Buffer.from(salt, 'base64');
  const fields = Object.entries(values).map(([field, value]) => ({
    field,
    value,
    salt: Buffer.from(fieldSalt(sha256, bytes, category, field)).toString('base64'),
  }));
  return { category, erased: false, fields };
}
