import type { JsonObject } from '@enishi/domain';
import type { Column } from './csv';
import { envelopeOf, personOf, sealedOf, textOf, type Envelope, type LeafEvent } from './leaf-event';

/** One line of the audit trail: what is clear of an event, and which of its fields are sealed. */
export interface TrailLine extends Envelope {
  /** The event's place in the ledger, counted from 0. */
  readonly leaf: number;
  readonly eventId: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly alumnusId?: string;
  /** Of a link of two people, the second one. */
  readonly otherId?: string;
  readonly purposeId?: string;
  readonly programmeId?: string;
  /** The clear fields, as they are stored. */
  readonly fields: JsonObject;
  /** Names of the sealed ones; some may have been erased since. */
  readonly sealed: readonly string[];
}

/** The lines of the audit trail, one for each event, computed from the event alone. */
export function* trailLines(events: Iterable<LeafEvent>): Generator<TrailLine> {
  for (const event of events) yield lineOf(event);
}

function lineOf(event: LeafEvent): TrailLine {
  const { sealed: _, ...fields } = event.data;
  const ids = {
    alumnusId: personOf(event),
    otherId: textOf(fields, 'otherId'),
    purposeId: textOf(fields, 'purposeId'),
    programmeId: textOf(fields, 'programmeId'),
  };
  return {
    leaf: event.leaf,
    eventId: event.id,
    stream: event.stream,
    revision: event.revision,
    type: event.type,
    ...Object.fromEntries(Object.entries(ids).filter(([, id]) => id !== undefined)),
    fields,
    sealed: sealedOf(event).flatMap(({ commitments }) => Object.keys(commitments)),
    ...envelopeOf(event),
  };
}

/** What a table of the audit trail tells of each event, behind its place. @param fieldsOf the clear fields */
export function trailDetails<Line extends Omit<TrailLine, 'leaf' | 'fields'>>(
  fieldsOf: (line: Line) => JsonObject,
): readonly Column<Line>[] {
  return [
    ['記録ID event id', (e) => e.eventId],
    ['ストリーム stream', (e) => e.stream],
    ['版 revision', (e) => e.revision],
    ['種別 type', (e) => e.type],
    ['本人ID alumnus', (e) => e.alumnusId],
    ['もう一人のID other alumnus', (e) => e.otherId],
    ['利用目的ID purpose', (e) => e.purposeId],
    ['制度ID programme', (e) => e.programmeId],
    ['項目 fields', (e) => JSON.stringify(fieldsOf(e))],
    ['封じた項目 sealed', (e) => e.sealed.join(' ')],
    ['発効日時 effective', (e) => e.effectiveAt],
    ['判断日時 decided', (e) => e.decidedAt],
    ['記録日時 recorded', (e) => e.recordedAt],
    ['記録者 actor', (e) => e.actor],
    ['命令ID command', (e) => e.commandId],
    ['取込ID batch', (e) => e.batchId],
  ];
}

/** The audit trail as a table. */
export const TRAIL_COLUMNS: readonly Column<TrailLine>[] = [
  ['位置 leaf', (e) => e.leaf],
  ...trailDetails<TrailLine>((e) => e.fields),
];
