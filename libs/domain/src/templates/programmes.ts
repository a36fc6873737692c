import type { EligibilityRule } from '../eligibility';
import type { ProgrammeContent } from '../shapes';
import { TIE_PURPOSES } from './purposes-tie';
import { WORK_PURPOSES } from './purposes-work';

/** A programme without the ids of its purposes, which each ledger draws for itself. */
export type ProgrammeTemplate = Omit<ProgrammeContent, 'purposeIds'>;

const AMICABLE: EligibilityRule = { fact: 'amicable', is: true };

function served(years: number): EligibilityRule {
  return { fact: 'service-months', atLeast: years * 12 };
}

const RETIRED: EligibilityRule = { fact: 'leaving-kind', in: ['retirement-age'] };

export const PROGRAMMES = {
  rehire: {
    title: { ja: '再雇用制度（カムバック制度）', en: 'Rehire programme' },
    description: {
      ja: '3年以上勤務し、円満に退職した方に、再び当社で働く機会をご案内します。',
      en: 'Offers people who worked for us for three years or more and left amicably the chance to return.',
    },
    channels: WORK_PURPOSES.rehire.channels,
    eligibility: { all: [served(3), AMICABLE] },
    contractForms: ['regular', 'contract', 'part-time'],
    reviewMonths: 12,
  },
  'contract-work': {
    title: { ja: '業務委託・副業制度', en: 'Contract-work programme' },
    description: {
      ja: '1年以上勤務し、円満に退職した方に、業務委託や副業の仕事をご案内します。',
      en: 'Offers independent and side work to people who worked for us for a year or more and left amicably.',
    },
    channels: WORK_PURPOSES['contract-work'].channels,
    eligibility: { all: [served(1), AMICABLE] },
    contractForms: ['contract-for-work', 'quasi-mandate'],
    reviewMonths: 12,
  },
  referral: {
    title: { ja: '求人紹介制度', en: 'Referral programme' },
    description: {
      ja: '円満に退職した方に求人情報をお送りし、お知り合いへの転送をお願いします。',
      en: 'Sends openings to people who left amicably, to be passed on.',
    },
    channels: WORK_PURPOSES.referral.channels,
    eligibility: AMICABLE,
    contractForms: [],
    reviewMonths: 12,
  },
  advisory: {
    title: { ja: '顧問・技術伝承制度', en: 'Advisory programme' },
    description: {
      ja: '定年退職した方、または10年以上勤務し円満に退職した方に、助言や技術の伝承をお願いします。',
      en: 'Asks people who retired, or left amicably after ten years or more, for advice and for passing on their knowledge.',
    },
    channels: WORK_PURPOSES.advisory.channels,
    eligibility: { all: [{ any: [RETIRED, served(10)] }, AMICABLE] },
    contractForms: ['quasi-mandate'],
    reviewMonths: 12,
  },
  community: {
    title: { ja: 'アルムナイ・コミュニティ', en: 'Alumni community' },
    description: {
      ja: '円満に退職した方の交流の場を設け、イベントをご案内します。',
      en: 'Brings people who left amicably together, and invites them to events.',
    },
    channels: TIE_PURPOSES.community.channels,
    eligibility: AMICABLE,
    contractForms: [],
    reviewMonths: 12,
  },
  news: {
    title: { ja: '社内報の配信', en: 'Newsletter' },
    description: {
      ja: '希望する退職者の方に、社内報と会社の近況をお届けします。',
      en: 'Sends the newsletter to everybody who left and wishes to have it.',
    },
    channels: TIE_PURPOSES.news.channels,
    eligibility: { all: [] },
    contractForms: [],
    reviewMonths: 12,
  },
  benefits: {
    title: { ja: '退職者優待制度', en: 'Alumni benefits' },
    description: {
      ja: '定年退職した方、または5年以上勤務し円満に退職した方に、優待と福利厚生をご案内します。',
      en: 'Offers benefits to people who retired, or left amicably after five years or more.',
    },
    channels: TIE_PURPOSES.benefits.channels,
    eligibility: { all: [{ any: [RETIRED, served(5)] }, AMICABLE] },
    contractForms: [],
    reviewMonths: 12,
  },
  'business-collaboration': {
    title: { ja: '協業制度', en: 'Business collaboration programme' },
    description: {
      ja: '退職から6か月以上が経過し、円満に退職した方と、協業や取引の可能性を探ります。',
      en: 'Looks for collaboration with people who left amicably, six months or more ago.',
    },
    channels: TIE_PURPOSES['business-collaboration'].channels,
    eligibility: { all: [{ fact: 'months-since-leaving', atLeast: 6 }, AMICABLE] },
    contractForms: [],
    reviewMonths: 12,
  },
} as const satisfies Readonly<Record<string, ProgrammeTemplate>>;
