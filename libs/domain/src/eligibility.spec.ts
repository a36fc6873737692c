import fc from 'fast-check';
import { eligibilityRules as rules } from '../../../test/support/eligibility-rules';
import { eligibility, holdsFor, type EligibilityRule } from './eligibility';
import { parseEligibilityRule, RULE_LIMITS } from './eligibility-parse';
import { eligibilitySql } from './eligibility-sql';
import { describeEligibility, failedConditionText } from './eligibility-text';
import type { PersonFacts } from './person';

const at = '2026-11-21T03:00:00.000Z';
type Person = Pick<PersonFacts, 'serviceMonths' | 'latest' | 'diedId'>;

/** Somebody of whom everything is known. */
const person: Person = {
  serviceMonths: 84,
  latest: {
    joinedOn: '2012-04-01',
    leftOn: '2019-03-31',
    leavingKind: 'personal-reason',
    kind: 'regular',
    department: '営業部',
    job: '法人営業',
  },
};
const dismissed: Person = { ...person, latest: { ...person.latest!, leavingKind: 'dismissal' } };
const bare: Person = { serviceMonths: 84, latest: { joinedOn: '2012-04-01', leftOn: '2019-03-31' } };

const amicable: EligibilityRule = { fact: 'amicable', is: true };
const rehire: EligibilityRule = { all: [{ fact: 'service-months', atLeast: 36 }, amicable] };

describe('three answers', () => {
  it('admits, refuses with the failed conditions, or says what is missing', () => {
    expect(eligibility(rehire, person, at)).toEqual({ answer: 'eligible' });
    expect(eligibility(rehire, dismissed, at)).toEqual({
      answer: 'not-eligible',
      failed: [{ condition: amicable, negated: false }],
    });
    expect(eligibility(rehire, bare, at)).toEqual({ answer: 'unknown', missing: ['amicable'] });
  });

  it('does not ask for what cannot change the answer', () => {
    const short = { ...bare, serviceMonths: 12 };
    expect(eligibility(rehire, short, at).answer).toBe('not-eligible');
    expect(eligibility({ any: [{ fact: 'service-months', atLeast: 36 }, amicable] }, bare, at).answer).toBe(
      'eligible',
    );
  });

  it('tells what must not hold', () => {
    const rule: EligibilityRule = { not: { fact: 'department', in: ['営業部'] } };
    const failed = { condition: { fact: 'department', in: ['営業部'] }, negated: true } as const;
    expect(eligibility(rule, person, at)).toEqual({ answer: 'not-eligible', failed: [failed] });
    expect(failedConditionText(failed, 'ja')).toBe('「部署が営業部」に当たらない');
  });

  it.each<[EligibilityRule, string]>([
    [{ fact: 'service-months', atLeast: 84 }, 'eligible'],
    [{ fact: 'service-months', atMost: 83 }, 'not-eligible'],
    [{ fact: 'months-since-leaving', atLeast: 91 }, 'eligible'],
    [{ fact: 'months-since-leaving', atLeast: 92 }, 'not-eligible'],
    [{ fact: 'months-since-leaving', atMost: 91 }, 'eligible'],
    [{ fact: 'months-since-leaving', atMost: 90 }, 'not-eligible'],
    [{ fact: 'leaving-kind', in: ['retirement-age', 'personal-reason'] }, 'eligible'],
    [{ fact: 'employment-kind', in: ['dispatch'] }, 'not-eligible'],
    [{ fact: 'job', in: ['法人営業'] }, 'eligible'],
    [{ fact: 'amicable', is: false }, 'not-eligible'],
    [{ all: [] }, 'eligible'],
  ])('%j: %s', (rule, answer) => expect(eligibility(rule, person, at).answer).toBe(answer));
});

describe('of somebody who died', () => {
  const inService: Person = { ...person, latest: { ...person.latest!, leavingKind: 'death' } };

  it('no rule admits them, and none of its conditions is to blame', () => {
    fc.assert(
      fc.property(rules, fc.constantFrom(person, inService, bare), (rule, who) => {
        const answer = eligibility(rule, { ...who, diedId: 'e9' }, at);
        expect(answer).toEqual({ answer: 'not-eligible', failed: [] });
      }),
    );
  });

  it('nothing is said of how amicably they left: neither is it, nor is it not', () => {
    for (const is of [true, false]) {
      const rule: EligibilityRule = { fact: 'amicable', is };
      expect([holdsFor(rule, inService, at), holdsFor({ not: rule }, inService, at)]).toEqual([false, false]);
    }
  });

  it('a search for the kind of leaving still finds them', () => {
    expect(holdsFor({ fact: 'leaving-kind', in: ['death'] }, { ...inService, diedId: 'e9' }, at)).toBe(true);
  });
});

const people = fc.constantFrom(person, dismissed, bare, {});

