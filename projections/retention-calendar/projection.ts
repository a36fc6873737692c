import {
  ALUMNUS_EVENTS,
  CONSENT_EVENTS,
  LIFECYCLE_EVENTS,
  personRetention,
  standingHolds,
  type Fact,
  type HoldingEvent,
  type LifecycleEvent,
} from '@enishi/domain';
import type { ClientBase } from 'pg';
import { scopeByIds, writeRows, type Entry, type Projection } from '../engine';
import { PURPOSE_EVENTS, writeScheduleFacts } from '../schedules/schedule-facts';
import { ENTRY_EVENTS, projectEntries, withoutSealed } from './entries';
import { holdingEvent, keepEvents, keptEvents } from './kept-event';
import { projectSystems, SYSTEM_EVENTS } from './systems';
import { GROUND, HOLD, HOLDING, indexes, RETAINED_PERSON, tables } from './tables';

/** What else is written down for a person, sealed for the desk. */
const RECORD_EVENTS = [
  'HoldReviewed',
  'CorrectionInvestigated',
  'AlumniLinked',
  'AlumniUnlinked',
  'DuplicateDismissed',
  'LetterOrdered',
  'LetterIssued',
] as const;
const PERSON_EVENTS: readonly string[] = [
  ...ALUMNUS_EVENTS,
  ...CONSENT_EVENTS,
  ...LIFECYCLE_EVENTS,
  ...RECORD_EVENTS,
  ...ENTRY_EVENTS,
];

/** What is held of whom, why it stays, what is held elsewhere: what falls due is asked of it under the law of a day. */
export const retentionCalendar: Projection = {
  name: 'retention-calendar',
  version: 2,
  tables,
  indexes,
  handles: [
    ...PURPOSE_EVENTS,
    ...SYSTEM_EVENTS,
    ...ALUMNUS_EVENTS,
    ...CONSENT_EVENTS,
    ...LIFECYCLE_EVENTS,
    ...RECORD_EVENTS,
    ...ENTRY_EVENTS,
  ],
  opens: ['request-record', 'staff'],
  subjects: [
    {
      table: 'held_elsewhere',
      column: 'alumnus_id',
      position: 'position',
      erase: {
        'request-record': {
          set: 'first_on = NULL, anchors = NULL, label = NULL, owner = NULL, disposed_on = NULL',
        },
      },
    },
  ],
  scopeOf: scopeByIds,
  async project(entries, db) {
    const facts = entries.map(({ fact }) => fact);
    await writeScheduleFacts(db, facts);
    await projectSystems(db, facts);
    const ofPeople = entries.filter(({ fact }) => PERSON_EVENTS.includes(fact.type));
    if (ofPeople.length > 0) await projectPeople(db, ofPeople);
  },
};

interface Person {
  readonly alumnusId: string;
  readonly events: readonly HoldingEvent[];
}

/** Adds the events to what is kept of their people, and writes anew what those come to. */
async function projectPeople(db: ClientBase, entries: readonly Entry[]): Promise<void> {
  const ofPerson = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { alumnusId } = entry.fact.data as { readonly alumnusId: string };
    const known = ofPerson.get(alumnusId);
    if (known) known.push(entry);
    else ofPerson.set(alumnusId, [entry]);
  }
  const ids = [...ofPerson.keys()];
  const { rows } = await db.query<{ alumnus_id: string; position: string; events: string }>(
    'SELECT alumnus_id, position, events FROM retained_person WHERE alumnus_id = ANY($1::text[])',
    [ids],
  );
  const known = new Map(rows.map((row) => [row.alumnus_id, row]));
  const stated: Fact[] = [];
  const people = ids.flatMap((alumnusId): Person[] => {
    const row = known.get(alumnusId);
    const last = BigInt(row?.position ?? -1);
    const added = ofPerson.get(alumnusId)!.filter(({ fact }) => fact.position > last);
    if (added.length === 0) return [];
    const before = row === undefined ? [] : keptEvents(row.events);
    const events = [...before, ...added.map(holdingEvent)];
    stated.push(...added.map(({ fact }) => (isBeingErased(events, fact) ? withoutSealed(fact) : fact)));
    return [{ alumnusId, events }];
  });
  await projectEntries(db, stated);
  await writePeople(db, people);
}

/** Whether the record of the person was being erased then: whether its values still open is a matter of moments. */
function isBeingErased(events: readonly HoldingEvent[], { position }: Fact): boolean {
  const last = events.findLast(
    ({ fact }) =>
      (fact.type === 'ErasureStarted' || fact.type === 'ErasureCompleted') &&
      fact.data.categories.includes('request-record') &&
      fact.position < position,
  );
  return last?.fact.type === 'ErasureStarted';
}

async function writePeople(db: ClientBase, people: readonly Person[]): Promise<void> {
  if (people.length === 0) return;
  const ids = people.map(({ alumnusId }) => alumnusId);
  for (const table of ['holding', 'ground', 'hold']) {
    await db.query(`DELETE FROM ${table} WHERE alumnus_id = ANY($1::text[])`, [ids]);
  }
  const retained = people.map(({ alumnusId, events }) => ({ alumnusId, events, ...personRetention(events) }));
  await writeRows(
    db,
    'retained_person',
    RETAINED_PERSON,
    ['alumnus_id'],
    'replace',
    people.map(({ alumnusId, events }) => ({
      alumnus_id: alumnusId,
      position: events.at(-1)!.fact.position,
      events: keepEvents(events),
    })),
  );
  await writeRows(
    db,
    'holding',
    HOLDING,
    ['alumnus_id', 'category'],
    'new',
    retained.flatMap(({ alumnusId, holdings }) =>
      holdings.map((category) => ({ alumnus_id: alumnusId, category })),
    ),
  );
  await writeRows(
    db,
    'ground',
    GROUND,
    ['alumnus_id', 'ground', 'document', 'purpose_id'],
    'new',
    retained.flatMap(({ alumnusId, grounds }) =>
      grounds.map(({ ground, document, purposeId = '', first, eventIds }) => ({
        ...{ alumnus_id: alumnusId, ground, document, purpose_id: purposeId },
        ...{ first_on: first, event_ids: eventIds },
      })),
    ),
  );
  await writeRows(
    db,
    'hold',
    HOLD,
    ['alumnus_id', 'hold_id'],
    'new',
    people.flatMap(({ alumnusId, events }) =>
      holdsOf(events).map(({ holdId, stopsContact, reviewAt, placedId }) => ({
        ...{ alumnus_id: alumnusId, hold_id: holdId, stops_contact: stopsContact },
        ...{ review_at: reviewAt, placed_id: placedId },
      })),
    ),
  );
}

function holdsOf(events: readonly HoldingEvent[]) {
  return standingHolds(events.map(({ fact }) => fact) as readonly Fact<LifecycleEvent>[]);
}
