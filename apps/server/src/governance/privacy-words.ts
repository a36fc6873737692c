import type { FeeKind, Language, SecurityMeasures, TransferBasis } from '@enishi/domain';

/** What the public page says around the company's own words. */
export interface PrivacyWords {
  readonly title: string;
  readonly intro: (company: string) => string;
  readonly headings: Readonly<
    Record<'company' | 'purposes' | 'security' | 'others' | 'requests' | 'contact', string>
  >;
  readonly name: string;
  readonly address: string;
  readonly representative: string;
  readonly consent: string;
  readonly noticeOf: (version: number) => string;
  readonly from: (day: string) => string;
  readonly rules: (title: string, version: number, day: string) => string;
  readonly measures: Readonly<Record<keyof SecurityMeasures, string>>;
  readonly abroad: string;
  readonly country: string;
  readonly task: string;
  readonly transfer: string;
  readonly transferBy: Readonly<Record<Exclude<TransferBasis, 'japan'>, string>>;
  readonly system: string;
  readonly theirMeasures: string;
  readonly noJointUse: string;
  readonly jointUse: string;
  readonly kindsIntro: string;
  readonly kinds: readonly string[];
  readonly procedure: string;
  readonly form: string;
  readonly fees: string;
  readonly feeOf: Readonly<Record<FeeKind, string>>;
  readonly yen: (yen: number) => string;
  readonly free: string;
  readonly otherFree: string;
  readonly contactIntro: string;
  readonly desk: string;
  readonly email: string;
  readonly phone: string;
  readonly hours: string;
  readonly accredited: string;
  readonly version: (version: number, day: string) => string;
  readonly earlier: string;
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** A day as it stands in a text: 2026年11月22日, 22 November 2026. */
export function dayText(day: string, language: Language): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return language === 'ja' ? `${year}年${month}月${date}日` : `${date} ${MONTHS[month - 1]} ${year}`;
}

const JA: PrivacyWords = {
  title: '退職された皆さまの個人情報の取扱いについて',
  intro: (company) =>
    `${company}（以下「当社」といいます。）は、退職された皆さま（アルムナイ）の個人情報の取扱いについて、個人情報の保護に関する法律に基づき、次のとおり公表します。`,
  headings: {
    company: '事業者',
    purposes: '利用目的',
    security: '安全管理のために講じた措置',
    others: '共同利用',
    requests: '開示等のご請求',
    contact: 'お問い合わせ・苦情の窓口',
  },
  name: '名称',
  address: '住所',
  representative: '代表者',
  consent:
    '次の目的の範囲で、同意された方の個人情報に限って利用します。同意は任意で、いつでも撤回できます。同意をお願いするためのご連絡に限り、同意をいただく前に差し上げることがあります。',
  noticeOf: (version) => `同意をお願いする際にお示しする文面（第${version}版）`,
  from: (day) => `${day}から適用します。`,
  rules: (title, version, day) =>
    `当社は「${title}」（第${version}版、${day}施行）を定め、これに従って取り扱います。`,
  measures: {
    organisational: '組織的安全管理措置',
    personnel: '人的安全管理措置',
    physical: '物理的安全管理措置',
    technical: '技術的安全管理措置',
    foreign: '外的環境の把握',
  },
  abroad: '外国にある次の者に、個人データの取扱いを委託し、または個人データを提供しています。',
  country: '国・地域',
  task: '取り扱う業務',
  transfer: '根拠（法第28条）',
  transferBy: {
    'equivalent-country': '個人の権利利益の保護に関して日本と同等の水準にあると認められた国・地域にあること',
    'equivalent-measures': '日本の事業者が講ずべき措置に相当する措置を継続的に講ずる体制を整えていること',
    consent: '必要な情報をお示しした上での、ご本人の同意',
  },
  system: 'その国の個人情報の保護に関する制度',
  theirMeasures: '提供先が講ずる措置',
  noJointUse: '退職された皆さまの個人データを、他の者と共同して利用することはありません。',
  jointUse: '次のとおり、特定の者と共同して利用します。',
  kindsIntro: 'ご本人または代理人から、次のご請求をいただけます。',
  kinds: [
    '利用目的の通知（法第32条第2項）',
    '開示（法第33条第1項）',
    '第三者提供記録の開示（法第33条第5項）',
    '内容の訂正・追加・削除（法第34条）',
    '利用の停止・消去、第三者への提供の停止（法第35条）',
  ],
  procedure: 'ご請求の方法',
  form: 'ご請求のフォーム',
  fees: '手数料',
  feeOf: {
    'purpose-notice': '利用目的の通知',
    disclosure: '開示',
    'disclosure-of-provision-records': '第三者提供記録の開示',
  },
  yen: (yen) => `${yen.toLocaleString('ja')}円`,
  free: '無料',
  otherFree: 'ほかのご請求はすべて無料です。',
  contactIntro: '個人情報の取扱いに関するお問い合わせ、ご請求、苦情は、次の窓口で承ります。',
  desk: '窓口',
  email: 'メール',
  phone: '電話',
  hours: '受付時間',
  accredited: '当社が対象事業者となっている認定個人情報保護団体にも、苦情を申し出ることができます。',
  version: (version, day) => `第${version}版　${day} 公表`,
  earlier: 'これまでの版と公表の期間',
};

