import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandAnswer, Ledger } from '../answers';
import { badInput } from '../failure';
import type { Api } from '../http/api';
import { readSmallText, readText } from '../input';
import { leaf, type AnyLeaf, type Group } from '../leaf';
import { alumnusIdOf } from '../names';
import { choices, count, option, required, words } from '../options';
import { facts } from '../output/table';
import { when } from '../output/when';
import type { Session } from '../session';
import { showDone } from './answer';
import { ERASURE_CERTIFICATE } from './erasure-certificate';
import { ERASE_ITEM } from './erasure-item';
import {
  categoriesText,
  erasureGround,
  erasureIdOf,
  erasureStanding,
  erasureText,
  outlookFacts,
  proposedText,
  type Erasure,
  type ErasureOutlook,
  type ErasurePart,
} from './erasure-of';
import { readPages } from './pages';

const POLL_MS = 250;

interface PlanOptions {
  readonly alumnus?: readonly string[];
  readonly ids?: string;
  readonly marked?: boolean;
  readonly due?: boolean;
  readonly category?: readonly string[];
  readonly reason?: string;
  readonly dryRun?: boolean;
}

interface Preview extends ErasureOutlook {
  readonly people: number;
  readonly parts: readonly ErasurePart[];
  readonly held: number;
  readonly heldIds: readonly string[];
  readonly empty: number;
  readonly second: boolean;
}

const plan = leaf<PlanOptions>({
  usage: 'plan',
  summary: 'propose that people be erased; what a hold keeps is left out',
  examples: [
    'erasure plan --alumnus 3f2a9c1e --reason 本人の申し出',
    'erasure plan --marked --reason 誤った名簿の取消し',
    'erasure plan --due --dry-run',
    'erasure plan --ids ids.txt --category contact --dry-run',
  ],
  notes:
    'A file of ids has one on each line. Evidence of consents and records of requests go when their own retention has ended.\n' +
    'Nothing is erased before `erasure approve`; above ENISHI_ERASURE_ALONE people somebody else must approve.',
  options: [
    words('--alumnus <ids>', 'these people, separated by commas'),
    option('--ids <file>', 'the people whose ids stand in a file (- for standard input)'),
    option('--marked', 'everybody marked for erasure: an import that brought them was undone'),
    option('--due', 'everybody of whom something is due, and of each only that (`retention due`)'),
    choices('--category <categories>', 'what of them; without it all that may go', [
      'programme',
      'contact',
      'profile',
      'leaving-detail',
      'consent-evidence',
      'request-record',
    ]),
    option('--reason <text>', 'why, kept sealed (- for standard input)'),
    option('--dry-run', 'only show what it would come to now'),
  ],
  async act(session, options) {
    const api = await session.api();
    const body = await orderOf(session, api, options);
    if (options.dryRun === true) return preview(session, api, body);
    if (options.reason === undefined) throw reasonMissing();
    const reason = await readText(session.io, options.reason);
    const made = await api.command<CommandAnswer & Erasure>('POST', '/v1/erasures', { ...body, reason });
    await showDone(session, made, proposedText(made), made.erasureId);
  },
});

async function orderOf(session: Session, api: Api, options: PlanOptions): Promise<object> {
  const { alumnus, ids, marked, due, category: categories } = options;
  if ([alumnus, ids, marked, due].filter((one) => one !== undefined).length !== 1) {
    throw badInput(
      'people-not-named',
      '--alumnus・--ids・--marked・--due のどれか一つを指定してください。',
      'Give one of --alumnus, --ids, --marked and --due.',
    );
  }
  const what = categories && { categories };
  if (marked === true) return { marked, ...what };
  if (due === true) return { due, ...what };
  const named = alumnus ?? (await readSmallText(session.io, ids!)).split(/\s+/).filter(Boolean);
  const alumnusIds: string[] = [];
  for (const name of named) alumnusIds.push(await alumnusIdOf(api, name));
  return { alumnusIds, ...what };
}

async function preview(session: Session, api: Api, body: object): Promise<void> {
  const found = await api.search<Preview>('/v1/erasures/preview', body);
  const t = (ja: string, en: string): string => session.t(ja, en);
  await session.show(found, () =>
    facts([
      [t('対象者', 'People'), found.people.toLocaleString('en')],
      ...found.parts.map(
        ({ categories, people }) =>
          [t('消去するもの', 'To be erased'), categoriesText(session, categories, people)] as const,
      ),
      ...outlookFacts(session, found),
      [t('保全中の人', 'Held'), found.held || undefined],
      [t('消去するものがない人', 'Nothing to erase'), found.empty || undefined],
      [t('別の人の承認', 'Second person'), found.second ? t('必要', 'needed') : t('不要', 'not needed')],
    ]),
  );
}

const approve = leaf<{ wait?: boolean }>({
  usage: 'approve <erasure>',
  summary: 'let it be carried out: there is no way back (compliance)',
  examples: ['erasure approve 9c1e3f2a', 'erasure approve 9c1e3f2a --wait'],
  notes: 'It is carried out in the background: `enishi erasure show` tells how far it is.',
  options: [option('--wait', 'until it is carried out')],
  async act(session, { wait }, [name = '']) {
    const api = await session.api();
    const erasureId = await erasureIdOf(api, name);
    const answer = await api.command<CommandAnswer>('POST', `/v1/erasures/${erasureId}/approval`);
    const done = { ja: '承認しました', en: 'Approved' };
    if (wait !== true) return showDone(session, answer, done, erasureId);
    const ended = await untilExecuted(session, api, erasureId);
    await session.show(ended, () => erasureText(session, ended));
  },
});

