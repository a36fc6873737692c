import { answered, of, spoken } from '../../../test/support/consents';
import { version } from '../../../test/support/purposes';
import type { Given } from '../../../test/support/scenario';
import { wholeLedger, type Recorded } from '../../../test/support/whole-ledger';
import { answersAt, KnownFacts } from './known-facts';
import { replay } from './replay';

const on = (month: number) => `2026-${String(month).padStart(2, '0')}-01T00:00:00.000Z`;
const ALUMNUS = 'alumnus-a1';
const CONSENT = 'consent-a1.p1';

/** Decided in a month; effective in another one where stated. */
function at(stream: string, event: Given, decided: number, effective = decided): Recorded {
  return [stream, { ...event, decidedAt: on(decided), effectiveAt: on(effective) }];
}

const registered: Given = {
  type: 'AlumnusRegistered',
  data: { alumnusId: 'a1', origin: 'hand', name: { family: '縁野' }, email: 'a@example.jp' },
};
const corrected: Given = {
  type: 'AlumnusCorrected',
  data: { alumnusId: 'a1', name: { family: '新野' }, email: null, changed: ['name', 'email'] },
};
const granted: Given = { type: 'ConsentGranted', data: answered };
const lapsing: Given = { type: 'ConsentGranted', data: { ...answered, expiresAt: on(7) } };
const withdrawn: Given = { type: 'ConsentWithdrawn', data: { ...of, ...spoken } };
const voided = (id: string): Given => ({
  type: 'ConsentInvalidated',
  data: { alumnusId: 'a1', purposeId: 'p1', voided: id, reason: 'in error' },
});
const held: Given = {
  type: 'HoldPlaced',
  data: { alumnusId: 'a1', holdId: 'h1', stopsContact: true, reviewAt: on(12), reason: 'dispute' },
};

/** Events 1 and 2: a purpose in force since 2025. */
const purpose = version(1, 'first', '2025-01-01T00:00:00.000Z').map((event): Recorded => [
  'purpose-p1',
  { ...event, decidedAt: '2025-01-01T00:00:00.000Z' } as Given,
]);
const beyond = version(2, 'beyond-scope', on(6)).map((event): Recorded => [
  'purpose-p1',
  { ...event, decidedAt: on(4) } as Given,
]);
const ledgerOf = (...recorded: Recorded[]) =>
  wholeLedger([...purpose, at(ALUMNUS, registered, 1), ...recorded]);

/** What is asked of the ledger: effective, the number of leaves known, then the answer: yes, or the codes of the reasons. */
const CASES: [string, Recorded[], number, number, string][] = [
  ['nothing known', [], 3, 0, 'not-registered purpose-unknown never-asked'],
  ['the rules known, not the person', [], 3, 2, 'not-registered never-asked'],
  ['registered, seen before', [], 0, 3, 'not-registered purpose-not-in-force never-asked'],
  ['registered', [], 3, 3, 'never-asked'],
  ['granted', [at(CONSENT, granted, 2)], 3, 4, 'yes'],
  ['granted, not yet known', [at(CONSENT, granted, 2)], 3, 3, 'never-asked'],
  ['granted, seen before', [at(CONSENT, granted, 3)], 2, 4, 'never-asked'],
  ['a late grant, by what was known then', [at(CONSENT, granted, 5, 2)], 3, 3, 'never-asked'],
  ['a late grant, by what is known now', [at(CONSENT, granted, 5, 2)], 3, 4, 'yes'],
  ['withdrawn', [at(CONSENT, granted, 2), at(CONSENT, withdrawn, 4)], 5, 5, 'consent-withdrawn'],
  ['withdrawn, seen before', [at(CONSENT, granted, 2), at(CONSENT, withdrawn, 4)], 3, 5, 'yes'],
  ['a late withdrawal, not yet known', [at(CONSENT, granted, 2), at(CONSENT, withdrawn, 5, 3)], 4, 4, 'yes'],
  [
    'a late withdrawal, known',
    [at(CONSENT, granted, 2), at(CONSENT, withdrawn, 5, 3)],
    4,
    5,
    'consent-withdrawn',
  ],
  [
    'a grant of the same effective time, recorded after the withdrawal',
    [at(CONSENT, withdrawn, 3), at(CONSENT, granted, 4, 3)],
    5,
    5,
    'consent-withdrawn',
  ],
  [
    'paper from before a withdrawal that was already recorded revives nothing',
    [at(CONSENT, granted, 2), at(CONSENT, withdrawn, 3), at(CONSENT, granted, 5, 2)],
    6,
    6,
    'consent-withdrawn',
  ],
  ['recorded in error, not yet known', [at(CONSENT, granted, 2), at(CONSENT, voided('e4'), 4)], 3, 4, 'yes'],
  [
    'recorded in error: never held',
    [at(CONSENT, granted, 2), at(CONSENT, voided('e4'), 4)],
    3,
    5,
    'consent-invalidated',
  ],
  ['until it expires', [at(CONSENT, lapsing, 2)], 6, 4, 'yes'],
  ['expired, with no event', [at(CONSENT, lapsing, 2)], 7, 4, 'consent-expired'],
  ['a new version, published for later', [at(CONSENT, granted, 2), ...beyond], 5, 6, 'yes'],
  ['a new version, in force', [at(CONSENT, granted, 2), ...beyond], 6, 6, 'consent-for-earlier-version'],
  ['a new version, not yet known', [at(CONSENT, granted, 2), ...beyond], 6, 4, 'yes'],
  ['an address until it is taken away', [at(CONSENT, granted, 2), at(ALUMNUS, corrected, 4)], 3, 5, 'yes'],
  ['an address taken away', [at(CONSENT, granted, 2), at(ALUMNUS, corrected, 4)], 4, 5, 'no-address'],
  ['a hold', [at(CONSENT, granted, 2), at('lifecycle-a1', held, 4)], 5, 5, 'held'],
  ['a hold, not yet known', [at(CONSENT, granted, 2), at('lifecycle-a1', held, 4)], 5, 4, 'yes'],
];

