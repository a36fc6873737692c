import { rosterAsOf, tryProgramme, tryPurpose, type Ledger, type Trial } from '@enishi/application/ledger';
import {
  CONTACT_CHANNELS,
  Refusal,
  type Contactability,
  type ContactQuestion,
  type Fact,
  type Instant,
  type JsonObject,
  type ProgrammeContent,
} from '@enishi/domain';
import { asOfFacts } from '@enishi/projections/as-of-facts/projection';
import { peopleAt, rulesKnownAt } from '@enishi/projections/as-of-facts/query';
import * as fc from 'fast-check';
import type { PoolClient } from 'pg';
import { compare } from '../../apps/server/src/replay/comparison';
import { DryRunChanges } from '../../apps/server/src/replay/dry-run-changes';
import { eligibilityRules } from '../support/eligibility-rules';
import { purposeContent } from '../support/purposes';
import { directedHistories, histories, keysErased, programmeId, purposeId } from './support/histories';
import { applyAll, beginAnew, viewsDatabase, type ViewsDatabase } from './support/laws';
import type { MemoryLedger } from './support/memory-ledger';
import { PlainVault } from './support/plain-vault';

jest.setTimeout(240_000);

const DAY = 86_400_000;
let views: ViewsDatabase;
let db: PoolClient;
beforeAll(async () => {
  views = await viewsDatabase('dryrun');
  db = await views.pool.connect();
});
afterAll(async () => {
  db.release();
  await views.stop();
});

const channels = fc.uniqueArray(fc.constantFrom(...CONTACT_CHANNELS), { minLength: 1 });
const tried = fc.oneof(
  fc.record({
    of: fc.constant('purpose' as const),
    kind: fc.constantFrom('related' as const, 'beyond-scope' as const),
    channels,
  }),
  fc.record({
    of: fc.constant('programme' as const),
    purposes: fc.uniqueArray(fc.nat({ max: 2 }), { minLength: 1 }),
    channels,
    eligibility: eligibilityRules,
  }),
);
type Drawn<A> = A extends fc.Arbitrary<infer T> ? T : never;
type Tried = Drawn<typeof tried>;
const list = fc.record({
  purpose: fc.nat({ max: 1 }),
  channel: fc.constantFrom(...CONTACT_CHANNELS),
  programme: fc.option(fc.nat({ max: 1 }), { nil: undefined }),
  // Takes effect at once, or later.
  daysAhead: fc.constantFrom(0, 0, 40),
});
type List = Drawn<typeof list>;

const contentOf = (one: Tried & { of: 'programme' }): ProgrammeContent => ({
  title: { ja: '制度', en: 'Programme' },
  description: { ja: '説明', en: 'Description' },
  purposeIds: one.purposes.map(purposeId),
  channels: one.channels,
  eligibility: one.eligibility,
  contractForms: [],
  reviewMonths: 12,
});

const HASHES = { noticeHashJa: 'd'.repeat(64), noticeHashEn: 'e'.repeat(64) };
const later = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString();

/** The trial, by what is known; `undefined` where the rules refuse it. */
async function trialOf(ledger: MemoryLedger, one: Tried, id: string, now: Instant, effectiveAt?: Instant) {
  const { purposes, programmes } = await rulesKnownAt(views.pool, ledger.records.at(-1)!.position);
  const from = effectiveAt === undefined ? {} : { effectiveAt };
  let trial: Trial | Refusal | undefined;
  if (one.of === 'purpose') {
    const content = purposeContent({ channels: one.channels });
    const draft = { kind: 'DraftPurpose', purposeId: id, revision: one.kind, content, ...HASHES } as const;
    const facts = purposes.get(id);
    trial = facts && tryPurpose(facts, { draft, ...from }, now);
  } else {
    const draft = { kind: 'DraftProgramme', programmeId: id, content: contentOf(one) } as const;
    const facts = programmes.get(id);
    trial = facts && tryProgramme(facts, { draft, ...from }, now);
  }
  return trial instanceof Refusal ? undefined : trial;
}

/** Writes what was tried into the ledger. */
function publish(
  ledger: MemoryLedger,
  one: Tried,
  id: string,
  version: number,
  now: Instant,
  effectiveAt: Instant,
): void {
  const write = (type: Fact['type'], data: object, at: Instant, decidedAt = now) =>
    ledger.append({
      stream: `${one.of}-${id}`,
      type,
      data: data as JsonObject,
      decidedAt,
      effectiveAt: at,
    });
  if (one.of === 'programme') {
    write('ProgrammeDrafted', { programmeId: id, version, code: 'rehire', content: contentOf(one) }, now);
    write('ProgrammePublished', { programmeId: id, version }, effectiveAt);
    return;
  }
  const revised = { purposeId: id, version, revision: one.kind };
  const content = purposeContent({ channels: one.channels });
  write('PurposeDrafted', { ...revised, code: 'rehire', content, ...HASHES }, now);
  write('PurposePublished', revised, effectiveAt);
  const notice = { purposeId: id, version, method: 'website', proof: 'url' };
  if (one.kind === 'related') write('NoticePublished', notice, effectiveAt, effectiveAt);
}

