import { alumnusOf, scopeByIds, writeRows, type Entry, type Projection, type Row } from '../engine';
import { EVENT, indexes, tables } from './tables';

/** What happened, in order: one row per event with its times, its actor and its clear fields. Opens nothing. */
export const auditTrail: Projection = {
  name: 'audit-trail',
  version: 3,
  tables,
  indexes,
  handles: 'all',
  opens: [],
  subjects: [],
  scopeOf: scopeByIds,
  project: (entries, db) => writeRows(db, 'event', EVENT, ['position'], 'keep', entries.map(rowOf)),
};

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
    data: JSON.stringify(data),
    sealed: sealedFields(record),
  };
}

/** A sealed group names its fields in clear, each with its commitment, which stays when the key is gone. */
function sealedFields({ data }: Entry['record']): readonly string[] {
  const groups = (data['sealed'] ?? []) as readonly { readonly commitments?: object }[];
  return groups.flatMap(({ commitments }) => Object.keys(commitments ?? {}));
}
