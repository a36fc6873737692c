import { EXIT, type ExitCode } from './exit-codes';
import { Failure } from './failure';
import type { Bilingual } from './language';

type Said = readonly [exit: ExitCode, ja: string, remedy: string];

/** What stands in the way of a backup or a restore, in Japanese; in English it says so itself. */
const SAID: Readonly<Record<string, Said>> = {
  'disk-full': [
    EXIT.failed,
    'ディスクに空きがありません。',
    '空きを作るか別のディスクを指定して、やり直してください。書きかけは残っていません。',
  ],
  'disk-failed': [
    EXIT.failed,
    'ディスクの読み書きに失敗しました。',
    '別のディスクを使い、このディスクを調べてください。',
  ],
  'not-writable': [
    EXIT.failed,
    '書き込めません。',
    'フォルダーの権限と ENISHI_DATABASE_OWNER を確かめてください。',
  ],
  'not-a-backup': [
    EXIT.notFound,
    'ここにバックアップはありません。',
    'enishi backup が表示したフォルダーを指定してください。',
  ],
  'backup-unfinished': [
    EXIT.refused,
    'このバックアップは途中で終わっています。',
    'ひとつ前のバックアップを使ってください。',
  ],
  'backup-damaged': [
    EXIT.refused,
    'バックアップが壊れています。',
    '別のバックアップか、その写しを使ってください。',
  ],
  'backup-altered': [
    EXIT.refused,
    'バックアップが書き換えられたか、別の台帳のものです。',
    '別の写しを使い、書き換えられた経緯を調べてください。',
  ],
  'backup-newer': [
    EXIT.refused,
    '新しい版の Enishi で作られたバックアップです。',
    '同じ版か、より新しい版を使ってください。',
  ],
  'backup-running': [
    EXIT.conflict,
    'この台帳のバックアップがすでに動いています。',
    '終わるのを待ってから実行してください。',
  ],
  'key-missing': [EXIT.refused, 'バックアップに必要な鍵がありません。', '別のバックアップを使ってください。'],
  'key-unusable': [
    EXIT.refused,
    'マスター鍵または期の鍵がこのバックアップに合いません。',
    'ENISHI_KEYS と --apart（または ENISHI_EPOCHS）を確かめてください。',
  ],
  'places-overlap': [
    EXIT.refused,
    'バックアップと期の鍵が同じ場所にあります。',
    '別のフォルダー、できれば別の媒体に分けてください。',
  ],
  'not-empty': [
    EXIT.conflict,
    'ここにはすでに台帳があります。',
    '空のフォルダーか空のデータベースに復元してください。',
  ],
  'still-running': [
    EXIT.conflict,
    'サーバーまたはワーカーが動いています。',
    'すべて止めてからもう一度実行してください。',
  ],
  'ledger-empty': [
    EXIT.notFound,
    'ここに台帳はありません。',
    '台帳のフォルダーかデータベースを指定してください。',
  ],
  'events-lost': [
    EXIT.conflict,
    'このバックアップより後の記録が失われます。',
    'より新しいバックアップを使うか、--accept-loss を付けてください。失われたことは台帳に記録されます。',
  ],
  'restore-unfinished': [
    EXIT.conflict,
    '復元が途中です。',
    '同じ enishi restore をもう一度実行してください。',
  ],
  'marks-missing': [
    EXIT.conflict,
    '鍵の廃棄リストまたは目印がありません。',
    'フォルダーを戻すか、ENISHI_SHREDS で場所を指定してください。',
  ],
  'vault-older': [
    EXIT.conflict,
    '鍵の保管庫が廃棄リストより古い状態です。',
    'enishi restore --apply を実行してください。',
  ],
  'ledger-shorter': [
    EXIT.conflict,
    '台帳が以前より短くなっています。',
    '新しい台帳を戻すか、enishi restore --apply --accept-loss を実行してください。',
  ],
};

/** By name, not by class: the classes are loaded with the work only. */
export function recoveryFailure(error: unknown): unknown {
  const {
    name,
    code = '',
    message = '',
    remedy,
  } = error as {
    name?: string;
    code?: string;
    message?: string;
    remedy?: string;
  };
  const english = (fallback: Bilingual): Bilingual => (remedy ? { ...fallback, en: remedy } : fallback);
  if (name === 'BackupError') {
    const [exit, ja, what] = SAID[code] ?? [EXIT.failed, '復元できません。', ''];
    return new Failure(exit, code, { ja: `${ja}（${message}）`, en: message }, english({ ja: what, en: '' }));
  }
  if (name === 'LedgersDiffer') {
    return new Failure(
      EXIT.conflict,
      'not-empty',
      { ja: '復元先に別の記録があります。', en: `The place to restore into is not empty: ${message}.` },
      { ja: '空の場所に復元してください。', en: 'Restore into an empty place.' },
    );
  }
  if (
    [
      ...['StartError', 'StoreMisconfigured', 'StoreUnavailable', 'SecretUnreadable'],
      ...['MasterKeyInvalid', 'VaultError'],
    ].includes(name ?? '')
  ) {
    const said = { ja: `できません：${message}`, en: message };
    return new Failure(EXIT.failed, code, said, remedy ? { ja: remedy, en: remedy } : undefined);
  }
  return error;
}
