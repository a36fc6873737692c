import { Inject, Injectable } from '@nestjs/common';
import type { Bilingual, Language } from '@enishi/domain';
import { currentKey, publishedCheckpoints } from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { inTokyo, type Report } from './report';

const LABELS = {
  checkpoint: { ja: 'チェックポイント', en: 'Checkpoint' },
  root: { ja: 'ルートハッシュ', en: 'Root hash' },
  key: { ja: '署名鍵', en: 'Signing key' },
} as const satisfies Record<string, Bilingual>;

const NONE: Bilingual = { ja: 'まだありません', en: 'none yet' };

const HOW: Readonly<Record<Language, readonly string[]>> = {
  ja: [
    '上のチェックポイントは、台帳の先頭からその件数までのイベントに対する署名済みの要約です。「enishi checkpoint」で受け取った内容、または保管しているものと、件数・ルートハッシュが一致することを確かめてください。それより後のイベントは、次のチェックポイントに含まれます。',
    '各行のイベントがこの台帳にあることは「enishi proof event <記録 ID>」で証明ファイルを受け取り、別の経路で入手した署名鍵とともに「enishi proof check」で、サーバーに接続せずに確かめられます。',
    '保管してあるチェックポイントから書き換えられていないことは「enishi proof consistency <ファイル>」で確かめられます。',
  ],
  en: [
    'The checkpoint above is a signed summary of so many events from the beginning of the ledger. Compare its number and root with what “enishi checkpoint” gives, or with one that you keep. Later events are covered by the next one.',
    '“enishi proof event <event>” gives a file that proves one line’s event to be in the ledger; “enishi proof check” checks it without any server, under a signing key that you have by another way.',
    'That nothing was rewritten since a checkpoint you keep is shown by “enishi proof consistency <file>”.',
  ],
};

/** What ties a printed report to the ledger, and how its reader can check that. */
@Injectable()
export class ReportAnchor {
  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  /** The newest checkpoint and the key that signs: label and text. */
  async particulars(language: Language): Promise<Report['particulars']> {
    const { pool, ledger } = this.infrastructure;
    const [newest] = await publishedCheckpoints(pool, { limit: 1 });
    // NAME+ID+KEY of C2SP signed-note: whoever has this page has the key, to compare it or to check with it.
    const key = (await currentKey(ledger, pool)).line;
    const events = { ja: '件', en: ' events' }[language];
    const text = newest
      ? `${newest.size.toLocaleString('en')}${events}  ${inTokyo(newest.signedAt.toISOString())} JST`
      : NONE[language];
    return [
      [LABELS.checkpoint[language], text],
      ...(newest ? [[LABELS.root[language], Buffer.from(newest.root).toString('base64')] as const] : []),
      [LABELS.key[language], key],
    ];
  }

  /** How to check, after what the report itself says of it. */
  steps(language: Language): readonly string[] {
    return HOW[language];
  }
}
