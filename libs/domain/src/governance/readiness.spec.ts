import { facts, type Given } from '../../../../test/support/scenario';
import { fold } from '../kernel';
import type { ProgrammeSchedule } from '../programme-schedule';
import type { PurposeSchedule } from '../purpose-schedule';
import { PROGRAMME_TEMPLATES, PURPOSE_TEMPLATES } from '../templates';
import { handlingRulesDecider, type HandlingRulesEvent } from './handling-rules';
import { readinessChecklist, type ReadinessFacts } from './readiness';
import { READINESS_GAPS, READINESS_POINTS, READINESS_PROOFS } from './readiness-messages';
import type { PageBasis } from './shapes';
import { ACCESS_RULES_TEMPLATE, SECURITY_MEASURES_TEMPLATE } from './templates';

const START = '2026-01-01T00:00:00.000Z';
const NOW = '2026-06-01T00:00:00.000Z';

const adopted: Given<'HandlingRulesAdopted'> = {
  type: 'HandlingRulesAdopted',
  data: {
    ...{ version: 1, title: { ja: '規程', en: 'Rules' }, fileHash: 'ab', officerId: 's1' },
    access: ACCESS_RULES_TEMPLATE,
    measures: SECURITY_MEASURES_TEMPLATE,
    reviewBy: '2027-01-01T15:00:00.000Z',
  },
};
const reviewed: Given<'HandlingRulesReviewed'> = {
  type: 'HandlingRulesReviewed',
  data: {
    ...{ reviewId: 'r1', staffId: 'a1', version: 1, outcome: 'adequate' as const },
    nextBy: '2027-03-31T15:00:00.000Z',
  },
};
const rulesOf = (...events: readonly Given<HandlingRulesEvent>[]) =>
  fold(handlingRulesDecider, facts(events));
const basis: PageBasis = {
  form: 1,
  company: 'party',
  contactPoint: 'contact',
  publicMatters: 'matters',
  handlingRules: 'e1',
  purposes: [{ purposeId: 'p1', version: 1 }],
};
const purpose: PurposeSchedule = {
  purposeId: 'p1',
  code: 'rehire',
  versions: [
    {
      version: 1,
      revision: 'first',
      content: PURPOSE_TEMPLATES['rehire']!,
      noticeHashes: { ja: 'aa', en: 'bb' },
      publishedId: 'published',
      publishedFrom: START,
      usableFrom: START,
      noticeId: 'notice',
    },
  ],
};
const programme: ProgrammeSchedule = {
  programmeId: 'g1',
  code: 'rehire',
  versions: [
    {
      version: 1,
      content: { ...PROGRAMME_TEMPLATES['rehire']!, purposeIds: ['p1'] },
      publishedId: 'programme',
      from: START,
    },
  ],
};
const page: NonNullable<ReadinessFacts['page']> = {
  id: 'page',
  data: { version: 1, pageJa: '', pageEn: '', hashJa: 'aa', hashEn: 'bb', basis, firstShown: [] },
};
const company: ReadinessFacts['company'] = {
  statedBy: { party: 'party', contactPoint: 'contact', publicMatters: 'matters', officer: 'officer' },
};

/** Everything there and in order. */
const ready: ReadinessFacts = {
  company,
  purposes: [purpose],
  programmes: [programme],
  page,
  pageNow: basis,
  rules: rulesOf(adopted, reviewed),
  accountsReview: { id: 'accounts', decidedAt: '2026-04-01T00:00:00.000Z' },
  accountsReviewMonths: 3,
  lastConsentId: 'asked',
  incompleteConsents: 0,
};

const without = <K extends keyof ReadinessFacts>(...keys: readonly K[]): ReadinessFacts =>
  Object.fromEntries(
    Object.entries(ready).filter(([key]) => !keys.includes(key as K)),
  ) as unknown as ReadinessFacts;
const notStated = (part: keyof ReadinessFacts['company']['statedBy']): ReadinessFacts => {
  const { [part]: _, ...statedBy } = company.statedBy;
  return { ...ready, company: { statedBy } };
};
const shows = (change: Partial<PageBasis>): ReadinessFacts => ({
  ...ready,
  pageNow: { ...basis, ...change },
});
const { noticeId: _, ...unnoticed } = purpose.versions[0]!;