const EN: PrivacyWords = {
  title: 'How we handle the personal data of people who have left',
  intro: (company) =>
    `As the Act on the Protection of Personal Information (APPI) requires, ${company} (“we”) publishes here how it handles the personal data of people who have left the company (alumni).`,
  headings: {
    company: 'Who we are',
    purposes: 'What we use the data for',
    security: 'What we do to keep it safe',
    others: 'Joint use',
    requests: 'Your requests',
    contact: 'Questions and complaints',
  },
  name: 'Name',
  address: 'Address',
  representative: 'Representative',
  consent:
    'We use personal data only of those who have consented, and only for these purposes. You are free to consent or not, and may withdraw at any time. Only to ask for that consent may we write to you before.',
  noticeOf: (version) => `The text shown when we ask for consent (version ${version})`,
  from: (day) => `Applies from ${day}.`,
  rules: (title, version, day) =>
    `We handle the data by our handling rules, “${title}” (version ${version}, in force from ${day}).`,
  measures: {
    organisational: 'Organisation',
    personnel: 'Staff',
    physical: 'Premises and devices',
    technical: 'Systems',
    foreign: 'Other countries',
  },
  abroad: 'These in other countries handle personal data for us, or are given it:',
  country: 'Country',
  task: 'What they do',
  transfer: 'Basis (Article 28)',
  transferBy: {
    'equivalent-country': 'The country is recognised as protecting people’s rights as Japan does.',
    'equivalent-measures': 'They keep measures that equal those required in Japan.',
    consent: 'The consent of each person, who was shown what there is to know.',
  },
  system: 'How that country protects personal data',
  theirMeasures: 'What they do to protect it',
  noJointUse: 'We do not use the personal data of people who have left jointly with anybody else.',
  jointUse: 'We use personal data jointly with others as follows.',
  kindsIntro: 'You, or somebody who acts for you, may ask for:',
  kinds: [
    'notification of the purpose of use (Article 32(2))',
    'disclosure (Article 33(1))',
    'disclosure of the records of provision to third parties (Article 33(5))',
    'correction, addition or deletion (Article 34)',
    'an end of use, erasure, or an end of provision to third parties (Article 35)',
  ],
  procedure: 'How to make a request',
  form: 'Make a request here',
  fees: 'Fees',
  feeOf: {
    'purpose-notice': 'Notification of the purpose of use',
    disclosure: 'Disclosure',
    'disclosure-of-provision-records': 'Disclosure of the records of provision',
  },
  yen: (yen) => `¥${yen.toLocaleString('en')}`,
  free: 'free',
  otherFree: 'All other requests are free of charge.',
  contactIntro: 'Please send questions, requests and complaints about personal data to:',
  desk: 'Contact point',
  email: 'E-mail',
  phone: 'Telephone',
  hours: 'Hours',
  accredited:
    'Complaints are also heard by the accredited personal information protection organisation that we belong to.',
  version: (version, day) => `Version ${version}, published on ${day}`,
  earlier: 'Earlier versions, and when each was published',
};

/** By language. */
export const PRIVACY_WORDS: Readonly<Record<Language, PrivacyWords>> = { ja: JA, en: EN };
