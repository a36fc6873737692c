import type { Reason } from '../answers';
import { write } from '../io';
import { leaf } from '../leaf';
import { present } from '../members';
import { count, option, required, time } from '../options';
import { table } from '../output/table';
import type { Session } from '../session';
import { readPages } from './pages';
import { nameText } from './person-text';
import { QUESTION, questionOf, type QuestionOptions } from './question';
import { reasonText } from './why';

/** How many were on a list, came onto it and went off it, and by which reasons. */
export interface DiffTotals {
  readonly before: number;
  readonly after: number;
  readonly came: number;
  readonly went: number;
  readonly reasons: readonly (Reason & { readonly change: string; readonly count: number })[];
}

/** The difference between two moments of a roster. */
interface RosterDiff {
  readonly totals?: DiffTotals | null;
  readonly rows: readonly {
    readonly alumnusId: string;
    readonly name?: unknown;
    readonly department?: string | null;
    readonly change: 'came' | 'went';
    readonly reasons: readonly Reason[];
  }[];
  readonly cursor?: string;
}

interface Options extends QuestionOptions {
  readonly from: string;
  readonly fromKnown?: string;
  readonly to: string;
  readonly toKnown?: string;
  readonly limit: number;
  readonly all?: boolean;
}

/** `enishi roster diff` */
export const ROSTER_DIFF = leaf<Options>({
  usage: 'diff',
  summary: 'who came onto the roster between two moments, who went off it, and why',
  examples: ['roster diff --purpose rehire --channel email --from 2026-03-31 --to 2026-06-30'],
  options: [
    ...QUESTION,
    required(time('--from <time>', 'the one moment; a day means its end')),
    time('--from-known <time>', 'by what was known then (default: as --from)'),
    required(time('--to <time>', 'the other moment; a day means its end')),
    time('--to-known <time>', 'by what was known then (default: as --to)'),
    count('--limit <number>', 'at most so many rows', 1, 500).default(50),
    option('--all', 'every row'),
  ],
  async act(session, options) {
    const api = await session.api();
    const { from, fromKnown, to, toKnown, all } = options;
    const body = { ...(await questionOf(api, options)), from, fromKnown, to, toKnown };
    let first: RosterDiff | undefined;
    const { rows, more } = await readPages(async (cursor) => {
      const limit = all === true ? 500 : options.limit;
      const page = await api.search<RosterDiff>('/v1/roster/diff', present({ ...body, cursor, limit }));
      first ??= page;
      return { rows: page.rows, next: page.cursor };
    }, all === true);
    await api.memory.sawIds(rows.map(({ alumnusId }) => alumnusId));
    if (session.json) return session.show({ ...first, rows, cursor: undefined, more }, () => '');
    if (rows.length > 0) await write(session.io.stdout, rowsText(session, rows));
    return session.note(totalsText(session, first?.totals, more));
  },
});

function rowsText(session: Session, rows: RosterDiff['rows']): string {
  const columns = [
    '',
    'ID',
    session.t('氏名', 'Name'),
    session.t('部署', 'Department'),
    session.t('理由', 'Why'),
  ];
  const cells = rows.map(({ change, alumnusId, name, department, reasons }) => [
    change === 'came' ? '+' : '-',
    alumnusId.slice(0, 8),
    nameText(name),
    department,
    `${change === 'came' ? session.t('以前は: ', 'before: ') : ''}${reasons.map((one) => reasonText(session, one)).join(' / ')}`,
  ]);
  return table(
    columns.map((heading) => ({ heading })),
    cells,
    (text, row) => (row === -1 ? session.palette.strong(text) : text),
  );
}

/** How a list changed, in words. @param more whether rows were left out */
export function totalsText(session: Session, totals: DiffTotals | null | undefined, more: boolean): string {
  const rest = more ? session.t('（続きは --all）', ' (more: --all)') : '';
  if (totals == null) return rest;
  const { before, after, came, went, reasons } = totals;
  const head = session.t(
    `${before} 人 → ${after} 人（増 ${came} 人・減 ${went} 人）${rest}`,
    `${before} → ${after} people: ${came} came, ${went} went${rest}`,
  );
  const lines = reasons.map(
    (one) => `  ${one.change === 'came' ? '+' : '-'} ${one.count}  ${reasonText(session, one)}`,
  );
  return [head, ...lines].join('\n');
}
