import { CONTACT_CHANNELS } from '@enishi/domain';
import type { Option } from 'commander';
import type { Reason } from '../answers';
import { badInput } from '../failure';
import { write } from '../io';
import type { Bilingual } from '../language';
import { present, type Json } from '../members';
import { programmeIdOf } from '../names';
import { choice, count, option } from '../options';
import { table } from '../output/table';
import { when } from '../output/when';
import type { Session } from '../session';
import { readPages } from './pages';
import { nameText } from './person-text';
import { totalsText, type DiffTotals } from './roster-diff';
import { reasonText } from './why';

/** Somebody's answer without the version that is tried, or with it. */
interface Standing {
  readonly answer: 'yes' | 'no';
  readonly reasons: readonly Reason[];
  readonly approachable: boolean;
}

interface DryRun {
  readonly version: number;
  readonly at: string;
  readonly supposesNotice: boolean;
  readonly totals?: (DiffTotals & { readonly asking: DiffTotals }) | null;
  readonly rows: readonly {
    readonly alumnusId: string;
    readonly name?: unknown;
    readonly department?: string | null;
    readonly change: 'came' | 'went' | null;
    readonly asking: 'came' | 'went' | null;
    readonly before: Standing;
    readonly after: Standing;
  }[];
  readonly cursor?: string;
}

/** Whether a version is only tried, and of which list. */
export interface DryRunOptions {
  readonly dryRun?: true;
  readonly channel?: string;
  readonly programme?: string;
  readonly limit?: number;
  readonly all?: true;
}

/** Options of commands that publish a version, to try it first. */
export const DRY_RUN: readonly Option[] = [
  option('--dry-run', 'change nothing: show who would gain or lose by it').conflicts('publish'),
  choice('--channel <channel>', 'with --dry-run: by which contact channel', CONTACT_CHANNELS),
  option('--programme <programme>', 'with --dry-run: under this programme alone (default: any)'),
  count('--limit <number>', 'with --dry-run: at most so many people (default: 50)', 1, 500),
  option('--all', 'with --dry-run: everybody'),
];

export const DRY_RUN_NOTE =
  'With --dry-run and --channel nothing is written: it shows who could be contacted, or asked for consent,\n' +
  'no longer or from then on, and why.';

/**
 * Whether the command is only to be tried.
 * @throws Failure where --dry-run lacks its list, or a list is named without it: what was to be tried must not be done
 */
export function isDryRun({ dryRun, channel, programme, limit, all }: DryRunOptions): boolean {
  if (dryRun === true && channel === undefined) {
    throw wanted('--dry-run には --channel が必要です。', '--dry-run needs a --channel.');
  }
  if (dryRun === undefined && (channel ?? programme ?? limit ?? all) !== undefined) {
    throw wanted(
      '--channel・--programme・--limit・--all は --dry-run とともに使います。',
      '--channel, --programme, --limit and --all go with --dry-run.',
    );
  }
  return dryRun === true;
}

/** @param path of what would be done; @param body what it would be done with */
export async function showDryRun(
  session: Session,
  path: string,
  body: Json,
  { channel, programme, limit = 50, all }: DryRunOptions,
): Promise<void> {
  const api = await session.api();
  const programmeId = programme === undefined ? undefined : await programmeIdOf(api, programme);
  let first: DryRun | undefined;
  const { rows, more } = await readPages(async (cursor) => {
    const asked = { ...body, channel, programmeId, cursor, limit: all === true ? 500 : limit };
    const page = await api.search<DryRun>(`${path}/dry-run`, present(asked));
    first ??= page;
    return { rows: page.rows, next: page.cursor };
  }, all === true);
  await api.memory.sawIds(rows.map(({ alumnusId }) => alumnusId));
  if (session.json) return session.show({ ...first, rows, cursor: undefined, more }, () => '');
  if (rows.length > 0) await write(session.io.stdout, rowsText(session, rows));
  if (first !== undefined) await session.note(endText(session, first, more));
}

function rowsText(session: Session, rows: DryRun['rows']): string {
  const headings = [
    '',
    'ID',
    session.t('氏名', 'Name'),
    session.t('部署', 'Department'),
    session.t('公開しない場合', 'Without it'),
    session.t('公開した場合', 'With it'),
  ];
  const cells = rows.map(({ change, alumnusId, name, department, before, after }) => [
    change === 'came' ? '+' : change === 'went' ? '-' : '',
    alumnusId.slice(0, 8),
    nameText(name),
    department,
    standingText(session, before),
    standingText(session, after),
  ]);
  return table(
    headings.map((heading) => ({ heading })),
    cells,
    (text, row) => (row === -1 ? session.palette.strong(text) : text),
  );
}

function standingText(session: Session, { answer, reasons, approachable }: Standing): string {
  if (answer === 'yes') return session.t('連絡できる', 'may be contacted');
  const asking = approachable ? session.t('（同意の依頼はできる）', ' (may be asked for consent)') : '';
  return `${reasons.map((one) => reasonText(session, one)).join(' / ')}${asking}`;
}

function endText(session: Session, { version, at, supposesNotice, totals }: DryRun, more: boolean): string {
  const of = session.t(
    `第 ${version} 版を公開した場合の ${when(at)} の状態（何も変更していません）`,
    `Version ${version}, were it published, at ${when(at)}; nothing was changed`,
  );
  const notice = supposesNotice
    ? [session.t('通知・公表は済んでいるものとします。', 'Its notice is taken to have been given.')]
    : [];
  const asking: Bilingual = { ja: '同意を依頼できる人: ', en: 'May be asked for consent: ' };
  const lists = [totalsText(session, totals, more)];
  if (totals != null) lists.push(`${session.say(asking)}${totalsText(session, totals.asking, false)}`);
  return [of, ...notice, ...lists].join('\n');
}

function wanted(ja: string, en: string): Error {
  return badInput('option-missing', ja, en, { ja: '--help で使い方が出ます。', en: 'See --help.' });
}
