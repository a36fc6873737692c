import type { TimedEvent } from '../answers';
import { leaf, type Group } from '../leaf';
import { alumnusIdOf, purposeIdOf } from '../names';
import { choice, count, option, time } from '../options';
import { AUDIT_SAMPLE } from './audit-sample';
import { AUDIT_SELF_CHECK } from './audit-self-check';
import { download } from './download';
import { showEvents } from './events';
import { readPages } from './pages';

interface Options {
  readonly alumnus?: string;
  readonly purpose?: string;
  readonly actor?: string;
  readonly import?: string;
  readonly from?: string;
  readonly to?: string;
  readonly format: 'text' | 'jsonl' | 'csv' | 'xlsx' | 'pdf';
  readonly encoding: string;
  readonly limit: number;
  readonly all?: boolean;
  readonly out?: string;
  readonly force?: boolean;
}

const trail = leaf<Options>({
  usage: 'trail',
  summary: 'the audit trail: every event in the order of the ledger; opens no personal data',
  isDefault: true,
  examples: [
    'audit --from 2026-11-01 --to 2026-11-30',
    'audit --purpose rehire --all --format jsonl',
    'audit --from 2026-11-01 --format pdf --out trail.pdf',
  ],
  notes: 'CSV, XLSX and PDF are files of all of it; a PDF is a report to print, in the language of --lang.',
  options: [
    option('--alumnus <alumnus>', 'about one person'),
    option('--purpose <purpose>', 'about one purpose'),
    option('--actor <actor>', 'by one actor, e.g. staff:<id>'),
    option('--import <id>', 'of one import'),
    time('--from <time>', 'recorded from'),
    time('--to <time>', 'recorded until; a day means all of it'),
    choice('--format <format>', 'format', ['text', 'jsonl', 'csv', 'xlsx', 'pdf']).default('text'),
    choice('--encoding <encoding>', 'encoding of the CSV', ['utf-8', 'cp932']).default('utf-8'),
    option('--out <file>', 'file to write (default: standard output)'),
    option('--force', 'replace the file if it exists'),
    count('--limit <number>', 'at most', 1, 500).default(50),
    option('--all', 'all of them'),
  ],
  async act(session, { alumnus, purpose, import: batchId, format, limit, all, actor, from, to, ...file }) {
    const api = await session.api();
    const alumnusId = alumnus === undefined ? undefined : await alumnusIdOf(api, alumnus);
    const purposeId = purpose === undefined ? undefined : await purposeIdOf(api, purpose);
    const question = { alumnusId, purposeId, actor, batchId, from, to };
    if (format !== 'text' && format !== 'jsonl') {
      const { encoding, out, force } = file;
      const made = {
        format,
        encoding: format === 'csv' ? encoding : undefined,
        language: format === 'pdf' ? session.language : undefined,
      };
      const chunks = await api.open('/v1/audit-trail/export', { ...question, ...made });
      return download(session, chunks, { out, force, format });
    }
    const query = { ...question, limit: all === true ? 500 : limit };
    const { rows, more } = await readPages(async (cursor) => {
      const page = await api.get<{ events: TimedEvent[]; cursor?: string }>('/v1/audit-trail', {
        ...query,
        cursor,
      });
      return { rows: page.events, next: page.cursor };
    }, all === true);
    await showEvents(session, rows, session.json || format === 'jsonl');
    if (more) await session.note(session.t('続きは --all で出ます。', 'There are more: --all.'));
  },
});

/** `enishi audit …` */
export const AUDIT: Group = {
  name: 'audit',
  summary: 'the audit trail, and samples for auditors',
  leaves: [trail, AUDIT_SAMPLE, AUDIT_SELF_CHECK],
};
