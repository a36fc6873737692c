import {
  dataKeptUntil,
  personRetention,
  purposeSchedule,
  retentionBases,
  retentionEnd,
  sealedCategories,
  tokyoDay,
  type Category,
  type Fact,
  type HoldingEvent,
  type LawSettings,
  type PersonEvent,
  type PurposeEvent,
  type RetainingPurpose,
} from '@enishi/domain';
import { retentionCalendar } from '@enishi/projections/retention-calendar/projection';
import {
  countDue,
  countDueElsewhere,
  listDue,
  readBases,
  readEntries,
  readHeldElsewhere,
  readRetained,
} from '@enishi/projections/retention-calendar/query';
import * as fc from 'fast-check';
import type { PoolClient } from 'pg';
import { alumnusId, histories, purposeId } from './support/histories';
import { applyAll, beginAnew, viewsDatabase, type ViewsDatabase } from './support/laws';
import type { MemoryLedger } from './support/memory-ledger';
import { PlainVault } from './support/plain-vault';

jest.setTimeout(120_000);
const ALUMNI = Array.from({ length: 6 }, (_, n) => alumnusId(n));
const OF_PEOPLE = /^(alumnus|lifecycle|consent|link)-/;

let views: ViewsDatabase;
let db: PoolClient;
beforeAll(async () => {
  views = await viewsDatabase('retention');
  db = await views.pool.connect();
});
afterAll(async () => {
  db.release();
  await views.stop();
});

/** What the pure rules say of one person, from the ledger alone. */
async function pureRetention(ledger: MemoryLedger, whose: string, at: string, settings: LawSettings) {
  const vault = new PlainVault();
  const of = (prefix: RegExp) => ledger.records.filter(({ stream }) => prefix.test(stream));
  const about = of(OF_PEOPLE).filter(({ data }) => data['alumnusId'] === whose);
  const facts = await vault.openFacts(about, { categories: [] });
  const events = facts.map((fact, at_): HoldingEvent => ({
    fact: fact as Fact<PersonEvent>,
    categories: sealedCategories(about[at_]!.data),
  }));
  const purposes = new Map<string, RetainingPurpose>();
  for (const id of [0, 1, 2].map(purposeId)) {
    const happened = await vault.openFacts(of(new RegExp(`^purpose-${id}$`)), { categories: [] });
    const schedule = purposeSchedule(happened as readonly Fact<PurposeEvent>[]);
    if (schedule === undefined) continue;
    const categories = new Set<Category>(schedule.versions.flatMap(({ content }) => content.categories));
    const retired = schedule.retiredFrom;
    const retiredOn = retired === undefined ? {} : { retiredOn: tokyoDay(retired) };
    purposes.set(id, { purposeId: id, categories: [...categories], ...retiredOn });
  }
  const { holdings, grounds } = personRetention(events);
  return { holdings, bases: retentionBases(grounds, purposes, at, settings) };
}

it('the SQL and the pure rules agree person by person, on whichever day and however the company has set things', async () => {
  const day = fc
    .date({ min: new Date('2026-01-01'), max: new Date('2033-12-31'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));
  const settings = fc
    .record({ keepMonths: fc.nat(36), answerDays: fc.nat(700) })
    .map((periods): LawSettings => ({
      numbers: [{ code: 'consent-evidence', value: 7, from: '2027-01-01', eventId: 'e1' }],
      purposes: [{ purposeId: purposeId(0), ...periods, from: '2026-01-01', eventId: 'e2' }],
    }));
  const seen = { due: 0, stands: 0, dated: 0 };
  await fc.assert(
    fc.asyncProperty(histories(90), day, settings, async (ledger, at, set) => {
      await beginAnew(db, retentionCalendar);
      await applyAll(db, retentionCalendar, new PlainVault(), ledger.records, [1000]);
      const law = { at, settings: set };
      const retained = await readRetained(views.pool, ALUMNI, law);
      const dueNow = await listDue(views.pool, law, 'due', { limit: 500 });
      for (const whose of ALUMNI) {
        const { holdings, bases } = await pureRetention(ledger, whose, at, set);
        const viewed = await readBases(views.pool, whose, law);
        expect(viewed.holdings).toEqual(holdings);
        expect(viewed.bases).toHaveLength(bases.flatMap(({ categories }) => categories).length);
        for (const category of holdings) {
          const end = dataKeptUntil(bases, category);
          const found = retained.find((one) => one.alumnusId === whose && one.category === category);
          const due = dueNow.rows.some((one) => one.alumnusId === whose && one.category === category);
          const until = end?.kind === 'until' ? end.until : undefined;
          const isDue = end === undefined || (until !== undefined && until < at);
          expect({ whose, category, known: found !== undefined, until: found?.until, due }).toEqual({
            ...{ whose, category, known: end !== undefined, until, due: isDue },
          });
          seen[isDue ? 'due' : until === undefined ? 'stands' : 'dated'] += 1;
        }
      }
      const open = await readHeldElsewhere(views.pool, ALUMNI, law);
      const stated = (await Promise.all(ALUMNI.map((whose) => readEntries(views.pool, whose)))).flat();
      const ends = stated
        .filter(({ disposedId }) => disposedId === undefined)
        .map(({ entryId, document, anchors }) => {
          const end = retentionEnd(document, anchors ?? {}, at, set.numbers);
          return [entryId, end.kind === 'until' ? end.until : undefined];
        });
      expect(open.map(({ entryId, until }) => [entryId, until]).toSorted()).toEqual(ends.toSorted());
      const elsewhere = await countDueElsewhere(views.pool, law);
      expect(elsewhere.reduce((sum, { entries }) => sum + entries, 0)).toBe(open.length);
      const counted = (await countDue(views.pool, law)).filter(({ month }) => month === 'due');
      expect(counted.reduce((sum, { people }) => sum + people, 0)).toBe(dueNow.rows.length);
    }),
    { numRuns: 25 },
  );
  expect(Math.min(seen.due, seen.stands, seen.dated)).toBeGreaterThan(10);
});
