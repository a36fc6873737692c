import type { Fact } from '@enishi/domain';
import { alumnusOf, scopeByIds, writeRows, type Entry, type Projection, type Row } from '../engine';
import { EVENT, INCLUDED, indexes, tables } from './tables';

/**
 * What happened, in order: one row per event with its times, its actor and its clear fields, and who is named in the
 * lists of exports, provisions, receipts and plans of erasure. Opens nothing.
 */
export const auditTrail: Projection = {
  name: 'audit-trail',
  version: 7,
  tables,
  indexes,
  handles: 'all',
  opens: [],
  subjects: [],
  scopeOf: scopeByIds,
  async project(entries, db) {
    await writeRows(db, 'event', EVENT, ['position'], 'keep', entries.map(rowOf));
    const included = entries.flatMap(includedBy);
    await writeRows(db, 'included', INCLUDED, ['alumnus_id', 'position'], 'keep', included);
  },
};

/** Events that list people: the ledger has the list, the trail whom it names. */
const LISTING = [
  'ErasureChunkProposed',
  'ExportChunkRecorded',
  'ProvisionChunkRecorded',
  'ReceiptRecorded',
] as const;

function listing(fact: Entry['fact']): Fact<(typeof LISTING)[number]> | undefined {
  return (LISTING as readonly string[]).includes(fact.type)
    ? (fact as Fact<(typeof LISTING)[number]>)
    : undefined;
}

function includedBy({ fact }: Entry): readonly Row<typeof INCLUDED>[] {
  const { position, data } = listing(fact) ?? {};
  return [...new Set(data?.alumnusIds)].map((alumnus_id) => ({ alumnus_id, position }));
}

function rowOf({ fact, record }: Entry): Row<typeof EVENT> {
  const data = fact.data as Readonly<Record<'purposeId' | 'programmeId' | 'otherId', string | undefined>>;
  return {
    position: fact.position,
    event_id: fact.id,
    stream: fact.stream,
    revision: fact.revision,
    type: fact.type,
    effective_at: fact.effectiveAt,
    decided_at: fact.decidedAt,
    recorded_at: fact.recordedAt,
    actor: fact.actor,
    command_id: fact.commandId,
    batch_id: fact.batchId,
    alumnus_id: alumnusOf(record),
    purpose_id: data.purposeId,
    programme_id: data.programmeId,
    other_id: data.otherId,
    data: JSON.stringify(toldOf(fact)),
    sealed: sealedFields(record),
  };
}

/**
 * The clear fields. Of a list only how many lines are about somebody, of what the company has published the hashes: the
 * ledger has the lists and the texts.
 */
function toldOf(fact: Entry['fact']): object {
  if (fact.type === 'PrivacyPageIssued') {
    const { pageJa: _ja, pageEn: _en, ...rest } = fact.data;
    return rest;
  }
  if (fact.type === 'HandlingRulesAdopted') {
    const { text: _, ...rest } = fact.data;
    return rest;
  }
  if (fact.type === 'ItemErased') {
    const { eventIds, ...rest } = fact.data;
    return { ...rest, events: eventIds.length };
  }
  if (fact.type === 'ErasureChunkExecuted') {
    const { heldIds = [], liftedIds = [], keptIds = [], ...rest } = fact.data;
    return { ...rest, held: heldIds.length, lifted: liftedIds.length, kept: keptIds.length };
  }
  const listed = listing(fact);
  if (listed === undefined) return fact.data;
  const { alumnusIds, ...rest } = listed.data;
  const told = Object.entries(rest).filter(([name]) => !LISTED.includes(name));
  return { ...Object.fromEntries(told), lines: alumnusIds.length };
}

/** What else such an event lists. */
const LISTED = ['eventIds', 'consentIds', 'requestIds'];

/** A sealed group names its fields in clear, each with its commitment, which stays when the key is gone. */
function sealedFields({ data }: Entry['record']): readonly string[] {
  const groups = (data['sealed'] ?? []) as readonly { readonly commitments?: object }[];
  return groups.flatMap(({ commitments }) => Object.keys(commitments ?? {}));
}
