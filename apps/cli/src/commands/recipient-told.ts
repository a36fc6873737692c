import { TELLING_MEANS } from '@enishi/domain';
import type { CommandAnswer } from '../answers';
import { badInput } from '../failure';
import { readText } from '../input';
import { leaf } from '../leaf';
import { present } from '../members';
import { alumnusIdOf } from '../names';
import { choice, count, option, required, time, words } from '../options';
import { when } from '../output/when';
import type { Session } from '../session';
import { showDone } from './answer';
import { readPages } from './pages';
import { alumnusIdsOf, recipientNames } from './provision-of';
import { recipientOf } from './recipient-of';

/** A notice that fell due, as the server tells it. */
interface Telling {
  readonly recipientId: string;
  readonly alumnusId: string;
  readonly ground: string;
  readonly items: readonly string[];
  readonly dueSince: string;
  readonly toldAt?: string;
}

const GROUNDS: Readonly<Record<string, readonly [ja: string, en: string]>> = {
  correction: ['訂正', 'corrected'],
  withdrawal: ['同意の撤回', 'withdrawn'],
  erasure: ['消去', 'erased'],
};
/** People of one order. */
const AT_ONCE = 500;

/** `enishi recipient tellings` */
export const TELLINGS = leaf<{
  told?: boolean;
  alumnus?: string;
  recipient?: string;
  limit: number;
  all?: boolean;
}>({
  usage: 'tellings',
  summary: 'who still has to be told that data was corrected, withdrawn from or erased; or was',
  examples: ['recipient tellings', 'recipient tellings --recipient mailer --told'],
  options: [
    option('--told', 'those who were told'),
    option('--alumnus <alumnus>', 'about this person'),
    option('--recipient <recipient>', 'of this recipient, by code or id'),
    count('--limit <number>', 'at most', 1, 500).default(50),
    option('--all', 'all of them'),
  ],
  async act(session, { told, alumnus, recipient, limit, all }) {
    const api = await session.api();
    const query = {
      state: told === true ? 'told' : 'due',
      alumnusId: alumnus === undefined ? undefined : await alumnusIdOf(api, alumnus),
      recipientId: recipient === undefined ? undefined : (await recipientOf(api, recipient)).recipientId,
      limit,
    };
    const { rows, more } = await tellings(session, query, all === true);
    await api.memory.sawIds(rows.map(({ alumnusId }) => alumnusId));
    const names = await recipientNames(api);
    const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
    const columns = [
      heading('提供先・委託先', 'Recipient'),
      heading('本人', 'Person'),
      heading('事由', 'Because'),
      heading('項目', 'Items'),
      heading('発生日時', 'Since'),
      heading('連絡日時', 'Told'),
    ];
    const cells = (one: Telling): unknown[] => [
      names.get(one.recipientId)?.code ?? one.recipientId,
      one.alumnusId.slice(0, 8),
      session.t(...(GROUNDS[one.ground] ?? [one.ground, one.ground])),
      one.items.join(', '),
      when(one.dueSince),
      when(one.toldAt),
    ];
    await session.list(rows, columns, cells, {
      ja: '連絡すべき提供先・委託先はありません。',
      en: 'Nobody has to be told of anything.',
    });
    if (more) await session.note(session.t('続きは --all で出ます。', 'There are more: --all.'));
  },
});

/** `enishi recipient told` */
export const TOLD = leaf<{
  alumnus?: readonly string[];
  all?: boolean;
  means: string;
  proof: string;
  on?: string;
}>({
  usage: 'told <recipient>',
  summary: 'record that a recipient was told of all that was due by then, with proof',
  examples: [
    'recipient told mailer --alumnus 3f2a9c1e --means email --proof 縁-2026-000123',
    'recipient told mailer --all --means file-transfer --proof -',
  ],
  notes: 'What falls due after that is due anew.',
  options: [
    words('--alumnus <alumni>', 'about whom: ids').conflicts('all'),
    option('--all', 'about everybody of whom it still has to be told'),
    required(choice('--means <means>', 'how it was told', TELLING_MEANS)),
    required(option('--proof <text>', 'what shows it, kept sealed (- for standard input)')),
    time('--on <time>', 'when that was (default: now)'),
  ],
  async act(session, { alumnus, all, means, proof, on }, [name = '']) {
    if (alumnus === undefined && all !== true) throw nobodyNamed();
    const api = await session.api();
    const { recipientId } = await recipientOf(api, name);
    const said = await readText(session.io, proof);
    const due =
      alumnus === undefined
        ? (await tellings(session, { recipientId, state: 'due', limit: 500 }, true)).rows
        : [];
    const everybody =
      alumnus === undefined
        ? [...new Set(due.map(({ alumnusId }) => alumnusId))]
        : await alumnusIdsOf(api, alumnus);
    const answers: CommandAnswer[] = [];
    for (let from = 0; from < everybody.length; from += AT_ONCE) {
      const alumnusIds = everybody.slice(from, from + AT_ONCE);
      const body = present({ alumnusIds, means, proof: said, effectiveAt: on });
      answers.push(await api.command<CommandAnswer>('POST', `/v1/recipients/${recipientId}/told`, body));
    }
    const eventIds = answers.flatMap((one) => one.eventIds);
    const outcome = eventIds.length > 0 ? 'done' : 'unchanged';
    const done = {
      ja: `${eventIds.length} 人分の連絡を記録しました`,
      en: `Told about ${eventIds.length} people`,
    };
    await showDone(session, { ...answers.at(-1), outcome, eventIds }, done);
  },
});

async function tellings(
  session: Session,
  query: Readonly<Record<string, string | number | undefined>>,
  all: boolean,
): Promise<{ readonly rows: readonly Telling[]; readonly more: boolean }> {
  const api = await session.api();
  return readPages(async (cursor) => {
    const page = await api.get<{ tellings: Telling[]; cursor?: string }>('/v1/tellings', {
      ...query,
      cursor,
    });
    return { rows: page.tellings, next: page.cursor };
  }, all);
}

function nobodyNamed(): Error {
  return badInput('nobody-named', '--alumnus か --all を指定してください。', 'Give --alumnus or --all.');
}
