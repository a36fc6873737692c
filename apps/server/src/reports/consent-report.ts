import {
  CHANNEL_NAMES,
  type Bilingual,
  type CaptureChannel,
  type ConsentMethod,
  type Language,
} from '@enishi/domain';
import type { ConsentEntry } from '@enishi/projections/consent-history/query';
import { titleOf } from '../audit/event-titles';
import { evidenceLines, personCell, withPeople } from './person-cell';
import type { Personal } from '../exports/personal-table';
import { columnsIn, inTokyo, type Report, type ReportColumn } from './report';
import type { ReportFrame } from './report-frame';
import { CONSENT_TYPES } from './consent-types';
import { countsOf } from './counts';

const METHODS: Readonly<Record<ConsentMethod, Bilingual>> = {
  oral: { ja: '口頭', en: 'oral' },
  document: { ja: '書面', en: 'document' },
  email: { ja: 'メール', en: 'e-mail' },
  checkbox: { ja: 'チェック', en: 'checkbox' },
  'button-click': { ja: 'ボタン', en: 'button' },
  'voice-or-touch-input': { ja: '音声・タッチ入力', en: 'voice or touch' },
};

const CAPTURES: Readonly<Record<CaptureChannel, Bilingual>> = {
  'web-form': { ja: 'ウェブ', en: 'web form' },
  paper: { ja: '紙', en: 'paper' },
  'exit-interview': { ja: '退職面談', en: 'exit interview' },
  email: { ja: 'メール', en: 'e-mail' },
  oral: { ja: '口頭', en: 'oral' },
};

const COLUMNS: readonly ReportColumn<Bilingual>[] = [
  { heading: { ja: '発効日時', en: 'Effective' }, width: 74, whole: true },
  { heading: { ja: '種別', en: 'What' }, width: 74 },
  { heading: { ja: '本人 ID', en: 'Alumnus' }, width: 138, whole: true },
  { heading: { ja: '利用目的・版', en: 'Purpose, version' }, width: 74 },
  { heading: { ja: '連絡手段', en: 'Channels' }, width: 64 },
  { heading: { ja: '取得方法・形式', en: 'Taken in, form' }, width: 72 },
  { heading: { ja: '有効期限', en: 'Expires' }, width: 74, whole: true },
  { heading: { ja: '記録日時', en: 'Recorded' }, width: 74, whole: true },
  { heading: { ja: '記録 ID', en: 'Event' }, width: 138, whole: true },
];

const VOIDED = { ja: '（取消し済み）', en: ' (voided)' };

const VERIFICATION: Readonly<Record<Language, readonly string[]>> = {
  ja: [
    '各行の記録 ID は台帳のイベントです。「enishi history <本人 ID>」で、前後のイベントと三つの日時（発効・判断・記録）とともに確かめられます。',
    '同じ条件の「enishi consents export」は、同じ記録を全項目（通知文の SHA-256、証跡の有無、記録者など）とともに書き出します。',
    '作成後に記録された誤記録の取消しは、この帳票にはありません。この PDF に電子署名はありません。',
  ],
  en: [
    'The event of each line is one of the ledger: “enishi history <alumnus>” shows it among the events before and after it, with its three times (effective, decided, recorded).',
    '“enishi consents export” with the same conditions writes the same entries with all they hold: SHA-256 of the text shown, evidence, who recorded them.',
    'What was voided after this report was made is not marked in it. This PDF carries no electronic signature.',
  ],
};

/** The history of consents as a report; with personal data where its lines have some. */
export function consentReport(frame: ReportFrame, rows: readonly Personal<ConsentEntry>[]): Report {
  const { codes, steps, level, ...rest } = frame;
  const { language } = frame;
  return {
    ...rest,
    title: { ja: '同意の履歴', en: 'History of consents' }[language],
    columns: columnsIn(language, level === undefined ? COLUMNS : withPeople(COLUMNS, 2)),
    rows: rows.map((row) => lineOf(row, language, codes)),
    totals: countsOf(
      language,
      rows.map(({ kind, alumnusId }) => ({ what: titleOf(CONSENT_TYPES[kind])[language], alumnusId })),
    ),
    verification: [...VERIFICATION[language], ...steps],
  };
}

function lineOf(
  row: Personal<ConsentEntry>,
  language: Language,
  codes: ReadonlyMap<string, string>,
): string[] {
  const { kind, alumnusId, purposeId, purposeVersion, channels, method, captureChannel } = row;
  const code = codes.get(purposeId) ?? purposeId;
  const taken = [
    captureChannel && CAPTURES[captureChannel][language],
    method && METHODS[method][language],
  ].filter((one) => one !== undefined);
  return [
    inTokyo(row.effectiveAt),
    titleOf(CONSENT_TYPES[kind])[language] + (row.voidedBy === undefined ? '' : VOIDED[language]),
    personCell(row, alumnusId),
    purposeVersion === undefined ? code : `${code} v${purposeVersion}`,
    channels.map((channel) => CHANNEL_NAMES[channel][language]).join(language === 'ja' ? '、' : ', '),
    [taken.join(' / '), ...evidenceLines(row)].join('\n'),
    row.expiresAt === undefined ? '' : inTokyo(row.expiresAt),
    inTokyo(row.recordedAt),
    row.eventId,
  ];
}
