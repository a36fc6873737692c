import { stringify } from 'csv-stringify/sync';
import type { SampleAnswer, SampleItemAnswer } from './samples.dto';

type Column = readonly [string, (item: SampleItemAnswer) => string | number | undefined];

const OPTIONS = { record_delimiter: '\r\n', escape_formulas: true } as const;

const FIRST: readonly Column[] = [
  ['番号 number', ({ number }) => number],
  ['記録ID id', ({ id }) => id],
];

/** What the auditor writes. */
const LAST: readonly Column[] = [
  ['結果 result', () => ''],
  ['コメント comment', () => ''],
];

const OF_CONSENTS: readonly Column[] = [
  ['本人ID alumnus', ({ consent }) => consent?.alumnusId],
  ['利用目的ID purpose', ({ consent }) => consent?.purposeId],
  ['版 version', ({ consent }) => consent?.purposeVersion],
  ['通知文SHA-256 notice', ({ consent }) => consent?.noticeHash],
  ['連絡手段 channels', ({ consent }) => consent?.channels.join(' ')],
  ['取得方法 capture', ({ consent }) => consent?.captureChannel],
  ['形式 method', ({ consent }) => consent?.method],
  ['表明者 party', ({ consent }) => consent?.party],
  ['本人確認 identity check', ({ consent }) => consent?.identityCheck],
  ['証跡 evidence', ({ consent }) => (consent?.hasEvidence ? 'yes' : 'no')],
  ['証跡ファイル artefact', ({ consent }) => consent?.artefactId],
  ['証跡SHA-256 artefact hash', ({ consent }) => consent?.artefactHash],
  ['発効日時 effective', ({ consent }) => consent?.effectiveAt],
  ['判断日時 decided', ({ consent }) => consent?.decidedAt],
  ['記録日時 recorded', ({ consent }) => consent?.recordedAt],
  ['記録者 actor', ({ consent }) => consent?.actor],
  ['記録者名 actor name', ({ actorName }) => actorName],
  ['取消 voided by', ({ consent }) => consent?.voidedBy],
];

const OF_USES: readonly Column[] = [
  ['書き出しID export', ({ use }) => use?.exportId],
  ['状態 standing', ({ use }) => use?.standing],
  ['内容 content', ({ use }) => use?.content],
  ['個人データ level', ({ use }) => use?.level],
  ['形式 format', ({ use }) => use?.format],
  ['申請者 requested by', ({ use }) => use?.requestedByName ?? use?.requestedBy],
  ['申請日時 requested', ({ use }) => use?.requestedAt],
  ['承認者 approved by', ({ use }) => use?.decidedByName ?? use?.decidedBy],
  ['承認日時 approved', ({ use }) => use?.decidedAt],
  ['行数 lines', ({ use }) => use?.lines],
  ['人数 people', ({ use }) => use?.people],
  ['完成日時 made', ({ use }) => use?.madeAt],
  ['引渡し日時 handed over', ({ use }) => use?.handedOverAt],
];

const OF_ERASURES: readonly Column[] = [
  ['本人ID alumnus', ({ erasure }) => erasure?.alumnusId],
  ['消去計画ID plan', ({ erasure }) => erasure?.erasureId],
  ['データ区分 categories', ({ erasure }) => erasure?.categories.join(' ')],
  ['破棄した鍵 keys', ({ erasure }) => erasure?.keys],
  ['完了日時 completed', ({ erasure }) => erasure?.completedAt],
  ['再登録を受け付けない期限 blocked until', ({ erasure }) => erasure?.blockedUntil],
];

const OF_REQUESTS: readonly Column[] = [
  ['請求ID request', ({ request }) => request?.requestId],
  ['種別 kind', ({ request }) => request?.kind],
  ['根拠 ground', ({ request }) => request?.ground],
  ['受付方法 came by', ({ request }) => request?.cameBy],
  ['請求者 party', ({ request }) => request?.party],
  ['到達日時 arrived', ({ request }) => request?.arrivedAt],
  ['状態 standing', ({ request }) => request?.standing],
  ['本人確認 verified', ({ request }) => (request?.verified ? 'yes' : 'no')],
  ['本人ID alumnus', ({ request }) => request?.alumnusId],
  ['決定 decision', ({ request }) => request?.decision],
  ['決定日時 decided', ({ request }) => request?.decidedAt],
  ['通知日時 told', ({ request }) => request?.notifiedAt],
  ['結果 outcome', ({ request }) => request?.outcome],
];

const OF_READINGS: readonly Column[] = [
  ['日時 time', ({ reading }) => reading?.at],
  ['実行者 actor', ({ reading }) => reading?.actor],
  ['実行者名 actor name', ({ actorName }) => actorName],
  ['経路 route', ({ reading }) => reading?.route],
  ['内容 view', ({ reading }) => reading?.view],
  ['項目 fields', ({ reading }) => reading?.fields.join(' ')],
  ['人数 people', ({ reading }) => reading?.personIds.length],
  ['理由 reason', ({ reading }) => reading?.reason],
  ['要約の記録 anchored by', ({ anchor }) => anchor?.eventId],
];

const COLUMNS: Readonly<Record<string, readonly Column[]>> = {
  erasures: OF_ERASURES,
  uses: OF_USES,
  requests: OF_REQUESTS,
  readings: OF_READINGS,
};

/**
 * A sheet for the auditor: one line for each item, in the order of the draw, with result and comment left open.
 * RFC 4180; a field that a spreadsheet would take for a formula is escaped (ASVS 1.2.10).
 */
export async function* sampleSheet({ of, items }: SampleAnswer): AsyncGenerator<string> {
  const columns = [...FIRST, ...(COLUMNS[of] ?? OF_CONSENTS), ...LAST];
  yield stringify([columns.map(([header]) => header)], OPTIONS);
  yield stringify(
    items.map((item) => columns.map(([, value]) => value(item) ?? '')),
    OPTIONS,
  );
}
