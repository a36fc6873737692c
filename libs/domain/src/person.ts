import {
  diedIdOf,
  evolveAlumnus,
  latestEmployment,
  unknownAlumnus,
  type AlumnusEvent,
  type AlumnusState,
} from './alumnus-state';
import type { ConsentSubject } from './consent-commands';
import type { Day, Fact, Instant } from './kernel';
import { stopsContact, type Hold, type LifecycleEvent } from './lifecycle';
import type { Employment, PersonKana, PersonName } from './shapes';
import type { Category, ContactChannel, EmploymentKind, LeavingKind } from './terms';
import { addDays, serviceMonths } from './time';

/** What the rules ask about a person, and the ids of the events that say so. Plain JSON. */
export interface PersonFacts {
  readonly alumnusId: string;
  readonly registeredId: string;
  readonly name?: PersonName;
  readonly kana?: PersonKana;
  /** Channels for which an address is known. */
  readonly channels: readonly ContactChannel[];
  readonly employments: readonly Employment[];
  /** Completed months over all employments, overlaps counted once; absent where nothing is known. */
  readonly serviceMonths?: number;
  /** The employment that ended last. */
  readonly latest?: Employment;
  /** Event ids. */
  readonly returnedId?: string;
  readonly diedId?: string;
  readonly erasureStartedId?: string;
  readonly erasureCompletedId?: string;
  /** Consents before this instant no longer carry use: the person returned, and left again or not. */
  readonly consentsFrom?: Instant;
  /** Event id of that return. */
  readonly consentsFromId?: string;
}

/** The flat columns by which the roster's SQL judges eligibility; `null` = not known. */
export interface RosterColumns {
  readonly service_months: number | null;
  readonly left_on: Day | null;
  readonly leaving_kind: LeavingKind | null;
  readonly employment_kind: EmploymentKind | null;
  readonly department: string | null;
  readonly job: string | null;
}

/** Erasing one of these ends every contact; erasing the reason for leaving does not. */
const NEEDED_FOR_CONTACT: readonly Category[] = ['programme', 'contact'];

/** Whether the erasure of these ends every contact. */
export function endsContact(categories: readonly Category[]): boolean {
  return categories.some((category) => NEEDED_FOR_CONTACT.includes(category));
}

/**
 * What is known about a person, from the facts of `alumnus-<id>` and of `lifecycle-<id>`, each in ledger order;
 * `undefined` for somebody who was not registered. The category `programme` must be opened, also where only
 * the flags are of interest: whether a return has ended is told by the day of leaving.
 *
 * @param at only facts effective by then; absent: all of them
 */
export function personFacts(
  alumnus: readonly Fact<AlumnusEvent>[],
  lifecycle: readonly Fact<LifecycleEvent>[] = [],
  at?: Instant,
): PersonFacts | undefined {
  const isEffective = (fact: Pick<Fact, 'effectiveAt'>) => at === undefined || fact.effectiveAt <= at;
  const person = personOf(alumnus.filter(isEffective).reduce(evolveAlumnus, unknownAlumnus));
  if (person === undefined) return undefined;
  const effective = lifecycle.filter(isEffective);
  const started = erasure(effective, 'ErasureStarted');
  const completed = erasure(effective, 'ErasureCompleted');
  return {
    ...person,
    ...(started !== undefined && { erasureStartedId: started }),
    ...(completed !== undefined && { erasureCompletedId: completed }),
  };
}

/** {@link PersonFacts} of a folded alumnus stream, without what the lifecycle stream adds. */
export function personOf(state: AlumnusState): PersonFacts | undefined {
  const { alumnusId, registeredId, values, lastReturn } = state;
  if (alumnusId === undefined || registeredId === undefined) return undefined;
  const employments = state.employments.flatMap((one) => (one === undefined ? [] : [one.current]));
  const latest = latestEmployment(state.employments)?.current;
  const diedId = diedIdOf(state);
  return {
    alumnusId,
    registeredId,
    ...(values.name && { name: values.name }),
    ...(values.kana && { kana: values.kana }),
    channels: channelsOf(state),
    employments,
    ...(latest && { latest, serviceMonths: totalServiceMonths(employments) }),
    ...(state.returned && { returnedId: state.returned.id }),
    ...(diedId !== undefined && { diedId }),
    ...(lastReturn && { consentsFrom: lastReturn.effectiveAt, consentsFromId: lastReturn.id }),
  };
}

/** The columns that the roster's table stores, so that SQL and {@link PersonFacts} judge the same. */
export function rosterColumns(person: PersonFacts): RosterColumns {
  const { latest } = person;
  return {
    service_months: person.serviceMonths ?? null,
    left_on: latest?.leftOn ?? null,
    leaving_kind: latest?.leavingKind ?? null,
    employment_kind: latest?.kind ?? null,
    department: latest?.department ?? null,
    job: latest?.job ?? null,
  };
}

/** What consent rules need to know about the person. @param holds those on the person's data, released or not */
export function consentSubject(person: PersonFacts | undefined, holds: readonly Hold[] = []): ConsentSubject {
  return {
    registered: person !== undefined,
    died: person?.diedId !== undefined,
    returned: person?.returnedId !== undefined,
    erasing: person?.erasureStartedId !== undefined || person?.erasureCompletedId !== undefined,
    held: holds.some(stopsContact),
    ...(person?.consentsFrom !== undefined && { consentsFrom: person.consentsFrom }),
  };
}

/**
 * Completed months over all employments. Periods that overlap or follow on each other count as one, so that a
 * renewed contract loses no month at the seam.
 */
export function totalServiceMonths(employments: readonly Pick<Employment, 'joinedOn' | 'leftOn'>[]): number {
  let months = 0;
  let open: { from: Day; to: Day } | undefined;
  for (const { joinedOn, leftOn } of employments.toSorted((a, b) => (a.joinedOn < b.joinedOn ? -1 : 1))) {
    if (open !== undefined && joinedOn <= addDays(open.to, 1)) {
      open = { from: open.from, to: leftOn > open.to ? leftOn : open.to };
      continue;
    }
    months += open === undefined ? 0 : serviceMonths(open.from, open.to);
    open = { from: joinedOn, to: leftOn };
  }
  return months + (open === undefined ? 0 : serviceMonths(open.from, open.to));
}

/** A text message reaches a mobile number only; of foreign numbers it cannot be told from the number. */
const JAPANESE_LANDLINE = /^(?:\+81|0)(?![6789]0)/;

function channelsOf({ values }: AlumnusState): readonly ContactChannel[] {
  const { email, phone, postalAddress, lineId } = values;
  const channels: (ContactChannel | false)[] = [
    email !== undefined && 'email',
    phone !== undefined && 'phone',
    phone !== undefined && !JAPANESE_LANDLINE.test(phone) && 'sms',
    postalAddress !== undefined && 'post',
    lineId !== undefined && 'line',
  ];
  return channels.filter((channel) => channel !== false);
}

function erasure(
  facts: readonly Fact<LifecycleEvent>[],
  type: 'ErasureStarted' | 'ErasureCompleted',
): string | undefined {
  return facts.find((fact) => fact.type === type && endsContact(fact.data.categories))?.id;
}
