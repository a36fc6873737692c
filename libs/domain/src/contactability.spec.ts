import { answered, granted, refused, requested, withdrawn } from '../../../test/support/consents';
import { schedule, version } from '../../../test/support/purposes';
import { facts, type Given } from '../../../test/support/scenario';
import { approachable } from './approachable';
import { consentAnswer, type ConsentEvent } from './consent-answer';
import { contactability, type ContactFacts, type ContactQuestion } from './contactability';
import type { EligibilityRule } from './eligibility';
import type { PersonFacts } from './person';
import type { ProgrammeSchedule } from './programme-schedule';
import { REASON_CODES } from './reasons';
import type { ContactChannel } from './terms';

const month = (number: number) => `2026-${String(number).padStart(2, '0')}-01T00:00:00.000Z`;
const first = version(1, 'first', '2025-01-01T00:00:00.000Z');
const question: ContactQuestion = { purposeId: 'p1', channel: 'email', at: month(6) };

const person: PersonFacts = {
  alumnusId: 'a1',
  registeredId: 'registered',
  channels: ['email'],
  employments: [],
  serviceMonths: 84,
  latest: { joinedOn: '2012-04-01', leftOn: '2019-03-31', leavingKind: 'personal-reason' },
};

const consent = (
  given: readonly Given<ConsentEvent>[],
  at = question.at,
  channel: ContactChannel = 'email',
) => consentAnswer(facts(given), channel, at);

interface ProgrammeOptions {
  readonly id?: string;
  readonly rule?: EligibilityRule;
  readonly purposeIds?: readonly string[];
  readonly channels?: readonly ContactChannel[];
  readonly from?: string;
  readonly closedFrom?: string;
}

function programme({
  id = 'g1',
  rule,
  purposeIds,
  channels,
  from,
  closedFrom,
}: ProgrammeOptions = {}): ProgrammeSchedule {
  const content = {
    title: { ja: '制度', en: 'Programme' },
    description: { ja: '説明', en: 'About' },
    purposeIds: purposeIds ?? ['p1'],
    channels: channels ?? ['email'],
    eligibility: rule ?? { fact: 'service-months', atLeast: 36 },
    contractForms: [],
    reviewMonths: 12,
  } as const;
  return {
    programmeId: id,
    code: id,
    versions: [{ version: 1, content, publishedId: `${id}-published`, from: from ?? month(1) }],
    ...(closedFrom !== undefined && { closedFrom, closedId: `${id}-closed` }),
  };
}

const known: ContactFacts = {
  person,
  purpose: schedule(...first),
  programmes: [programme()],
  consent: consent([granted]),
  holds: [],
  linked: [],
};

/** The codes with the events behind each, for facts and question changed so. */
function why(change: Partial<ContactFacts>, asked: Partial<ContactQuestion> = {}, ask = contactability) {
  const result = ask({ ...question, ...asked }, { ...known, ...change });
  return result.answer === 'yes'
    ? 'yes'
    : Object.fromEntries(result.reasons.map(({ code, eventIds }) => [code, eventIds]));
}

const hold = { holdId: 'h1', alumnusId: 'a1', stopsContact: true, reviewAt: month(9), placedId: 'held-1' };
const seen = new Set<string>();

it('says yes with the registration, the publications and the grant', () => {
  expect(contactability(question, known)).toEqual({
    answer: 'yes',
    because: ['registered', 'published-1', 'g1-published', 'e1'],
  });
});

it('names the notice of a related change among what allows it', () => {
  const purpose = schedule(...first, ...version(2, 'related', month(4), { noticeAt: month(4) }));
  expect(contactability(question, { ...known, purpose })).toMatchObject({
    because: ['registered', 'published-2', 'notice-2', 'g1-published', 'e1'],
  });
});

const beyond = schedule(...first, ...version(2, 'beyond-scope', month(5)));
const voided: Given<ConsentEvent> = {
  type: 'ConsentInvalidated',
  data: { alumnusId: 'a1', purposeId: 'p1', voided: 'e1' },
  decidedAt: month(4),
};
const expiring: Given<ConsentEvent> = { ...granted, data: { ...answered, expiresAt: month(6) } };
const early: Given<ConsentEvent> = { ...granted, data: { ...answered, purposeVersion: 2 } };

