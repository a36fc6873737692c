import { readSmallText } from '../input';
import { leaf } from '../leaf';
import { when } from '../output/when';

interface Cosigned {
  readonly size: number;
  readonly cosigned: readonly { readonly witness: string; readonly at: string }[];
}

/** `enishi checkpoint cosign` */
export const CHECKPOINT_COSIGN = leaf<object>({
  usage: 'cosign <file>',
  summary: 'hand in a checkpoint that a witness gave back with a cosignature, by hand',
  examples: ['checkpoint cosign cosigned.txt', 'checkpoint cosign - < cosigned.txt'],
  notes:
    'For operators. The checkpoint must be one that this ledger has published, and the witness one of ENISHI_WITNESSES, there without an address.',
  async act(session, _, [file = '']) {
    const note = await readSmallText(session.io, file);
    const api = await session.api();
    const answer = await api.command<Cosigned>('POST', '/v1/checkpoint-cosignatures', { note });
    const columns = [
      { heading: session.t('立会人', 'Witness') },
      { heading: session.t('リーフ数', 'Leaves') },
      { heading: session.t('時刻', 'At') },
    ];
    await session.list(answer.cosigned, columns, ({ witness, at }) => [witness, answer.size, when(at)], {
      ja: '署名はありません。',
      en: 'There are no cosignatures.',
    });
  },
});
