import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT } from '../exit-codes';
import { Failure } from '../failure';
import type { Api } from '../http/api';
import type { Bilingual } from '../language';
import { leaf } from '../leaf';
import { facts } from '../output/table';
import type { Session } from '../session';

interface State {
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly leaves?: number;
  readonly root?: string;
  readonly checkpoints?: number;
  readonly found?: number;
  readonly differences?: readonly { readonly at: string; readonly number: number }[];
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

/** `enishi audit self-check` */
export const AUDIT_SELF_CHECK = leaf<object>({
  usage: 'self-check',
  summary: 'compute the tree anew from every event, and compare leaves, tree and checkpoints with it',
  examples: ['audit self-check', 'audit self-check --json'],
  notes: 'What it found becomes an event. Ends with 1 where something differs. For operators.',
  async act(session) {
    const api = await session.api();
    await api.command('POST', '/v1/self-check');
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
  const { leaves, root, checkpoints, found = 0, differences = [] } = state;
  const said =
    found === 0
      ? session.t('✓ 台帳のイベントと一致しています', '✓ Everything is what the events come to')
      : session.t(`✗ ${found} 件の食い違いがあります`, `✗ ${found} differences`);
  const lines = facts([
    [session.t('イベント', 'Events'), String(leaves)],
    [session.t('チェックポイント', 'Checkpoints'), String(checkpoints)],
    [session.t('木の根', 'Root'), root],
  ]);
  const places = differences.map(({ at, number }) => `  ${session.say(PLACES[at]!)} ${number}`);
  return [said, lines.trimEnd(), ...places].join('\n');
}

function failed(): Failure {
  return new Failure(
    EXIT.failed,
    'self-check-failed',
    { ja: '自己点検が途中で止まりました。', en: 'The self-check stopped half-way.' },
    { ja: 'もう一度実行してください。', en: 'Run it again.' },
  );
}
