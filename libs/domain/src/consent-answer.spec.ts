import fc from 'fast-check';
import { facts, type Given } from '../../../test/support/scenario';
import { consentAnswer, consentAnswers, type ConsentEvent, type ConsentState } from './consent-answer';

type G = Given<ConsentEvent>;
const of = { alumnusId: 'a1', purposeId: 'p1', channels: ['email'] } as const;
const answered = {
  ...of,
  purposeVersion: 1,
  captureChannel: 'paper',
  method: 'document',
  party: 'person',
  language: 'ja',
  noticeHash: 'h',
  identityCheck: 'document-seen',
} as const;

/** Instants by day of January 2026. */
const day = (number: number) => `2026-01-${String(number).padStart(2, '0')}T03:00:00.000Z`;
type Times = { effective: number; decided: number };

const request = (t: Times): G => ({ type: 'ConsentRequested', data: { ...answered }, ...times(t) });
const grant = (t: Times, expires?: number): G => ({
  type: 'ConsentGranted',
  data: { ...answered, ...(expires !== undefined && { expiresAt: day(expires) }) },
  ...times(t),
});
const refuse = (t: Times): G => ({ type: 'ConsentRefused', data: answered, ...times(t) });
const withdraw = (t: Times): G => ({ type: 'ConsentWithdrawn', data: answered, ...times(t) });
const invalidate = (voided: string, decided: number): G => ({
  type: 'ConsentInvalidated',
  data: { alumnusId: 'a1', purposeId: 'p1', voided },
  ...times({ effective: decided, decided }),
});
const times = ({ effective, decided }: Times) => ({ effectiveAt: day(effective), decidedAt: day(decided) });
const on = (number: number): Times => ({ effective: number, decided: number });

/** What is asked of the ledger: facts in ledger order, the instant, the state and the deciding facts. */
const CASES: [string, G[], number, ConsentState, string[]][] = [
  ['nobody asked', [], 5, 'none', []],
  ['asked', [request(on(1))], 5, 'requested', ['e1']],
  ['asked later than the question', [request(on(6))], 5, 'none', []],
  ['granted', [request(on(1)), grant(on(2))], 5, 'granted', ['e2']],
  ['granted, seen before it took effect', [grant(on(6))], 5, 'none', []],
  [
    'backdated grant, seen at its effective time',
    [grant({ effective: 2, decided: 9 })],
    3,
    'granted',
    ['e1'],
  ],
  ['refused', [request(on(1)), refuse(on(2))], 5, 'refused', ['e2']],
  ['refused, then granted', [refuse(on(2)), grant(on(3))], 5, 'granted', ['e2']],
  ['granted, then refused', [grant(on(2)), refuse(on(3))], 5, 'refused', ['e2']],
  ['withdrawn', [grant(on(2)), withdraw(on(3))], 5, 'withdrawn', ['e2']],
  ['withdrawn, seen before it took effect', [grant(on(2)), withdraw(on(4))], 3, 'granted', ['e1']],
  ['granted anew after a withdrawal', [grant(on(1)), withdraw(on(2)), grant(on(3))], 5, 'granted', ['e3']],
  ['same instant: grant recorded first', [grant(on(2)), withdraw(on(2))], 5, 'withdrawn', ['e2']],
  ['same instant: withdrawal recorded first', [withdraw(on(2)), grant(on(2))], 5, 'withdrawn', ['e1']],
  ['same instant: refusal recorded first', [refuse(on(2)), grant(on(2))], 5, 'refused', ['e1']],
  ['same instant: request after grant', [grant(on(2)), request(on(2))], 5, 'granted', ['e1']],
  [
    'old paper surfaces after a withdrawal',
    [grant(on(1)), withdraw(on(4)), grant({ effective: 3, decided: 6 })],
    7,
    'withdrawn',
    ['e2'],
  ],
  [
    'old paper, effective between a backdated withdrawal and its decision',
    [grant(on(1)), withdraw({ effective: 2, decided: 5 }), grant({ effective: 3, decided: 6 })],
    7,
    'withdrawn',
    ['e2'],
  ],
  [
    'grant recorded before a withdrawal that is backdated behind it stands',
    [grant(on(1)), grant(on(4)), withdraw({ effective: 2, decided: 5 })],
    7,
    'granted',
    ['e2'],
  ],
  ['backdated withdrawal', [grant(on(1)), withdraw({ effective: 2, decided: 6 })], 3, 'withdrawn', ['e2']],
  ['a request does not disturb a grant', [grant(on(1)), request(on(2))], 5, 'granted', ['e1']],
  ['asked again after a refusal', [refuse(on(1)), request(on(2))], 5, 'requested', ['e2']],
  ['not yet expired', [grant(on(1), 6)], 5, 'granted', ['e1']],
  ['expires at this very instant', [grant(on(1), 5)], 5, 'expired', ['e1']],
  ['expired', [grant(on(1), 4)], 5, 'expired', ['e1']],
  ['expired and asked to renew', [grant(on(1), 4), request(on(3))], 5, 'requested', ['e2']],
  ['renewed before it expired', [grant(on(1), 4), grant(on(3), 9)], 5, 'granted', ['e2']],
  ['a shorter grant replaces a longer one', [grant(on(1), 20), grant(on(3), 4)], 5, 'expired', ['e2']],
  ['voided', [grant(on(1)), invalidate('e1', 3)], 5, 'invalidated', ['e1', 'e2']],
  [
    'voided for all time, before the void too',
    [grant(on(1)), invalidate('e1', 9)],
    2,
    'invalidated',
    ['e1', 'e2'],
  ],
  [
    'voided, an earlier grant stands',
    [grant(on(1)), grant(on(2)), invalidate('e2', 3)],
    5,
    'granted',
    ['e1'],
  ],
  [
    'voided refusal, the grant stands',
    [grant(on(1)), refuse(on(2)), invalidate('e2', 3)],
    5,
    'granted',
    ['e1'],
  ],
  [
    'voided, the question is still open',
    [request(on(1)), grant(on(2)), invalidate('e2', 3)],
    5,
    'requested',
    ['e1'],
  ],
  [
    'voided, withdrawn before',
    [grant(on(1)), withdraw(on(2)), grant(on(3)), invalidate('e3', 4)],
    5,
    'withdrawn',
    ['e2'],
  ],
];

