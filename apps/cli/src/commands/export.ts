import { readText } from '../input';
import type { CommandAnswer } from '../answers';
import { leaf, type AnyLeaf, type Group } from '../leaf';
import { alumnusIdOf, purposeIdOf } from '../names';
import { choice, count, option, required, time } from '../options';
import { when } from '../output/when';
import { showDone } from './answer';
import { EXPORT_BUNDLE } from './export-bundle';
import { DOWNLOAD_EXPORT } from './export-download';
import { exportIdOf, exportText, standingOf, type Export } from './export-of';
import { readPages } from './pages';

interface RequestOptions {
  readonly of: string;
  readonly level: string;
  readonly format: string;
  readonly encoding?: string;
  readonly alumnus?: string;
  readonly purpose?: string;
  readonly import?: string;
  readonly kind?: string;
  readonly actor?: string;
  readonly from?: string;
  readonly to?: string;
  readonly reason: string;
}

const request = leaf<RequestOptions>({
  usage: 'request',
  summary: 'ask for a file with personal data; somebody of compliance must approve it',
  examples: [
    'export request --of consents --level masked --format csv --purpose rehire --reason -',
    'export request --of trail --level full --format pdf --alumnus 3f2a9c1e --reason 開示請求の対応 --lang ja',
  ],
  notes:
    'masked: name, kana, employee number; contact masked. full: contact and the words of evidence too. Leaving details never.\nFiles without personal data need no approval: `consents export`, `audit --format`.',
  options: [
    required(choice('--of <content>', 'what it is of', ['consents', 'trail'])),
    required(choice('--level <level>', 'how much of people', ['masked', 'full'])),
    choice('--format <format>', 'format', ['csv', 'jsonl', 'xlsx', 'pdf', 'bundle']).default('csv'),
    choice('--encoding <encoding>', 'encoding of the CSV', ['utf-8', 'cp932']),
    option('--alumnus <alumnus>', 'one person'),
    option('--purpose <purpose>', 'one purpose'),
    option('--import <id>', 'of one import'),
    choice('--kind <kind>', 'what happened', [
      'requested',
      'granted',
      'refused',
      'withdrawn',
      'expired',
      'invalidated',
      'evidence-approved',
    ]),
    option('--actor <actor>', 'by one actor, e.g. staff:<id>'),
    time('--from <time>', 'recorded from'),
    time('--to <time>', 'recorded until; a day means all of it'),
    required(option('--reason <text>', 'why, kept sealed (- for standard input)')),
  ],
  async act(
    session,
    { of, level, format, encoding, alumnus, purpose, import: importId, kind, actor, from, to, reason },
  ) {
    const api = await session.api();
    const body = {
      ...{ content: of, level, format, encoding, kind, actor, from, to, importId },
      ...(format === 'pdf' && { language: session.language }),
      ...(alumnus !== undefined && { alumnusId: await alumnusIdOf(api, alumnus) }),
      ...(purpose !== undefined && { purposeId: await purposeIdOf(api, purpose) }),
      reason: await readText(session.io, reason),
    };
    const made = await api.command<CommandAnswer & { exportId: string }>('POST', '/v1/exports', body);
    const done = {
      ja: '申請しました（別の担当者の承認が必要です）',
      en: 'Requested; somebody else must approve it',
    };
    await showDone(session, made, done, made.exportId);
  },
});

/** A command that does one thing to one export. */
function step<O>(
  spec: Pick<Parameters<typeof leaf<O>>[0], 'usage' | 'summary' | 'examples' | 'notes' | 'options'>,
  done: { readonly ja: string; readonly en: string },
  method: 'POST' | 'DELETE',
  path: string,
  bodyOf: (options: O, text: (text: string) => Promise<string>) => Promise<object | undefined>,
): AnyLeaf {
  return leaf<O>({
    ...spec,
    async act(session, options, [name = '']) {
      const api = await session.api();
      const exportId = await exportIdOf(api, name);
      const body = await bodyOf(options, (text) => readText(session.io, text));
      const answer = await api.command<CommandAnswer>(method, `/v1/exports/${exportId}${path}`, body);
      await showDone(session, answer, done, exportId);
    },
  });
}

const nothing = () => Promise.resolve(undefined);