/** Everybody's answers, folded from zero. */
async function folded(ledger: MemoryLedger, question: ContactQuestion, known: bigint) {
  const vault = new PlainVault();
  for (const key of keysErased(ledger)) vault.destroyed.add(key);
  const rows = await rosterAsOf({ store: ledger, vault } as unknown as Ledger, question, known);
  return new Map(rows.map((row) => [row.alumnusId, row]));
}

const codes = (answer: Contactability) =>
  answer.answer === 'no' ? answer.reasons.map(({ code, params }) => [code, params]) : [];
const change = (before: Contactability, after: Contactability) =>
  before.answer === after.answer ? null : after.answer === 'yes' ? 'came' : 'went';

interface Row {
  readonly alumnusId: string;
  readonly change: string | null;
  readonly asking: string | null;
  readonly before: Side;
  readonly after: Side;
}
interface Side {
  readonly answer: string;
  readonly approachable: boolean;
  readonly reasons: readonly { readonly code: string; readonly params: object }[];
}
/** What both sides are compared by. */
const sideOf = ({ contact, approach }: { contact: Contactability; approach: Contactability }) => ({
  answer: contact.answer,
  approachable: approach.answer === 'yes',
  reasons: codes(contact),
});
const told = ({ alumnusId, change: contact, asking, before, after }: Row) => {
  const [was, is] = [before, after].map(({ answer, approachable, reasons }) => ({
    answer,
    approachable,
    reasons: reasons.map(({ code, params }) => [code, params]),
  }));
  return { alumnusId, change: contact, asking, before: was, after: is };
};
const inOrder = <T extends { alumnusId: string }>(rows: readonly T[]) =>
  rows.toSorted((a, b) => (a.alumnusId < b.alumnusId ? -1 : 1));

test('what is tried is what then happens: the same people, for the same reasons, and as many', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(histories(), tried, list, async (ledger, one, asked) => {
      await beginAnew(db, asOfFacts);
      await applyAll(db, asOfFacts, new PlainVault(), ledger.records, [40]);
      const { recordedAt, position: known } = ledger.records.at(-1)!;
      const now = later(recordedAt, DAY + 137);
      const effectiveAt = asked.daysAhead === 0 ? undefined : later(now, asked.daysAhead * DAY);
      const id = one.of === 'purpose' ? purposeId(asked.purpose) : programmeId(asked.purpose);
      const trial = await trialOf(ledger, one, id, now, effectiveAt);
      if (trial === undefined) return;
      const scope = {
        purposeId: purposeId(asked.purpose),
        channel: asked.channel,
        ...(asked.programme !== undefined && { programmeId: programmeId(asked.programme) }),
      };
      const { at, supposed, version } = trial;
      const people = peopleAt(views.pool, scope, [
        { at, known },
        { at, known, supposing: supposed },
      ]);
      const { rows, totals } = await compare(people, new DryRunChanges(supposed), undefined, 500, true);

      publish(ledger, one, id, version, now, effectiveAt ?? now);
      const before = await folded(ledger, { ...scope, at }, known);
      const after = await folded(ledger, { ...scope, at }, ledger.records.at(-1)!.position);
      const expected = [...after.values()].flatMap((row) => {
        const was = before.get(row.alumnusId)!;
        const [contact, asking] = [change(was.contact, row.contact), change(was.approach, row.approach)];
        if (contact === null && asking === null) return [];
        const { alumnusId } = row;
        return [{ alumnusId, change: contact, asking, before: sideOf(was), after: sideOf(row) }];
      });
      expect(inOrder((rows as unknown as readonly Row[]).map(told))).toEqual(inOrder(expected));
      const many = (of: 'change' | 'asking', which: string) =>
        expected.filter((row) => row[of] === which).length;
      expect(totals).toMatchObject({
        came: many('change', 'came'),
        went: many('change', 'went'),
        asking: { came: many('asking', 'came'), went: many('asking', 'went') },
      });
      for (const row of expected) seen.add(`${one.of} ${row.change} ${row.asking}`);
    }),
    { numRuns: 60, examples: sixWhoConsented() },
  );
  // Lost to a purpose beyond its scope, and approachable instead; lost and gained by a rule.
  for (const kind of ['purpose went came', 'programme went null', 'programme came null'])
    expect(seen).toContain(kind);
});

/** Six people who consented, under a rule of each kind: then a purpose beyond its scope, a rule for all, one for nobody. */
function sixWhoConsented(): [MemoryLedger, Tried, List][] {
  const asked: List = { purpose: 0, channel: 'email', programme: undefined, daysAhead: 0 };
  const all: Tried = { of: 'programme', purposes: [0], channels: ['email'], eligibility: { all: [] } };
  const variants: readonly Tried[] = [
    { of: 'purpose', kind: 'beyond-scope', channels: ['email'] },
    all,
    { ...all, eligibility: { not: { all: [] } } },
  ];
  const ledgers = (): readonly MemoryLedger[] => directedHistories().slice(-8);
  return variants.flatMap((one) =>
    ledgers().map((ledger): [MemoryLedger, Tried, List] => [ledger, one, asked]),
  );
}
