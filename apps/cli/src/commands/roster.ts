import { EMPLOYMENT_KINDS, LEAVING_KINDS } from '@enishi/domain';
import type { Funnel, RosterPage, RosterRow } from '../answers';
import { EXIT } from '../exit-codes';
import { Failure } from '../failure';
import type { Api } from '../http/api';
import { readText } from '../input';
import { write } from '../io';
import { leaf, type Group } from '../leaf';
import { present } from '../members';
import { choices, count, day, option, time } from '../options';
import { table } from '../output/table';
import type { Session } from '../session';
import { funnelText } from './funnel';
import { readPages } from './pages';
import { nameText } from './person-text';
import { QUESTION, questionOf, type QuestionOptions } from './question';
import { ROSTER_DIFF } from './roster-diff';
import { reasonText } from './why';

interface Options extends QuestionOptions {
  readonly at?: string;
  readonly known?: string;
  readonly fold?: true;
  readonly excluded?: boolean;
  readonly approachable?: boolean;
  readonly text?: string;
  readonly department?: string;
  readonly job?: string;
  readonly serviceYearsMin?: number;
  readonly serviceYearsMax?: number;
  readonly leftFrom?: string;
  readonly leftTo?: string;
  readonly leavingKind?: readonly string[];
  readonly employmentKind?: readonly string[];
  readonly eligible?: boolean;
  readonly notEligible?: boolean;
  readonly limit: number;
  readonly all?: boolean;
  readonly ids?: true;
}

const SHORT_ID = 8;