const approve = step<object>(
  {
    usage: 'approve <export>',
    summary: 'let it be made; never by who asked for it (compliance)',
    examples: ['export approve 9c1e3f2a'],
    notes: 'It is made in the background: `enishi export show` tells how far it is.',
  },
  { ja: '承認しました', en: 'Approved' },
  'POST',
  '/approval',
  nothing,
);

const refuse = step<{ reason: string }>(
  {
    usage: 'refuse <export>',
    summary: 'refuse it, with the reason; never by who asked for it (compliance)',
    examples: ['export refuse 9c1e3f2a --reason 対象の期間が広すぎる'],
    options: [required(option('--reason <text>', 'why, kept sealed (- for standard input)'))],
  },
  { ja: '却下しました', en: 'Refused' },
  'POST',
  '/refusal',
  async ({ reason }, text) => ({ reason: await text(reason) }),
);

const handOver = step<{ to: string }>(
  {
    usage: 'hand-over <export>',
    summary: 'give the finished file to somebody by name; then it can be downloaded',
    examples: ['export hand-over 9c1e3f2a --to -'],
    options: [required(option('--to <recipient>', 'who gets it, kept sealed (- for standard input)'))],
  },
  { ja: '引渡しを記録しました', en: 'Handed over' },
  'POST',
  '/hand-over',
  async ({ to }, text) => ({ recipient: await text(to) }),
);

const purge = step<object>(
  {
    usage: 'purge <export>',
    summary: 'delete it, with its file',
    examples: ['export purge 9c1e3f2a'],
  },
  { ja: '削除しました', en: 'Deleted' },
  'DELETE',
  '',
  nothing,
);

const show = leaf<object>({
  usage: 'show <export>',
  summary: 'one export: what was asked for, by whom and why, and how far it is',
  examples: ['export show 9c1e3f2a'],
  async act(session, _options, [name = '']) {
    const api = await session.api();
    const one = await api.get<Export>(`/v1/exports/${await exportIdOf(api, name)}`);
    await session.show(one, () => exportText(session, one));
  },
});

const list = leaf<{ alumnus?: string; limit: number; all?: boolean }>({
  usage: 'list',
  summary: 'exports with personal data, the latest first',
  isDefault: true,
  examples: ['export list', 'export list --alumnus 3f2a9c1e'],
  options: [
    option('--alumnus <alumnus>', 'with data of this person in their file'),
    count('--limit <number>', 'at most', 1, 500).default(50),
    option('--all', 'all of them'),
  ],
  async act(session, { alumnus, limit, all }) {
    const api = await session.api();
    const alumnusId = alumnus === undefined ? undefined : await alumnusIdOf(api, alumnus);
    const { rows, more } = await readPages(async (cursor) => {
      const page = await api.get<{ exports: Export[]; cursor?: string }>('/v1/exports', {
        alumnusId,
        limit,
        cursor,
      });
      return { rows: page.exports, next: page.cursor };
    }, all === true);
    const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
    const columns = [
      { heading: 'ID' },
      heading('状態', 'State'),
      heading('内容', 'Content'),
      heading('申請者', 'Requested by'),
      heading('申請日時', 'Requested'),
      { heading: session.t('行数', 'Lines'), align: 'right' as const },
      { heading: session.t('人数', 'People'), align: 'right' as const },
    ];
    const cells = (one: Export): unknown[] => [
      one.exportId.slice(0, 8),
      standingOf(session, one),
      [one.content, one.level, one.format].join(' / '),
      one.requestedByName ?? one.requestedBy,
      when(one.requestedAt),
      one.lines?.toLocaleString('en'),
      one.people?.toLocaleString('en'),
    ];
    await session.list(rows, columns, cells, {
      ja: '個人データの書き出しはありません。',
      en: 'There are no exports with personal data.',
    });
    if (more) await session.note(session.t('続きは --all で出ます。', 'There are more: --all.'));
  },
});

/** `enishi export …` */
export const EXPORT: Group = {
  name: 'export',
  summary: 'files for somebody outside: bundles, and files with personal data after approval',
  leaves: [list, EXPORT_BUNDLE, show, request, approve, refuse, handOver, DOWNLOAD_EXPORT, purge],
};
