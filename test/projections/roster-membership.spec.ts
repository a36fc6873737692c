import {
  REASON_CODES,
  type Contactability,
  type ContactQuestion,
  type EligibilityRule,
  type EventType,
  type JsonObject,
  type ReasonCode,
} from '@enishi/domain';
import { readFunnel, readWhy } from '@enishi/projections/alumni-roster/person-query';
import type { PoolClient } from 'pg';
import { alumnusId, programmeId, purposeId, writeHistory } from './support/histories';
import { viewsDatabase, type ViewsDatabase } from './support/laws';
import { DAY, expectations, load, MODES, sampleHistories, wholeRoster } from './support/membership';
import { uuid, type MemoryLedger } from './support/memory-ledger';
import { PureRoster } from './support/pure-roster';

jest.setTimeout(480_000);

let views: ViewsDatabase;
let db: PoolClient;
let samples: readonly MemoryLedger[];
beforeAll(async () => {
  views = await viewsDatabase('membership');
  db = await views.pool.connect();
  samples = sampleHistories();
});
afterAll(async () => {
  db.release();
  await views.stop();
});

const reasonsOf = (answer: Contactability) => (answer.answer === 'no' ? answer.reasons : []);

function operatorsOf(rule: EligibilityRule): readonly string[] {
  if ('all' in rule) return ['all', ...rule.all.flatMap(operatorsOf)];
  if ('any' in rule) return ['any', ...rule.any.flatMap(operatorsOf)];
  if ('not' in rule) return ['not', ...operatorsOf(rule.not)];
  return [`${rule.fact} ${['atLeast', 'atMost', 'in', 'is'].find((key) => key in rule)!}`];
}

/** What stands against contact though the person can be reached and has said yes. */
const BESIDE_CONSENT: readonly ReasonCode[] = [
  'channel-not-in-purpose',
  'programme-unknown',
  'programme-not-in-force',
  'purpose-not-in-programme',
  'channel-not-in-programme',
  'not-eligible',
  'eligibility-unknown',
  'linked-record',
  'linked-listed-once',
];

test('SQL and the pure rules agree person by person, and say the same, for every reason and every operator', async () => {
  const codes = new Set<string>(['view-parked']);
  const operators = new Set<string>();
  for (const [turn, ledger] of samples.entries()) {
    await load(db, ledger);
    for (const { data } of ledger.records) {
      const rule = (data['content'] as { eligibility?: EligibilityRule } | undefined)?.eligibility;
      if (rule) operatorsOf(rule).forEach((operator) => operators.add(operator));
    }
    const pure = await PureRoster.of(ledger);
    for (const { question, members, answers } of await expectations(ledger, turn)) {
      for (const mode of MODES) {
        const rows = await wholeRoster(views.pool, { ...question, mode });
        expect({ question, mode, ids: rows.map((row) => row.alumnusId).sort() }).toEqual({
          question,
          mode,
          ids: members[mode],
        });
        for (const { alumnusId, answer } of rows) {
          const { contact, approach } = answers.get(alumnusId)!;
          expect(answer).toEqual(mode === 'approachable' ? approach : contact);
        }
      }
      const counts = await readFunnel(views.pool, question);
      const waiting = [...answers.values()].filter(({ approach }) =>
        reasonsOf(approach).some(({ code }) => code === 'already-asked'),
      );
      const consented = [...answers.values()].filter(({ contact }) =>
        reasonsOf(contact).every(({ code }) => BESIDE_CONSENT.includes(code)),
      );
      const { imported, reachable, contactable, approachable, requested } = counts;
      expect(counts.consented).toBe(consented.length);
      expect([imported, reachable, counts.consented, contactable]).toEqual(
        [imported, reachable, counts.consented, contactable].toSorted((a, b) => b - a),
      );
      expect([imported, contactable, approachable, requested]).toEqual([
        answers.size,
        members.contactable.length,
        members.approachable.length,
        waiting.length,
      ]);
      for (const [id, { contact, approach }] of answers) {
        for (const { code } of [...reasonsOf(contact), ...reasonsOf(approach)]) codes.add(code);
        if (id === [...answers.keys()][turn % answers.size]) {
          expect(await readWhy(views.pool, { ...question, alumnusId: id })).toMatchObject({
            contact,
            approach,
          });
        }
      }
      for (const id of pure.undone) {
        const expected = pure.answer(question, id);
        expect(await readWhy(views.pool, { ...question, alumnusId: id })).toMatchObject(expected);
        for (const { code } of reasonsOf(expected.contact)) codes.add(code);
      }
      const unknown = await readWhy(views.pool, { ...question, alumnusId: uuid('nobody') });
      for (const { code } of reasonsOf(unknown.contact)) codes.add(code);
    }
  }
  expect([...codes].sort()).toEqual([...REASON_CODES].sort());
  expect([...operators].sort()).toEqual(
    [
      'all',
      'any',
      'not',
      'amicable is',
      'department in',
      'job in',
      'employment-kind in',
      'leaving-kind in',
      'months-since-leaving atLeast',
      'months-since-leaving atMost',
      'service-months atLeast',
      'service-months atMost',
    ].sort(),
  );
});

