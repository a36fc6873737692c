import { stringify } from 'csv-stringify/sync';
import iconv from 'iconv-lite';
import type { ConsentEntry } from '@enishi/projections/consent-history/query';

/** Columns of the export; Excel in Japan opens it, so both languages stand in the header. */
const COLUMNS: readonly (readonly [string, (entry: ConsentEntry) => string | number | undefined])[] = [
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
];

const OPTIONS = { record_delimiter: '\r\n', escape_formulas: true } as const;

/** RFC 4180 lines, header first; a field that a spreadsheet would take for a formula is escaped (ASVS 1.2.10). */
export async function* csvLines(pages: AsyncIterable<readonly ConsentEntry[]>): AsyncGenerator<string> {
  yield stringify([COLUMNS.map(([header]) => header)], OPTIONS);
  for await (const page of pages) {
    yield stringify(
      page.map((entry) => COLUMNS.map(([, value]) => value(entry) ?? '')),
      OPTIONS,
    );
  }
}

/** Bytes of the lines: UTF-8 with BOM, for Excel, or CP932. Every value of this export is in both. */
export function encoderOf(
  encoding: 'utf-8' | 'cp932',
): (lines: AsyncIterable<string>) => AsyncGenerator<Buffer> {
  return async function* (lines) {
    if (encoding === 'utf-8') yield Buffer.from('\ufeff');
    for await (const line of lines)
      yield encoding === 'utf-8' ? Buffer.from(line) : iconv.encode(line, 'cp932');
  };
}
