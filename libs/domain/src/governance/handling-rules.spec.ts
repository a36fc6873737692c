import { facts, refusal, scenario, type Given } from '../../../../test/support/scenario';
import {
  handlingRulesDecider,
  reviewDue,
  rulesInForceAt,
  type AdoptHandlingRules,
  type HandlingRulesEvent,
  type ReviewHandlingRules,
} from './handling-rules';
import { fold } from '../kernel';
import { ACCESS_RULES_TEMPLATE, SECURITY_MEASURES_TEMPLATE } from './templates';

const { given } = scenario(handlingRulesDecider);
const stated = {
  title: { ja: '取扱規程', en: 'Handling rules' },
  text: '第1条',
  fileHash: 'ab',
  access: ACCESS_RULES_TEMPLATE,
  measures: SECURITY_MEASURES_TEMPLATE,
};
// A day of Japan ends at 15:00 UTC.
const reviewBy = '2027-01-01T15:00:00.000Z';
const adopt: AdoptHandlingRules = { kind: 'AdoptHandlingRules', ...stated, officerId: 's1', months: 12 };
const data = { ...stated, version: 1, officerId: 's1', reviewBy };
const adopted: Given<'HandlingRulesAdopted'> = { type: 'HandlingRulesAdopted', data };
const review: ReviewHandlingRules = {
  kind: 'ReviewHandlingRules',
  reviewId: 'r1',
  staffId: 'a1',
  outcome: 'adequate',
  findings: '規程と権限を確認した。\n変更なし。',
  months: 12,
};
const reviewed = (nextBy: string): Given<'HandlingRulesReviewed'> => ({
  type: 'HandlingRulesReviewed',
  data: {
    ...{ reviewId: 'r1', staffId: 'a1', version: 1, outcome: 'adequate', nextBy },
    findings: review.findings,
  } as const,
});
const stateOf = (...events: readonly Given<HandlingRulesEvent>[]) =>
  fold(handlingRulesDecider, facts(events));

describe('handling rules', () => {
  it('are numbered, and name the responsible officer', () => {
    given()
      .when(adopt)
      .then([{ type: 'HandlingRulesAdopted', data }]);
    given(adopted)
      .when({ ...adopt, fileHash: 'cd' })
      .then([{ type: 'HandlingRulesAdopted', data: { ...data, version: 2, fileHash: 'cd' } }]);
    given()
      .when({ ...adopt, officerId: undefined })
      .then(refusal('officer-not-appointed'));
  });

  it('may be older than the ledger, but not than the version before; their first review follows their recording', () => {
    const effectiveAt = '2022-03-31T15:00:00.000Z';
    given()
      .when({ ...adopt, effectiveAt })
      .then([{ type: 'HandlingRulesAdopted', data, effectiveAt }]);
    const later = '2026-04-01T00:00:00.000Z';
    given()
      .when({ ...adopt, effectiveAt: later })
      .then([
        {
          type: 'HandlingRulesAdopted',
          data: { ...data, reviewBy: '2027-04-01T15:00:00.000Z' },
          effectiveAt: later,
        },
      ]);
    given(adopted)
      .when({ ...adopt, fileHash: 'cd', effectiveAt })
      .then(refusal('handling-rules-out-of-order', { version: 1 }));
  });

  it('once more the same are no new version', () => {
    given(adopted).when(adopt).then([]);
  });

  it.each([
    ['title', { title: { ja: '規程', en: ' ' } }],
    ['access', { access: [] }],
    ['access', { access: [{ role: { ja: '人事', en: 'HR' }, scope: { ja: '', en: 'all' } }] }],
    ['measures', { measures: { ...SECURITY_MEASURES_TEMPLATE, foreign: { ja: ' ', en: 'x' } } }],
  ])('without %s are refused', (field, change) => {
    given()
      .when({ ...adopt, ...change })
      .then(refusal('handling-rules-incomplete', { field }));
  });

  it('whose text is not kept say where they are filed', () => {
    const { text: _, ...filed } = adopt;
    given()
      .when(filed)
      .then(refusal('handling-rules-incomplete', { field: 'documentNumber' }));
    given()
      .when({ ...filed, documentNumber: '規程-2026-3' })
      .thenTypes('HandlingRulesAdopted');
  });

  it('are in force from their time on, until the next version is', () => {
    const next: Given<'HandlingRulesAdopted'> = {
      type: 'HandlingRulesAdopted',
      data: { ...data, version: 2 },
      effectiveAt: '2026-04-01T00:00:00.000Z',
    };
    const state = stateOf(adopted, next);
    const at = (instant: string) => rulesInForceAt(state, instant)?.data.version;
    expect([at('2025-12-31T00:00:00.000Z'), at('2026-02-01T00:00:00.000Z')]).toEqual([undefined, 1]);
    expect([at('2026-03-31T23:59:59.999Z'), at('2026-04-01T00:00:00.000Z')]).toEqual([1, 2]);
  });
});

describe('a review of the handling rules', () => {
  const at = '2026-03-10T02:00:00.000Z';
  const latest = '2027-03-10T15:00:00.000Z';

  it('names the version in force, and the last day for the next one', () => {
    const { kind: _, months: _months, ...told } = review;
    const event = { type: 'HandlingRulesReviewed', data: { ...told, version: 1, nextBy: latest } } as const;
    given(adopted).when(review, at).then([event]);
    given(adopted, { ...event, decidedAt: at })
      .when(review)
      .then([]);
  });

  it('may be asked for sooner, never later than the rules allow, nor for the past', () => {
    const nextBy = '2026-09-30T15:00:00.000Z';
    given(adopted)
      .when({ ...review, nextBy }, at)
      .thenTypes('HandlingRulesReviewed');
    given(adopted)
      .when({ ...review, nextBy: '2027-03-11T15:00:00.000Z' }, at)
      .then(refusal('review-too-late', { months: 12 }));
    given(adopted)
      .when({ ...review, nextBy: at }, at)
      .then(refusal('review-in-past'));
  });

  it('needs rules in force, and says what was found', () => {
    given().when(review).then(refusal('handling-rules-missing'));
    given(adopted)
      .when({ ...review, findings: ' \n' })
      .then(refusal('findings-required'));
    given(adopted)
      .when({ ...review, findings: '個人番号 123456789018' })
      .then(refusal('my-number', { field: 'findings' }));
  });

  it('is due as the last one said; before the first, as the first version said', () => {
    expect(reviewDue(stateOf())).toBeUndefined();
    expect(reviewDue(stateOf(adopted, adopted))).toEqual({ by: reviewBy, eventId: 'e1' });
    const by = '2026-05-31T15:00:00.000Z';
    expect(reviewDue(stateOf(adopted, reviewed(by)))).toEqual({ by, eventId: 'e2' });
  });
});