test.each(CASES)('as of (effective, known): %s', (_, recorded, effective, leaves, expected) => {
  const known = new KnownFacts(ledgerOf(...recorded).slice(0, leaves));
  const asked = effective === 0 ? '2024-12-01T00:00:00.000Z' : on(effective);
  const { contact } = answersAt(known, { purposeId: 'p1', channel: 'email', at: asked })('a1');
  const said = contact.answer === 'yes' ? 'yes' : contact.reasons.map(({ code }) => code).join(' ');
  expect(said).toBe(expected);
});

test('a person is shown as they were known', () => {
  const known = new KnownFacts(ledgerOf(at(ALUMNUS, corrected, 4)));
  const nameAt = (month: number) =>
    answersAt(known, { purposeId: 'p1', channel: 'email', at: on(month) })('a1').values.name?.family;
  expect([nameAt(3), nameAt(4)]).toEqual(['縁野', '新野']);
});

describe('replay', () => {
  const question = { purposeId: 'p1', channel: 'email' } as const;
  const stepsOf = (...recorded: Recorded[]) =>
    replay(ledgerOf(...recorded), 'a1', question, on(12)).map(({ fact, at: when, changed, after }) => {
      const contact = after.answer!.contact;
      const said = contact.answer === 'yes' ? 'yes' : contact.reasons.map(({ code }) => code).join(' ');
      return [fact?.id ?? 'time', when, changed ? '→' : '=', said];
    });

  it('tells the state after each event, by what was known then', () => {
    expect(
      stepsOf(at(CONSENT, granted, 2), at('consent-a1.p2', granted, 3), at(CONSENT, withdrawn, 5, 3)),
    ).toEqual([
      ['e3', on(1), '→', 'never-asked'],
      ['e4', on(2), '→', 'yes'],
      ['e5', on(3), '=', 'yes'],
      ['e6', on(5), '→', 'consent-withdrawn'],
    ]);
  });

  it('tells of rules, and of time, where they change the answer', () => {
    expect(stepsOf(at(CONSENT, granted, 2), ...beyond)).toEqual([
      ['e3', on(1), '→', 'never-asked'],
      ['e4', on(2), '→', 'yes'],
      ['time', on(6), '→', 'consent-for-earlier-version'],
    ]);
    expect(stepsOf(at(CONSENT, lapsing, 2), at('lifecycle-a1', held, 8))).toEqual([
      ['e3', on(1), '→', 'never-asked'],
      ['e4', on(2), '→', 'yes'],
      ['time', on(7), '→', 'consent-expired'],
      ['e5', on(8), '→', 'held consent-expired'],
    ]);
  });

  it('a later event changes no earlier step', () => {
    const recorded = [at(CONSENT, granted, 2), at(ALUMNUS, corrected, 4), at(CONSENT, withdrawn, 6, 3)];
    const all = stepsOf(...recorded);
    for (const [index] of recorded.entries()) {
      expect(all.slice(0, index + 1)).toEqual(stepsOf(...recorded.slice(0, index)));
    }
  });

  it('without a question: the state and the consents of every purpose', () => {
    const steps = replay(
      ledgerOf(at(CONSENT, granted, 2), at('lifecycle-a1', held, 4)),
      'a1',
      undefined,
      on(12),
    );
    expect(steps.map(({ changed }) => changed)).toEqual([false, false, false]);
    const { after } = steps[2]!;
    expect([after.holds.length, after.person?.channels, after.answer]).toEqual([1, ['email'], undefined]);
    expect(after.consents).toMatchObject([
      { purposeId: 'p1', channel: 'email', answer: { state: 'granted' } },
    ]);
  });
});
