import type { Bilingual, Language } from '@enishi/domain';
import { titleOf } from '../audit/event-titles';
import type { NamedEvent } from '../audit/audit-reader';
import { countsOf } from './counts';
import { evidenceLines, personCell, withPeople } from './person-cell';
import type { Personal } from '../exports/personal-table';
import { columnsIn, inTokyo, type Report, type ReportColumn } from './report';
import type { ReportFrame } from './report-frame';

const COLUMNS: readonly ReportColumn<Bilingual>[] = [
  { heading: { ja: '記録日時', en: 'Recorded' }, width: 74, whole: true },
  { heading: { ja: '位置', en: 'Position' }, width: 40, whole: true },
  { heading: { ja: '種別', en: 'What' }, width: 112 },
  { heading: { ja: '本人 ID', en: 'Alumnus' }, width: 138, whole: true },
  { heading: { ja: '利用目的', en: 'Purpose' }, width: 74 },
  { heading: { ja: '記録者', en: 'By' }, width: 132 },
  { heading: { ja: '発効日時', en: 'Effective' }, width: 74, whole: true },
  { heading: { ja: '記録 ID', en: 'Event' }, width: 138, whole: true },
];

const VERIFICATION: Readonly<Record<Language, readonly string[]>> = {
  ja: [
    '各行は台帳のイベントで、台帳の順に並びます。位置は台帳の中で増え続け、記録 ID は台帳の中で一つだけです。',
    '同じ条件の「enishi audit --all」は、同じイベントを全項目とともに表示します。個人データはそこでは封じたままです。',
    'この PDF に電子署名はありません。',
  ],
  en: [
    'Each line is an event of the ledger, in the order of the ledger: positions grow along it, and no two events have the same id.',
    '“enishi audit --all” with the same conditions shows the same events with all their clear fields; personal data stays sealed there.',
    'This PDF carries no electronic signature.',
  ],
};

/** The audit trail as a report; with personal data where its lines have some. */
export function trailReport(frame: ReportFrame, rows: readonly Personal<NamedEvent>[]): Report {
  const { codes, steps, level, ...rest } = frame;
  const { language } = frame;
  return {
    ...rest,
    title: { ja: '監査証跡', en: 'Audit trail' }[language],
    columns: columnsIn(language, level === undefined ? COLUMNS : withPeople(COLUMNS, 3)),
    rows: rows.map((row) => [
      inTokyo(row.recordedAt),
      String(row.position),
      [titleOf(row.type)[language], ...evidenceLines(row)].join('\n'),
      personCell(row, row.alumnusId ?? ''),
      row.purposeId === undefined ? '' : (codes.get(row.purposeId) ?? row.purposeId),
      row.actorName ?? row.actor,
      inTokyo(row.effectiveAt),
      row.eventId,
    ]),
    totals: countsOf(
      language,
      rows.map(({ type, alumnusId }) => ({ what: titleOf(type)[language], alumnusId })),
    ),
    verification: [...VERIFICATION[language], ...steps],
  };
}
