import fc from 'fast-check';
import type { EligibilityRule } from '@enishi/domain';

const conditions: fc.Arbitrary<EligibilityRule> = fc.oneof(
  fc.record({
    fact: fc.constantFrom('service-months' as const, 'months-since-leaving' as const),
    atLeast: fc.nat(200),
  }),
  fc.record({
    fact: fc.constantFrom('service-months' as const, 'months-since-leaving' as const),
    atMost: fc.nat(200),
  }),
  fc.record({
    fact: fc.constant('leaving-kind' as const),
    in: fc.constantFrom(['dismissal'], ['personal-reason', 'other']),
  }),
  fc.record({
    fact: fc.constant('employment-kind' as const),
    in: fc.constantFrom(['regular'], ['dispatch', 'contract']),
  }),
  fc.record({
    fact: fc.constantFrom('department' as const, 'job' as const),
    in: fc.constantFrom(['営業部'], ['x', 'y']),
  }),
  fc.record({ fact: fc.constant('amicable' as const), is: fc.boolean() }),
);
const { rules } = fc.letrec<{ rules: EligibilityRule }>((tie) => ({
  rules: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    conditions,
    fc.record({ all: fc.array(tie('rules'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('rules'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('rules') }),
  ),
}));

/** Any valid eligibility rule, every fact and operator among them. */
export const eligibilityRules: fc.Arbitrary<EligibilityRule> = rules;