const list = leaf<Options>({
  usage: 'list',
  isDefault: true,
  summary: 'who may be contacted for a purpose by a channel, each with the events that allow it',
  examples: [
    'roster --purpose rehire --channel email',
    'roster --purpose rehire --channel email --excluded --at 2026-03-31',
    'roster --purpose rehire --channel email --at 2026-03-31 --known 2026-05-01',
    'roster --purpose rehire --channel email --approachable --service-years-min 3 --all --json',
    'roster --purpose rehire --channel email --text -',
  ],
  notes:
    'Names and addresses given as arguments stay in the shell history and show in the process list:\n' +
    '`--text -` reads the search text from standard input.',
  options: [
    ...QUESTION,
    time('--at <time>', 'as of that moment, by what was known then (default: now)'),
    time('--known <time>', 'with --at: by what was known at this other moment'),
    option(
      '--fold',
      'with --at: folded from the whole ledger instead of read from tables; slow, the same list',
    ),
    option('--excluded', 'the others, each with every reason').conflicts('approachable'),
    option('--approachable', 'those who may be asked for consent'),
    option('--text <text>', 'part of a name or reading (- for standard input)'),
    option('--department <name>', 'department'),
    option('--job <name>', 'job'),
    count('--service-years-min <years>', 'years of service, at least', 0, 99),
    count('--service-years-max <years>', 'years of service, at most', 0, 99),
    day('--left-from <day>', 'left on or after'),
    day('--left-to <day>', 'left on or before'),
    choices('--leaving-kind <kinds>', 'how they left', LEAVING_KINDS),
    choices('--employment-kind <kinds>', 'kind of employment', EMPLOYMENT_KINDS),
    option('--eligible', 'eligible by the rule of the programme').conflicts('notEligible'),
    option('--not-eligible', 'not eligible by it'),
    count('--limit <number>', 'at most so many rows', 1, 500).default(50),
    option('--all', 'every row'),
    option('--ids', 'nothing but their ids, one a line, for other commands').conflicts('json'),
  ],
  async act(session, options) {
    const api = await session.api();
    const body = await searchOf(session, api, options);
    let first: RosterPage | undefined;
    const progress = session.progress({ ja: '名簿', en: 'Roster' });
    let read = 0;
    const { rows, more } = await readPages(async (cursor) => {
      const limit = options.all === true ? 500 : options.limit;
      const page = await api.search<RosterPage>('/v1/roster/search', present({ ...body, cursor, limit }));
      first ??= page;
      read += page.rows.length;
      if (options.all === true) progress.update(read, page.total?.count, 'rows');
      return { rows: page.rows, next: page.cursor };
    }, options.all === true);
    progress.end();
    await api.memory.sawIds(rows.map(({ alumnusId }) => alumnusId));
    if (options.ids === true)
      return write(session.io.stdout, rows.map(({ alumnusId }) => `${alumnusId}\n`).join(''));
    if (session.json) return write(session.io.stdout, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    if (rows.length > 0) await write(session.io.stdout, rosterText(session, rows));
    return summary(session, api, options, first, rows.length, more);
  },
});

/** `enishi roster` */
export const ROSTER: Group = {
  name: 'roster',
  summary: 'who may be contacted: the list, of now or of a past moment, and what changed between two moments',
  leaves: [list, ROSTER_DIFF],
};

async function searchOf(session: Session, api: Api, options: Options) {
  const { serviceYearsMin, serviceYearsMax, eligible, notEligible } = options;
  return {
    ...(await questionOf(api, options)),
    mode:
      options.excluded === true ? 'excluded' : options.approachable === true ? 'approachable' : 'contactable',
    at: options.at,
    known: options.known,
    fold: options.fold,
    text: options.text === undefined ? undefined : await readText(session.io, options.text),
    department: options.department,
    job: options.job,
    serviceMonthsMin: serviceYearsMin === undefined ? undefined : serviceYearsMin * 12,
    // Up to and including the last month before the next full year.
    serviceMonthsMax: serviceYearsMax === undefined ? undefined : serviceYearsMax * 12 + 11,
    leftFrom: options.leftFrom,
    leftTo: options.leftTo,
    leavingKind: options.leavingKind,
    employmentKind: options.employmentKind,
    eligible: eligible === true ? true : notEligible === true ? false : undefined,
  };
}

function rosterText(session: Session, rows: readonly RosterRow[]): string {
  const length = shortLength(rows.map(({ alumnusId }) => alumnusId));
  const why = rows.some(({ answer }) => answer === 'no')
    ? session.t('理由', 'Why not')
    : session.t('根拠', 'Why');
  const columns = [
    { heading: 'ID' },
    { heading: session.t('氏名', 'Name') },
    { heading: session.t('カナ', 'Reading') },
    { heading: session.t('部署', 'Department') },
    { heading: session.t('退職日', 'Left on') },
    { heading: why },
  ];
  const cells = rows.map((row) => [
    row.alumnusId.slice(0, length),
    nameText(row.name),
    nameText(row.kana),
    row.department,
    row.leftOn,
    row.answer === 'yes'
      ? row.because.map((id) => id.slice(0, SHORT_ID)).join(' ')
      : row.reasons.map((reason) => reasonText(session, reason)).join(' / '),
  ]);
  const paint = (text: string, row: number, column: number): string => {
    if (row === -1) return session.palette.strong(text);
    return column === 0 || column === 5 ? session.palette.faint(text) : text;
  };
  return table(columns, cells, paint);
}

/** As many characters as tell the ids of the list apart, and eight at least. */
function shortLength(ids: readonly string[]): number {
  for (let length = SHORT_ID; length < 36; length += 2) {
    if (new Set(ids.map((id) => id.slice(0, length))).size === ids.length) return length;
  }
  return 36;
}

/** `3 of 394 people (more: --all)`; a narrowed search is not counted, so that its list may only say that it goes on. */
function countText(session: Session, shown: number, total: RosterPage['total'], more: boolean): string {
  const number = (value: number): string => value.toLocaleString('en');
  const all = total == null || (!more && shown === total.count) ? undefined : total;
  const rest = more ? session.t('（続きは --all）', ' (more: --all)') : '';
  if (all !== undefined) {
    const count = `${all.estimated ? '≈' : ''}${number(all.count)}`;
    const people = all.count === 1 ? 'person' : 'people';
    return session.t(
      `${count} 人のうち ${number(shown)} 人${rest}`,
      `${number(shown)} of ${count} ${people}${rest}`,
    );
  }
  const people = shown === 1 ? 'person' : 'people';
  const least = more ? session.t('以上', 'at least ') : '';
  return session.t(`${number(shown)} 人${least}${rest}`, `${least}${number(shown)} ${people}${rest}`);
}

/** How many of how many; for a list of those who may be contacted also how it came to be so long. */
async function summary(
  session: Session,
  api: Api,
  options: Options,
  first: RosterPage | undefined,
  shown: number,
  more: boolean,
): Promise<void> {
  const total = first?.total;
  await session.note(countText(session, shown, total, more));
  if (options.excluded === true || options.approachable === true || options.at !== undefined) return;
  try {
    const funnel = await api.get<Funnel>('/v1/roster/funnel', await questionOf(api, options));
    await session.note(funnelText(session, funnel, options.purpose, options.channel).trimEnd());
  } catch (error) {
    // A remark beside the list; who may not see it has the list all the same.
    if (!(error instanceof Failure) || error.exitCode !== EXIT.notPermitted) throw error;
  }
}
