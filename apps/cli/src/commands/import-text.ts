import type { Import } from '../answers';
import type { Bilingual } from '../language';
import { plain } from '../output/plain';
import { facts, table } from '../output/table';
import type { Session } from '../session';

const STATES: Readonly<Record<string, Bilingual>> = {
  staged: { ja: '受け取り済み', en: 'received' },
  checking: { ja: '確認中', en: 'checking' },
  checked: { ja: '確認済み', en: 'checked' },
  running: { ja: '取り込み中', en: 'importing' },
  done: { ja: '完了', en: 'done' },
  failed: { ja: '失敗', en: 'failed' },
  interrupted: { ja: '中断', en: 'interrupted' },
  cancelled: { ja: '取り消し', en: 'cancelled' },
};

const SEPARATORS: Readonly<Record<string, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' };

const IGNORED: Readonly<Record<string, Bilingual>> = {
  'name-unknown': { ja: '取り込まない（知らない列）', en: 'ignored: not known' },
  'free-text': { ja: '取り込まない（自由記述）', en: 'ignored: free remarks' },
  'not-needed': { ja: '取り込まない（不要）', en: 'ignored: not needed' },
  'another-column-fits-better': {
    ja: '取り込まない（別の列を使用）',
    en: 'ignored: another column fits better',
  },
};

export function stateOf(session: Session, state: string): string {
  return session.say(STATES[state] ?? { ja: state, en: state });
}

/** How the file was recognised, in one line, and below it what there is to know about a sheet. */
export function recognitionText(session: Session, { recognition, importId }: Import): string {
  const { layout, headers, notes = [] } = recognition;
  const columns = session.t(`${headers.length} 列`, `${headers.length} columns`);
  const parts = [...formatOf(session, recognition), layout, columns];
  const told = notes.map(({ code, column, messages }) => {
    const where = column === undefined || column === null ? '' : `${plain(column)}: `;
    return `${session.palette.warn('!')} ${where}${plain(messages?.[session.language] ?? code)}\n`;
  });
  return `${session.t('取り込み', 'Import')} ${importId}  ${parts.map(plain).join(', ')}\n${told.join('')}`;
}

function formatOf(session: Session, recognition: Import['recognition']): string[] {
  const { sheet, headerLine, encoding = '', separator = '' } = recognition;
  if (sheet === undefined) return [encoding, SEPARATORS[separator] ?? separator];
  return [
    'xlsx',
    session.t(`シート ${sheet.number}「${sheet.name}」`, `sheet ${sheet.number} “${sheet.name}”`),
    session.t(`見出し ${headerLine} 行目`, `header in row ${headerLine}`),
  ];
}

/** What each column fills, or why it does not. */
export function columnTable(session: Session, { columns, mappingProblems }: Import): string {
  const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
  const rows = columns.map(({ header, field, reason, refused }) => {
    if (refused !== undefined) {
      const item = refused.names?.[session.language] ?? refused.item ?? '';
      return [
        header,
        session.t(`拒否: ${item}（${refused.law ?? ''}）`, `refused: ${item} (${refused.law ?? ''})`),
      ];
    }
    if (field !== undefined && field !== null && field !== 'ignore') return [header, field];
    return [header, session.say(IGNORED[reason ?? ''] ?? { ja: '取り込まない', en: 'ignored' })];
  });
  const { palette } = session;
  const mapped = columns.map(({ field }) => field !== undefined && field !== null && field !== 'ignore');
  const text = table([heading('列', 'Column'), heading('項目', 'Field')], rows, (cell, row) =>
    row === -1 ? palette.strong(cell) : mapped[row] === true ? cell : palette.faint(cell),
  );
  const problems = mappingProblems.map((problem) => {
    const where = problem.column ?? problem.field ?? '';
    return `${palette.bad('✗')} ${plain(where)}: ${plain(problem.messages?.[session.language] ?? problem.code)}\n`;
  });
  return text + problems.join('');
}

/** State and counts. */
export function importText(
  session: Session,
  { state, counts, failure, options, actor, actorName }: Import,
): string {
  const number = (value: number | undefined): string | undefined =>
    value ? value.toLocaleString('en') : undefined;
  return facts([
    [session.t('状態', 'State'), stateOf(session, state)],
    [
      session.t('原因', 'Cause'),
      failure?.messages?.[session.language] ?? (failure?.code === state ? undefined : failure?.code),
    ],
    [session.t('取り込んだ人', 'By'), actorName ?? actor],
    [session.t('行', 'Rows'), counts.rows.toLocaleString('en')],
    [
      session.t('退職者', 'Leavers'),
      options.kind === 'consents' ? undefined : counts.leavers.toLocaleString('en'),
    ],
    [session.t('記録した回答', 'Recorded'), number(counts.recorded)],
    [session.t('証跡不足（承認待ち）', 'Evidence incomplete'), number(counts.incomplete)],
    [session.t('どの行にも対応しない証跡ファイル', 'Scans that no row names'), number(counts.scansUnused)],
    [session.t('新規登録', 'Registered'), number(counts.registered)],
    [session.t('訂正', 'Corrected'), number(counts.corrected)],
    [session.t('在籍期間の追加', 'Employments added'), number(counts.employmentsAdded)],
    [session.t('変更なし', 'Unchanged'), number(counts.unchanged)],
    [session.t('退職者でない', 'Not leavers'), number(counts.notLeavers)],
    [session.t('取り込み不可', 'Refused'), number(counts.refused)],
    [session.t('消去済のため不可', 'Blocked'), number(counts.blocked)],
    [session.t('警告', 'Warnings'), number(counts.warnings)],
  ]);
}
