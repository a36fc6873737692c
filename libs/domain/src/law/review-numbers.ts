import { between, fixed, POLICY, type LawRow } from './law-row';

const executed = { by: 'reviewMonths', file: 'libs/domain/src/law/review-months.ts' };
const test = 'libs/domain/src/law/review-months.spec.ts';

/** How often somebody looks again at those who get the data, at the rules, and at who may reach what. */
export const REVIEW_NUMBERS = {
  'processor-review': {
    rule: { ja: '委託先の定期の評価', en: 'processors are assessed' },
    law: { ja: '個人情報保護法 25 条、通則ガイドライン 3-4-4、当社方針', en: 'APPI 25, GL 3-4-4, policy' },
    unit: 'months',
    versions: between(1, 12, 12, '2022-04-01'),
    executed,
    test,
  },
  'foreign-measures-review': {
    rule: {
      ja: '外国の提供先の措置とその国の制度の確認',
      en: 'measures of recipients abroad, and their countries’ systems, are checked',
    },
    law: { ja: '個人情報保護法 28 条 3 項、同施行規則 18 条 1 項', en: 'APPI 28(3), its Rules 18(1)' },
    unit: 'months',
    versions: between(1, 12, 12, '2022-04-01'),
    executed,
    test,
  },
  'handling-review': {
    rule: { ja: '取扱規程の見直し', en: 'the handling rules are reviewed' },
    law: { ja: '通則ガイドライン 10-3、当社方針', en: 'GL 10-3, policy' },
    unit: 'months',
    versions: between(1, 12, 12),
    executed,
    test,
  },
  'accounts-review': {
    rule: { ja: '利用者の棚卸し', en: 'accounts are reviewed' },
    law: { ja: '通則ガイドライン 10-6、当社方針', en: 'GL 10-6, policy' },
    unit: 'months',
    versions: between(1, 3, 12),
    executed,
    test,
  },
  'review-ahead': {
    rule: {
      ja: '見直し・評価の期限の何日前から仕事とし、知らせるか',
      en: 'so long before it is due a review is work, and the officer is told',
    },
    law: POLICY,
    unit: 'days',
    versions: fixed(30),
    executed: { by: 'reviewBegins', file: executed.file },
    test,
  },
} as const satisfies Record<string, LawRow>;
