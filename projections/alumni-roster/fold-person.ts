import {
  CATEGORY_OF,
  endsContact,
  evolveAlumnus,
  type AlumnusEvent,
  type Category,
  type Fact,
  type LIFECYCLE_EVENTS,
  type PersonField,
} from '@enishi/domain';
import { sortKeyOf, type PersonState } from './person-row';

export type RosterLifecycleEvent = (typeof LIFECYCLE_EVENTS)[number];

/**
 * Folds one fact of a person's streams. What it comes to never depends on whether a key still existed when
 * the fact was read, once the erasure's own events are folded too.
 */
export function foldPerson(state: PersonState, fact: Fact<AlumnusEvent | RosterLifecycleEvent>): PersonState {
  if (fact.position <= state.position) return state;
  const next = { ...state, position: fact.position };
  switch (fact.type) {
    case 'HoldPlaced': {
      const { alumnusId, holdId, stopsContact, reviewAt } = fact.data;
      const hold = { alumnusId, holdId, stopsContact, reviewAt, placedId: fact.id };
      return { ...next, holds: [...state.holds, hold] };
    }
    case 'HoldReleased':
      return { ...next, holds: state.holds.filter(({ holdId }) => holdId !== fact.data.holdId) };
    case 'ErasureStarted':
      return startErasure(next, fact);
    case 'ErasureCompleted':
      return completeErasure(next, fact);
    default:
      return withSortKey({
        ...next,
        alumnus: evolveAlumnus(state.alumnus, readable(fact, state.openErasures)),
      });
  }
}

function startErasure(state: PersonState, fact: Fact<'ErasureStarted'>): PersonState {
  const { categories } = fact.data;
  const ends = endsContact(categories);
  return without(
    {
      ...state,
      ...(ends && { erasureStartedId: state.erasureStartedId ?? fact.id }),
      openErasures: [...new Set([...state.openErasures, ...categories])].toSorted(),
    },
    categories,
  );
}

function completeErasure(state: PersonState, fact: Fact<'ErasureCompleted'>): PersonState {
  const { categories } = fact.data;
  const ends = endsContact(categories);
  return without(
    {
      ...state,
      ...(ends && { erasureCompletedId: state.erasureCompletedId ?? fact.id }),
      openErasures: state.openErasures.filter((category) => !categories.includes(category)),
    },
    categories,
  );
}

/** The state as it would be had these categories never opened. */
function without(state: PersonState, categories: readonly Category[]): PersonState {
  const { alumnus } = state;
  const values = Object.fromEntries(
    Object.entries(alumnus.values).filter(
      ([field]) => !categories.includes(CATEGORY_OF[field as PersonField]),
    ),
  );
  if (!categories.includes('programme')) return { ...state, alumnus: { ...alumnus, values } };
  const { lastReturn } = alumnus;
  const bare = lastReturn && { ...lastReturn, data: { alumnusId: lastReturn.data.alumnusId } };
  return withSortKey(
    {
      ...state,
      alumnus: {
        ...alumnus,
        values,
        employments: alumnus.employments.map(() => undefined),
        // Without its days nobody can tell that a later leaving ended the return.
        ...(bare && { lastReturn: bare, returned: bare }),
      },
    },
    true,
  );
}

/** Whoever holds a copy of the sort key needs to know how old it is, also when an erasure found none. */
function withSortKey(state: PersonState, always = false): PersonState {
  const sortKey = sortKeyOf(state.alumnus);
  if (sortKey === state.sortKey && !always) return state;
  return { ...state, sortKey, sortPosition: state.position };
}

/** A fact without the values whose erasure is under way: whether they still open is a matter of moments. */
function readable(fact: Fact<AlumnusEvent>, openErasures: readonly Category[]): Fact<AlumnusEvent> {
  const isReadable = ([field]: [string, unknown]): boolean => {
    const category =
      CATEGORY_OF[field as PersonField] ?? (IN_PROGRAMME.includes(field) ? 'programme' : undefined);
    return category === undefined || !openErasures.includes(category);
  };
  const data = Object.fromEntries(Object.entries(fact.data).filter(isReadable));
  return { ...fact, data, erased: [] } as unknown as Fact<AlumnusEvent>;
}

const IN_PROGRAMME = ['employment', 'returnedOn'];
