import {
  ALUMNUS_EVENTS,
  CONSENT_EVENTS,
  evolveAlumnus,
  LIFECYCLE_EVENTS,
  unknownAlumnus,
  type AlumnusEvent,
  type Category,
  type DuplicateEvent,
  type EventType,
  type Fact,
} from '@enishi/domain';
import type { ClientBase } from 'pg';
import { scopeByIds, storeFact, writeRows, type Projection, type Row } from '../engine';
import { PROGRAMME_EVENTS, PURPOSE_EVENTS, writeScheduleFacts } from '../schedules/schedule-facts';
import { keptFact, keptRow, OPENED, type PersonFact, type StoredFact } from './kept-fact';
import { indexes, LINK_FACT, NO_NAME, PERSON_FACT, SUBJECT, tables } from './tables';

const DUPLICATE_EVENTS = [
  'AlumniLinked',
  'AlumniUnlinked',
  'DuplicateDismissed',
] as const satisfies readonly DuplicateEvent[];

/** Everything that bears on the roster, fact by fact: what past moments are answered from. */
export const asOfFacts: Projection = {
  name: 'as-of-facts',
  version: 1,
  tables,
  indexes,
  handles: [
    ...PURPOSE_EVENTS,
    ...PROGRAMME_EVENTS,
    ...ALUMNUS_EVENTS,
    ...LIFECYCLE_EVENTS,
    ...CONSENT_EVENTS,
    ...DUPLICATE_EVENTS,
  ],
  opens: OPENED,
  subjects: [
    {
      table: 'person_fact',
      column: 'alumnus_id',
      position: 'position',
      erase: { programme: { set: 'programme = NULL' }, contact: { set: 'contact = NULL' } },
    },
    {
      table: 'subject',
      column: 'alumnus_id',
      position: 'last_position',
      erase: { programme: { set: `sort_key = '${NO_NAME}'` } },
    },
  ],
  // A link that cannot be applied could leave either of the two too free: nobody is answered for then.
  scopeOf: (record) => (record.stream.startsWith('link-') ? { kind: 'all' } : scopeByIds(record)),
  async project(entries, db) {
    const facts = entries.map(({ fact }) => fact);
    await writeScheduleFacts(db, facts);
    const links = facts.filter(({ type }) => isOf(DUPLICATE_EVENTS, type));
    await writeRows(
      db,
      'link_fact',
      LINK_FACT,
      ['position'],
      'keep',
      links.map((fact) => ({ position: fact.position, fact: storeLink(fact) })),
    );
    const ofPeople = facts.filter(isPersonFact);
    await writePersonFacts(db, ofPeople);
    await writePeople(db, ofPeople);
  },
};

function isOf(types: readonly EventType[], type: EventType): boolean {
  return types.includes(type);
}

function isPersonFact(fact: Fact): fact is PersonFact {
  const { type } = fact;
  return isOf(ALUMNUS_EVENTS, type) || isOf(LIFECYCLE_EVENTS, type) || isOf(CONSENT_EVENTS, type);
}

/** A link without its reason, which is sealed for people who look at duplicates. */
function storeLink(fact: Fact): string {
  const { alumnusId, otherId } = (fact as Fact<DuplicateEvent>).data;
  return storeFact({ ...fact, data: { alumnusId, otherId }, erased: [] } as unknown as Fact);
}

async function writePersonFacts(db: ClientBase, facts: readonly PersonFact[]): Promise<void> {
  const ids = [...new Set(facts.map(({ data }) => data.alumnusId))];
  if (ids.length === 0) return;
  const { rows } = await db.query<StoredFact>(
    `SELECT position, type, fact, programme, contact FROM person_fact
      WHERE alumnus_id = ANY($1::text[]) AND type IN ('ErasureStarted', 'ErasureCompleted')`,
    [ids],
  );
  const known = new Map<bigint, Erasure>();
  for (const fact of [...rows.map(keptFact), ...facts])
    if (isErasureFact(fact)) known.set(fact.position, fact);
  const erasures = [...known.values()].sort((a, b) => (a.position < b.position ? -1 : 1));
  const kept = facts.map((fact) => keptRow(fact, erasingAt(fact, erasures)));
  await writeRows(db, 'person_fact', PERSON_FACT, ['alumnus_id', 'position'], 'keep', kept);
}

type Erasure = Fact<'ErasureStarted' | 'ErasureCompleted'>;

function isErasureFact(fact: PersonFact): fact is Erasure {
  return fact.type === 'ErasureStarted' || fact.type === 'ErasureCompleted';
}

/** Categories between the start of their erasure and its end, where the fact stands: whether they still open is chance. */
function erasingAt({ position, data }: PersonFact, erasures: readonly Erasure[]): readonly Category[] {
  const open = new Set<Category>();
  for (const erasure of erasures) {
    if (erasure.data.alumnusId !== data.alumnusId || erasure.position > position) continue;
    for (const category of erasure.data.categories) {
      if (erasure.type === 'ErasureStarted') open.add(category);
      else open.delete(category);
    }
  }
  return [...open];
}

/** Everybody whose data the facts are about, with the reading that all of their facts come to. */
async function writePeople(db: ClientBase, facts: readonly PersonFact[]): Promise<void> {
  const ids = [
    ...new Set(facts.filter(({ type }) => isOf(ALUMNUS_EVENTS, type)).map(({ data }) => data.alumnusId)),
  ];
  if (ids.length === 0) return;
  const { rows } = await db.query<StoredFact & { alumnus_id: string }>(
    `SELECT alumnus_id, position, type, fact, programme, contact FROM person_fact
      WHERE alumnus_id = ANY($1::text[]) AND type = ANY($2::text[]) ORDER BY alumnus_id, position`,
    [ids, ALUMNUS_EVENTS],
  );
  const of = new Map<string, Fact<AlumnusEvent>[]>();
  for (const row of rows) {
    const known = of.get(row.alumnus_id);
    const fact = keptFact(row) as Fact<AlumnusEvent>;
    if (known === undefined) of.set(row.alumnus_id, [fact]);
    else known.push(fact);
  }
  const people = [...of].map(([alumnusId, known]): Row<typeof SUBJECT> => {
    return {
      alumnus_id: alumnusId,
      first_position: known[0]?.position,
      last_position: known.at(-1)?.position,
      sort_key: sortKeyOf(known),
    };
  });
  await writeRows(db, 'subject', SUBJECT, ['alumnus_id'], 'replace', people);
}

function sortKeyOf(facts: readonly Fact<AlumnusEvent>[]): string {
  const { kana, name } = facts.reduce(evolveAlumnus, unknownAlumnus).values;
  const reading = `${kana?.family ?? ''}${kana?.given ?? ''}`;
  const text = reading === '' ? `${name?.family ?? ''}${name?.given ?? ''}` : reading;
  return text === '' ? NO_NAME : text.normalize('NFKC');
}
