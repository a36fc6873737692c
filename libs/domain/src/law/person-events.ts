import type { AlumnusEvent } from '../alumnus-state';
import type { ConsentEvent } from '../consent-answer';
import { CONSENT_EVENTS } from '../contact-events';
import type { DuplicateEvent } from '../duplicate';
import type { EventType } from '../disclosure';
import type { JsonObject } from '../json';
import type { Fact, Instant } from '../kernel';
import type { LifecycleEvent } from '../lifecycle';
import { endsContact } from '../person';
import type { Category } from '../terms';
import {
  approachGround,
  consentGrounds,
  dayAfter,
  longestOfEach,
  type RetentionGround,
} from './person-grounds';

/** What may happen to a person's data. */
export type PersonEvent =
  AlumnusEvent | ConsentEvent | LifecycleEvent | DuplicateEvent | 'LetterOrdered' | 'LetterIssued';

/** An event about a person, and of which categories it holds values: that stands in clear. */
export interface HoldingEvent {
  readonly fact: Fact<PersonEvent>;
  readonly categories: readonly Category[];
}

/** Of which categories a stored event holds sealed values of an alumnus. */
export function sealedCategories(data: JsonObject): readonly Category[] {
  const groups = (data['sealed'] ?? []) as readonly { readonly category: Category }[];
  return [...new Set(groups.map(({ category }) => category))];
}

/** What of a person is held here, and why it stays. */
export interface PersonRetention {
  /** Categories of which values are sealed here under keys that no erasure has touched. */
  readonly holdings: readonly Category[];
  readonly grounds: readonly RetentionGround[];
}

/**
 * What a person's events come to, under no law and on no day: nothing that is sealed is looked at.
 * @param events of all the person's streams, in the order of the ledger
 */
export function personRetention(events: readonly HoldingEvent[]): PersonRetention {
  const facts = events.map(({ fact }) => fact);
  return {
    holdings: holdingsOf(events),
    grounds: longestOfEach([...programmeGrounds(facts), ...holdGrounds(facts), ...requestGrounds(events)]),
  };
}

function holdingsOf(events: readonly HoldingEvent[]): readonly Category[] {
  const held = new Set<Category>();
  for (const { fact, categories } of events) {
    for (const category of categories) held.add(category);
    if (fact.type === 'ErasureStarted' || fact.type === 'ErasureCompleted') {
      for (const category of fact.data.categories) held.delete(category);
    }
  }
  return [...held].toSorted();
}

/** Consents, questions without an answer, and who has been asked nothing yet. */
function programmeGrounds(facts: readonly Fact<PersonEvent>[]): readonly RetentionGround[] {
  const ended = endOfAll(facts);
  const consents = facts.filter(isConsentFact);
  const purposeIds = [...new Set(consents.map(({ data }) => data.purposeId))];
  const grounds = purposeIds.flatMap((purposeId) =>
    consentGrounds(
      purposeId,
      consents.filter(({ data }) => data.purposeId === purposeId),
      ended,
    ),
  );
  const known = registrationOf(facts);
  const died = facts.some(({ type }) => type === 'AlumnusDeathRecorded');
  const since = ended?.at ?? '';
  const asked = consents.some(({ effectiveAt }) => effectiveAt >= since);
  return known === undefined || died || asked ? grounds : [...grounds, approachGround(known)];
}

/**
 * A return, a death and the erasure of what a contact needs end every consent given before: nobody can be contacted by it
 * any more. One that is given afterwards counts from then on.
 */
function endOfAll(
  facts: readonly Fact<PersonEvent>[],
): { readonly at: Instant; readonly eventId: string } | undefined {
  const last = facts.findLast(
    (fact) =>
      fact.type === 'AlumnusReturned' ||
      fact.type === 'AlumnusDeathRecorded' ||
      (fact.type === 'ErasureStarted' && endsContact(fact.data.categories)),
  );
  return last && { at: last.effectiveAt, eventId: last.id };
}

/** Since when the company knows somebody who has left: the last registration or employment that stands. */
function registrationOf(
  facts: readonly Fact<PersonEvent>[],
): { readonly at: Instant; readonly eventId: string } | undefined {
  const registering: readonly EventType[] = ['AlumnusRegistered', 'EmploymentAdded', 'RegistrationUndone'];
  const last = facts.findLast(({ type }) => registering.includes(type));
  return last === undefined || last.type === 'RegistrationUndone'
    ? undefined
    : { at: last.decidedAt, eventId: last.id };
}

/** What is kept about holds, and about documents held elsewhere: as long as those stand, and then as a record. */
function holdGrounds(facts: readonly Fact<PersonEvent>[]): readonly RetentionGround[] {
  const standing = new Map<string, RetentionGround>();
  for (const fact of facts) {
    switch (fact.type) {
      case 'HoldPlaced':
        standing.set(fact.data.holdId, recordOf('hold', fact));
        break;
      case 'HoldReleased':
        standing.set(fact.data.holdId, { ...recordOf('hold', fact), first: dayAfter(fact.effectiveAt) });
        break;
      case 'HeldElsewhereRecorded':
        standing.set(fact.data.entryId, recordOf('held-elsewhere', fact));
        break;
      case 'DisposalConfirmed':
        standing.set(fact.data.entryId, {
          ...recordOf('held-elsewhere', fact),
          first: dayAfter(fact.effectiveAt),
        });
        break;
      default:
    }
  }
  return [...standing.values()];
}

/** What else was written down for the person: why something was corrected or linked. */
function requestGrounds(events: readonly HoldingEvent[]): readonly RetentionGround[] {
  return events.flatMap(({ fact, categories }) =>
    categories.includes('request-record')
      ? [{ ...recordOf('request', fact), first: dayAfter(fact.effectiveAt) }]
      : [],
  );
}

function recordOf(ground: RetentionGround['ground'], { id }: Pick<Fact, 'id'>): RetentionGround {
  return { ground, document: 'request-record', eventIds: [id] };
}

function isConsentFact(fact: Fact<PersonEvent>): fact is Fact<(typeof CONSENT_EVENTS)[number]> {
  return (CONSENT_EVENTS as readonly string[]).includes(fact.type);
}
