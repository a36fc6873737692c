import type { ConsentEntry } from '@enishi/projections/consent-history/query';
import type { Table } from './table-export';

/** The history of consents as a table. */
export const CONSENT_TABLE: Table<ConsentEntry> = {
  columns: [
    ['位置 position', (e) => String(e.position)],
    ['記録ID event id', (e) => e.eventId],
    ['種別 kind', (e) => e.kind],
    ['本人ID alumnus', (e) => e.alumnusId],
    ['利用目的ID purpose', (e) => e.purposeId],
    ['版 version', (e) => e.purposeVersion],
    ['連絡手段 channels', (e) => e.channels.join(' ')],
    ['取得方法 capture', (e) => e.captureChannel],
    ['形式 method', (e) => e.method],
    ['表明者 party', (e) => e.party],
    ['本人確認 identity check', (e) => e.identityCheck],
    ['言語 language', (e) => e.language],
    ['通知文SHA-256 notice', (e) => e.noticeHash],
    ['証跡 evidence', (e) => (e.hasEvidence ? 'yes' : 'no')],
    ['証跡ファイル artefact', (e) => e.artefactId],
    ['証跡SHA-256 artefact hash', (e) => e.artefactHash],
    ['有効期限 expires', (e) => e.expiresAt],
    ['発効日時 effective', (e) => e.effectiveAt],
    ['判断日時 decided', (e) => e.decidedAt],
    ['記録日時 recorded', (e) => e.recordedAt],
    ['記録者 actor', (e) => e.actor],
    ['取込ID batch', (e) => e.batchId],
    ['対象 about', (e) => e.aboutEventId],
    ['取消 voided by', (e) => e.voidedBy],
  ],
  json: entryView,
};

/** An entry with its position as text, for JSON. */
export function entryView(entry: ConsentEntry): Record<string, unknown> {
  return { ...entry, position: String(entry.position) };
}
