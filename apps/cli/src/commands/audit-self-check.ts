import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT } from '../exit-codes';
import { Failure } from '../failure';
import type { Api } from '../http/api';
import type { Bilingual } from '../language';
import { leaf } from '../leaf';
import { option, words } from '../options';
import { plain } from '../output/plain';
import { facts } from '../output/table';
import type { Session } from '../session';

interface View {
  readonly view: string;
  readonly state: string;
  readonly rows: number;
  readonly found: number;
  readonly differences: readonly { readonly table: string; readonly row: string; readonly what: string }[];
  readonly parked: readonly { readonly scope: string; readonly code: string; readonly by: string }[];
}

interface State {
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly leaves?: number;
  readonly root?: string;
  readonly checkpoints?: number;
  readonly found?: number;
  readonly differences?: readonly { readonly at: string; readonly number: number }[];
  readonly views?: readonly View[];
}

const POLL_MS = 300;

/** What is at a difference, for people. */
const PLACES: Readonly<Record<string, Bilingual>> = {
  leaf: { ja: 'リーフ', en: 'leaf' },
  node: { ja: '木の節（最後のリーフ）', en: 'node of the tree, last leaf' },
  head: { ja: '木の根（リーフ数）', en: 'root of the tree, leaves' },
  checkpoint: { ja: 'チェックポイント（リーフ数）', en: 'checkpoint, leaves' },
  event: { ja: 'チェックポイントのイベント（リーフ数）', en: 'event of a checkpoint, leaves' },
  events: { ja: '欠けているイベント（リーフ）', en: 'events are missing, from leaf' },
};

const WHAT: Readonly<Record<string, Bilingual>> = {
  changed: { ja: '内容が違う行', en: 'row is another' },
  missing: { ja: '欠けている行', en: 'row is missing' },
  extra: { ja: '余分な行', en: 'row should not be there' },
  'table-missing': { ja: '表ごとありません', en: 'the whole table is not there' },
};

/** `enishi audit self-check` */
export const AUDIT_SELF_CHECK = leaf<{ views?: readonly string[] | false }>({
  usage: 'self-check',
  summary:
    'compute tree and views anew from every event, and compare leaves, checkpoints and views with them',
  examples: [
    'audit self-check',
    'audit self-check --views alumni-roster,consent-history --json',
    'audit self-check --no-views',
  ],
  notes: 'What it found becomes an event. Ends with 1 where something differs. For operators.',
  options: [
    words('--views <views>', 'only these views, by name'),
    option('--no-views', 'no view: leaves, tree and checkpoints alone'),
  ],
  async act(session, { views }) {
    const api = await session.api();
    const named = views === false ? 'none' : Array.isArray(views) ? views.join(',') : undefined;
    const query = named === undefined ? '' : `?${new URLSearchParams({ views: named }).toString()}`;
    await api.command('POST', `/v1/self-check${query}`);
    const state = await untilDone(session, api);
    await session.show(state, () => stateText(session, state));
    return state.found === 0 ? EXIT.ok : EXIT.failed;
  },
});

async function untilDone(session: Session, api: Api): Promise<State> {
  const progress = session.progress({ ja: '自己点検', en: 'Self-check' });
  try {
    for (;;) {
      const state = await api.get<State>('/v1/self-check');
      if (state.state === 'done') return state;
      if (state.state !== 'running') throw failed();
      progress.update(state.done, state.total, 'events');
      await sleep(POLL_MS);
    }
  } finally {
    progress.end();
  }
}

function stateText(session: Session, state: State): string {
  const { leaves, root, checkpoints, found = 0, differences = [], views = [] } = state;
  const said =
    found === 0
      ? session.t('✓ 台帳のイベントと一致しています', '✓ Everything is what the events come to')
      : session.t(`✗ ${found} 件の食い違いがあります`, `✗ ${found} differences`);
  const lines = facts([
    [session.t('イベント', 'Events'), String(leaves)],
    [session.t('チェックポイント', 'Checkpoints'), String(checkpoints)],
    [session.t('木の根', 'Root'), root],
    ...views.map((view) => [view.view, viewText(session, view)] as const),
  ]);
  const places = differences.map(({ at, number }) => `  ${session.say(PLACES[at]!)} ${number}`);
  return [said, lines.trimEnd(), ...places, ...views.flatMap((view) => rowLines(session, view))].join('\n');
}

function viewText(session: Session, { state, rows, found }: View): string {
  if (state === 'other-version') {
    return session.t('再構築中のため比べていません', 'not compared: it is being rebuilt');
  }
  return found === 0
    ? session.t(`一致（${rows} 行）`, `the same, ${rows} rows`)
    : session.t(`${rows} 行のうち ${found} 行が違います`, `${found} of ${rows} rows differ`);
}

function rowLines(session: Session, { view, differences, parked }: View): readonly string[] {
  return [
    ...differences.map(
      ({ table, row, what }) => `  ${view} ${table}: ${session.say(WHAT[what]!)} ${plain(row)}`,
    ),
    ...parked.map(({ scope, code, by }) => {
      const said =
        by === 'serving'
          ? session.t('適用できず止めてある範囲', 'parked')
          : session.t('再構築で適用できない範囲', 'cannot be rebuilt');
      return `  ${view}: ${said} ${plain(scope)} (${plain(code)})`;
    }),
  ];
}

function failed(): Failure {
  return new Failure(
    EXIT.failed,
    'self-check-failed',
    { ja: '自己点検が途中で止まりました。', en: 'The self-check stopped half-way.' },
    { ja: 'もう一度実行してください。', en: 'Run it again.' },
  );
}
