import { NAMED_GROUNDS, PROVIDED_ITEMS, PROVISION_GROUNDS, RECORD_FORMS } from '@enishi/domain';
import type { CommandAnswer } from '../answers';
import { readText } from '../input';
import { leaf, type AnyLeaf, type Group } from '../leaf';
import { present } from '../members';
import { alumnusIdOf, purposeIdOf } from '../names';
import { choice, choices, count, option, required, time, words } from '../options';
import { when } from '../output/when';
import { showDone } from './answer';
import { exportIdOf } from './export-of';
import { readPages } from './pages';
import {
  alumnusIdsOf,
  groundOf,
  handingIdOf,
  handingText,
  recipientNames,
  type Handing,
} from './provision-of';
import { recipientOf } from './recipient-of';

type Kind = 'provision' | 'receipt';
const GROUND = required(choice('--ground <ground>', 'why, by article 27', PROVISION_GROUNDS));
const FORM = choice('--form <form>', 'of one, of several at once, or a contract in its place', RECORD_FORMS);
const WHEN = time('--on <time>', 'when that was, of several the last time (default: now)');
const WHOSE = words('--alumnus <alumni>', 'whose data: ids');

interface RecordOptions {
  readonly ground: string;
  readonly form?: string;
  readonly items?: readonly string[];
  readonly alumnus?: readonly string[];
  readonly on?: string;
}

interface ProvisionOptions extends RecordOptions {
  readonly to: string;
  readonly purpose?: string;
  readonly export?: string;
  readonly note?: string;
}

const recordProvision = leaf<ProvisionOptions>({
  usage: 'record',
  summary: 'record that data is given to a recipient; refused where it may not go there',
  examples: [
    'provision record --to mailer --ground entrustment --items name,email --alumnus 3f2a9c1e,9c1e3f2a',
    'provision record --to partner --ground consent --purpose referral --items name,email --export 9c1e3f2a',
  ],
  notes:
    'Record it before the data leaves: what is wanting is said then (APPI 25, 27, 28).\nWith --export everybody in the file; it must be made, and may be handed over before or after.\nA record of several provisions (--form batch) and a contract in its place (--form contract, named by --note) are kept from the last of them.\nBy opting out (27(2)) nothing is given: it is refused.',
  options: [
    required(option('--to <recipient>', 'code or id of the recipient')),
    required(choice('--ground <ground>', 'why, by article 27', NAMED_GROUNDS)),
    FORM,
    option('--purpose <purpose>', 'for which purpose, by code or id; with consent always'),
    required(choices('--items <items>', 'what of them', PROVIDED_ITEMS)),
    WHOSE.conflicts('export'),
    option('--export <export>', 'everybody in this export'),
    option('--note <text>', 'by which way, or which contract; kept sealed (- for standard input)'),
    WHEN,
  ],
  async act(session, { to, ground, form, purpose, items, alumnus, export: file, note, on }) {
    const api = await session.api();
    const body = present({
      recipientId: (await recipientOf(api, to)).recipientId,
      ground,
      form,
      purposeId: purpose === undefined ? undefined : await purposeIdOf(api, purpose),
      items,
      alumnusIds: alumnus === undefined ? undefined : await alumnusIdsOf(api, alumnus),
      exportId: file === undefined ? undefined : await exportIdOf(api, file),
      note: note === undefined ? undefined : await readText(session.io, note),
      effectiveAt: on,
    });
    const answer = await api.command<CommandAnswer>('POST', '/v1/provisions', body);
    await showDone(
      session,
      answer,
      { ja: '提供を記録しました', en: 'Provision recorded' },
      String(answer.provisionId),
    );
  },
});

