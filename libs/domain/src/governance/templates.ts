import type { AccessRule, PublicMatters, SecurityMeasures } from './shapes';

/** Ready words to start from. A company reads them, and changes what is otherwise with it. */

/** How requests are made; without fees, joint use or accredited organisation. */
export const PUBLIC_MATTERS_TEMPLATE: PublicMatters = {
  procedure: {
    ja: [
      'ご請求は、窓口に、書面、メール、電話、窓口へのお越しのいずれかでお申し出ください。書式は問いません。お名前、ご連絡先、ご請求の内容（対象となる情報を特定できる程度）をお知らせください。',
      'ご本人であることを、在籍時の社員番号と生年月日、登録されている連絡先へのご確認、公的な書類のご提示などにより確認します。ご提示いただいた書類の写しは保存しません。',
      '代理人によるご請求では、代理人の確認のほか、委任状または法定代理人であることの分かる書類を確認します。',
      'ご請求への対応は遅滞なく行い、結果とその理由を、ご希望の方法（電磁的記録の提供、書面の交付など）でお知らせします。ご希望に沿えない場合も、その旨と理由をお知らせします。',
    ].join('\n\n'),
    en: [
      'Please turn to the contact point in writing, by e-mail, by telephone or in person; no form is needed. Tell us your name, how to reach you, and what you ask for, as precisely as is needed to find the data.',
      'We make sure that it is you, for example by your former employee number and date of birth, by calling back the contact we have on record, or by an official document. We keep no copy of what you show us.',
      'Of somebody who acts for you, we check their identity and a letter of authority, or what shows that they are your legal representative.',
      'We deal with your request without delay and tell you the result and the reasons in the form you wish, such as an electronic record or on paper; also where we cannot do what you ask.',
    ].join('\n\n'),
  },
  fees: [],
};

/** The security measures that go with Enishi, in words for the public. */
export const SECURITY_MEASURES_TEMPLATE: SecurityMeasures = {
  organisational: {
    ja: '退職者の個人データの取扱いについて管理責任者を置き、取り扱う者とその役割、取り扱うデータの範囲を定めています。取扱いの状況は台帳に記録し、定期的に点検と見直しを行います。法令や規程に反する事実またはそのおそれを把握したときの報告の経路を定めています。',
    en: 'An officer is responsible for the personal data of people who have left. Who handles it, in which role and which data is laid down. Handling is recorded in a ledger, checked and reviewed at regular intervals. It is laid down to whom a breach, or a sign of one, is reported.',
  },
  personnel: {
    ja: '取り扱う者に、留意事項について定期的に研修を行い、秘密保持に関する事項を就業規則に定めています。',
    en: 'Those who handle the data are trained at regular intervals, and are bound to secrecy by the rules of employment.',
  },
  physical: {
    ja: '取り扱う区域を管理し、機器、電子媒体、書類の盗難や紛失を防ぐ措置を講じています。不要となった機器や書類は、復元できない方法で廃棄します。',
    en: 'Access to the rooms where data is handled is controlled, and devices, media and papers are kept from theft and loss. What is no longer needed is destroyed so that it cannot be restored.',
  },
  technical: {
    ja: '担当者と取り扱うデータの範囲を限定するアクセス制御と認証を行い、閲覧と出力を記録しています。個人データは本人ごとの鍵で暗号化し、不要となったときは鍵を破棄して復元できなくします。',
    en: 'Access is limited to those in charge and to the data they need, with authentication; every reading and output is recorded. Personal data is encrypted under keys of each person, which are destroyed once the data is no longer needed, so that nothing can be restored.',
  },
  foreign: {
    ja: '個人データは日本国内で保管し、取り扱っています。',
    en: 'Personal data is kept and handled in Japan.',
  },
};

/** Who may reach what, by the roles that Enishi knows. */
export const ACCESS_RULES_TEMPLATE: readonly AccessRule[] = [
  {
    role: { ja: '管理責任者・個人情報保護の担当者', en: 'Responsible officer, compliance' },
    scope: {
      ja: '登録内容、同意の記録と証跡、請求への対応、閲覧の記録。伏せ字の表示には理由を記録する。',
      en: 'Records, consents with their evidence, requests, the access log. Unmasking needs a reason, which is recorded.',
    },
  },
  {
    role: { ja: '人事の担当者', en: 'Human resources' },
    scope: {
      ja: '登録内容と同意の状態。所属する部門または制度に限ることができる。伏せ字の表示には理由を記録する。',
      en: 'Records and the state of consents, limited to departments or programmes where so granted. Unmasking needs a reason, which is recorded.',
    },
  },
  {
    role: { ja: '採用の担当者', en: 'Hiring managers' },
    scope: {
      ja: '担当する利用目的に同意した者の、連絡に必要な情報',
      en: 'Of those who consented to their purpose, what is needed to contact them',
    },
  },
  {
    role: { ja: '監査の担当者', en: 'Auditors' },
    scope: {
      ja: '期間を限った閲覧。個人データは承認を経たものに限る。',
      en: 'Reading, for a limited time; personal data only where compliance has approved it.',
    },
  },
  {
    role: { ja: 'システムの運用者', en: 'Operators' },
    scope: { ja: '個人データを閲覧しない。', en: 'No personal data.' },
  },
];
