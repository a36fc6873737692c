import type { Bilingual } from '../language';
import { leaf } from '../leaf';
import { when } from '../output/when';

interface Receiver {
  readonly kind: 'witness' | 'keeper' | 'timestamp';
  readonly name: string;
  readonly size: number;
  readonly acceptedAt?: string;
  readonly failures: number;
  readonly problem?: string;
  readonly nextAt?: string;
}

const KINDS: Readonly<Record<Receiver['kind'], Bilingual>> = {
  witness: { ja: '立会人', en: 'witness' },
  keeper: { ja: '保管先', en: 'keeper' },
  timestamp: { ja: '時刻認証局', en: 'time stamps' },
};

/** `enishi checkpoint keepers` */
export const CHECKPOINT_KEEPERS = leaf<object>({
  usage: 'keepers',
  summary: 'who outside is handed checkpoints, how far each is, and what keeps it from more',
  examples: ['checkpoint keepers'],
  notes: 'For operators. Nothing waits for them: checkpoints are signed whether or not they answer.',
  async act(session) {
    const { receivers } = await (
      await session.api()
    ).get<{ receivers: Receiver[] }>('/v1/checkpoint-receivers');
    const columns = [
      { heading: session.t('種類', 'Kind') },
      { heading: session.t('名前', 'Name') },
      { heading: session.t('リーフ数', 'Leaves') },
      { heading: session.t('受領', 'Accepted') },
      { heading: session.t('失敗', 'Failures') },
      { heading: session.t('問題', 'Problem') },
      { heading: session.t('次回', 'Next try') },
    ];
    const cells = ({ kind, name, size, acceptedAt, failures, problem, nextAt }: Receiver): unknown[] => [
      session.say(KINDS[kind]),
      name,
      size,
      when(acceptedAt),
      failures,
      problem,
      when(nextAt),
    ];
    await session.list(receivers, columns, cells, {
      ja: '設定されていません。',
      en: 'Nobody is configured.',
    });
  },
});
