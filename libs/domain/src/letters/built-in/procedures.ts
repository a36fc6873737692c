import type { LetterContent } from '../../shapes';
import type { LetterKind } from '../kinds';

type Procedure = Extract<
  LetterKind,
  'request-received' | 'identity-needed' | 'correction-made' | 'erasure-done'
>;

/** What is said on the way to an answer, and once something was done. */
export const PROCEDURES: Readonly<Record<Procedure, LetterContent>> = {
  'request-received': {
    ja: {
      subject: '個人情報の取扱いに関するご請求の受付について',
      body: `拝啓　時下ますますご清祥のこととお慶び申し上げます。
　このたびお寄せいただいたご請求を、下記のとおり受け付けましたので、お知らせいたします。
　ご本人または代理人であることを確認したうえで、遅滞なく対応し、結果を改めてお知らせいたします。
敬具

記

受付番号：{request}
ご請求の内容：{requestKind}
受付日：{receivedOn}
お問い合わせ先：{contactPoint}

以上`,
    },
    en: {
      subject: 'Your request about personal data: received',
      body: `We have received your request, as follows. Once we have confirmed who you are, or that you act for the person, we deal with it without delay and write to you about the result.

Number: {request}
Request: {requestKind}
Received on: {receivedOn}
Questions: {contactPoint}

Yours sincerely`,
    },
  },
  'identity-needed': {
    ja: {
      subject: '本人確認のお願い',
      body: `拝啓　時下ますますご清祥のこととお慶び申し上げます。
　お寄せいただいたご請求に対応するため、ご本人または代理人であることの確認が必要です。お手数ですが、下記のものをお示しくださいますようお願いいたします。
　確認できるまでは、ご請求への対応を始めることができません。書類の写しは、確認の後に保存いたしません。
敬具

記

受付番号：{request}
ご請求の内容：{requestKind}
お示しいただくもの：
{needed}
期日の目安：{by}
お問い合わせ先：{contactPoint}

以上`,
    },
    en: {
      subject: 'Please show us who you are',
      body: `To deal with your request we must confirm who you are, or that you act for the person. Please show us what is named below. We cannot begin before that, and we keep no copy of what you show.

Number: {request}
Request: {requestKind}
Please show:
{needed}
If possible by: {by}
Questions: {contactPoint}

Yours sincerely`,
    },
  },
  'correction-made': {
    ja: {
      subject: '保有個人データの訂正等について',
      body: `拝啓　時下ますますご清祥のこととお慶び申し上げます。
　調査の結果、あなたの保有個人データについて下記のとおり訂正、追加または削除を行いましたので、個人情報の保護に関する法律第34条第3項により、その内容をお知らせいたします。
敬具

記

受付番号：{request}
訂正等の内容：
{changes}
お問い合わせ先：{contactPoint}

以上`,
    },
    en: {
      subject: 'Your personal data: corrected',
      body: `We have looked into the matter and have corrected, added to or deleted your personal data as follows. The Act on the Protection of Personal Information, article 34(3), has us tell you what was changed.

Number: {request}
What was changed:
{changes}
Questions: {contactPoint}

Yours sincerely`,
    },
  },
  'erasure-done': {
    ja: {
      subject: '保有個人データの消去について',
      body: `拝啓　時下ますますご清祥のこととお慶び申し上げます。
　あなたの保有個人データを下記のとおり消去いたしましたので、お知らせいたします。
　法令により保存を要するものは、その期間が満了するまで、ほかの目的には用いずに保存いたします。
敬具

記

受付番号：{request}
消去したもの：
{erased}
消去した日：{erasedOn}
証明書番号：{certificate}
お問い合わせ先：{contactPoint}

以上`,
    },
    en: {
      subject: 'Your personal data: erased',
      body: `We have erased your personal data as follows. What a law has us keep is kept until its period is over, and used for nothing else.

Number: {request}
Erased:
{erased}
Erased on: {erasedOn}
Certificate: {certificate}
Questions: {contactPoint}

Yours sincerely`,
    },
  },
};
