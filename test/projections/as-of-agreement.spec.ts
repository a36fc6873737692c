import { rosterAsOf, type Ledger } from '@enishi/application/ledger';
import { CONTACT_CHANNELS, type ContactQuestion, type PersonAnswer, type PersonValues } from '@enishi/domain';
import { asOfFacts } from '@enishi/projections/as-of-facts/projection';
import { peopleAt, personAt, type Point } from '@enishi/projections/as-of-facts/query';
import * as fc from 'fast-check';
import type { PoolClient } from 'pg';
import {
  alumnusId,
  directedHistories,
  histories,
  keysErased,
  programmeId,
  purposeId,
  START,
} from './support/histories';
import { applyAll, beginAnew, viewsDatabase, type ViewsDatabase } from './support/laws';
import type { MemoryLedger } from './support/memory-ledger';
import { PlainVault } from './support/plain-vault';
import { PureRoster } from './support/pure-roster';

jest.setTimeout(240_000);

const DAY = 86_400_000;
let views: ViewsDatabase;
let db: PoolClient;
beforeAll(async () => {
  views = await viewsDatabase('asof');
  db = await views.pool.connect();
});
afterAll(async () => {
  db.release();
  await views.stop();
});

/** What a list can show; the view keeps no more. */
const SHOWN: readonly (keyof PersonValues)[] = [
  'name',
  'kana',
  'formerNames',
  'email',
  'phone',
  'postalAddress',
  'lineId',
];

function comparable({ values, ...answer }: PersonAnswer) {
  const shown = SHOWN.filter((field) => values[field] !== undefined).map((field) => [field, values[field]]);
  return { ...answer, values: Object.fromEntries(shown) as object };
}

async function folded(ledger: MemoryLedger, question: ContactQuestion, known: bigint) {
  const vault = new PlainVault();
  for (const key of keysErased(ledger)) vault.destroyed.add(key);
  const rows = await rosterAsOf({ store: ledger, vault } as unknown as Ledger, question, known);
  return new Map(rows.map((row) => [row.alumnusId, comparable(row)]));
}

async function fromTables(question: ContactQuestion, points: readonly Point[]) {
  const maps = points.map(() => new Map<string, object>());
  for await (const people of peopleAt(views.pool, question, points)) {
    for (const { answers } of people) {
      for (const [index, answer] of answers.entries()) {
        if (answer.person !== undefined) maps[index]!.set(answer.alumnusId, comparable(answer));
      }
    }
  }
  return maps;
}

const load = async (ledger: MemoryLedger): Promise<void> => {
  await beginAnew(db, asOfFacts);
  await applyAll(db, asOfFacts, new PlainVault(), ledger.records, [40]);
};

/** A moment and a place of the ledger, anywhere between before the first event and after the last. */
const moment = fc.record({
  when: fc.double({ min: -0.05, max: 1.1, noNaN: true }),
  leaf: fc.double({ min: 0, max: 1, noNaN: true }),
});
const asked = fc.record({
  purpose: fc.nat({ max: 2 }),
  channel: fc.constantFrom(...CONTACT_CHANNELS),
  programme: fc.option(fc.nat({ max: 1 }), { nil: undefined }),
});

type Drawn<A> = A extends fc.Arbitrary<infer T> ? T : never;
type Example = [MemoryLedger, Drawn<typeof asked>, [Drawn<typeof moment>, Drawn<typeof moment>]];

function pointOf({ records }: MemoryLedger, { when, leaf }: { when: number; leaf: number }): Point {
  const span = Date.parse(records.at(-1)!.recordedAt) - START;
  const count = Math.round(leaf * records.length);
  return {
    at: new Date(START + Math.round(when * span)).toISOString(),
    known: count === 0 ? -1n : records[count - 1]!.position,
  };
}

test('tables and folding from zero agree for any moment and any place of the ledger', async () => {
  const answers = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      histories(),
      asked,
      fc.tuple(moment, moment),
      async (ledger, { purpose, channel, programme }, moments) => {
        await load(ledger);
        const scope = {
          purposeId: purposeId(purpose),
          channel,
          ...(programme !== undefined && { programmeId: programmeId(programme) }),
        };
        const points = moments.map((one) => pointOf(ledger, one));
        const question = { ...scope, at: '' };
        const maps = await fromTables(question, points);
        for (const [index, { at, known }] of points.entries()) {
          const expected = await folded(ledger, { ...scope, at }, known);
          expect(maps[index]).toEqual(expected);
          for (const { contact } of expected.values()) answers.add(contact.answer);
        }
      },
    ),
    {
      numRuns: 80,
      examples: directedHistories()
        .slice(0, 25)
        .map((ledger): Example => [
          ledger,
          { purpose: 0, channel: 'email' as const, programme: undefined },
          [
            { when: 1.1, leaf: 1 },
            { when: 0.6, leaf: 0.8 },
          ],
        ]),
    },
  );
  expect([...answers].sort()).toEqual(['no', 'yes']);
});

test('of now, by all that is known, they say what the rules say of each person', async () => {
  for (const ledger of directedHistories().slice(0, 25)) {
    await load(ledger);
    const at = new Date(Date.parse(ledger.records.at(-1)!.recordedAt) + DAY).toISOString();
    const known = ledger.records.at(-1)!.position;
    const question: ContactQuestion = { purposeId: purposeId(0), channel: 'email', at };
    const pure = await PureRoster.of(ledger);
    for (const id of [alumnusId(0), alumnusId(1)]) {
      const { contact, approach } = await personAt(views.pool, question, { at, known }, id);
      expect({ contact, approach }).toEqual(pure.answer(question, id));
    }
  }
});