const recordReceipt = leaf<RecordOptions & { from: string; acquired: string }>({
  usage: 'record',
  summary: 'record that data came from a third party, and how they had come by it',
  examples: ['receipt record --from partner --ground consent --items email --alumnus 3f2a9c1e --acquired -'],
  notes: 'The provider stands in the register of recipients.',
  options: [
    required(option('--from <recipient>', 'code or id of the provider')),
    GROUND,
    FORM,
    required(choices('--items <items>', 'what of them', PROVIDED_ITEMS)),
    required(WHOSE),
    required(
      option(
        '--acquired <text>',
        'how they had come by it, and how that was confirmed; kept sealed (- for standard input)',
      ),
    ),
    WHEN,
  ],
  async act(session, { from, ground, form, items, alumnus = [], acquired, on }) {
    const api = await session.api();
    const body = present({
      recipientId: (await recipientOf(api, from)).recipientId,
      ground,
      form,
      items,
      alumnusIds: await alumnusIdsOf(api, alumnus),
      acquired: await readText(session.io, acquired),
      effectiveAt: on,
    });
    const answer = await api.command<CommandAnswer>('POST', '/v1/receipts', body);
    await showDone(
      session,
      answer,
      { ja: '受領を記録しました', en: 'Receipt recorded' },
      String(answer.receiptId),
    );
  },
});

const provisions = leavesOf('provision', {
  list: 'data that was given to somebody, the latest first; of one person what they may be shown (33(5))',
  show: 'one record of a provision, with everybody in it',
});
const receipts = leavesOf('receipt', {
  list: 'data that came from third parties, the latest first',
  show: 'one record of a receipt, with everybody in it',
});

/** `enishi provision …` */
export const PROVISION: Group = {
  name: 'provision',
  summary: 'records of data given to recipients (APPI 29)',
  leaves: [...provisions, recordProvision],
};

/** `enishi receipt …` */
export const RECEIPT: Group = {
  name: 'receipt',
  summary: 'records of data received from third parties (APPI 30)',
  leaves: [...receipts, recordReceipt],
};

/** How records of a kind are looked at. */
function leavesOf(kind: Kind, summary: { readonly list: string; readonly show: string }): readonly AnyLeaf[] {
  const list = leaf<{ alumnus?: string; recipient?: string; limit: number; all?: boolean }>({
    usage: 'list',
    summary: summary.list,
    isDefault: true,
    examples: [`${kind} list`, `${kind} list --alumnus 3f2a9c1e`],
    options: [
      option('--alumnus <alumnus>', 'with data of this person'),
      option('--recipient <recipient>', 'of this recipient, by code or id'),
      count('--limit <number>', 'at most', 1, 500).default(50),
      option('--all', 'all of them'),
    ],
    async act(session, { alumnus, recipient, limit, all }) {
      const api = await session.api();
      const alumnusId = alumnus === undefined ? undefined : await alumnusIdOf(api, alumnus);
      const recipientId =
        recipient === undefined ? undefined : (await recipientOf(api, recipient)).recipientId;
      const { rows, more } = await readPages(async (cursor) => {
        const query = { alumnusId, recipientId, limit, cursor };
        const page = await api.get<{ cursor?: string } & Record<string, Handing[]>>(`/v1/${kind}s`, query);
        return { rows: page[`${kind}s`] ?? [], next: page.cursor };
      }, all === true);
      const names = await recipientNames(api);
      const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
      const columns = [
        { heading: 'ID' },
        heading('日時', 'When'),
        kind === 'provision' ? heading('提供先', 'Recipient') : heading('提供元', 'Provider'),
        heading('根拠', 'Ground'),
        { heading: session.t('人数', 'People'), align: 'right' as const },
        heading('項目', 'Items'),
        heading('同意', 'Consent'),
      ];
      const cells = (one: Handing): unknown[] => [
        (one.provisionId ?? one.receiptId)?.slice(0, 8),
        when(one.effectiveAt),
        names.get(one.recipientId)?.code ?? one.recipientId,
        groundOf(session, one),
        one.people.toLocaleString('en'),
        one.items.join(', '),
        one.consentId?.slice(0, 8),
      ];
      await session.list(rows, columns, cells, { ja: '記録はありません。', en: 'There are no records.' });
      if (more) await session.note(session.t('続きは --all で出ます。', 'There are more: --all.'));
    },
  });
  const show = leaf<object>({
    usage: `show <${kind}>`,
    summary: summary.show,
    examples: [`${kind} show 9c1e3f2a`],
    async act(session, _options, [name = '']) {
      const api = await session.api();
      const one = await api.get<Parameters<typeof handingText>[1]>(
        `/v1/${kind}s/${await handingIdOf(api, kind, name)}`,
      );
      await session.show(one, () => handingText(session, one));
    },
  });
  return [list, show];
}
