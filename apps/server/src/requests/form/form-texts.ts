import type { Bilingual } from '@enishi/domain';
import type { FormFault, FormField } from './form-fields';

/** What a field of the form is called, and what helps to fill it in. */
export const FIELD_TEXTS: Readonly<
  Record<Exclude<FormField, 'form'>, { label: Bilingual; hint?: Bilingual }>
> = {
  kind: {
    label: { ja: 'ご請求の種類', en: 'What you ask for' },
  },
  ground: {
    label: { ja: 'ご請求の根拠', en: 'The ground of your request' },
    hint: {
      ja: '利用の停止・消去・第三者への提供の停止をご請求のときだけ選んでください。',
      en: 'Only where you ask for ceasing of use, erasure, or stopping of provision.',
    },
  },
  requester: {
    label: { ja: 'ご本人の氏名', en: 'Name of the person whose data it is' },
  },
  aboutThem: {
    label: { ja: 'ご本人の記録を探す手がかり', en: 'What helps us to find the record' },
    hint: {
      ja: '旧姓、社員番号、部署、在籍した年など。個人番号（マイナンバー）は書かないでください。',
      en: 'A former name, employee number, department, years. Do not write a My Number.',
    },
  },
  asked: {
    label: { ja: 'ご請求の内容', en: 'Your request' },
    hint: {
      ja: '訂正・追加・削除のときは、どの内容をどう変えるかを書いてください。',
      en: 'For a correction, addition or deletion: what is to be changed, and how.',
    },
  },
  party: { label: { ja: 'ご請求になる方', en: 'Who asks' } },
  agent: {
    label: {
      ja: '代理人の氏名と、ご本人との関係',
      en: 'Name of the representative, and what they are to the person',
    },
    hint: {
      ja: '代理の方がご請求のときだけ記入してください。',
      en: 'Only where somebody asks for the person.',
    },
  },
  answerForm: { label: { ja: '回答の形式', en: 'Form of the answer' } },
  answerTo: {
    label: { ja: '回答の送り先', en: 'Where the answer is to go' },
    hint: { ja: 'メールアドレス、または郵便番号と住所。', en: 'An e-mail address, or a postal address.' },
  },
};

export const FAULT_TEXTS: Readonly<Record<FormFault, Bilingual>> = {
  missing: { ja: '記入してください。', en: 'This is needed.' },
  'too-long': { ja: '長すぎます。短くしてください。', en: 'This is too long.' },
  'not-offered': { ja: '選び直してください。', en: 'Choose once more.' },
  'not-fitting': { ja: 'このご請求には使いません。', en: 'This does not go with your request.' },
  'my-number': {
    ja: '個人番号（マイナンバー）と見られる番号が含まれています。除いてください。',
    en: 'This seems to hold a My Number. Leave it out.',
  },
  'control-character': {
    ja: '使えない文字が含まれています。',
    en: 'This holds a character that cannot be used.',
  },
};

export const PAGE_TEXTS = {
  title: { ja: '個人データに関するご請求', en: 'A request about your personal data' },
  lead: {
    ja: 'アルムナイ（退職者）の個人データについて、開示・訂正・利用の停止などを請求できます（個人情報保護法 28条・32条〜35条・40条）。',
    en: 'About the personal data of alumni you may ask for disclosure, correction, ceasing of use and more (APPI 28, 32 to 35, 40).',
  },
  use: {
    ja: 'ご記入の内容は、ご本人の確認とご請求への対応のためだけに使い、回答の通知から {years} 年が過ぎたら消去します。',
    en: 'What you write is used only to find out who asks and to answer you, and is erased {years} years after the answer.',
  },
  next: {
    ja: '受け付けた後、ご本人であることを確認するためにご連絡します。このページでは、台帳に記録があるかどうかはお答えしません。',
    en: 'We shall then write to you to verify who you are. This page does not say whether there is a record of anybody.',
  },
  contact: { ja: 'お問い合わせ先', en: 'Contact' },
  choose: { ja: '選んでください', en: 'Choose' },
  none: { ja: '該当しない', en: 'None' },
  needed: { ja: '必須', en: 'needed' },
  send: { ja: '請求を送る', en: 'Send the request' },
  faults: {
    ja: '送れませんでした。{count} か所を直してください。',
    en: 'Not sent: {count} fields need a change.',
  },
  received: { ja: 'ご請求を受け付けました', en: 'We have received your request' },
  keep: {
    ja: '受付番号を控えてください。お問い合わせのときに必要です。',
    en: 'Keep this number; you will need it when you write to us.',
  },
  number: { ja: '受付番号', en: 'Reference number' },
  at: { ja: '受付日時', en: 'Received' },
  tooMany: { ja: '送信の回数が多すぎます', en: 'Too many requests' },
  later: {
    ja: 'しばらく（1 時間ほど）待ってから、もう一度お送りください。お急ぎのときは、お問い合わせ先にご連絡ください。',
    en: 'Wait for about an hour, then send it again. Where it is urgent, write to the contact below.',
  },
} as const satisfies Readonly<Record<string, Bilingual>>;
