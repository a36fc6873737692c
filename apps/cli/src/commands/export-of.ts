import { EXIT } from '../exit-codes';
import { badInput, Failure } from '../failure';
import type { Api } from '../http/api';
import { facts } from '../output/table';
import { when } from '../output/when';
import type { Session } from '../session';

/** An export with personal data, as the server tells it. */
export interface Export {
  readonly exportId: string;
  readonly standing: string;
  readonly content: string;
  readonly level: string;
  readonly format: string;
  readonly requestedBy: string;
  readonly requestedByName?: string;
  readonly requestedAt: string;
  readonly decidedBy?: string;
  readonly decidedByName?: string;
  readonly decidedAt?: string;
  readonly lines?: number;
  readonly people?: number;
  readonly bytes?: number;
  readonly checkpoint?: number;
  readonly madeAt?: string;
  readonly handedOverAt?: string;
  readonly ground?: string;
  readonly endedAt?: string;
  readonly expiresAt?: string;
  readonly reason?: string;
  readonly refusal?: string;
  readonly recipient?: string;
  readonly fileHash?: string;
  readonly linesSoFar?: number;
  readonly failure?: string;
  readonly alumnusId?: string;
  readonly purposeId?: string;
  readonly importId?: string;
  readonly kind?: string;
  readonly actor?: string;
  readonly from?: string;
  readonly until?: string;
}

const STANDINGS: Readonly<Record<string, readonly [ja: string, en: string]>> = {
  requested: ['承認待ち', 'waiting for approval'],
  approved: ['承認済み', 'approved'],
  refused: ['却下', 'refused'],
  making: ['作成中', 'being made'],
  made: ['引渡し待ち', 'made, not handed over'],
  'handed-over': ['引渡し済み', 'handed over'],
  purged: ['削除済み', 'deleted'],
  expired: ['期限切れ', 'expired'],
};

const GROUNDS: Readonly<Record<string, readonly [ja: string, en: string]>> = {
  ordered: ['指示による', 'by order'],
  erasure: ['収録された人の消去による', 'somebody in it is erased'],
  'report-too-long': ['帳票に収まらないため', 'too long for a report'],
};

const UUID_PREFIX = /^[0-9a-f][0-9a-f-]{7,35}$/i;

/** The id of an export, by itself or by the beginning of one of the latest. */
export async function exportIdOf(api: Api, name: string): Promise<string> {
  if (!UUID_PREFIX.test(name))
    throw badInput('export-id-not-valid', 'ID が正しくありません。', 'This is no id of an export.');
  if (name.length === 36) return name.toLowerCase();
  const { exports } = await api.get<{ exports: Export[] }>('/v1/exports');
  const found = exports.filter(({ exportId }) => exportId.startsWith(name.toLowerCase()));
  if (found.length === 1) return found[0]!.exportId;
  throw new Failure(
    EXIT.notFound,
    'export-unknown',
    { ja: 'その書き出しはありません。', en: 'There is no such export.' },
    { ja: 'enishi export list で確かめてください。', en: 'See `enishi export list`.' },
  );
}

/** How far it is, in words. */
export function standingOf(session: Session, { standing }: Export): string {
  const words = STANDINGS[standing];
  return words === undefined ? standing : session.t(...words);
}

/** All that is known of one. */
export function exportText(session: Session, one: Export): string {
  const t = (ja: string, en: string): string => session.t(ja, en);
  const number = (value: number | undefined) => value?.toLocaleString('en');
  const ground = one.ground === undefined ? undefined : GROUNDS[one.ground];
  return facts([
    ['ID', one.exportId],
    [t('状態', 'State'), standingOf(session, one)],
    [t('内容', 'Content'), [one.content, one.level, one.format].join(' / ')],
    [t('本人', 'Alumnus'), one.alumnusId],
    [t('利用目的', 'Purpose'), one.purposeId],
    [t('取込み', 'Import'), one.importId],
    [t('種別', 'Kind'), one.kind],
    [t('記録者', 'Recorded by'), one.actor],
    [t('期間', 'Period'), [when(one.from), when(one.until)].join(' – ').replace(/^ – $/, '')],
    [t('申請者', 'Requested by'), one.requestedByName ?? one.requestedBy],
    [t('申請日時', 'Requested'), when(one.requestedAt)],
    [t('理由', 'Reason'), one.reason],
    [t('承認・却下した人', 'Decided by'), one.decidedByName ?? one.decidedBy],
    [t('承認・却下日時', 'Decided'), when(one.decidedAt)],
    [t('却下の理由', 'Refused because'), one.refusal],
    [t('読んだ行数', 'Lines so far'), number(one.linesSoFar)],
    [t('失敗（再試行します）', 'Failed, tried again'), one.failure],
    [t('行数', 'Lines'), number(one.lines)],
    [t('人数', 'People'), number(one.people)],
    [t('バイト数', 'Bytes'), number(one.bytes)],
    ['SHA-256', one.fileHash],
    [t('チェックポイント', 'Checkpoint'), number(one.checkpoint)],
    [t('完成日時', 'Made'), when(one.madeAt)],
    [t('引渡し先', 'Handed over to'), one.recipient],
    [t('引渡し日時', 'Handed over'), when(one.handedOverAt)],
    [t('終了日時', 'Ended'), when(one.endedAt)],
    [t('削除の理由', 'Deleted'), ground && t(...ground)],
    [t('期限', 'Expires'), when(one.expiresAt)],
  ]);
}