/** A purpose, somebody who left after 24 months and consents by e-mail, and a programme for shorter service. */
const CONSENTED = [
  [3, 1, 0, 1, 1],
  [30, 0, 0, 1, 1],
  [60, 0, 0, 1, 1],
] as const;
const NOT_FOR_THEM = [10, 1, 0, 36, 1] as const;

/** The codes of the reasons why that person is not listed, in SQL and by the rules; none where they are. */
async function reasonsAfter(ledger: MemoryLedger): Promise<readonly string[]> {
  const at = new Date(Date.parse(ledger.records.at(-1)!.recordedAt) + DAY).toISOString();
  const question: ContactQuestion = { purposeId: purposeId(0), channel: 'email', at };
  await load(db, ledger);
  const [contactable, excluded] = await Promise.all(
    (['contactable', 'excluded'] as const).map((mode) => wholeRoster(views.pool, { ...question, mode })),
  );
  const { contact } = (await PureRoster.of(ledger)).answer(question, alumnusId(0));
  expect([...contactable!, ...excluded!].map(({ answer }) => answer)).toEqual([contact]);
  expect((await readFunnel(views.pool, question)).contactable).toBe(contactable!.length);
  return reasonsOf(contact).map(({ code }) => code);
}

test('closing the only programme of a purpose never widens the roster', async () => {
  expect(await reasonsAfter(writeHistory(CONSENTED))).toEqual([]);
  const ledger = writeHistory([...CONSENTED, NOT_FOR_THEM]);
  expect(await reasonsAfter(ledger)).toEqual(['not-eligible']);
  const { recordedAt: decidedAt } = ledger.records.at(-1)!;
  const data = { programmeId: programmeId(0) };
  ledger.append({ stream: `programme-${programmeId(0)}`, type: 'ProgrammeClosed', data, decidedAt });
  expect(await reasonsAfter(ledger)).toEqual(['programme-not-in-force']);
});

test('who died in service is on no list, until that is corrected or the employments are erased', async () => {
  const ledger = writeHistory(CONSENTED);
  const of = { alumnusId: alumnusId(0) };
  const { recordedAt: decidedAt } = ledger.records.at(-1)!;
  const add = (stream: string, type: EventType, data: JsonObject) => {
    ledger.append({ stream: `${stream}-${of.alumnusId}`, type, data: { ...of, ...data }, decidedAt });
    return reasonsAfter(ledger);
  };
  const fell = { joinedOn: '2010-04-01', leftOn: '2012-03-31', leavingKind: 'death' };
  expect(await add('alumnus', 'EmploymentAdded', { employment: fell })).toEqual(['died']);
  const other = { ...fell, leavingKind: 'personal-reason' };
  expect(await add('alumnus', 'EmploymentCorrected', { index: 1, employment: other })).toEqual([]);
  expect(await add('alumnus', 'EmploymentCorrected', { index: 1, employment: fell })).toEqual(['died']);
  // With the employments goes what they said, in a row written before as in one written anew.
  const erased = await add('lifecycle', 'ErasureStarted', { categories: ['programme'] });
  expect(erased).toEqual(['erasure-started']);
  const { rows } = await db.query(`SELECT died_id FROM alumni_roster.person`);
  expect(rows).toEqual([{ died_id: null }]);
});
