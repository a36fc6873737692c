import {
  diedIdOf,
  personOf,
  rosterColumns,
  unknownAlumnus,
  type AlumnusState,
  type Category,
  type Fact,
  type Hold,
  type Instant,
  type KnownEmployment,
  type PersonFacts,
  type PersonValues,
} from '@enishi/domain';
import type { Row } from '../engine';
import { matchKeys } from './match-keys';
import { foldText, gramsOf } from './search-text';
import { NO_NAME, type PERSON } from './tables';

/** What the roster folds of one person. */
export interface PersonState {
  readonly alumnus: AlumnusState;
  readonly holds: readonly Hold[];
  readonly erasureStartedId?: string;
  readonly erasureCompletedId?: string;
  /** Categories whose erasure has started and not completed. */
  readonly openErasures: readonly Category[];
  readonly position: bigint;
  readonly sortKey: string;
  readonly sortPosition: bigint;
}

/** A row of `person` as far as the state and the answers are made from it. */
export interface StoredPerson {
  readonly alumnus_id: string;
  readonly position: string;
  readonly registered_id: string | null;
  readonly undone_id: string | null;
  readonly death_recorded_id: string | null;
  readonly returned_id: string | null;
  readonly last_return_id: string | null;
  readonly consents_from: Date | null;
  readonly erasure_started_id: string | null;
  readonly erasure_completed_id: string | null;
  readonly open_erasures: readonly Category[];
  readonly holds: string;
  readonly employment_count: number;
  readonly programme: string | null;
  readonly sort_key: string;
  readonly sort_position: string;
  readonly contact: string | null;
}

/** The columns of {@link StoredPerson}. */
export const STORED_PERSON =
  'alumnus_id, position, registered_id, undone_id, death_recorded_id, returned_id, last_return_id, consents_from, ' +
  'erasure_started_id, erasure_completed_id, open_erasures, holds, employment_count, programme, sort_key, sort_position, contact';

const CONTACT_FIELDS = ['email', 'phone', 'postalAddress', 'lineId'] as const;

/** Opened values of the category `programme`, as JSON. */
interface ProgrammeValues extends Pick<PersonValues, 'name' | 'kana' | 'formerNames' | 'birthDate'> {
  readonly employments: readonly (KnownEmployment | null)[];
  readonly returnedOn?: string;
}

export const unknownPerson: PersonState = {
  alumnus: unknownAlumnus,
  holds: [],
  openErasures: [],
  position: -1n,
  sortKey: NO_NAME,
  sortPosition: -1n,
};

/** The state that a row holds. */
export function stateOf(row: StoredPerson): PersonState {
  const programme = row.programme === null ? undefined : (JSON.parse(row.programme) as ProgrammeValues);
  const contact = row.contact === null ? {} : (JSON.parse(row.contact) as PersonValues);
  const {
    employments = Array<null>(row.employment_count).fill(null),
    returnedOn,
    ...names
  } = programme ?? {};
  const lastReturn = row.last_return_id === null ? undefined : returnFact(row, returnedOn);
  return {
    alumnus: {
      ...unknownAlumnus,
      ...(row.registered_id !== null && { alumnusId: row.alumnus_id, registeredId: row.registered_id }),
      ...(row.undone_id !== null && { undoneId: row.undone_id }),
      values: { ...names, ...contact },
      employments: employments.map((one) => one ?? undefined),
      ...(lastReturn && { lastReturn }),
      ...(lastReturn && row.returned_id !== null && { returned: lastReturn }),
      ...(row.death_recorded_id !== null && { diedId: row.death_recorded_id }),
    },
    holds: JSON.parse(row.holds) as readonly Hold[],
    ...(row.erasure_started_id !== null && { erasureStartedId: row.erasure_started_id }),
    ...(row.erasure_completed_id !== null && { erasureCompletedId: row.erasure_completed_id }),
    openErasures: row.open_erasures,
    position: BigInt(row.position),
    sortKey: row.sort_key,
    sortPosition: BigInt(row.sort_position),
  };
}

