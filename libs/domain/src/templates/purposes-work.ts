import type { PurposeContent } from '../shapes';
import { purposeTemplate } from './notice';

const DPV = 'https://w3id.org/dpv#';
const PD = 'https://w3id.org/dpv/pd#';

const WHO = [`${PD}Name`, `${PD}EmailAddressPersonal`, `${PD}TelephoneNumber`, `${PD}PhysicalAddress`];
const CAREER = [`${PD}EmploymentHistory`, `${PD}WorkHistory`];

/** Purposes about working with or for the company again. */
export const WORK_PURPOSES = {
  rehire: purposeTemplate({
    title: { ja: '再雇用（カムバック採用）のご案内', en: 'Rehire opportunities' },
    use: {
      ja: '当社の正社員、契約社員、パートタイムなどの求人のご案内、再雇用に関するご相談への対応、応募のご意向の確認と選考の日程調整のために利用します。',
      en: 'To tell you about openings for regular, contract and part-time employment with us, to answer your questions about returning, to learn whether you wish to apply and to arrange interviews.',
    },
    limits: {
      ja: 'ご案内は採用を約束するものではなく、応募の義務もありません。応募される際には、選考に必要な情報の取扱いを別途お示しし、労働条件を書面等で明示します。',
      en: 'What we send is no promise of employment, and you need not apply. If you apply, we will tell you separately how we handle what the selection needs, and state the working conditions in writing.',
    },
    data: {
      ja: '氏名、連絡先、在籍時の所属・職種・雇用形態・在籍期間、退職の区分、ご本人から提供いただいた現在のご経験・資格・ご希望です。',
      en: 'Your name and contact details; your department, job, kind and period of employment with us and the kind of leaving; experience, qualifications and wishes that you have told us.',
    },
    categories: ['programme', 'contact', 'profile'],
    channels: ['email', 'phone', 'sms', 'post'],
    validityMonths: 36,
    purposeType: `${DPV}RecruitmentManagement`,
    piiTypes: [...WHO, ...CAREER, `${PD}ProfessionalExperience`],
  }),
  'contract-work': purposeTemplate({
    title: { ja: '業務委託・副業のご案内', en: 'Contract and side work' },
    use: {
      ja: '当社が外部に委託する業務（請負・準委任）や副業としてお願いする業務のご案内、お引き受けの可否の確認、契約に向けたご相談のために利用します。',
      en: 'To tell you about work that we give to independent contractors or offer as side work, to ask whether you would take it on, and to discuss a contract.',
    },
    limits: {
      ja: 'ご案内は契約の締結を約束するものではなく、お引き受けの義務もありません。お願いする際は、業務の内容、報酬の額、支払期日などの取引条件を書面等で明示します。',
      en: 'What we send is no promise of a contract, and you need not accept. If we ask you to take work on, we state its content, the fee, the date of payment and the other terms in writing.',
    },
    data: {
      ja: '氏名、連絡先、在籍時の所属・職種・在籍期間、退職の区分、ご本人から提供いただいた専門分野・資格・稼働のご希望です。',
      en: 'Your name and contact details; your department, job and period of employment with us and the kind of leaving; the field, qualifications and availability that you have told us.',
    },
    categories: ['programme', 'contact', 'profile'],
    channels: ['email', 'phone', 'sms'],
    validityMonths: 24,
    purposeType: `${DPV}VendorSelectionAssessment`,
    piiTypes: [
      ...WHO.slice(0, 3),
      ...CAREER,
      `${PD}ProfessionalExperience`,
      `${PD}ProfessionalCertification`,
    ],
  }),
  referral: purposeTemplate({
    title: { ja: 'お知り合いへの求人のご紹介のお願い', en: 'Passing openings on to people you know' },
    use: {
      ja: '当社の求人情報をお送りし、関心をお持ちになりそうなお知り合いへ転送いただくようお願いするために利用します。',
      en: 'To send you openings with us and ask you to pass them on to people you know who may be interested.',
    },
    limits: {
      ja: 'ご紹介は任意であり、ご紹介に対する報酬はお支払いしません。お知り合いの氏名や連絡先を当社へお知らせいただくことはなく、応募はご本人から直接お受けします。',
      en: 'Passing them on is up to you, and we pay no reward for it. We do not ask you for names or contact details of others: whoever is interested applies to us directly.',
    },
    data: {
      ja: '氏名、メールアドレス、在籍時の所属・職種です。',
      en: 'Your name and e-mail address, and your department and job with us.',
    },
    categories: ['programme', 'contact'],
    channels: ['email'],
    validityMonths: 24,
    purposeType: `${DPV}RecruitmentAdvertising`,
    piiTypes: [`${PD}Name`, `${PD}EmailAddressPersonal`, `${PD}EmploymentHistory`],
  }),
  advisory: purposeTemplate({
    title: { ja: '顧問・技術伝承へのご協力のお願い', en: 'Advice and passing on knowledge' },
    use: {
      ja: '在籍時のご経験にもとづく助言、技術・技能の伝承、研修の講師などへのご協力をお願いし、日程と条件をご相談するために利用します。',
      en: 'To ask for your advice from your experience with us, for help in passing on skills and know-how and in training, and to arrange dates and terms.',
    },
    limits: {
      ja: 'ご協力は任意です。お引き受けいただく場合は、内容と謝礼等の条件を事前に書面等で明示します。',
      en: 'Helping is up to you. If you agree to, we state what it is about, the fee and the other terms in writing beforehand.',
    },
    data: {
      ja: '氏名、連絡先、在籍時の所属・職種・在籍期間、退職の区分、ご本人から提供いただいた専門分野・資格です。',
      en: 'Your name and contact details; your department, job and period of employment with us and the kind of leaving; the field and qualifications that you have told us.',
    },
    categories: ['programme', 'contact', 'profile'],
    channels: ['email', 'phone', 'post'],
    validityMonths: 36,
    purposeType: `${DPV}MemberPartnerManagement`,
    piiTypes: [...WHO, ...CAREER, `${PD}TechnicalKnowledge`],
  }),
} as const satisfies Readonly<Record<string, PurposeContent>>;
