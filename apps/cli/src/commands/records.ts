import { write } from '../io';
import { leaf } from '../leaf';
import { alumnusIdOf } from '../names';
import { choice, option } from '../options';
import { writeFileWhole } from '../output-file';

interface Options {
  readonly format: '27560' | 'kantara';
  readonly out?: string;
  readonly force?: boolean;
}

const PATHS = { '27560': 'consent-records', kantara: 'consent-receipts' } as const;

/** `enishi records` */
export const RECORDS = leaf<Options>({
  usage: 'records <alumnus>',
  summary: 'one person’s consents as ISO/IEC TS 27560 records or Kantara receipts',
  examples: ['records 3f2a9c1e', 'records 3f2a9c1e --format kantara --out receipts.json'],
  notes: 'Records are JSON-LD with their context inside: reading them needs no network.',
  options: [
    choice('--format <format>', 'format', ['27560', 'kantara']).default('27560'),
    option('--out <file>', 'file to write (default: standard output)'),
    option('--force', 'replace the file if it exists'),
  ],
  async act(session, { format, out, force }, [name = '']) {
    const api = await session.api();
    const answer = await api.get<object>(`/v1/alumni/${await alumnusIdOf(api, name)}/${PATHS[format]}`);
    const document = `${JSON.stringify(answer, null, 2)}\n`;
    if (out === undefined || out === '-') return write(session.io.stdout, document);
    await writeFileWhole(out, [Buffer.from(document)], force === true);
    const done = session.t('書き出しました', 'Exported');
    await session.show({ format, file: out }, () => `${session.palette.good('✓')} ${done}\n`);
  },
});
