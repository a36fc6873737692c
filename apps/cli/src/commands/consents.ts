import type { Json } from '../members';
import { leaf, type Group } from '../leaf';
import { alumnusIdOf, purposeIdOf } from '../names';
import { choice, count, option, time } from '../options';
import type { Session } from '../session';
import { download } from './download';
import { readPages } from './pages';
import { when } from '../output/when';

interface Scope {
  readonly alumnus?: string;
  readonly purpose?: string;
  readonly kind?: string;
  readonly import?: string;
  readonly from?: string;
  readonly to?: string;
}

const SCOPE = [
  option('--alumnus <alumnus>', 'one person'),
  option('--purpose <purpose>', 'one purpose'),
  choice('--kind <kind>', 'what happened', [
    'requested',
    'granted',
    'refused',
    'withdrawn',
    'expired',
    'invalidated',
    'evidence-approved',
  ]),
  option('--import <id>', 'of one import'),
  time('--from <time>', 'recorded from'),
  time('--to <time>', 'recorded until; a day means all of it'),
];

async function queryOf(session: Session, { alumnus, purpose, kind, import: batchId, from, to }: Scope) {
  const api = await session.api();
  const alumnusId = alumnus === undefined ? undefined : await alumnusIdOf(api, alumnus);
  const purposeId = purpose === undefined ? undefined : await purposeIdOf(api, purpose);
  return { alumnusId, purposeId, kind, batchId, from, to };
}

const list = leaf<Scope & { limit: number; all?: boolean }>({
  usage: 'list',
  summary: 'the history of consents',
  examples: ['consents list --purpose rehire', 'consents list --alumnus 3f2a9c1e --json'],
  isDefault: true,
  options: [
    ...SCOPE,
    count('--limit <number>', 'at most', 1, 500).default(50),
    option('--all', 'all of them'),
  ],
  async act(session, { limit, all, ...scope }) {
    const query = await queryOf(session, scope);
    const api = await session.api();
    const page = (cursor: string | undefined) =>
      api
        .get<{ rows: Json[]; cursor?: string }>('/v1/consent-history', { ...query, limit, cursor })
        .then((answer) => ({ rows: answer.rows, next: answer.cursor }));
    const { rows, more } = await readPages(page, all === true);
    const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
    const columns = [
      heading('発効', 'Effective'),
      heading('記録', 'Recorded'),
      heading('種別', 'Kind'),
      heading('本人', 'Alumnus'),
      heading('連絡手段', 'Channels'),
      heading('版', 'Version'),
      heading('形式', 'Method'),
      heading('記録ID', 'Event'),
    ];
    const cells = (row: Json): unknown[] => [
      when(row.effectiveAt as string | undefined),
      when(row.recordedAt as string | undefined),
      row.voidedBy === undefined || row.voidedBy === null
        ? (row.kind ?? row.type)
        : `(${String(row.kind ?? row.type)})`,
      String(row.alumnusId ?? '').slice(0, 8),
      Array.isArray(row.channels) ? row.channels.join(',') : '',
      row.purposeVersion === undefined || row.purposeVersion === null ? '' : String(row.purposeVersion),
      row.method,
      row.eventId,
    ];
    await session.list(rows, columns, cells, {
      ja: '同意の記録はありません。',
      en: 'No consents are recorded.',
    });
    await api.memory.sawIds(rows.map((row) => String(row.alumnusId)));
    if (more) await session.note(session.t('続きは --all で出ます。', 'There are more: --all.'));
  },
});

interface ExportOptions extends Scope {
  readonly format: 'csv' | 'jsonl' | 'xlsx' | 'pdf';
  readonly encoding: string;
  readonly out?: string;
  readonly force?: boolean;
}

const exportAll = leaf<ExportOptions>({
  usage: 'export',
  summary: 'the history of consents as a file',
  examples: [
    'consents export --format csv --encoding cp932 --out consents.csv',
    'consents export --format jsonl --purpose rehire --from 2026-04-01 > consents.jsonl',
    'consents export --format pdf --purpose rehire --lang ja --out consents.pdf',
  ],
  notes:
    'CSV in UTF-8 begins with a byte order mark, as Excel needs it.\nA PDF is a report to print, in the language of --lang.',
  options: [
    choice('--format <format>', 'format', ['csv', 'jsonl', 'xlsx', 'pdf']).default('csv'),
    choice('--encoding <encoding>', 'encoding of the CSV', ['utf-8', 'cp932']).default('utf-8'),
    option('--out <file>', 'file to write (default: standard output)'),
    option('--force', 'replace the file if it exists'),
    ...SCOPE,
  ],
  async act(session, { format, encoding, out, force, ...scope }) {
    const query = {
      ...(await queryOf(session, scope)),
      format,
      encoding: format === 'csv' ? encoding : undefined,
      language: format === 'pdf' ? session.language : undefined,
    };
    const chunks = await (await session.api()).open('/v1/consent-history/export', query);
    await download(session, chunks, { out, force, format });
  },
});

/** `enishi consents …` */
export const CONSENTS: Group = {
  name: 'consents',
  summary: 'the history of consents: list, export',
  leaves: [list, exportAll],
};
