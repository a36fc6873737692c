import * as fc from 'fast-check';
import { granted, refused, request, requested, withdrawn } from '../../../test/support/consents';
import { schedule, version } from '../../../test/support/purposes';
import { facts } from '../../../test/support/scenario';
import { approachable } from './approachable';
import { consentDecider } from './consent';
import { consentAnswer } from './consent-answer';
import { contactability, type Contactability, type OwnContactFacts } from './contactability';
import { Refusal } from './kernel';
import { reasonText } from './refusals';

const at = '2026-06-01T00:00:00.000Z';
const question = { purposeId: 'p1', channel: 'email', at } as const;
const purpose = schedule(...version(1, 'first', '2025-01-01T00:00:00.000Z'));
const hold = { holdId: 'h', alumnusId: 'x', stopsContact: true, reviewAt: at, placedId: 'held' };
const CONSENTS = {
  granted: [granted],
  refused: [refused],
  withdrawn: [granted, withdrawn],
  asked: [requested],
  none: [],
};

interface Sketch {
  readonly consent: keyof typeof CONSENTS;
  readonly leftOn: string;
  readonly gone: 'diedId' | 'returnedId' | 'erasureStartedId' | undefined;
  readonly held: boolean;
  readonly address: boolean;
  readonly there: boolean;
}

const PLAIN: Sketch = {
  consent: 'granted',
  leftOn: '2020-03-31',
  gone: undefined,
  held: false,
  address: true,
  there: true,
};

/** A record of somebody, in few words. */
function record(alumnusId: string, sketch: Partial<Sketch> = {}): OwnContactFacts {
  const { consent, leftOn, gone, held, address, there } = { ...PLAIN, ...sketch };
  const latest = { joinedOn: '2010-04-01', leftOn };
  const person = {
    alumnusId,
    registeredId: `registered ${alumnusId}`,
    channels: address ? (['email'] as const) : [],
    employments: [latest],
    latest,
    ...(gone && { [gone]: `${gone} ${alumnusId}` }),
  };
  return {
    person: there ? person : undefined,
    purpose,
    programmes: [],
    consent: consentAnswer(facts(CONSENTS[consent]), 'email', at),
    holds: held ? [hold] : [],
  };
}

type Ask = typeof contactability;

/** The answer of each record where all are about one person; without the others, of each by itself. */
function answers(ask: Ask, records: readonly OwnContactFacts[], linked = true): readonly Contactability[] {
  const named = records.map((one, index) => ({ alumnusId: String(index), linkIds: ['link'], facts: one }));
  return named.map((own) =>
    ask(question, { ...own.facts, linked: linked ? named.filter((other) => other !== own) : [] }),
  );
}

const yes = ({ answer }: Contactability): boolean => answer === 'yes';
const reasonsOf = (answer: Contactability | undefined) => (answer?.answer === 'no' ? answer.reasons : []);
const codes = (answer: Contactability | undefined) => reasonsOf(answer).map(({ code }) => code);

it('lists somebody with two records once: by the one who left last, with what allows it in both', () => {
  const [older, newer] = answers(contactability, [record('0'), record('1', { leftOn: '2024-03-31' })]);
  expect(newer).toMatchObject({
    answer: 'yes',
    because: expect.arrayContaining(['registered 0', 'registered 1', 'link']) as never,
  });
  expect(older).toEqual({
    answer: 'no',
    reasons: [{ code: 'linked-listed-once', eventIds: ['link'], params: { alumnusId: '1', record: '1' } }],
  });
});

it.each<[string, Partial<Sketch>]>([
  ['consent-withdrawn', { consent: 'withdrawn' }],
  ['consent-refused', { consent: 'refused' }],
  ['died', { gone: 'diedId' }],
  ['erasure-started', { gone: 'erasureStartedId' }],
  ['held', { held: true }],
])('%s in one record counts for both, and names the record and the link', (code, sketch) => {
  const [free, bound] = answers(contactability, [record('0'), record('1', sketch)]);
  expect(codes(bound)).toEqual([code]);
  expect(codes(free)).toEqual(['linked-record']);
  const [one] = reasonsOf(free);
  expect(one).toMatchObject({ params: { alumnusId: '1', there: [{ code }] } });
  expect(one!.eventIds[0]).toBe('link');
});

it.each<[string, Partial<Sketch>]>([
  ['never-asked', { consent: 'none' }],
  ['consent-requested', { consent: 'asked' }],
  ['no-address', { address: false }],
])('%s is what one record lacks: the other may be contacted by what it has', (code, sketch) => {
  const [free, bound] = answers(contactability, [record('0'), record('1', sketch)]);
  expect(codes(bound)).toEqual([code]);
  expect(free).toMatchObject({ answer: 'yes' });
});

it('says in words what stands in the way there', () => {
  const [free] = answers(contactability, [record('0'), record('1', { consent: 'withdrawn', held: true })]);
  const [one] = reasonsOf(free);
  expect(reasonText(one!, 'ja')).toBe(
    '同じ人として紐づけた記録（1）に、連絡できない理由があります。（連絡を停止する保全措置がとられています、同意が撤回されています）',
  );
  expect(reasonText(one!, 'en')).toBe(
    'A record linked as the same person (1) stands in the way. (A hold stops every contact; Has withdrawn consent)',
  );
});

