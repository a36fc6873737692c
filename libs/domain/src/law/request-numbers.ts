import { between, POLICY, type LawRow } from './law-row';

const executed = { by: 'requestDates', file: 'libs/domain/src/requests/request-dates.ts' };
const test = 'libs/domain/src/requests/request.spec.ts';

/** Of requests by the person. */
export const REQUEST_NUMBERS = {
  // An alarm and no limit: the law says "without delay", and lets the person sue two weeks after arrival (39(1)).
  'request-alarm': {
    rule: {
      ja: '請求の到達から、本人が訴えを起こせるようになるまで。警報であり、法定の期限ではない',
      en: 'from the arrival of a request until the person may sue: an alarm, no limit of the law',
    },
    law: { ja: '個人情報保護法 39 条 1 項', en: 'APPI 39(1)' },
    unit: 'days',
    versions: between(1, 14, 14, '2022-04-01'),
    executed,
    test,
  },
  'request-reminder': {
    rule: { ja: '請求の警報の何日前に知らせるか', en: 'so long before that alarm somebody is reminded' },
    law: POLICY,
    unit: 'days',
    versions: between(0, 4, 13),
    executed,
    test,
  },
  'request-task': {
    rule: {
      ja: 'データのあるシステムの責任者が請求の作業に答えるまで。請求の警報を過ぎない',
      en: 'keepers of systems answer a task for a request, yet before its alarm',
    },
    law: POLICY,
    unit: 'days',
    versions: between(1, 7, 14),
    executed: { by: 'taskDueAt', file: 'libs/domain/src/requests/request-systems.ts' },
    test: 'libs/domain/src/requests/request-systems.spec.ts',
  },
  'request-deferral-ahead': {
    rule: {
      ja: '延期した請求を、延期の最終日の何日前から作業一覧に出すか',
      en: 'so long before its last day a deferral is shown as work',
    },
    law: POLICY,
    unit: 'days',
    versions: between(0, 30, 365),
    executed: { by: 'deferralNears', file: 'libs/domain/src/requests/request-work.ts' },
    test: 'libs/domain/src/requests/request-work.spec.ts',
  },
} as const satisfies Record<string, LawRow>;