async function untilExecuted(session: Session, api: Api, erasureId: string): Promise<Erasure> {
  const progress = session.progress({ ja: '消去', en: 'Erasing' });
  try {
    for (;;) {
      const plan = await api.get<Erasure>(`/v1/erasures/${erasureId}`);
      if (plan.standing !== 'approved' && plan.standing !== 'running') {
        const { head } = await api.get<Ledger>('/v1/ledger');
        if (head !== null) await api.memory.passed(head);
        return plan;
      }
      progress.update(plan.erased + plan.left, plan.people, 'people');
      await sleep(POLL_MS);
    }
  } finally {
    progress.end();
  }
}

const refuse = leaf<{ reason: string }>({
  usage: 'refuse <erasure>',
  summary: 'refuse a plan of erasure, with the reason (compliance)',
  examples: ['erasure refuse 9c1e3f2a --reason 保全の要否を確認中'],
  options: [required(option('--reason <text>', 'why, kept sealed (- for standard input)'))],
  async act(session, { reason }, [name = '']) {
    const api = await session.api();
    const erasureId = await erasureIdOf(api, name);
    const body = { reason: await readText(session.io, reason) };
    const answer = await api.command<CommandAnswer>('POST', `/v1/erasures/${erasureId}/refusal`, body);
    await showDone(session, answer, { ja: '却下しました', en: 'Refused' }, erasureId);
  },
});

const show = leaf<object>({
  usage: 'show <erasure>',
  summary: 'one plan of erasure: whom it is about, why, and how far it is',
  examples: ['erasure show 9c1e3f2a'],
  async act(session, _, [name = '']) {
    const api = await session.api();
    const one = await api.get<Erasure>(`/v1/erasures/${await erasureIdOf(api, name)}`);
    await session.show(one, () => erasureText(session, one));
  },
});

const people = leaf<object>({
  usage: 'people <erasure>',
  summary: 'the ids of the people whom a plan of erasure names',
  examples: ['erasure people 9c1e3f2a'],
  async act(session, _, [name = '']) {
    const api = await session.api();
    const path = `/v1/erasures/${await erasureIdOf(api, name)}/people`;
    const rows: { alumnusId: string; categories: readonly string[] }[] = [];
    for (let after: number | undefined, more = true; more;) {
      const chunk = await api.get<{ alumnusIds: string[]; categories: string[]; next?: number }>(path, {
        after,
      });
      rows.push(...chunk.alumnusIds.map((alumnusId) => ({ alumnusId, categories: chunk.categories })));
      after = chunk.next;
      more = chunk.next !== undefined;
    }
    const columns = [{ heading: 'ID' }, { heading: session.t('消去するもの', 'To be erased') }];
    const cells = ({ alumnusId, categories }: (typeof rows)[number]) => [alumnusId, categories.join(', ')];
    await session.list(rows, columns, cells, { ja: '対象者はいません。', en: 'There is nobody.' });
  },
});

const list = leaf<{ limit: number; all?: boolean }>({
  usage: 'list',
  summary: 'plans of erasure, the latest first',
  examples: ['erasure list'],
  isDefault: true,
  options: [count('--limit <number>', 'at most', 1, 500).default(50), option('--all', 'all of them')],
  async act(session, { limit, all }) {
    const api = await session.api();
    const { rows, more } = await readPages(async (cursor) => {
      const page = await api.get<{ erasures: Erasure[]; cursor?: string }>('/v1/erasures', { limit, cursor });
      return { rows: page.erasures, next: page.cursor };
    }, all === true);
    const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
    const columns = [
      { heading: 'ID' },
      heading('状態', 'State'),
      heading('事由', 'Ground'),
      heading('作成者', 'Proposed by'),
      heading('作成日時', 'Proposed'),
      { heading: session.t('対象者', 'People'), align: 'right' as const },
      { heading: session.t('消去した人', 'Erased'), align: 'right' as const },
    ];
    const cells = (one: Erasure): unknown[] => [
      one.erasureId.slice(0, 8),
      erasureStanding(session, one),
      erasureGround(session, one),
      one.proposedByName ?? one.proposedBy,
      when(one.proposedAt),
      one.people.toLocaleString('en'),
      one.erased.toLocaleString('en'),
    ];
    await session.list(rows, columns, cells, {
      ja: '消去計画はありません。',
      en: 'There are no plans of erasure.',
    });
    if (more) await session.note(session.t('続きは --all で出ます。', 'There are more: --all.'));
  },
});

interface Store {
  readonly place: string;
  readonly holds: string;
  readonly categories: readonly string[];
  readonly ends: string;
}

const stores = leaf<object>({
  usage: 'stores',
  summary: 'every table and folder: what of whom it holds, and what ends it',
  examples: ['erasure stores'],
  async act(session) {
    const { stores: rows } = await (await session.api()).get<{ stores: Store[] }>('/v1/erasures/stores');
    const heading = (ja: string, en: string) => ({ heading: session.t(ja, en) });
    const columns = [heading('場所', 'Place'), heading('終わり方', 'Ends by'), heading('内容', 'Holds')];
    const cells = ({ place, ends, holds }: Store) => [place, ends, holds];
    await session.list(rows, columns, cells, { ja: '保管場所はありません。', en: 'There are no stores.' });
  },
});

/** `enishi erasure …` */
export const ERASURE: Group = {
  name: 'erasure',
  summary: 'erasing people for good: plan, approve, certificate',
  leaves: [
    list,
    stores,
    show,
    people,
    plan,
    ERASE_ITEM,
    approve,
    refuse,
    ERASURE_CERTIFICATE,
  ] satisfies readonly AnyLeaf[],
};

function reasonMissing(): Error {
  return badInput('option-missing', 'オプション --reason が必要です。', 'Option --reason is required.', {
    ja: '--help で使い方が出ます。',
    en: 'See --help.',
  });
}