describe('Kleene’s laws', () => {
  const ask = (rule: EligibilityRule, who: Person) => eligibility(rule, who, at).answer;

  it('hold for every rule and person', () => {
    fc.assert(
      fc.property(rules, rules, people, (a, b, who) => {
        expect(ask({ not: { not: a } }, who)).toBe(ask(a, who));
        expect(ask({ not: { all: [a, b] } }, who)).toBe(ask({ any: [{ not: a }, { not: b }] }, who));
        expect(ask({ all: [a, b] }, who)).toBe(ask({ all: [b, a] }, who));
        expect(ask({ any: [a, { all: [a, b] }] }, who)).toBe(ask(a, who));
      }),
    );
  });

  it('more knowledge never turns a yes into a no, nor a no into a yes', () => {
    fc.assert(
      fc.property(rules, (rule) => {
        const before = ask(rule, bare);
        if (before !== 'unknown') expect([ask(rule, person), ask(rule, dismissed)]).toEqual([before, before]);
      }),
    );
  });

  it('every answer but yes is explained', () => {
    fc.assert(
      fc.property(rules, people, (rule, who) => {
        const answer = eligibility(rule, who, at);
        if (answer.answer === 'unknown') expect(answer.missing.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('reading a rule', () => {
  it('gives back every valid rule unchanged', () => {
    fc.assert(
      fc.property(rules, (rule) =>
        expect(parseEligibilityRule(JSON.parse(JSON.stringify(rule)))).toEqual({ rule }),
      ),
    );
  });

  it.each<[unknown, string, string]>([
    [null, '', 'not-an-object'],
    [[], '', 'not-an-object'],
    [{}, '', 'unknown-form'],
    [{ all: [], any: [] }, '', 'unknown-form'],
    [{ all: {} }, '/all', 'not-an-object'],
    [{ any: [] }, '/any', 'list-empty'],
    [{ fact: 'salary', atLeast: 1 }, '', 'unknown-fact'],
    [{ fact: 'service-months', atLeast: 1, atMost: 2 }, '', 'unknown-member'],
    [{ fact: 'service-months', in: ['1'] }, '', 'wrong-comparison'],
    [{ all: [amicable, { fact: 'service-months', atLeast: 1.5 }] }, '/all/1/atLeast', 'months-out-of-range'],
    [{ fact: 'service-months', atLeast: -1 }, '/atLeast', 'months-out-of-range'],
    [{ fact: 'leaving-kind', in: [] }, '/in', 'list-empty'],
    [{ fact: 'leaving-kind', in: ['quit'] }, '/in/0', 'unknown-value'],
    [{ fact: 'department', in: ['営業部', ' '] }, '/in/1', 'unknown-value'],
    [{ fact: 'amicable', is: 'yes' }, '', 'wrong-comparison'],
    [{ not: { not: 1 } }, '/not/not', 'not-an-object'],
  ])('%j: at %p %s', (json, path, code) => {
    expect(parseEligibilityRule(json)).toEqual({ problems: [{ path, code }] });
  });

  it('bounds depth and size', () => {
    let deep: EligibilityRule = amicable;
    for (let depth = 0; depth < RULE_LIMITS.depth; depth++) deep = { not: deep };
    expect(parseEligibilityRule(deep)).toMatchObject({ problems: [{ code: 'too-deep' }] });
    const many = { all: [{ all: Array(60).fill(amicable) }, { all: Array(60).fill(amicable) }] };
    expect(parseEligibilityRule(many)).toMatchObject({ problems: [{ code: 'too-large' }] });
  });
});

it('describes a rule in both languages', () => {
  const rule: EligibilityRule = {
    all: [
      { fact: 'service-months', atLeast: 36 },
      { any: [{ fact: 'leaving-kind', in: ['retirement-age'] }, amicable] },
    ],
  };
  expect(describeEligibility(rule, 'ja')).toBe(
    '勤続期間が3年以上、かつ、（退職区分が定年、または、円満退職である）',
  );
  expect(describeEligibility(rule, 'en')).toBe(
    'length of service at least 3 years and (kind of leaving one of retirement age or amicable leaving)',
  );
  expect(describeEligibility({ all: [] }, 'ja')).toBe('退職者全員');
  expect(describeEligibility({ fact: 'months-since-leaving', atMost: 18 }, 'en')).toBe(
    'time since leaving at most 18 months',
  );
});

describe('a rule as SQL', () => {
  it('is parameterised, with days computed here', () => {
    const rule: EligibilityRule = {
      all: [
        rehire,
        { not: { fact: 'months-since-leaving', atMost: 11 } },
        { any: [{ fact: 'job', in: ["x'; --"] }] },
      ],
    };
    expect(eligibilitySql(rule, { at })).toEqual({
      sql:
        "((service_months >= $1::int AND nullif(leaving_kind, 'death') <> ALL ($2::text[])) AND " +
        'NOT (left_on > $3::date) AND (job = ANY ($4::text[])))',
      params: [36, ['dismissal', 'disciplinary-dismissal'], '2025-11-21', ["x'; --"]],
    });
  });

  it('names columns and numbers parameters as the statement around it needs', () => {
    const columns = {
      service_months: 'r.service_months',
      left_on: 'r.left_on',
      leaving_kind: 'r.leaving_kind',
      employment_kind: 'r.employment_kind',
      department: 'r.department',
      job: 'r.job',
    };
    const rule: EligibilityRule = { fact: 'months-since-leaving', atLeast: 6 };
    expect(eligibilitySql(rule, { at, columns, firstParam: 5 })).toEqual({
      sql: 'r.left_on <= $5::date',
      params: ['2026-05-21'],
    });
    expect(eligibilitySql({ all: [] }, { at })).toEqual({ sql: 'true', params: [] });
  });
});
