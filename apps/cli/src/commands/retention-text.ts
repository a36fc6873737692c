import type { Bilingual } from '../language';
import { facts, table } from '../output/table';
import type { Session } from '../session';

interface Basis {
  readonly text: Bilingual;
  readonly law: Bilingual;
  readonly until?: string;
  readonly eventIds: readonly string[];
}

interface Category {
  readonly category: string;
  readonly due: boolean;
  readonly until?: string;
  readonly bases: readonly Basis[];
}

interface Entry {
  readonly entryId: string;
  readonly systemId: string;
  readonly document: string;
  readonly label?: string;
  readonly until?: string;
  readonly disposedOn?: string;
  readonly disposedBy?: string;
}

/** What must stay of one person, as the server answers it. */
export interface PersonRetention {
  readonly alumnusId: string;
  readonly day: string;
  readonly holds: readonly string[];
  readonly categories: readonly Category[];
  readonly elsewhere: readonly Entry[];
}

/** It as people read it: each category with why it stays, then what is held elsewhere. */
export function retentionText(
  session: Session,
  { day, holds, categories, elsewhere }: PersonRetention,
): string {
  const head = facts([
    [session.t('基準日', 'As of'), day],
    [
      session.t('保全措置', 'Holds'),
      holds.length === 0 ? undefined : holds.map((id) => id.slice(0, 8)).join(', '),
    ],
  ]);
  const here = categories.map((one) => categoryText(session, one)).join('\n');
  return `${head}\n${here}${elsewhere.length === 0 ? '' : `\n${elsewhereText(session, elsewhere)}`}`;
}

function categoryText(session: Session, { category, due, until, bases }: Category): string {
  const state = due
    ? session.t('保存する理由はありません', 'nothing keeps it any more')
    : (until ?? session.t('終期なし', 'no end yet'));
  const rows = bases.map((basis) => [
    session.say(basis.text),
    basis.until ?? session.t('継続中', 'stands'),
    session.say(basis.law),
    basis.eventIds.map((id) => id.slice(0, 8)).join(' '),
  ]);
  const columns = [
    { heading: session.t('理由', 'Why') },
    { heading: session.t('まで', 'Until') },
    { heading: session.t('根拠', 'Law') },
    { heading: session.t('イベント', 'Events') },
  ];
  const detail = rows.length === 0 ? '' : table(columns, rows).replace(/^/gm, '  ').trimEnd() + '\n';
  return `${session.palette.strong(category)}  ${state}\n${detail}`;
}

function elsewhereText(session: Session, entries: readonly Entry[]): string {
  const columns = [
    { heading: 'ID' },
    { heading: session.t('他のシステムの書類', 'Document elsewhere') },
    { heading: session.t('区別', 'Label') },
    { heading: session.t('まで', 'Until') },
    { heading: session.t('廃棄', 'Disposed of') },
  ];
  return table(
    columns,
    entries.map(({ entryId, document, label, until, disposedOn, disposedBy }) => [
      ...[entryId.slice(0, 8), document, label ?? '–', until ?? session.t('起算日不明', 'not known')],
      disposedBy === undefined ? '–' : (disposedOn ?? session.t('済', 'yes')),
    ]),
  );
}
