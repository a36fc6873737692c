import type { Day } from '../kernel';
import type { Bilingual } from '../shapes';

/** A number of law, with the day from which each version of it holds; the first also answers for the days before. */
interface LawNumber {
  readonly rule: Bilingual;
  readonly law: Bilingual;
  readonly versions: readonly [Version, ...Version[]];
}
interface Version {
  readonly from: Day;
  readonly value: number;
}

/** How often somebody looks at those who get the data: months. */
const RECIPIENT_NUMBERS = {
  'processor-review': {
    rule: { ja: '委託先の定期の評価', en: 'processors are assessed' },
    law: { ja: '個人情報保護法 25 条、通則ガイドライン 3-4-4', en: 'APPI 25, GL 3-4-4' },
    versions: [{ from: '2022-04-01', value: 12 }],
  },
  'foreign-measures-review': {
    rule: {
      ja: '外国の提供先の措置とその国の制度の確認',
      en: 'measures of recipients abroad, and their countries’ systems, are checked',
    },
    law: { ja: '個人情報保護法 28 条 3 項、同施行規則 18 条 1 項', en: 'APPI 28(3), its Rules 18(1)' },
    versions: [{ from: '2022-04-01', value: 12 }],
  },
} as const satisfies Readonly<Record<string, LawNumber>>;

/** The number that holds on a day, in months. */
export function recipientNumber(code: keyof typeof RECIPIENT_NUMBERS, on: Day): number {
  const { versions }: LawNumber = RECIPIENT_NUMBERS[code];
  return (versions.findLast(({ from }) => from <= on) ?? versions[0]).value;
}
