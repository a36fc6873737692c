import { EXIT, type ExitCode } from '../exit-codes';
import { leaf, type Group } from '../leaf';
import { alumnusIdOf } from '../names';
import { choice, count, option, time } from '../options';
import { when } from '../output/when';
import type { Session } from '../session';
import { download } from './download';
import { readPages } from './pages';

interface Entry {
  readonly at: string;
  readonly actor: string;
  readonly actorName?: string;
  readonly route: string;
  readonly view: string;
  readonly aboutId?: string;
  readonly aboutName?: string;
  readonly fields: readonly string[];
  readonly personIds: readonly string[];
  readonly reason?: string;
}

interface Options {
  readonly of?: string;
  readonly by?: string;
  readonly route?: string;
  readonly view?: string;
  readonly about?: string;
  readonly from?: string;
  readonly to?: string;
  readonly csv?: boolean;
  readonly encoding: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly limit: number;
  readonly all?: boolean;
}

const list = leaf<Options>({
  usage: 'list',
  summary: 'who opened what of whom, and what was done about accounts, the latest first',
  notes: 'Reading it leaves an entry in it.',
  examples: [
    'access-log --of 3f2a9c1e --from 2026-11-01',
    'access-log --by staff:5d0c…(id) --csv --out access.csv',
    'access-log --view sign-in-failed --from 2026-11-01',
    'access-log --about 5d0c…(id) --all --json',
  ],
  isDefault: true,
  options: [
    option('--of <alumnus>', 'whose data was opened'),
    option('--by <actor>', 'who opened it: staff:<id>, token:<id>, or an account’s id'),
    option('--route <route>', 'by one route, e.g. "GET /v1/alumni/:alumnusId"'),
    option('--view <view>', 'what was opened, or which act, e.g. alumni-roster, role-granted'),
    option('--about <account>', 'acts about one account: roles, tokens, sign-ins'),
    time('--from <time>', 'opened from'),
    time('--to <time>', 'opened until; a day means all of it'),
    option('--csv', 'all of it as CSV, one line for each person'),
    choice('--encoding <encoding>', 'encoding of the CSV', ['utf-8', 'cp932']).default('utf-8'),
    option('--out <file>', 'file to write (default: standard output)'),
    option('--force', 'replace the file if it exists'),
    count('--limit <number>', 'at most', 1, 100).default(50),
    option('--all', 'all of them'),
  ],
  async act(session, { csv, encoding, out, force, limit, all, ...asked }) {
    const api = await session.api();
    const query = await queryOf(session, asked);
    if (csv === true) {
      const chunks = await api.open('/v1/access-log/export', { ...query, format: 'csv', encoding });
      return download(session, chunks, { out, force, format: 'csv' });
    }
    const { rows, more } = await readPages(async (cursor) => {
      const page = await api.get<{ entries: Entry[]; cursor?: string }>('/v1/access-log', {
        ...query,
        limit: all === true ? 100 : limit,
        cursor,
      });
      return { rows: page.entries, next: page.cursor };
    }, all === true);
    await show(session, rows);
    await api.memory.sawIds(rows.flatMap(({ personIds }) => personIds));
    if (more) await session.note(session.t('続きは --all で出ます。', 'There are more: --all.'));
  },
});

async function queryOf(session: Session, { of, by, about, route, view, from, to }: Partial<Options>) {
  const alumnusId = of === undefined ? undefined : await alumnusIdOf(await session.api(), of);
  const account = by !== undefined && !by.includes(':');
  return {
    alumnusId,
    ...(account ? { accountId: by } : { actor: by }),
    aboutId: about,
    route,
    view,
    from,
    to,
  };
}

async function show(session: Session, rows: readonly Entry[]): Promise<void> {
  const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
  const columns = [
    heading('日時', 'Time'),
    heading('実行者', 'By'),
    heading('内容', 'Opened'),
    heading('人数', 'People'),
    heading('対象', 'Of'),
    heading('項目', 'Fields'),
    heading('理由', 'Reason'),
    heading('経路', 'Route'),
  ];
  const cells = (row: Entry): unknown[] => [
    when(row.at),
    row.actorName ?? row.actor,
    row.view,
    row.aboutId === undefined ? String(row.personIds.length) : '',
    row.aboutName ?? row.aboutId ?? peopleText(row.personIds),
    row.fields.join(','),
    row.reason,
    row.route,
  ];
  await session.list(rows, columns, cells, { ja: '記録はありません。', en: 'There are no entries.' });
}

/** The first of them, as other lists show ids. */
function peopleText(ids: readonly string[]): string {
  const [first = '', second] = ids;
  return second === undefined ? first.slice(0, 8) : `${first.slice(0, 8)} …`;
}

interface Check {
  readonly agreeing: number;
  readonly retired: number;
  readonly pending: number;
  readonly wrong: readonly WrongHour[];
}

interface WrongHour {
  readonly from: string;
  readonly kind: 'differs' | 'without-event';
  readonly recorded?: { readonly entries: number };
  readonly found: { readonly entries: number };
}

const verify = leaf<{ from?: string; to?: string }>({
  usage: 'verify',
  summary:
    'compare every hour of the log with its count and digest in the ledger; names an hour that differs',
  examples: ['access-log verify', 'access-log verify --from 2026-10-01 --to 2026-10-31 --json'],
  notes: 'Exit code 5 where an hour differs.',
  options: [
    time('--from <time>', 'hours that begin from'),
    time('--to <time>', 'hours that begin until; a day means all of it'),
  ],
  async act(session, { from, to }): Promise<ExitCode> {
    const found = await (await session.api()).get<Check>('/v1/access-log/check', { from, to });
    await session.show(found, () => checkText(session, found));
    return found.wrong.length === 0 ? EXIT.ok : EXIT.conflict;
  },
});

function checkText(session: Session, { agreeing, retired, pending, wrong }: Check): string {
  const { palette } = session;
  const counts = session.t(
    `一致 ${agreeing} 時間、保存期間満了 ${retired} 時間、記帳前 ${pending} 時間`,
    `${agreeing} hours agree, ${retired} past their retention, ${pending} not recorded yet`,
  );
  const mark = wrong.length === 0 ? palette.good('✓') : palette.bad('✗');
  return [`${mark} ${counts}`, ...wrong.map((hour) => palette.bad(hourText(session, hour)))]
    .map((line) => `${line}\n`)
    .join('');
}

function hourText(session: Session, { from, kind, recorded, found }: WrongHour): string {
  const hour = when(from);
  if (kind === 'without-event') {
    return session.t(
      `${hour} からの 1 時間: 台帳にない記録が ${found.entries} 件あります`,
      `hour from ${hour}: ${found.entries} entries that the ledger knows nothing of`,
    );
  }
  return session.t(
    `${hour} からの 1 時間: 台帳では ${recorded?.entries} 件、いま ${found.entries} 件で、要約値が一致しません`,
    `hour from ${hour}: ${recorded?.entries} entries in the ledger, ${found.entries} now, and their digests differ`,
  );
}

/** `enishi access-log …` */
export const ACCESS_LOG: Group = {
  name: 'access-log',
  summary: 'who opened what of whom: list, CSV, comparison with the ledger',
  leaves: [list, verify],
};
