import { alumnusOf, scopeByIds, writeRows, type Entry, type Projection, type Row } from '../engine';
import { EVENT, INCLUDED, indexes, tables } from './tables';

/**
 * What happened, in order: one row per event with its times, its actor and its clear fields, and who is named in the
 * lists of exports. Opens nothing.
 */
export const auditTrail: Projection = {
  name: 'audit-trail',
  version: 4,
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

function includedBy({ fact }: Entry): readonly Row<typeof INCLUDED>[] {
  if (fact.type !== 'ExportChunkRecorded') return [];
  const { position, data } = fact;
  return [...new Set(data.alumnusIds)].map((alumnus_id) => ({ alumnus_id, position }));
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

/** The clear fields. Of a chunk of an export only how many lines are about somebody: the ledger has the list. */
function toldOf({ type, data }: Entry['fact']): object {
  if (type !== 'ExportChunkRecorded') return data;
  const { alumnusIds, eventIds: _, ...rest } = data;
  return { ...rest, lines: alumnusIds.length };
}

/** A sealed group names its fields in clear, each with its commitment, which stays when the key is gone. */
function sealedFields({ data }: Entry['record']): readonly string[] {
  const groups = (data['sealed'] ?? []) as readonly { readonly commitments?: object }[];
  return groups.flatMap(({ commitments }) => Object.keys(commitments ?? {}));
}
