import { generateLeavers } from '@enishi/intake';
import { write } from '../io';
import { leaf } from '../leaf';
import { choice, count, option, required } from '../options';
import { writeFileWhole } from '../output-file';

interface Options {
  readonly rows: number;
  readonly seed: number;
  readonly layout: 'jinjer' | 'plain';
  readonly encoding: 'utf-8' | 'cp932';
  readonly faults?: boolean;
  readonly out?: string;
  readonly force?: boolean;
}

/** `enishi sample` */
export const SAMPLE = leaf<Options>({
  usage: 'sample',
  summary: 'write a leavers’ file of invented people',
  examples: [
    'sample --rows 400 > leavers.csv',
    'sample --rows 100000 --seed 7 --layout plain --encoding cp932 --out big.csv',
  ],
  notes: 'Needs no server. The same seed gives the same file.',
  options: [
    required(count('--rows <number>', 'how many', 1, 10_000_000)),
    count('--seed <number>', 'which people', 0, 2_147_483_647).default(1),
    choice('--layout <layout>', 'columns', ['jinjer', 'plain']).default('jinjer'),
    choice('--encoding <encoding>', 'encoding', ['utf-8', 'cp932']).default('utf-8'),
    option('--faults', 'with a faulty row in about forty'),
    option('--out <file>', 'file to write (default: standard output)'),
    option('--force', 'replace the file if it exists'),
  ],
  async act(session, { rows, seed, layout, encoding, faults, out, force }) {
    const chunks = generateLeavers({ count: rows, seed, layout, encoding, faults: faults === true });
    if (out === undefined) {
      for (const chunk of chunks) await write(session.io.stdout, chunk);
      return;
    }
    const progress = session.progress({ ja: '作成', en: 'Writing' });
    await writeFileWhole(out, chunks, force === true, (bytes) => progress.update(bytes, undefined, 'bytes'));
    progress.end();
    const done = session.t(`${rows} 件を書きました`, `${rows.toLocaleString('en')} rows written`);
    await session.show({ rows, seed, layout, encoding }, () => `${session.palette.good('✓')} ${done}\n`);
  },
});