describe('says no, and why', () => {
  it.each<[Partial<ContactFacts>, Partial<ContactQuestion>, Record<string, string[]>]>([
    [{ parked: true }, {}, { 'view-parked': [] }],
    [{ person: undefined }, {}, { 'not-registered': [] }],
    [{ person: undefined, undoneId: 'u' }, {}, { 'import-undone': ['u'] }],
    [
      { person: { ...person, diedId: 'd' } },
      {},
      { died: ['d'], 'not-eligible': ['g1-published', 'registered'] },
    ],
    [{ person: { ...person, returnedId: 'r' } }, {}, { returned: ['r'] }],
    [{ person: { ...person, erasureStartedId: 's' } }, {}, { 'erasure-started': ['s'] }],
    [{ person: { ...person, erasureStartedId: 's', erasureCompletedId: 'c' } }, {}, { erased: ['c'] }],
    [
      { consent: consent([{ ...granted, data: { ...answered, evidenceIncomplete: true } }]) },
      {},
      { 'evidence-incomplete': ['e1'] },
    ],
    [{ holds: [hold] }, {}, { held: ['held-1'] }],
    [{ person: { ...person, channels: ['phone'] } }, {}, { 'no-address': ['registered'] }],
    [{ purpose: undefined }, {}, { 'purpose-unknown': [] }],
    [{ purpose: schedule(...version(1, 'first', month(9))) }, {}, { 'purpose-not-in-force': [] }],
    [
      {
        purpose: schedule(...first, {
          type: 'PurposeRetired',
          id: 'end',
          data: { purposeId: 'p1' },
          effectiveAt: month(6),
        }),
      },
      {},
      { 'purpose-retired': ['end'] },
    ],
    [{ programmes: [] }, { programmeId: 'g1' }, { 'programme-unknown': [] }],
    [
      { programmes: [programme({ from: month(7) })] },
      { programmeId: 'g1' },
      { 'programme-not-in-force': [] },
    ],
    [
      { programmes: [programme({ closedFrom: month(6) })] },
      { programmeId: 'g1' },
      { 'programme-not-in-force': ['g1-closed'] },
    ],
    [
      { programmes: [programme({ purposeIds: ['p2'], channels: ['post'] })] },
      { programmeId: 'g1' },
      { 'purpose-not-in-programme': ['g1-published'], 'channel-not-in-programme': ['g1-published'] },
    ],
    [
      { programmes: [programme({ channels: ['post'] })] },
      {},
      { 'channel-not-in-programme': ['g1-published'] },
    ],
    [
      { programmes: [programme({ rule: { fact: 'service-months', atLeast: 120 } })] },
      {},
      { 'not-eligible': ['g1-published', 'registered'] },
    ],
    [
      { programmes: [programme({ rule: { fact: 'job', in: ['x'] } })] },
      {},
      { 'eligibility-unknown': ['g1-published', 'registered'] },
    ],
    [
      {
        linked: [
          { alumnusId: 'a2', linkIds: ['link'], facts: { ...known, consent: consent([granted, withdrawn]) } },
        ],
      },
      {},
      { 'linked-record': ['link', 'e2'] },
    ],
    [
      {
        linked: [
          { alumnusId: 'a0', linkIds: ['link'], facts: { ...known, person: { ...person, alumnusId: 'a0' } } },
        ],
      },
      {},
      { 'linked-listed-once': ['link'] },
    ],
    [{ consent: consent([]) }, {}, { 'never-asked': [] }],
    [{ consent: consent([requested]) }, {}, { 'consent-requested': ['e1'] }],
    [{ consent: consent([refused]) }, {}, { 'consent-refused': ['e1'] }],
    [{ consent: consent([granted, withdrawn]) }, {}, { 'consent-withdrawn': ['e2'] }],
    [{ consent: consent([expiring]) }, {}, { 'consent-expired': ['e1'] }],
    [{ consent: consent([granted, voided]) }, {}, { 'consent-invalidated': ['e1', 'e2'] }],
    [{ purpose: beyond }, {}, { 'consent-for-earlier-version': ['e1'] }],
    [{ purpose: beyond, consent: consent([early]) }, {}, { 'consent-version-not-in-force': ['e1'] }],
    [
      { person: { ...person, consentsFrom: month(3), consentsFromId: 'r' } },
      {},
      { 'consent-before-return': ['e1', 'r'] },
    ],
  ])('%#', (change, asked, reasons) => {
    expect(why(change, asked)).toEqual(reasons);
    Object.keys(reasons).forEach((code) => seen.add(code));
  });

  it('with every reason at once', () => {
    const everything: Partial<ContactFacts> = {
      parked: true,
      person: { ...person, channels: [], diedId: 'd', returnedId: 'r' },
      holds: [hold],
      programmes: [programme({ rule: { fact: 'amicable', is: false } })],
      consent: consent([refused]),
    };
    expect(Object.keys(why(everything))).toEqual([
      'view-parked',
      'died',
      'returned',
      'held',
      'no-address',
      'not-eligible',
      'consent-refused',
    ]);
  });

  it('by a channel that the purpose does not use', () => {
    const change = {
      person: { ...person, channels: ['sns'] } as const,
      programmes: [],
      consent: consent([], question.at, 'sns'),
    };
    expect(why(change, { channel: 'sns' })).toEqual({
      'channel-not-in-purpose': ['published-1'],
      'never-asked': [],
    });
    seen.add('channel-not-in-purpose');
  });
});