it('may be asked by the record that has no consent yet, unless the other one says so or no', () => {
  const ask = (sketch: Partial<Sketch>) =>
    answers(approachable, [record('0', { consent: 'none' }), record('1', sketch)]).map(codes);
  expect(ask({ consent: 'granted' })).toEqual([['linked-record'], ['already-consented']]);
  expect(ask({ consent: 'none', address: false })).toEqual([[], ['no-address']]);
  expect(ask({ consent: 'none', leftOn: '2024-03-31' })).toEqual([['linked-listed-once'], []]);
  expect(ask({ consent: 'asked' })).toEqual([['linked-record'], ['already-asked']]);
  expect(ask({ consent: 'withdrawn' })).toEqual([['linked-record'], ['withdrawn-for-this-version']]);
  expect(ask({ consent: 'none', gone: 'diedId' })).toEqual([['linked-record'], ['died']]);
});

/** Whether the command that records the question is refused, where nothing but the person's records can forbid it. */
function mayRecord(sketch: Sketch, others: readonly Sketch[]): boolean {
  const asked = ({ consent, gone, held, there }: Sketch) => ({
    subject: {
      registered: there,
      died: gone === 'diedId',
      returned: gone === 'returnedId',
      erasing: gone === 'erasureStartedId',
      held,
    },
    answers: facts(CONSENTS[consent]),
  });
  const { subject, answers: said } = asked(sketch);
  const linked = others.map((other, index) => ({ alumnusId: String(index), ...asked(other) }));
  const state = said.reduce(consentDecider.evolve, consentDecider.initial);
  const command = { ...request, schedule: purpose, subject, linked };
  return !(consentDecider.decide(command, state, { decidedAt: at }) instanceof Refusal);
}

const leftOn = fc.constantFrom('2020-03-31', '2024-03-31', '2025-12-31');
const unlike: fc.Arbitrary<Sketch> = fc.record({
  consent: fc.constantFrom('granted', 'refused', 'withdrawn', 'asked', 'none'),
  leftOn,
  gone: fc.constantFrom(undefined, undefined, 'diedId', 'returnedId', 'erasureStartedId'),
  held: fc.boolean(),
  address: fc.boolean(),
  there: fc.boolean(),
});
const plain = leftOn.map((day): Sketch => ({ ...PLAIN, leftOn: day }));
const unasked = leftOn.map((day): Sketch => ({ ...PLAIN, consent: 'none', leftOn: day }));
const sketches = fc.oneof({ weight: 4, arbitrary: plain }, { weight: 1, arbitrary: unlike });
const people = fc
  .array(sketches, { minLength: 1, maxLength: 4 })
  .map((all) => all.map((sketch, index) => record(String(index), sketch)));

/** Whether the person has said no, has died or the like, by what is known in one record. */
const forbids = ({ person, consent, holds }: OwnContactFacts): boolean =>
  person !== undefined &&
  (['refused', 'withdrawn'].includes(consent.state) ||
    holds.length > 0 ||
    [person.diedId, person.returnedId, person.erasureStartedId].some((id) => id !== undefined));

it('lists nobody whom a record by itself does not list, nor anybody who said no in another; and lists once', () => {
  let listed = 0;
  fc.assert(
    fc.property(people, (records) => {
      const alone = answers(contactability, records, false);
      const together = answers(contactability, records);
      const may = !records.some(forbids) && alone.some(yes);
      expect(together.filter(yes).length).toBe(may ? 1 : 0);
      together.forEach((answer, index) => expect(yes(answer) && !yes(alone[index]!)).toBe(false));
      if (may && records.length > 1) listed++;
    }),
    { numRuns: 500 },
  );
  expect(listed).toBeGreaterThan(10);
});

it('asks at most once, and nobody who may not be asked by themselves', () => {
  fc.assert(
    fc.property(people, (records) => {
      const alone = answers(approachable, records, false);
      const together = answers(approachable, records);
      expect(together.filter(yes).length).toBeLessThanOrEqual(1);
      together.forEach((answer, index) => expect(yes(answer) && !yes(alone[index]!)).toBe(false));
    }),
    { numRuns: 500 },
  );
});

it('refuses to record a question exactly where the list of those to ask knows something against the person', () => {
  let linkedOnly = 0;
  fc.assert(
    fc.property(fc.array(fc.oneof(unasked, unlike), { minLength: 1, maxLength: 4 }), (all) => {
      const records = all.map((sketch, index) => record(String(index), sketch));
      const told = answers(approachable, records);
      all.forEach((sketch, index) => {
        const others = all.filter((other) => other !== sketch);
        // Advice for the list: which record to ask by, and that there is no address yet.
        const against = codes(told[index]).filter(
          (code) => !['linked-listed-once', 'no-address'].includes(code),
        );
        expect(mayRecord(sketch, others)).toBe(against.length === 0);
        if (against.length > 0 && against.every((code) => code === 'linked-record')) linkedOnly++;
      });
    }),
    { numRuns: 300 },
  );
  expect(linkedOnly).toBeGreaterThan(10);
});

it('gives back the former answers when the link is gone', () => {
  fc.assert(
    fc.property(people, (records) => {
      for (const ask of [contactability, approachable]) {
        const before = answers(ask, records, false);
        answers(ask, records);
        expect(answers(ask, records, false)).toEqual(before);
      }
    }),
  );
});