/** Each thing that may be missing: the facts without it, the point that fails, and what it is called. */
const MISSING: readonly (readonly [keyof typeof READINESS_GAPS, number, ReadinessFacts])[] = [
  ['company-not-stated', 1, notStated('party')],
  ['no-purpose-published', 1, { ...ready, purposes: [] }],
  ['purpose-not-notified', 1, { ...ready, purposes: [{ ...purpose, versions: [unnoticed] }] }],
  ['page-shows-other-purposes', 1, shows({ purposes: [{ purposeId: 'p1', version: 2 }] })],
  [
    'no-programme-in-force',
    2,
    { ...ready, programmes: [{ ...programme, closedFrom: START, closedId: 'c' }] },
  ],
  ['consent-never-asked', 2, without('lastConsentId')],
  ['consent-evidence-incomplete', 2, { ...ready, incompleteConsents: 2 }],
  ['officer-missing', 3, notStated('officer')],
  ['rules-not-in-force', 3, { ...ready, rules: { ...ready.rules, adopted: [] } }],
  ['page-shows-other-rules', 3, shows({ handlingRules: 'e9' })],
  ['contact-point-missing', 4, notStated('contactPoint')],
  ['procedure-not-stated', 4, notStated('publicMatters')],
  ['page-shows-other-contact', 4, shows({ contactPoint: 'moved' })],
  ['rules-never-reviewed', 5, { ...ready, rules: rulesOf(adopted) }],
  [
    'rules-review-overdue',
    5,
    {
      ...ready,
      rules: rulesOf(adopted, { ...reviewed, data: { ...reviewed.data, nextBy: NOW } }),
    },
  ],
  ['accounts-never-reviewed', 5, without('accountsReview')],
  [
    'accounts-review-overdue',
    5,
    { ...ready, accountsReview: { id: 'accounts', decidedAt: '2026-03-01T00:00:00.000Z' } },
  ],
];

describe('the five-point readiness checklist', () => {
  it('is met where everything is there, each point by the events that prove it', () => {
    const points = readinessChecklist(ready, NOW);
    expect(points.map(({ number, code, met, gaps }) => [number, code, met, gaps])).toEqual(
      Object.keys(READINESS_POINTS).map((code, index) => [index + 1, code, true, []]),
    );
    expect(points.map(({ proofs }) => proofs.map(({ eventId }) => eventId))).toEqual([
      ['party', 'published', 'notice', 'page'],
      ['programme', 'asked'],
      ['officer', 'e1'],
      ['contact', 'matters'],
      ['e2', 'accounts'],
    ]);
    const proven = new Set(points.flatMap(({ proofs }) => proofs.map(({ code }) => code)));
    expect([...proven].sort()).toEqual(Object.keys(READINESS_PROOFS).sort());
  });

  it.each(MISSING)('%s makes exactly its point fail', (code, number, lacking) => {
    const open = readinessChecklist(lacking, NOW).filter(({ met }) => !met);
    expect(open.map((point) => [point.number, point.gaps.map((gap) => gap.code)])).toEqual([
      [number, [code]],
    ]);
  });

  it('is asked here about every gap there is', () => {
    expect(MISSING.map(([code]) => code).sort()).toEqual(Object.keys(READINESS_GAPS).sort());
  });

  it('needs no page of Enishi where notices were given otherwise', () => {
    expect(readinessChecklist(without('page', 'pageNow'), NOW).every(({ met }) => met)).toBe(true);
  });

  it('of an empty ledger leaves every point open, and names the commands', () => {
    const empty: ReadinessFacts = {
      company: { statedBy: {} },
      purposes: [],
      programmes: [],
      rules: rulesOf(),
      accountsReviewMonths: 3,
      incompleteConsents: 0,
    };
    const points = readinessChecklist(empty, NOW);
    expect(points.filter(({ met }) => met)).toEqual([]);
    for (const { gaps } of points) for (const { command } of gaps) expect(command).toMatch(/^enishi /);
  });

  it('fills every placeholder of its texts, in both languages', () => {
    const texts = [ready, ...MISSING.map(([, , lacking]) => lacking)]
      .flatMap((one) => readinessChecklist(one, NOW))
      .flatMap(({ proofs, gaps }) => [...proofs.map(({ what }) => what), ...gaps.map(({ text }) => text)]);
    for (const { ja, en } of texts) expect(`${ja} ${en}`).not.toMatch(/[{}]|undefined/);
    expect(texts).toContainEqual({
      ja: '利用者の棚卸し（次回は2026-07-01まで）',
      en: 'review of accounts (next by 2026-07-01)',
    });
  });
});