/** The rules ask of a return only which event it is, when it took effect and its day. */
function returnFact(row: StoredPerson, returnedOn: string | undefined): Fact<'AlumnusReturned'> {
  const effectiveAt: Instant | undefined = row.consents_from?.toISOString();
  const data = { alumnusId: row.alumnus_id, ...(returnedOn !== undefined && { returnedOn }) };
  return { type: 'AlumnusReturned', id: row.last_return_id, effectiveAt, data } as Fact<'AlumnusReturned'>;
}

/** What the rules know about a person, from their row. */
export function personFactsOf({
  alumnus,
  erasureStartedId,
  erasureCompletedId,
}: PersonState): PersonFacts | undefined {
  const person = personOf(alumnus);
  return (
    person && {
      ...person,
      ...(erasureStartedId !== undefined && { erasureStartedId }),
      ...(erasureCompletedId !== undefined && { erasureCompletedId }),
    }
  );
}

/**
 * Characters of a sort key at most. An index row may have 2,704 bytes: with four bytes per character, a department
 * of 200 characters and two ids, these fit, whatever folding makes of the names (one character may become 18).
 */
const SORT_KEY_LENGTH = 200;

/** The order of the list: by reading, then by name, folded as the search is; beyond its length, by id. */
export function sortKeyOf({ values: { name, kana } }: AlumnusState): string {
  const reading = foldText(`${kana?.family ?? ''}${kana?.given ?? ''}`);
  const written = foldText(`${name?.family ?? ''}${name?.given ?? ''}`);
  return (
    Array.from(reading + written)
      .slice(0, SORT_KEY_LENGTH)
      .join('') || NO_NAME
  );
}

/** The row that holds a state. */
export function personRow(alumnusId: string, state: PersonState): Row<typeof PERSON> {
  const { alumnus, holds } = state;
  const { name, kana, formerNames, birthDate } = alumnus.values;
  const { returnedOn } = alumnus.lastReturn?.data ?? {};
  const employments = alumnus.employments.map((one) =>
    one ? { current: one.current, factId: one.factId } : null,
  );
  const names = [name, kana].map((one) => `${one?.family ?? ''}${one?.given ?? ''}`);
  const programme: ProgrammeValues = {
    ...(name && { name }),
    ...(kana && { kana }),
    ...(formerNames && { formerNames }),
    ...(birthDate !== undefined && { birthDate }),
    ...(returnedOn != null && { returnedOn }),
    employments,
  };
  const contact = CONTACT_FIELDS.flatMap((field) =>
    alumnus.values[field] === undefined ? [] : [[field, alumnus.values[field]] as const],
  );
  const knowsSomething = Object.keys(programme).length > 1 || employments.some((one) => one !== null);
  const person = personOf(alumnus);
  return {
    alumnus_id: alumnusId,
    position: state.position,
    registered_id: alumnus.registeredId,
    undone_id: alumnus.undoneId,
    died_id: diedIdOf(alumnus),
    death_recorded_id: alumnus.diedId,
    returned_id: alumnus.returned?.id,
    last_return_id: alumnus.lastReturn?.id,
    consents_from: alumnus.lastReturn?.effectiveAt,
    erasure_started_id: state.erasureStartedId,
    erasure_completed_id: state.erasureCompletedId,
    open_erasures: state.openErasures,
    holds: JSON.stringify(holds),
    contact_held: holds.some(({ stopsContact }) => stopsContact),
    employment_count: employments.length,
    programme: knowsSomething ? JSON.stringify(programme) : null,
    sort_key: state.sortKey,
    sort_position: state.sortPosition,
    grams: gramsOf([...names, ...(formerNames ?? [])]),
    ...(person ? rosterColumns(person) : NO_COLUMNS),
    joined_on: person?.latest?.joinedOn,
    contact: contact.length === 0 ? null : JSON.stringify(Object.fromEntries(contact)),
    channels: person?.channels ?? [],
    ...matchKeys(alumnus.values),
  };
}

const NO_COLUMNS = {
  service_months: null,
  left_on: null,
  leaving_kind: null,
  employment_kind: null,
  department: null,
  job: null,
};
