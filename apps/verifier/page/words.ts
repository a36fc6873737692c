import type { Language } from '@enishi/verification';

/** What the page itself says; what it says of a bundle stands with the checks. */
export const WORDS = {
  title: { ja: 'バンドルの検証', en: 'Verify a bundle' },
  page: { ja: '縁 Enishi バンドルの検証', en: 'Enishi 縁: verify a bundle' },
  intro: {
    ja: '監査のために渡されたバンドル（zip）を、このコンピューターの中だけで検証します。このページはどこにも通信しません。',
    en: 'Checks a bundle (zip) that was handed over for an audit, on this computer alone. This page sends nothing anywhere.',
  },
  bundle: {
    ja: 'バンドル（ここにファイルを落とすこともできます）',
    en: 'Bundle (you can also drop the file here)',
  },
  more: {
    ja: 'お手元の鍵・チェックポイント・証明書とも照合する',
    en: 'Compare with a key, a checkpoint or a certificate that you have',
  },
  key: { ja: '公開鍵（別の経路で受け取った一行）', en: 'Public key (the line that reached you another way)' },
  since: { ja: '保管していたチェックポイント', en: 'Checkpoint that you kept' },
  witnesses: { ja: '立会人の公開鍵（一行に一つ）', en: 'Public keys of witnesses (one on each line)' },
  authorities: {
    ja: '信頼する時刻認証局の証明書（PEM）',
    en: 'Certificates of authorities of time stamps that you trust (PEM)',
  },
  start: { ja: '検証する', en: 'Verify' },
  running: { ja: '検証しています', en: 'Verifying' },
  found: { ja: '食い違い', en: 'What is wrong' },
  said: { ja: '言えること、言えないこと', en: 'What this says, and what it does not' },
  stated: { ja: 'バンドルの記載', en: 'What the bundle states' },
  more_found: {
    ja: 'ほかにもあります。最初の 100 件を示しています。',
    en: 'There is more; these are the first 100.',
  },
  print: { ja: '印刷', en: 'Print' },
  checked: { ja: '検証したファイルと日時', en: 'File, and when it was checked' },
  none: { ja: 'ファイルを選んでください。', en: 'Choose a file first.' },
  key_malformed: {
    ja: '公開鍵の形ではありません（NAME+ID+KEY の一行）。',
    en: 'This is not a public key: one line, NAME+ID+KEY.',
  },
  certificate_malformed: {
    ja: '証明書として読めません（PEM 形式のファイル）。',
    en: 'The file has no certificate in it that can be read (PEM).',
  },
  unreadable: {
    ja: 'ファイルを読めません。移動・変更されたか、開く許可がありません。もう一度選んでください。',
    en: 'The file cannot be read: it was moved or changed, or may not be opened. Choose it again.',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

export type Word = keyof typeof WORDS;
