import type { LetterContent } from '../../shapes';
import type { LetterKind } from '../kinds';

type Decision = Extract<LetterKind, `request-decided-${string}`>;

/** Answers to requests: what is done, what is not, and why (APPI 32 to 36). */
export const DECISIONS: Readonly<Record<Decision, LetterContent>> = {
  'request-decided-accepted': {
    ja: {
      subject: '個人情報の取扱いに関するご請求について（決定のお知らせ）',
      body: `拝啓　時下ますますご清祥のこととお慶び申し上げます。
　お寄せいただいたご請求について、下記のとおり応じることと決定しましたので、お知らせいたします。
敬具

記

受付番号：{request}
ご請求の内容：{requestKind}
対応の内容：
{done}
お問い合わせ先：{contactPoint}

以上`,
    },
    en: {
      subject: 'Your request about personal data: decision',
      body: `We have decided to do as you ask:

Number: {request}
Request: {requestKind}
What we do:
{done}
Questions: {contactPoint}

Yours sincerely`,
    },
  },
  'request-decided-in-part': {
    ja: {
      subject: '個人情報の取扱いに関するご請求について（一部についての決定のお知らせ）',
      body: `拝啓　時下ますますご清祥のこととお慶び申し上げます。
　お寄せいただいたご請求について、下記のとおりその一部に応じることと決定しましたので、理由とともにお知らせいたします。
　この決定についてご不明な点やご不服がありましたら、下記のお問い合わせ先までお申し出ください。
敬具

記

受付番号：{request}
ご請求の内容：{requestKind}
応じるもの：
{done}
応じられないもの：
{notDone}
理由：
{reason}
お問い合わせ先：{contactPoint}

以上`,
    },
    en: {
      subject: 'Your request about personal data: decision in part',
      body: `We have decided to do part of what you ask, for the reason given. If you have questions or do not agree, please write to us at the address below.

Number: {request}
Request: {requestKind}
What we do:
{done}
What we do not do:
{notDone}
Reason:
{reason}
Questions and complaints: {contactPoint}

Yours sincerely`,
    },
  },
  'request-decided-refused': {
    ja: {
      subject: '個人情報の取扱いに関するご請求について（お応えできない旨のお知らせ）',
      body: `拝啓　時下ますますご清祥のこととお慶び申し上げます。
　お寄せいただいたご請求について慎重に検討いたしましたが、下記の理由により応じることができないと決定しましたので、お知らせいたします。
　この決定についてご不明な点やご不服がありましたら、下記のお問い合わせ先までお申し出ください。
敬具

記

受付番号：{request}
ご請求の内容：{requestKind}
根拠：{article}（{ground}）
理由：
{reason}
お問い合わせ先：{contactPoint}

以上`,
    },
    en: {
      subject: 'Your request about personal data: refused',
      body: `We have considered your request with care and have decided that we cannot do as you ask, for the reason given. If you have questions or do not agree, please write to us at the address below.

Number: {request}
Request: {requestKind}
Ground: {article} ({ground})
Reason:
{reason}
Questions and complaints: {contactPoint}

Yours sincerely`,
    },
  },
  'request-decided-deferred': {
    ja: {
      subject: '個人情報の取扱いに関するご請求について（対応の時期のお知らせ）',
      body: `拝啓　時下ますますご清祥のこととお慶び申し上げます。
　お寄せいただいたご請求について、法令により下記の期日まで直ちに応じることができません。期日が到来した後、遅滞なく対応いたします。それまでの間、当該データは法令の定める保存のほかには用いません。
　この決定についてご不明な点やご不服がありましたら、下記のお問い合わせ先までお申し出ください。
敬具

記

受付番号：{request}
ご請求の内容：{requestKind}
期日：{until}
根拠：{law}
理由：
{reason}
お問い合わせ先：{contactPoint}

以上`,
    },
    en: {
      subject: 'Your request about personal data: deferred',
      body: `A law keeps us from doing what you ask at once. We do it without delay after the day named below. Until then the data is kept for that law and used for nothing else. If you have questions or do not agree, please write to us at the address below.

Number: {request}
Request: {requestKind}
Until: {until}
Law: {law}
Reason:
{reason}
Questions and complaints: {contactPoint}

Yours sincerely`,
    },
  },
};
