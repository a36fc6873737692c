import type { PurposeContent } from '../shapes';
import { purposeTemplate } from './notice';

const DPV = 'https://w3id.org/dpv#';
const PD = 'https://w3id.org/dpv/pd#';

/** Purposes about staying in touch. */
export const TIE_PURPOSES = {
  community: purposeTemplate({
    title: { ja: 'アルムナイ・コミュニティとイベントのご案内', en: 'Alumni community and events' },
    use: {
      ja: '退職者の交流会、勉強会、記念行事などのご案内、参加のお申込みの受付と当日の運営、コミュニティへの参加のご案内のために利用します。',
      en: 'To invite you to gatherings, study meetings and anniversaries for alumni, to take your registration and run the event, and to invite you to the alumni community.',
    },
    limits: {
      ja: '参加は任意です。他の参加者にお名前を示す場合は、その都度事前にお知らせし、ご希望をお伺いします。',
      en: 'Taking part is up to you. Before your name is shown to other participants we tell you and ask what you prefer.',
    },
    data: {
      ja: '氏名、連絡先、在籍時の所属・在籍期間、ご本人から提供いただいた関心分野です。',
      en: 'Your name and contact details, your department and period of employment with us, and interests that you have told us.',
    },
    categories: ['programme', 'contact', 'profile'],
    channels: ['email', 'sms', 'post', 'line'],
    validityMonths: 36,
    purposeType: `${DPV}ProvideEventRecommendations`,
    piiTypes: [
      `${PD}Name`,
      `${PD}EmailAddressPersonal`,
      `${PD}TelephoneNumber`,
      `${PD}PhysicalAddress`,
      `${PD}EmploymentHistory`,
      `${PD}Interest`,
    ],
  }),
  news: purposeTemplate({
    title: { ja: '社内報・会社の近況のお届け', en: 'Company news' },
    use: {
      ja: '社内報、会社の近況、採用の動向などをまとめたお知らせを、月に1回程度お届けするために利用します。',
      en: 'To send you, about once a month, our newsletter with what is happening in the company and where we are hiring.',
    },
    limits: {
      ja: '個別の求人への応募をお勧めすることはありません。配信の停止は、毎回のお知らせからお手続きいただけます。',
      en: 'It does not urge you to apply for particular openings. You can stop it from every issue.',
    },
    data: {
      ja: '氏名、メールアドレス、住所、LINE のアカウントのうち、お届けの手段に必要なものです。',
      en: 'Your name and, as the channel needs it, your e-mail address, postal address or LINE account.',
    },
    categories: ['programme', 'contact'],
    channels: ['email', 'post', 'line'],
    validityMonths: 24,
    purposeType: `${DPV}CommunicationManagement`,
    piiTypes: [`${PD}Name`, `${PD}EmailAddressPersonal`, `${PD}PhysicalAddress`],
  }),
  benefits: purposeTemplate({
    title: { ja: '退職者向け優待・福利厚生のご案内', en: 'Benefits for alumni' },
    use: {
      ja: '当社の商品・サービスの退職者優待、保養施設の利用、退職者向けの福利厚生制度のご案内と、お申込みの受付のために利用します。',
      en: 'To tell you about alumni discounts on our products and services, the use of company facilities and other benefits for alumni, and to take your applications.',
    },
    limits: {
      ja: '広告を含むメールには、その旨、送信者の名称・住所と配信停止の方法を明記します。ご利用は任意です。',
      en: 'A mail that contains advertising says so, and names the sender, the address and the way to stop it. Using a benefit is up to you.',
    },
    data: {
      ja: '氏名、メールアドレス、住所、在籍期間、雇用形態、退職の区分です。',
      en: 'Your name, e-mail and postal address, the period and kind of your employment with us and the kind of leaving.',
    },
    categories: ['programme', 'contact'],
    channels: ['email', 'post'],
    validityMonths: 36,
    purposeType: `${DPV}PersonalisedBenefits`,
    piiTypes: [`${PD}Name`, `${PD}EmailAddressPersonal`, `${PD}PhysicalAddress`, `${PD}EmploymentHistory`],
  }),
  'business-collaboration': purposeTemplate({
    title: { ja: '協業・取引のご相談', en: 'Business collaboration' },
    use: {
      ja: '独立された方や現在のお勤め先のある方に、共同開発、協業、取引の可能性についてご相談し、打合せの日程を調整するために利用します。',
      en: 'To discuss joint development, collaboration or business with you, where you have your own firm or a new position, and to arrange meetings.',
    },
    limits: {
      ja: '現在のお勤め先の秘密に当たる情報をお尋ねすることはありません。ご相談に応じる義務はなく、契約をお約束するものでもありません。',
      en: 'We do not ask for secrets of your present employer. You need not respond, and nothing here promises a contract.',
    },
    data: {
      ja: '氏名、メールアドレス、電話番号、在籍時の所属・職種、ご本人から提供いただいた現在のお仕事の内容です。',
      en: 'Your name, e-mail address and telephone number, your department and job with us, and what you have told us about your present work.',
    },
    categories: ['programme', 'contact', 'profile'],
    channels: ['email', 'phone'],
    validityMonths: 24,
    purposeType: `${DPV}MemberPartnerManagement`,
    piiTypes: [
      `${PD}Name`,
      `${PD}EmailAddressPersonal`,
      `${PD}TelephoneNumber`,
      `${PD}EmploymentHistory`,
      `${PD}CurrentEmployment`,
    ],
  }),
} as const satisfies Readonly<Record<string, PurposeContent>>;