describe('the answer at an instant', () => {
  it.each(CASES)('%s', (_, given, at, state, factIds) => {
    expect(consentAnswer(facts(given), 'email', day(at))).toMatchObject({ state, factIds });
  });

  it('keeps channels apart', () => {
    const given: G = { type: 'ConsentGranted', data: { ...answered, channels: ['phone', 'post'] } };
    const answers = consentAnswers(facts([given]), day(5));
    const granted = Object.entries(answers).filter(([, { state }]) => state === 'granted');
    expect(granted.map(([channel]) => channel)).toEqual(['phone', 'post']);
  });

  it('names version, effective time and expiry; of a withdrawal, the version that had been granted', () => {
    const given = facts<ConsentEvent>([grant(on(1), 9), withdraw(on(3))]);
    expect(consentAnswer(given, 'email', day(2))).toEqual({
      state: 'granted',
      factIds: ['e1'],
      version: 1,
      effective: day(1),
      expiresAt: day(9),
    });
    expect(consentAnswer(given, 'email', day(4))).toEqual({
      state: 'withdrawn',
      factIds: ['e2'],
      version: 1,
      effective: day(3),
    });
  });

  it('names the question put after a grant, until it is answered', () => {
    const asked = { factId: 'e2', version: 1, effective: day(3) };
    const known = facts<ConsentEvent>([grant(on(1)), request(on(3)), grant(on(5))]);
    expect(consentAnswer(known, 'email', day(2))).not.toHaveProperty('asked');
    expect(consentAnswer(known, 'email', day(4))).toMatchObject({ state: 'granted', factIds: ['e1'], asked });
    expect(consentAnswer(known, 'email', day(6))).not.toHaveProperty('asked');
    const before = facts<ConsentEvent>([request(on(1)), grant(on(2))]);
    expect(consentAnswer(before, 'email', day(4))).not.toHaveProperty('asked');
  });

  it('takes no notice of a recorded expiry: the instant decides', () => {
    const expired: G = { type: 'ConsentExpired', data: { ...of, grantId: 'e1' }, ...times(on(2)) };
    expect(consentAnswer(facts<ConsentEvent>([grant(on(1), 9), expired]), 'email', day(4)).state).toBe(
      'granted',
    );
  });
});

/** Any history whose effective times do not lie after their decision, as the rules guarantee. */
const histories = fc
  .array(
    fc.record({
      kind: fc.constantFrom('request', 'grant', 'refuse', 'withdraw', 'void'),
      back: fc.integer({ min: 0, max: 6 }),
      expires: fc.option(fc.integer({ min: 1, max: 28 }), { nil: undefined }),
      target: fc.nat(),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .map((steps) =>
    steps.map(({ kind, back, expires, target }, index): G => {
      const t = { decided: 8 + index, effective: 8 + index - back };
      if (kind === 'void') return invalidate(`e${(target % (index + 1)) + 1}`, t.decided);
      return kind === 'request'
        ? request(t)
        : kind === 'grant'
          ? grant(t, expires)
          : kind === 'refuse'
            ? refuse(t)
            : withdraw(t);
    }),
  );

describe('laws', () => {
  it('the order of delivery does not matter, the ledger positions do', () => {
    fc.assert(
      fc.property(
        histories,
        fc.integer({ min: 1, max: 28 }),
        fc.infiniteStream(fc.nat()),
        (given, at, random) => {
          const known = facts(given);
          const shuffled = known
            .map((fact) => ({ fact, key: random.next().value as number }))
            .toSorted((a, b) => a.key - b.key)
            .map(({ fact }) => fact);
          expect(consentAnswer(shuffled, 'email', day(at))).toEqual(consentAnswer(known, 'email', day(at)));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('a withdrawal wins over every grant of the same or earlier effective time, whenever recorded', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 28 }), (given, at) => {
        const known = facts(given);
        const voided = new Set(
          known.flatMap((fact) => (fact.type === 'ConsentInvalidated' ? [fact.data.voided] : [])),
        );
        const answer = consentAnswer(known, 'email', day(at));
        if (answer.state !== 'granted') return;
        const deciding = known.find(({ id }) => id === answer.factIds[0])!;
        for (const fact of known) {
          if (fact.type !== 'ConsentWithdrawn' || voided.has(fact.id) || fact.effectiveAt > day(at)) continue;
          expect(fact.effectiveAt < deciding.effectiveAt).toBe(true);
          if (fact.position < deciding.position) expect(deciding.effectiveAt > fact.decidedAt).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('a withdrawal decided now ends consent from now on', () => {
    fc.assert(
      fc.property(histories, (given) => {
        const known = facts<ConsentEvent>([...given, withdraw(on(25))]);
        expect(consentAnswer(known, 'email', day(26)).state).toBe('withdrawn');
      }),
    );
  });
});
