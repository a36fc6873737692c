import {
  changedFields,
  isErased,
  latestEmployment,
  pick,
  type AlumnusEvent,
  type AlumnusState,
  type PersonPatch,
} from './alumnus-state';
import type { PersonField } from './disclosure';
import { sameValue } from './equal';
import type { Day, NewEvent, Refusal } from './kernel';
import { employmentFault, personFault } from './person-faults';
import { refuse } from './refusals';
import type { Employment, PersonName } from './shapes';

/** An employment as a row states it: absent = not mapped or not usable, left alone; `null` = removed. */
export type EmploymentRow = {
  readonly joinedOn: Day;
  readonly leftOn: Day;
} & {
  readonly [K in 'department' | 'job' | 'kind' | 'leavingKind']?: Employment[K] | null;
};

/** One mapped, normalised row of a leavers' file. Fields that the file does not map are absent. */
export interface TakeOverRow {
  readonly kind: 'TakeOverRow';
  readonly alumnusId: string;
  readonly person: PersonPatch & { readonly name: PersonName };
  readonly employment: EmploymentRow;
}

type Decision = readonly NewEvent<AlumnusEvent>[] | Refusal;

/**
 * What a row changes. A new person is registered; another joining date is another employment; the same one
 * with other values corrects it; other values of the person correct these. The same row again changes nothing.
 *
 * A value counts as changed when it differs from what the last import stated, not only from what is known:
 * otherwise an old file would undo what the person corrected since. Values of the person are taken only from
 * the row of the latest employment, so that two rows of one person do not correct each other for ever; other
 * rows may fill in what nobody stated yet.
 */
export function decideTakeOver(row: TakeOverRow, state: AlumnusState, today: Day): Decision {
  const { alumnusId } = row;
  if (state.registeredId === undefined) return register(row, state, today);
  if (state.erased.includes('programme')) return refuse('erased');
  const employment = takeOverEmployment(row.employment, state, alumnusId);
  const stated = employment?.data.employment ?? row.employment;
  const fault = employmentFault(withoutNulls(stated), today) ?? personFault(row.person, state);
  if (fault !== undefined) return fault;
  const changed = changedByFile(row, state);
  return [
    ...(employment === undefined ? [] : [employment]),
    ...(changed.length === 0 ? [] : [corrected(alumnusId, row.person, changed)]),
  ];
}

function register({ alumnusId, person, employment }: TakeOverRow, state: AlumnusState, today: Day): Decision {
  const plain = withoutNulls(employment);
  const fault = employmentFault(plain, today) ?? personFault(person, state, plain);
  if (fault !== undefined) return fault;
  const values = Object.fromEntries(
    Object.entries(person).filter(([, value]) => value !== null),
  ) as PersonPatch;
  return [
    {
      type: 'AlumnusRegistered',
      data: { alumnusId, origin: 'import', ...values, name: person.name, employment: plain },
    },
  ];
}

function corrected(
  alumnusId: string,
  person: PersonPatch,
  changed: readonly PersonField[],
): NewEvent<'AlumnusCorrected'> {
  return { type: 'AlumnusCorrected', data: { alumnusId, ...pick(person, changed), changed } };
}

type EmploymentChange = NewEvent<'EmploymentAdded'> | NewEvent<'EmploymentCorrected'>;

function takeOverEmployment(
  row: EmploymentRow,
  state: AlumnusState,
  alumnusId: string,
): EmploymentChange | undefined {
  const index = indexOf(row, state);
  const known = index < 0 ? undefined : state.employments[index];
  if (known === undefined) {
    return { type: 'EmploymentAdded', data: { alumnusId, employment: withoutNulls(row) } };
  }
  const base: Partial<Employment> = known.imported ?? known.current;
  const changes = Object.entries(row).filter(
    ([key, value]) => value !== undefined && !sameValue(value ?? undefined, base[key as keyof Employment]),
  );
  const employment = withoutNulls({ ...known.current, ...Object.fromEntries(changes) } as EmploymentRow);
  if (sameValue(employment, known.current)) return undefined;
  return { type: 'EmploymentCorrected', data: { alumnusId, index, employment } };
}

/** By joining date: as it stands, or as the last file stated it where somebody has corrected it since. */
function indexOf({ joinedOn }: EmploymentRow, { employments }: AlumnusState): number {
  const standing = employments.findIndex((one) => one?.current.joinedOn === joinedOn);
  return standing >= 0 ? standing : employments.findIndex((one) => one?.imported?.joinedOn === joinedOn);
}

function changedByFile({ person, employment }: TakeOverRow, state: AlumnusState): readonly PersonField[] {
  const latest = latestEmployment(state.employments);
  const isLatest =
    latest === undefined || employment.joinedOn >= (latest.imported ?? latest.current).joinedOn;
  return changedFields(person, state).filter((field) => {
    if (isErased(field, state)) return false;
    const base = state.imported[field];
    const neverStated = base === undefined && state.values[field] === undefined;
    return neverStated || (isLatest && !sameValue(person[field], base));
  });
}

function withoutNulls(row: EmploymentRow | Employment): Employment {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value != null)) as Employment;
}
