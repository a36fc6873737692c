import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  upcast,
  type Actor,
  type Category,
  type Fact,
  type Json,
  type JsonObject,
  type UpcasterTable,
} from '@enishi/domain';
import type { RecordedEvent } from '@enishi/event-store';
import type { Declarations } from './disclosure-check';
import { VaultError } from './errors';
import { keyIdOf, slotOf, type KeyId, type OpeningKey } from './key-cache';
import type { KeyRing } from './key-ring';
import type { KeyName } from './key-table';
import { SLICE } from './lease';
import type { Watch } from './observing';
import type { OpenOptions } from './port';
import { openGroup, sealedGroupsOf } from './sealed-group';
import type { Sessions } from './sessions';

export interface FactsOptions {
  readonly ledgerId: string;
  readonly sessions: Sessions;
  readonly ring: KeyRing;
  readonly declarations: Declarations;
  readonly upcasters: UpcasterTable;
}

/**
 * Recorded events as facts: one key query for all of them, then decryption, upcasting and metadata.
 * A destroyed key leaves its fields out and its category in `erased`; categories that were not asked for are
 * neither opened nor looked up, so they are not in `erased`.
 * @throws KeyLost, SealBroken, VaultError `event-unreadable`, VaultUnavailable
 */
export async function openFacts(
  options: FactsOptions,
  records: readonly RecordedEvent[],
  { categories }: OpenOptions = {},
): Promise<readonly Fact[]> {
  const asked = categories && new Set<Category>(categories);
  const wanted = new Map<KeyId, KeyName>();
  for (const record of records) {
    for (const group of sealedGroupsOf(record.data)) {
      if (asked && !asked.has(group.category)) continue;
      const id = keyIdOf(slotOf(group.subject, group.category), group.generation);
      if (!wanted.has(id)) wanted.set(id, group);
    }
  }
  const keys = wanted.size === 0 ? new Map<KeyId, OpeningKey>() : await fetchKeys(options, wanted);

  const facts: Fact[] = [];
  for (const [index, record] of records.entries()) {
    if (index % SLICE === SLICE - 1) await nextTurn();
    facts.push(openFact(options, record, keys, asked));
  }
  return facts;
}

/** The keys named, through the session's cache. @throws KeyLost, VaultUnavailable */
export async function fetchKeys(
  { sessions, ring }: Pick<FactsOptions, 'sessions' | 'ring'>,
  wanted: ReadonlyMap<KeyId, KeyName>,
): Promise<ReadonlyMap<KeyId, OpeningKey>> {
  const session = await sessions.current();
  const watch: Watch = new Set();
  session.watches.add(watch);
  try {
    return await ring.forOpening(session, wanted, watch);
  } finally {
    session.watches.delete(watch);
  }
}

function openFact(
  options: FactsOptions,
  record: RecordedEvent,
  keys: ReadonlyMap<KeyId, OpeningKey>,
  asked: ReadonlySet<Category> | undefined,
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

  const groups = sealedGroupsOf(record.data);
  let data = record.data;
  const erased: Category[] = [];
  if (groups.length > 0) {
    const open: Record<string, Json | undefined> = { ...record.data };
    delete open['sealed'];
    const place = {
      ledger: options.ledgerId,
      stream: record.stream,
      eventId: record.id,
      type: record.type,
      version,
    };
    for (const group of groups) {
      if (asked && !asked.has(group.category)) continue;
      const key = keys.get(keyIdOf(slotOf(group.subject, group.category), group.generation))!;
      if (key === 'destroyed') erased.push(group.category);
      else Object.assign(open, openGroup(key, place, group).values);
    }
    data = open;
  }

  const current = options.declarations(record.type).version;
  if (version !== current) data = upcast(record.type, version, current, data, options.upcasters);
  const fact = {
    type: record.type,
    data: data as JsonObject,
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
  };
  // The ledger's data is what the disclosure table let in, so its type follows from the event type.
  return fact as unknown as Fact;
}
