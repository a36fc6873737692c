import { checkpointSize } from '../proofs';
import { readSmallText } from '../input';
import { leaf } from '../leaf';
import { alumnusIdOf, purposeIdOf } from '../names';
import { choice, option, required, time } from '../options';
import { download } from './download';

interface Options {
  readonly of: string;
  readonly alumnus?: string;
  readonly purpose?: string;
  readonly kind?: string;
  readonly actor?: string;
  readonly import?: string;
  readonly from?: string;
  readonly to?: string;
  readonly since?: string;
  readonly out?: string;
  readonly force?: boolean;
}

/** `enishi export bundle` */
export const EXPORT_BUNDLE = leaf<Options>({
  usage: 'bundle',
  summary: 'events with all that an outsider needs to check them, as one zip; opens no personal data',
  examples: [
    'export bundle --of consents --purpose rehire --out consents.zip',
    'export bundle --of trail --alumnus 3f2a9c1e --out trail.zip',
    'export bundle --of ledger --since checkpoint.txt --out ledger.zip',
  ],
  notes:
    'It is proven under the newest checkpoint; what is younger is not in it. docs/bundle.md tells its files.',
  options: [
    required(
      choice('--of <what>', 'the history of consents, the audit trail, or every event', [
        'consents',
        'trail',
        'ledger',
      ]),
    ),
    option('--alumnus <alumnus>', 'about one person'),
    option('--purpose <purpose>', 'about one purpose'),
    option('--kind <kind>', 'what happened, of consents: e.g. withdrawn'),
    option('--actor <actor>', 'by one actor, e.g. staff:<id>'),
    option('--import <id>', 'of one import'),
    time('--from <time>', 'recorded from'),
    time('--to <time>', 'recorded until; a day means all of it'),
    option('--since <file>', 'a checkpoint you kept: prove that nothing before it was rewritten'),
    option('--out <file>', 'file to write (default: standard output)'),
    option('--force', 'replace the file if it exists'),
  ],
  async act(session, { of, alumnus, purpose, kind, actor, import: batchId, from, to, since, out, force }) {
    const size = since === undefined ? undefined : checkpointSize(await readSmallText(session.io, since));
    const api = await session.api();
    const alumnusId = alumnus === undefined ? undefined : await alumnusIdOf(api, alumnus);
    const purposeId = purpose === undefined ? undefined : await purposeIdOf(api, purpose);
    const query = { of, alumnusId, purposeId, kind, actor, batchId, from, to, since: size };
    const chunks = await api.open('/v1/bundles/export', query);
    return download(session, chunks, { out, force, format: 'zip' });
  },
});
