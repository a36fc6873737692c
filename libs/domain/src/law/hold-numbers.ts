import { fixed, POLICY, type LawRow } from './law-row';

const executed = { by: 'holdReviewSince', file: 'libs/domain/src/lifecycle.ts' };
const test = 'libs/domain/src/policies/hold-reviews.spec.ts';

/** When somebody is told that a hold is to be looked at again. */
export const HOLD_NUMBERS = {
  'hold-review-ahead': {
    rule: {
      ja: '保全措置の見直しを期限の前に知らせる',
      en: 'so long before its review is due somebody is told of a hold',
    },
    law: POLICY,
    unit: 'days',
    versions: fixed(14),
    executed,
    test,
  },
  'hold-review-escalation': {
    rule: {
      ja: '見直しのない保全措置を期限の後にもう一度知らせる',
      en: 'so long after it was due somebody is told again of a hold that nobody has reviewed',
    },
    law: POLICY,
    unit: 'days',
    versions: fixed(7),
    executed: { by: 'escalatedFrom', file: 'libs/domain/src/policies/hold-reviews.ts' },
    test,
  },
} as const satisfies Record<string, LawRow>;