describe('details', () => {
  it('an erasure hold that does not stop contact, and a released one, do not count', () => {
    expect(
      why({
        holds: [
          { ...hold, stopsContact: false },
          { ...hold, releasedId: 'x' },
        ],
      }),
    ).toBe('yes');
  });

  it('where no programme ever named the purpose, eligibility is not asked', () => {
    const strict = programme({ rule: { fact: 'service-months', atLeast: 999 }, purposeIds: ['p2'] });
    expect(why({ programmes: [strict] })).toBe('yes');
    const draftOnly = { programmeId: 'g2', code: 'g2', versions: [] };
    expect(why({ programmes: [strict, draftOnly] })).toBe('yes');
  });

  it('closing a programme never widens who may be contacted, nor may one that is to come', () => {
    const closed = programme({ closedFrom: month(5) });
    expect(why({ programmes: [closed] })).toEqual({ 'programme-not-in-force': ['g1-closed'] });
    expect(why({ programmes: [closed] }, {}, approachable)).toHaveProperty('programme-not-in-force');
    expect(why({ programmes: [closed, programme({ id: 'g2' })] })).toBe('yes');
    const later = programme({ from: month(7) });
    expect(contactability(question, { ...known, programmes: [later] })).toMatchObject({
      reasons: [{ code: 'programme-not-in-force', eventIds: [], params: { programmeId: 'g1' } }],
    });
    expect(why({ programmes: [later] }, { at: month(8) })).toBe('yes');
  });

  it('nor does taking the purpose out of a programme', () => {
    const [first] = programme().versions;
    const without = { ...first!.content, purposeIds: ['p2'] };
    const second = { version: 2, content: without, publishedId: 'g1-published-2', from: month(3) };
    const revised = { ...programme(), versions: [first!, second] };
    expect(why({ programmes: [revised] })).toEqual({ 'purpose-not-in-programme': ['g1-published-2'] });
  });

  it('one programme that admits the person is enough; else each says why not', () => {
    const strict = programme({ id: 'g2', rule: { fact: 'service-months', atLeast: 120 } });
    const vague = programme({ id: 'g3', rule: { fact: 'job', in: ['x'] } });
    expect(contactability(question, { ...known, programmes: [strict, vague, programme()] })).toMatchObject({
      because: ['registered', 'published-1', 'g1-published', 'e1'],
    });
    const result = contactability(question, { ...known, programmes: [strict, vague] });
    expect(result).toMatchObject({
      reasons: [
        { code: 'not-eligible', params: { programmeId: 'g2', failed: [{ condition: { atLeast: 120 } }] } },
        { code: 'eligibility-unknown', params: { programmeId: 'g3', missing: ['job'] } },
      ],
    });
    expect(why({ programmes: [strict, programme()] }, { programmeId: 'g2' })).toHaveProperty('not-eligible');
  });

  it('an older text still counts after editorial and related revisions', () => {
    const revised = schedule(
      ...first,
      ...version(2, 'editorial', month(3)),
      ...version(3, 'related', month(4), { noticeAt: month(5) }),
    );
    expect(why({ purpose: revised })).toBe('yes');
  });

  it('who left again after a return consents anew', () => {
    const back = { ...person, consentsFrom: month(3), consentsFromId: 'r' };
    const anew = consent([granted, { ...granted, decidedAt: month(4) }]);
    expect(why({ person: back, consent: anew })).toBe('yes');
  });
});

