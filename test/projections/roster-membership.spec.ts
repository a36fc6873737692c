import {
  REASON_CODES,
  type Contactability,
  type ContactQuestion,
  type EligibilityRule,
  type EventType,
  type JsonObject,
} from '@enishi/domain';
import { alumniRoster } from '@enishi/projections/alumni-roster/projection';
import { readFunnel, readWhy } from '@enishi/projections/alumni-roster/person-query';
import {
  readRoster,
  type RosterCursor,
  type RosterQuestion,
  type RosterRow,
} from '@enishi/projections/alumni-roster/query';
import * as fc from 'fast-check';
import type { Pool, PoolClient } from 'pg';
import {
  alumnusId,
  directedHistories,
  histories,
  programmeId,
  purposeId,
  writeHistory,
} from './support/histories';
import { applyAll, beginAnew, viewsDatabase, type ViewsDatabase } from './support/laws';
import { uuid, type MemoryLedger } from './support/memory-ledger';
import { PlainVault } from './support/plain-vault';
import { PureRoster } from './support/pure-roster';

jest.setTimeout(480_000);
const DAY = 86_400_000;
const MODES = ['contactable', 'excluded', 'approachable'] as const;
const HISTORIES = 40;

let views: ViewsDatabase;
let db: PoolClient;
let samples: readonly MemoryLedger[];
beforeAll(async () => {
  views = await viewsDatabase('membership');
  db = await views.pool.connect();
  samples = [...directedHistories(), ...fc.sample(histories(200), { numRuns: HISTORIES, seed: 20261121 })];
});
afterAll(async () => {
  db.release();
  await views.stop();
});

const CHANNELS = ['email', 'phone', 'sms', 'post', 'line', 'sns'] as const;

/** Questions about a history, some at the very instant at which a grant expires. */
function questionsOf(ledger: MemoryLedger, turn: number): readonly ContactQuestion[] {
  const last = Date.parse(ledger.records.at(-1)!.recordedAt);
  const expiring = ledger.records.flatMap(({ data }): ContactQuestion[] => {
    const { expiresAt, purposeId: of, channels } = data as Record<string, string> & { channels?: string[] };
    if (expiresAt === undefined || of === undefined || Date.parse(expiresAt) < last) return [];
    return [{ purposeId: of, channel: channels![0] as 'email', at: expiresAt }];
  });
  const others = Array.from({ length: 10 }, (_, n): ContactQuestion => {
    const later = new Date(last + [0, 1, 30, 400][(turn + n) % 4]! * DAY).toISOString();
    const programme = [undefined, programmeId(0), programmeId(1), n === 7 ? uuid('no programme') : undefined][
      n % 4
    ];
    return {
      purposeId: n === 5 ? uuid('no purpose') : purposeId(turn + n),
      channel: CHANNELS[(turn * 5 + n) % 6]!,
      at: later,
      ...(programme !== undefined && { programmeId: programme }),
    };
  });
  const usual = [0, 30].map((days): ContactQuestion => {
    return { purposeId: purposeId(0), channel: 'email', at: new Date(last + days * DAY).toISOString() };
  });
  return [...usual, ...others, ...expiring.slice(0, 3)];
}

async function wholeRoster(
  pool: Pick<Pool, 'query'>,
  question: RosterQuestion,
): Promise<readonly RosterRow[]> {
  const rows: RosterRow[] = [];
  let cursor: RosterCursor | undefined;
  do {
    const page = await readRoster(pool as Pool, { ...question, limit: 2, ...(cursor ? { cursor } : {}) });
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor);
  return rows;
}

interface Expected {
  readonly question: ContactQuestion;
  readonly members: Readonly<Record<(typeof MODES)[number], readonly string[]>>;
  readonly answers: ReadonlyMap<
    string,
    { readonly contact: Contactability; readonly approach: Contactability }
  >;
}

async function expectations(ledger: MemoryLedger, turn: number): Promise<readonly Expected[]> {
  const pure = await PureRoster.of(ledger);
  return questionsOf(ledger, turn).map((question) => {
    const answers = new Map([...pure.people].map((id) => [id, pure.answer(question, id)]));
    const members = (keep: (one: { contact: Contactability; approach: Contactability }) => boolean) =>
      [...answers]
        .filter(([, one]) => keep(one))
        .map(([id]) => id)
        .sort();
    return {
      question,
      answers,
      members: {
        contactable: members(({ contact }) => contact.answer === 'yes'),
        excluded: members(({ contact }) => contact.answer === 'no'),
        approachable: members(({ approach }) => approach.answer === 'yes'),
      },
    };
  });
}

async function load(ledger: MemoryLedger): Promise<void> {
  await beginAnew(db, alumniRoster);
  await applyAll(db, alumniRoster, new PlainVault(), ledger.records, [50]);
}

const reasonsOf = (answer: Contactability) => (answer.answer === 'no' ? answer.reasons : []);

function operatorsOf(rule: EligibilityRule): readonly string[] {
  if ('all' in rule) return ['all', ...rule.all.flatMap(operatorsOf)];
  if ('any' in rule) return ['any', ...rule.any.flatMap(operatorsOf)];
  if ('not' in rule) return ['not', ...operatorsOf(rule.not)];
  return [`${rule.fact} ${['atLeast', 'atMost', 'in', 'is'].find((key) => key in rule)!}`];
}

