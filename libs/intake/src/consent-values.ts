import type { CaptureChannel, ConsentMethod, ContactChannel, IdentityCheck, Language } from '@enishi/domain';
import { plainHeader } from './columns';

/** What the person said. */
export type Answer = 'granted' | 'refused' | 'withdrawn';

/** How offices write the codes of the closed lists, as {@link plainHeader} gives them; the code itself is read too. */
type Words<Code extends string> = Readonly<Record<Code, string>>;

const ANSWERS: Words<Answer> = {
  granted: '同意 同意する 同意あり 承諾 有 あり はい 可 ○ 〇 ◯ yes y agreed consented',
  refused: '不同意 同意しない 同意なし 拒否 無 なし いいえ 不可 × ✕ no n declined',
  withdrawn: '撤回 同意撤回 取消 withdrew revoked',
};
const CHANNELS: Words<ContactChannel> = {
  email: 'メール eメール 電子メール mail',
  phone: '電話 telephone tel',
  sms: 'ショートメッセージ ショートメール',
  post: '郵送 郵便 手紙 書面 mailing letter',
  line: 'ライン',
  sns: 'ソーシャルメディア',
};
const METHODS: Words<ConsentMethod> = {
  oral: '口頭',
  document: '書面 文書 同意書 紙 電子文書 署名',
  email: 'メール eメール 電子メール',
  checkbox: 'チェックボックス チェック',
  'button-click': 'ボタン クリック ボタン押下',
  'voice-or-touch-input': '音声入力 タッチ タッチ入力',
};
const CAPTURE: Words<CaptureChannel> = {
  'web-form': 'ウェブ web webフォーム フォーム 入力フォーム',
  paper: '紙 書面 用紙 同意書',
  'exit-interview': '退職面談 面談 退職時面談',
  email: 'メール eメール 電子メール',
  oral: '口頭 電話',
};
const CHECKS: Words<IdentityCheck> = {
  'known-in-person': '面識 面識あり 対面',
  'document-seen': '書類確認 本人確認書類 身分証 身分証明書',
  'registered-address': '登録連絡先 登録住所 登録アドレス',
  'signed-link': '署名付きリンク 専用リンク',
  'call-back': '折り返し電話 コールバック',
  'employee-number-and-birth-date': '社員番号と生年月日',
};
const LANGUAGES: Words<Language> = { ja: '日本語 japanese', en: '英語 english' };

function reader<Code extends string>(words: Words<Code>): (text: string) => Code | undefined {
  const entries = Object.entries<string>(words).flatMap(([code, names]) =>
    [code, ...names.split(' ')].map((name) => [plainHeader(name), code as Code] as const),
  );
  const known = new Map(entries);
  return (text) => known.get(plainHeader(text));
}

export const readAnswer = reader(ANSWERS);
export const readMethod = reader(METHODS);
export const readCaptureChannel = reader(CAPTURE);
export const readIdentityCheck = reader(CHECKS);
export const readLanguage = reader(LANGUAGES);
const readChannel = reader(CHANNELS);

/** One or several channels, parted by a comma, a semicolon, `・`, `、`, `/` or a line break. */
export function readChannels(text: string): readonly ContactChannel[] | undefined {
  const parts = text
    .split(/[,;、，；・/／\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const channels = parts.map(readChannel);
  const known = channels.filter((channel) => channel !== undefined);
  return known.length === 0 || known.length < channels.length ? undefined : [...new Set(known)];
}
