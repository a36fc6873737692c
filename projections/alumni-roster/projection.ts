import {
  ALUMNUS_EVENTS,
  CONSENT_EVENTS,
  LIFECYCLE_EVENTS,
  type AlumnusEvent,
  type ConsentEvent,
  type Fact,
} from '@enishi/domain';
import type { ClientBase } from 'pg';
import { scopeByIds, writeRows, type Projection, type Row } from '../engine';
import { PROGRAMME_EVENTS, PURPOSE_EVENTS, writeScheduleFacts } from '../schedules/schedule-facts';
import { consentRows, keepFacts, keptFacts } from './consent-row';
import { DUPLICATE_EVENTS, isDuplicateFact, projectLinks } from './links';
import { foldPerson, type RosterLifecycleEvent } from './fold-person';
import {
  personRow,
  stateOf,
  STORED_PERSON,
  unknownPerson,
  type PersonState,
  type StoredPerson,
} from './person-row';
import { CONSENT, CONSENT_FACT, indexes, NO_NAME, PERSON, tables } from './tables';

/** Whom the company may contact, whom it may ask, and why: the people of the alumni programme. */
export const alumniRoster: Projection = {
  name: 'alumni-roster',
  version: 8,
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
  opens: ['programme', 'contact'],
  subjects: [
    {
      table: 'person',
      column: 'alumnus_id',
      position: 'position',
      erase: {
        programme: {
          set: `programme = NULL, sort_key = '${NO_NAME}', grams = '{}', department = NULL, job = NULL,
            employment_kind = NULL, leaving_kind = NULL, joined_on = NULL, left_on = NULL, service_months = NULL,
            died_id = death_recorded_id, reading_key = NULL, given_key = NULL`,
        },
        contact: { set: `contact = NULL, channels = '{}', mail_key = NULL, phone_key = NULL` },
      },
    },
    {
      table: 'consent',
      column: 'alumnus_id',
      position: 'sort_position',
      erase: { programme: { set: `sort_key = '${NO_NAME}'` } },
    },
  ],
  // A link that cannot be applied could leave either of the two too free: nobody is answered for then.
  scopeOf: (record) => (record.stream.startsWith('link-') ? { kind: 'all' } : scopeByIds(record)),
  async project(entries, db) {
    const facts = entries.map(({ fact }) => fact);
    await writeScheduleFacts(db, facts);
    await projectLinks(db, facts.filter(isDuplicateFact));
    const ofPerson = facts.filter(isPersonFact);
    const ofConsent = facts.filter(isConsentFact);
    const ids = new Set([...ofPerson, ...ofConsent].map(({ data }) => data.alumnusId));
    if (ids.size === 0) return;
    const people = await loadPeople(db, ids);
    await projectPeople(db, people, ofPerson);
    await projectConsents(db, people, ofConsent);
  },
};

function isPersonFact(fact: Fact): fact is Fact<AlumnusEvent | RosterLifecycleEvent> {
  const { type } = fact;
  return (
    (ALUMNUS_EVENTS as readonly string[]).includes(type) ||
    (LIFECYCLE_EVENTS as readonly string[]).includes(type)
  );
}

function isConsentFact(fact: Fact): fact is Fact<ConsentEvent> {
  return (CONSENT_EVENTS as readonly string[]).includes(fact.type);
}

async function loadPeople(db: ClientBase, ids: ReadonlySet<string>): Promise<Map<string, PersonState>> {
  const { rows } = await db.query<StoredPerson>(
    `SELECT ${STORED_PERSON} FROM person WHERE alumnus_id = ANY($1::text[])`,
    [[...ids]],
  );
  return new Map(rows.map((row) => [row.alumnus_id, stateOf(row)]));
}

/** Folds the facts into their people, in place, and writes those that changed. */
async function projectPeople(
  db: ClientBase,
  people: Map<string, PersonState>,
  facts: readonly Fact<AlumnusEvent | RosterLifecycleEvent>[],
): Promise<void> {
  const before = new Map(people);
  const changed = new Set<string>();
  for (const fact of facts) {
    const { alumnusId } = fact.data;
    const state = people.get(alumnusId) ?? unknownPerson;
    const next = foldPerson(state, fact);
    if (next === state) continue;
    people.set(alumnusId, next);
    changed.add(alumnusId);
  }
  const now = [...changed].map((id) => [id, people.get(id) ?? unknownPerson] as const);
  await writeRows(
    db,
    'person',
    PERSON,
    ['alumnus_id'],
    'replace',
    now.map(([id, state]) => personRow(id, state)),
  );
  // Nobody new has consents with an old sort key, except where consents came before the registration.
  const renamed = now.filter(([id, { sortPosition }]) => sortPosition !== before.get(id)?.sortPosition);
  if (renamed.length === 0) return;
  await db.query(
    `UPDATE consent c SET sort_key = u.sort_key, sort_position = u.sort_position
       FROM unnest($1::text[], $2::text[], $3::bigint[]) AS u(alumnus_id, sort_key, sort_position)
      WHERE c.alumnus_id = u.alumnus_id`,
    [
      renamed.map(([id]) => id),
      renamed.map(([, { sortKey }]) => sortKey),
      renamed.map(([, { sortPosition }]) => sortPosition.toString()),
    ],
  );
}

/** Adds the facts to what is kept of their streams, and writes what those come to now. */
async function projectConsents(
  db: ClientBase,
  people: ReadonlyMap<string, PersonState>,
  facts: readonly Fact<ConsentEvent>[],
): Promise<void> {
  if (facts.length === 0) return;
  const streams = new Map<string, { alumnusId: string; purposeId: string; facts: Fact<ConsentEvent>[] }>();
  for (const fact of facts) {
    const { alumnusId, purposeId } = fact.data;
    const key = `${alumnusId}.${purposeId}`;
    const stream = streams.get(key);
    if (stream) stream.facts.push(fact);
    else streams.set(key, { alumnusId, purposeId, facts: [fact] });
  }
  const { rows } = await db.query<{ alumnus_id: string; purpose_id: string; facts: string }>(
    `SELECT c.* FROM consent_fact c
       JOIN unnest($1::text[], $2::text[]) AS u(alumnus_id, purpose_id) USING (alumnus_id, purpose_id)`,
    [[...streams.values()].map((one) => one.alumnusId), [...streams.values()].map((one) => one.purposeId)],
  );
  const kept = new Map(rows.map((row) => [`${row.alumnus_id}.${row.purpose_id}`, keptFacts(row.facts)]));

  const factRows: Row<typeof CONSENT_FACT>[] = [];
  const answerRows: Row<typeof CONSENT>[] = [];
  for (const [key, { alumnusId, purposeId, facts: added }] of streams) {
    const known = kept.get(key) ?? [];
    const last = known[known.length - 1]?.position ?? -1n;
    const fresh = added.filter(({ position }) => position > last);
    if (fresh.length === 0) continue;
    const all = [...known, ...fresh];
    factRows.push({ alumnus_id: alumnusId, purpose_id: purposeId, facts: keepFacts(all) });
    answerRows.push(...consentRows(alumnusId, purposeId, all, people.get(alumnusId) ?? unknownPerson));
  }
  await writeRows(db, 'consent_fact', CONSENT_FACT, ['alumnus_id', 'purpose_id'], 'replace', factRows);
  await writeRows(db, 'consent', CONSENT, ['alumnus_id', 'purpose_id', 'channel'], 'replace', answerRows);
}