describe('asking for consent (18(1), GL 3-1-3)', () => {
  const ask = (change: Partial<ContactFacts>) => why(change, {}, approachable);

  it('needs no consent', () => {
    expect(approachable(question, { ...known, consent: consent([]) })).toEqual({
      answer: 'yes',
      because: ['registered', 'published-1', 'g1-published'],
    });
    expect(ask({ consent: consent([expiring]) })).toBe('yes');
    expect(ask({ consent: consent([granted, voided]) })).toBe('yes');
  });

  it('stands against itself, whatever was consented to before: an outdated consent, and asked anew', () => {
    const asked: Given<ConsentEvent> = {
      type: 'ConsentRequested',
      data: { ...answered, purposeVersion: 2 },
      decidedAt: month(5),
    };
    const outdated = { 'consent-for-earlier-version': ['e1'] };
    const purpose = schedule(...first, ...version(2, 'beyond-scope', month(4)));
    expect(why({ purpose, consent: consent([granted]) })).toEqual(outdated);
    expect(ask({ purpose, consent: consent([granted]) })).toBe('yes');
    const anew = { purpose, consent: consent([granted, asked]) };
    expect(why(anew)).toEqual({ 'consent-requested': ['e2'], ...outdated });
    expect(ask(anew)).toEqual({ 'already-asked': ['e2'] });

    const leftAgain = { ...person, consentsFrom: month(3), consentsFromId: 'returned' };
    const returned = { person: leftAgain, consent: consent([granted, { ...asked, data: answered }]) };
    expect(why(returned)).toEqual({
      'consent-requested': ['e2'],
      'consent-before-return': ['e1', 'returned'],
    });
    expect(ask(returned)).toEqual({ 'already-asked': ['e2'] });
    // A consent that carries use is not disturbed by a question.
    expect(why({ consent: consent([granted, { ...asked, data: answered }]) })).toBe('yes');
    expect(ask({ consent: consent([granted, { ...asked, data: answered }]) })).toEqual({
      'already-consented': ['e1'],
    });
  });

  it.each<[Given<ConsentEvent>[], string]>([
    [[granted], 'already-consented'],
    [[requested], 'already-asked'],
    [[refused], 'refused-for-this-version'],
    [[granted, withdrawn], 'withdrawn-for-this-version'],
  ])('is not done twice: %#', (given, code) => {
    expect(ask({ consent: consent(given) })).toHaveProperty(code);
    expect(ask({ consent: consent(given), purpose: beyond })).toBe('yes');
    seen.add(code);
  });

  it('is barred by all else that bars contact', () => {
    expect(
      ask({ consent: consent([]), person: { ...person, channels: [], diedId: 'd' }, holds: [hold] }),
    ).toEqual({
      died: ['d'],
      held: ['held-1'],
      'no-address': ['registered'],
      'not-eligible': ['g1-published', 'registered'],
    });
  });
});

afterAll(() => {
  // A reason that no case gives is a reason nobody has thought through.
  const missing = REASON_CODES.filter((code) => !seen.has(code));
  if (missing.length > 0) throw new Error(`no case gives: ${missing.join(', ')}`);
});
