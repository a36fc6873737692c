import type { NamedEvent } from './audit-reader';
import { titleOf } from './event-titles';
import type { Table } from './table-export';

/** The audit trail as a table: what is clear of each event, and which of its fields are sealed. */
export const TRAIL_TABLE: Table<NamedEvent> = {
  columns: [
    ['位置 position', (e) => String(e.position)],
    ['記録ID event id', (e) => e.eventId],
    ['ストリーム stream', (e) => e.stream],
    ['版 revision', (e) => e.revision],
    ['種別 type', (e) => e.type],
    ['名称 name', (e) => titleOf(e.type).ja],
    ['本人ID alumnus', (e) => e.alumnusId],
    ['もう一人のID other alumnus', (e) => e.otherId],
    ['利用目的ID purpose', (e) => e.purposeId],
    ['制度ID programme', (e) => e.programmeId],
    ['項目 fields', (e) => JSON.stringify(e.data)],
    ['封じた項目 sealed', (e) => e.sealed.join(' ')],
    ['発効日時 effective', (e) => e.effectiveAt],
    ['判断日時 decided', (e) => e.decidedAt],
    ['記録日時 recorded', (e) => e.recordedAt],
    ['記録者 actor', (e) => e.actor],
    ['記録者名 actor name', (e) => e.actorName],
    ['命令ID command', (e) => e.commandId],
    ['取込ID batch', (e) => e.batchId],
  ],
  json({ position, data, ...rest }) {
    return { ...rest, position: String(position), fields: data, summary: titleOf(rest.type) };
  },
};
