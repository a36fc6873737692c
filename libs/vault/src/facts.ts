import { setImmediate as nextTurn } from 'node:timers/promises';
import { upcast, type Actor, type Category, type Fact, type Json, type UpcasterTable } from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import type { Pool } from 'pg';
import type { Declarations } from './disclosure-check';
import { VaultError } from './errors';
import { fetchKeys } from './fetch-keys';
import { keyIdOf, slotOf, type KeyId, type OpeningKey } from './key-cache';
import type { KeyRing } from './key-ring';
import type { KeyName } from './key-table';
import { SLICE } from './lease';
import type { OpenOptions } from './port';
import { erasedFieldsOf, groupIdOf, remainsOf, type GroupId, type GroupOf, type Remains } from './resealed';
import { openGroup, sealedGroupsOf, type SealedGroup } from './sealed-group';
import type { Sessions } from './sessions';

/** Groups of one record that are to be opened, with the ids of their keys. */
type Groups = readonly (readonly [SealedGroup, KeyId])[];

export interface FactsOptions {
  readonly ledgerId: string;
  readonly pool: Pool;
  readonly sessions: Sessions;
  readonly ring: KeyRing;
  readonly declarations: Declarations;
  readonly upcasters: UpcasterTable;
}

/**
 * Recorded events as facts: one key query for all of them, then decryption, upcasting and metadata.
 * A destroyed key leaves its fields out and its category in `erased`; where only items were erased, what stayed is read
 * from `vault.resealed` and the others are in `erasedFields`. Categories that were not asked for are neither opened nor
 * looked up, so they are in neither.
 * @throws KeyLost, SealBroken, VaultError `event-unreadable`, VaultUnavailable
 */
export async function openFacts(
  options: FactsOptions,
  records: readonly RecordedEvent[],
  { categories, once = false }: OpenOptions = {},
): Promise<readonly Fact[]> {
  const asked = categories && new Set<Category>(categories);
  const wanted = new Map<KeyId, KeyName>();
  // Per record the groups to open, each with its key's id: building those texts twice would cost as much as hashing.
  const toOpen: Groups[] = records.map((record) => {
    const groups: [SealedGroup, KeyId][] = [];
    for (const group of sealedGroupsOf(record.data)) {
      if (asked && !asked.has(group.category)) continue;
      const id = keyIdOf(slotOf(group.subject, group.category), group.generation);
      wanted.set(id, group);
      groups.push([group, id]);
    }
    return groups;
  });
  const keys = wanted.size === 0 ? new Map<KeyId, OpeningKey>() : await fetchKeys(options, wanted, once);
  const gone = records.flatMap((record, index) =>
    toOpen[index]!.filter(([, id]) => keys.get(id) === 'destroyed').map(([group]): GroupOf => ({
      record,
      group,
    })),
  );
  const remains = await remainsOf(options, gone, once);

  const facts: Fact[] = [];
  for (const [index, record] of records.entries()) {
    if (index % SLICE === SLICE - 1) await nextTurn();
    facts.push(openFact(options, record, toOpen[index]!, keys, remains));
  }
  return facts;
}

function openFact(
  options: FactsOptions,
  record: RecordedEvent,
  groups: Groups,
  keys: ReadonlyMap<KeyId, OpeningKey>,
  remains: ReadonlyMap<GroupId, Remains>,
): Fact {
  const meta = record.metadata;
  const version = meta['v'];
  const decidedAt = meta['decidedAt'];
  const { actor, commandId, batchId } = meta;
  if (
    typeof version !== 'number' ||
    typeof decidedAt !== 'string' ||
    typeof actor !== 'string' ||
    typeof commandId !== 'string'
  ) {
    throw new VaultError(
      'event-unreadable',
      `event ${record.id} lacks v, decidedAt, actor or commandId in its metadata`,
    );
  }

  let data = record.data;
  const erased: Category[] = [];
  const erasedFields: string[] = [];
  if ('sealed' in data) {
    const open: Record<string, Json | undefined> = {};
    for (const name in record.data) if (name !== 'sealed') open[name] = record.data[name];
    const place = {
      ledger: options.ledgerId,
      stream: record.stream,
      eventId: record.id,
      type: record.type,
      version,
    };
    for (const [group, id] of groups) {
      const key = keys.get(id)!;
      if (key !== 'destroyed') {
        Object.assign(open, openGroup(key, place, group).values);
        continue;
      }
      const stayed = remains.get(groupIdOf(record.id, group.category));
      if (stayed === undefined) erased.push(group.category);
      else {
        Object.assign(open, stayed.values);
        erasedFields.push(...erasedFieldsOf(group, stayed));
      }
    }
    data = open;
  }

  const current = options.declarations(record.type).version;
  if (version !== current) data = upcast(record.type, version, current, data, options.upcasters);
  const fact = {
    type: record.type,
    data,
    id: record.id,
    stream: record.stream,
    revision: record.revision,
    position: record.position,
    effectiveAt: typeof meta['effectiveAt'] === 'string' ? meta['effectiveAt'] : decidedAt,
    decidedAt,
    recordedAt: record.recordedAt,
    actor: actor as Actor,
    commandId,
    ...(typeof batchId === 'string' ? { batchId } : {}),
    erased,
    ...(erasedFields.length > 0 && { erasedFields }),
  };
  // The ledger's data is what the disclosure table let in, so its type follows from the event type.
  return fact as unknown as Fact;
}
