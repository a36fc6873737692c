import { leaf, type Group } from '../leaf';
import { when } from '../output/when';
import { showDone } from './answer';

interface Policy {
  readonly name: string;
  readonly upToDate: boolean;
  readonly waiting: number;
  readonly nextDueAt?: string;
  readonly parkedTargets: number;
  readonly parked: readonly {
    readonly target: string;
    readonly code?: string;
    readonly events: number;
    readonly since: string;
  }[];
}

const list = leaf<object>({
  usage: 'list',
  summary: 'every policy: how far it is, what waits for its day, what a bug has stopped',
  examples: ['policies', 'policies list --json'],
  isDefault: true,
  async act(session) {
    const { policies } = await (await session.api()).get<{ policies: readonly Policy[] }>('/v1/policies');
    const right = 'right' as const;
    const columns = [
      { heading: session.t('自動処理', 'Policy') },
      { heading: session.t('最新まで', 'Up to date') },
      { heading: session.t('日付待ち', 'Waiting'), align: right },
      { heading: session.t('次の期日', 'Next due') },
      { heading: session.t('停止', 'Parked'), align: right },
    ];
    const cells = ({ name, upToDate, waiting, nextDueAt, parkedTargets }: Policy): unknown[] => [
      name,
      upToDate ? session.t('はい', 'yes') : session.t('いいえ', 'no'),
      String(waiting),
      when(nextDueAt),
      String(parkedTargets),
    ];
    const empty = { ja: '自動処理はありません。', en: 'There are no policies.' };
    await session.list(policies, columns, cells, empty);
    if (session.json) return;
    for (const { name, parked } of policies)
      for (const { target, code, events, since } of parked)
        await session.note(
          session.t(
            `停止: ${name} ${target} ${code ?? '再実行待ち'} ${events} 件 ${when(since)} から`,
            `Parked: ${name} ${target} ${code ?? 'released'}, ${events} events, since ${when(since)}`,
          ),
        );
  },
});

const release = leaf<object>({
  usage: 'release <policy> <target>',
  summary: 'have a policy look again at what a bug has stopped, once that is mended',
  examples: [
    'policies release consent-expiry consent-8b0c2b2e-6f3a-4d0c-9a51-5b8f4a6f2d10.5d7c3f0a-3c53-4f6e-8c59-0b8a1a2f7e44',
  ],
  notes: 'Targets stand in `enishi policies`. What still fails is parked again.',
  async act(session, _options, [policy = '', target = '']) {
    const path = `/v1/policies/${encodeURIComponent(policy)}/releases`;
    const api = await session.api();
    const answer = await api.command<{ released: number }>('POST', path, { target });
    const done = {
      ja: `再実行を依頼しました: ${answer.released} 件`,
      en: `Released: ${answer.released} events are looked at again`,
    };
    await showDone(session, { ...answer }, done);
  },
});

/** `enishi policies …` */
export const POLICIES: Group = {
  name: 'policies',
  summary: 'what follows from events by itself, and what a bug has stopped of it',
  leaves: [list, release],
};