test('SQL and the pure rules agree person by person, and say the same, for every reason and every operator', async () => {
  const codes = new Set<string>(['view-parked']);
  const operators = new Set<string>();
  for (const [turn, ledger] of samples.entries()) {
    await load(ledger);
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
      expect([counts.imported, counts.contactable, counts.approachable, counts.requested]).toEqual([
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
  await load(ledger);
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

/** Mistakes that somebody could make in the SQL. */
const MUTATIONS: readonly (readonly [from: RegExp, to: string])[] = [
  [/p\.died_id IS NULL/g, 'true'],
  [/p\.returned_id IS NULL/g, 'true'],
  [/p\.erasure_started_id IS NULL AND p\.erasure_completed_id IS NULL/g, 'true'],
  [/p\.erasure_started_id IS NULL/g, 'true'],
  [/NOT p\.contact_held/g, 'true'],
  [/= ANY\(p\.channels\)/g, '<> ALL(p.channels)'],
  [/c\.effective_at >= p\.consents_from/g, 'true'],
  [/p\.consents_from IS NULL/g, 'false'],
  [/c\.state = 'granted'/g, `c.state <> 'granted'`],
  [/AND c\.channel = /g, 'AND c.channel <> '],
  [/c\.purpose_id = /g, 'c.purpose_id <> '],
  [/c\.expires_at IS NULL/g, 'false'],
  [/c\.expires_at > \$/g, 'c.expires_at >= $'],
  [/c\.expires_at > \$/g, 'c.expires_at <> $'],
  [/c\.version = (\$\d+)::int/g, 'c.version >= 0 * $1::int'],
  [/c\.effective_at >= (\$\d+)/g, 'c.effective_at <= $1'],
  [/p\.service_months >= /g, 'p.service_months > '],
  [/p\.service_months <= /g, 'p.service_months < '],
  [/p\.left_on <= /g, 'p.left_on >= '],
  [/p\.left_on > /g, 'p.left_on < '],
  [/p\.leaving_kind = ANY/g, 'p.leaving_kind <> ALL'],
  [/'death'\) <> ALL/g, "'death') = ANY"],
  [/p\.employment_kind = ANY/g, 'p.employment_kind <> ALL'],
  [/p\.department = ANY/g, 'p.job = ANY'],
  [/p\.job = ANY/g, 'p.department = ANY'],
  [/NOT \(p\./g, '(p.'],
  [/\) IS TRUE/g, ') IS NOT FALSE'],
  [/\) IS TRUE/g, ') IS NOT TRUE'],
  [/c\.state = 'refused'/g, 'false'],
  [/c\.state = 'withdrawn'/g, 'false'],
  [/c\.asked_version >= /g, '0 * c.asked_version <= '],
  [/c\.asked_version >= /g, 'c.asked_version > '],
  [/c\.asked_effective_at >= p\.consents_from/g, 'true'],
  [/coalesce\(c\.version, (\$\d+::int)\) >= /g, 'coalesce(c.version, $1) > '],
  [/coalesce\(c\.version, 0\) >= (\$\d+::int) OR/g, 'coalesce(c.version, 0) > $1 + 1 OR'],
  [/IS NOT TRUE/g, 'IS TRUE'],
  [/p\.alumnus_id NOT IN \(SELECT alumnus_id FROM alumni_roster\.linked_record\)/g, 'true'],
  [/coalesce\(p\.left_on, '-infinity'\) >/g, "coalesce(p.left_on, '-infinity') <"],
  [/g\.alumnus_id < s\.alumnus_id/g, 'g.alumnus_id > s.alumnus_id'],
  [/g\.group_id = s\.group_id/g, 'g.group_id <> s.group_id'],
  [/c\.state IN \('refused', 'withdrawn'\)/g, "c.state IN ('refused')"],
  [/c\.state IN \('refused', 'withdrawn'\)/g, "c.state IN ('withdrawn')"],
  [/([cpf])\.sort_key, ([cpf])\.alumnus_id\) >/g, '$1.sort_key, $2.alumnus_id) >='],
];

test('each seeded mistake in the SQL is caught', async () => {
  const alive = new Set(MUTATIONS);
  for (const [turn, ledger] of samples.entries()) {
    if (alive.size === 0) break;
    await load(ledger);
    for (const { question, members } of await expectations(ledger, turn)) {
      for (const mutation of alive) {
        for (const mode of MODES) {
          if (await differs(mutation, { ...question, mode }, members[mode])) {
            alive.delete(mutation);
            break;
          }
        }
      }
    }
  }
  expect([...alive].map(([from, to]) => `${from.source} → ${to}`)).toEqual([]);
});

const NO_END = new Error('the pages have no end');

/** Whether the altered statement gives other people than the rules. */
async function differs(
  [from, to]: (typeof MUTATIONS)[number],
  question: RosterQuestion,
  members: readonly string[],
): Promise<boolean> {
  const ids: string[] = [];
  const { pool } = views;
  const altered = {
    async query(text: string, params: unknown[]) {
      if (!/ORDER BY [cpf]\.sort_key/.test(text)) return pool.query(text, params);
      const result = await pool.query<{ alumnus_id: string }>(text.replace(from, to), params);
      // One that looks only so far is asked again without that end when its page of 2 is not full.
      if (text.includes('LIMIT 1000') && result.rows.length < 3) return result;
      // What SQL decides, before the pure function has looked at it.
      ids.push(...result.rows.slice(0, 2).map((row) => row.alumnus_id));
      if (ids.length > 40) throw NO_END;
      return result;
    },
  };
  try {
    await wholeRoster(altered as unknown as Pool, question);
  } catch (error) {
    if (error !== NO_END) throw error;
    return true;
  }
  return JSON.stringify(ids.sort()) !== JSON.stringify(members);
}
