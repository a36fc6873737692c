import { ANCHORS, DOCUMENT_CODES } from '@enishi/domain';
import type { CommandAnswer } from '../answers';
import { EXIT } from '../exit-codes';
import { badInput, Failure } from '../failure';
import { readText } from '../input';
import { leaf } from '../leaf';
import { present } from '../members';
import { alumnusIdOf } from '../names';
import { choice, day, option, required, words } from '../options';
import { showDone } from './answer';
import type { PersonRetention } from './retention-text';
import { systemOf } from './system-names';

interface HeldOptions {
  readonly system: string;
  readonly document: string;
  readonly from?: readonly string[];
  readonly label?: string;
  readonly owner?: string;
}

/** `enishi inventory held` */
export const HELD = leaf<HeldOptions>({
  usage: 'held <alumnus>',
  summary: 'note that a system holds a document about a person, and what its period runs from',
  examples: [
    'inventory held 3f2a9c1e --system payroll --document roster --from leaving=2024-03-31',
    'inventory held 3f2a9c1e --system payroll --document wage-ledger --from last-entry=2024-03-31,pay-date=2024-04-25',
  ],
  notes: '`enishi law schedule` tells what the period of each document runs from.',
  options: [
    required(option('--system <system>', 'a code or an id of the inventory')),
    required(choice('--document <code>', 'which document of the retention schedule', DOCUMENT_CODES)),
    words('--from <anchor=day>', 'what its period runs from; several with commas'),
    option('--label <text>', 'tells several of a kind in one system apart, kept sealed'),
    option('--owner <text>', 'who answers for it, where that is not who answers for the system; kept sealed'),
  ],
  async act(session, { system, document, from = [], label, owner }, [name = '']) {
    const api = await session.api();
    const path = `/v1/alumni/${await alumnusIdOf(api, name)}/held-elsewhere`;
    const { systemId } = await systemOf(api, system);
    const body = { ...present({ systemId, document, label, owner }), anchors: from.map(anchorOf) };
    const done = { ja: '他のシステムにある書類を記録しました', en: 'Document held elsewhere recorded' };
    await showDone(session, await api.command<CommandAnswer>('POST', path, body), done);
  },
});

/** `leaving=2024-03-31` */
function anchorOf(text: string): { readonly anchor: string; readonly day: string } {
  const [anchor = '', on = ''] = text.split('=');
  if ((ANCHORS as readonly string[]).includes(anchor) && /^\d{4}-\d{2}-\d{2}$/.test(on))
    return { anchor, day: on };
  throw badInput(
    'anchor-not-valid',
    '--from は「起算日の種類=日付」で指定してください（例: leaving=2024-03-31）。',
    '--from takes what the period runs from and its day, such as leaving=2024-03-31.',
    { ja: '種類は enishi law schedule に出ます。', en: '`enishi law schedule` lists what periods run from.' },
  );
}

/** `enishi inventory dispose` */
export const DISPOSE = leaf<{ readonly on: string; readonly proof: string }>({
  usage: 'dispose <alumnus> <entry>',
  summary: 'a document in another system was disposed of, with what proves it',
  examples: ['inventory dispose 3f2a9c1e 9c1e3f2a --on 2027-05-10 --proof 溶解証明書第12号'],
  notes: '`enishi retention of <alumnus>` lists the entries.',
  options: [
    required(day('--on <day>', 'when it was disposed of')),
    required(option('--proof <text>', 'who confirmed it and by what, kept sealed (- for standard input)')),
  ],
  async act(session, { on, proof }, [name = '', entry = '']) {
    const api = await session.api();
    const alumnus = `/v1/alumni/${await alumnusIdOf(api, name)}`;
    const { elsewhere } = await api.get<PersonRetention>(`${alumnus}/retention`);
    const found = elsewhere.filter(
      ({ entryId }) => entry.length >= 8 && entryId.startsWith(entry.toLowerCase()),
    );
    if (found.length !== 1) throw entryUnknown();
    const path = `${alumnus}/held-elsewhere/${found[0]!.entryId}/disposal`;
    const body = { disposedOn: on, proof: await readText(session.io, proof) };
    const done = { ja: '廃棄の確認を記録しました', en: 'Disposal confirmed' };
    await showDone(session, await api.command<CommandAnswer>('POST', path, body), done);
  },
});

function entryUnknown(): Failure {
  return new Failure(
    EXIT.notFound,
    'held-entry-unknown',
    {
      ja: '他のシステムで保有する書類の記録がありません。',
      en: 'There is no such entry of a document held elsewhere.',
    },
    { ja: 'enishi retention of で確かめてください。', en: 'See `enishi retention of`.' },
  );
}
