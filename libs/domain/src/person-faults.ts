import type { AlumnusState, PersonPatch } from './alumnus-state';
import { PERSON_FIELDS } from './disclosure';
import type { Day, Refusal } from './kernel';
import { refuse } from './refusals';
import type { Employment } from './shapes';
import { textsFault } from './texts';
import { isDayOfLife } from './time';

/** What is wrong with the values about a person: names the field, never the value. */
export function personFault(
  patch: PersonPatch,
  state: Pick<AlumnusState, 'employments'>,
  employment?: Employment,
): Refusal | undefined {
  const blank = PERSON_FIELDS.find((field) => isBlank(patch[field]));
  if (blank !== undefined)
    return blank === 'name' ? refuse('name-required') : refuse('value-blank', { field: blank });
  const unwanted = textsFault(patch);
  if (unwanted !== undefined) return unwanted;
  const { birthDate } = patch;
  if (birthDate == null) return undefined;
  if (!isDayOfLife(birthDate)) return refuse('day-invalid', { field: 'birthDate' });
  const joined = [...state.employments.map((one) => one?.current.joinedOn), employment?.joinedOn];
  return joined.some((day) => day !== undefined && day < birthDate)
    ? refuse('born-after-joining')
    : undefined;
}

/** What is wrong with an employment. Who leaves later is still employed, and no alumnus yet. */
export function employmentFault(employment: Employment, today: Day): Refusal | undefined {
  const { department, job, joinedOn, leftOn } = employment;
  if (!isDayOfLife(joinedOn)) return refuse('day-invalid', { field: 'joinedOn' });
  if (!isDayOfLife(leftOn)) return refuse('day-invalid', { field: 'leftOn' });
  if (leftOn < joinedOn) return refuse('left-before-joined');
  if (leftOn > today) return refuse('leaves-later');
  return textsFault({ department, job });
}

/** What is wrong with the day on which something happened to a person. */
export function dayFault(field: string, day: Day | undefined, today: Day): Refusal | undefined {
  if (day === undefined) return undefined;
  if (!isDayOfLife(day)) return refuse('day-invalid', { field });
  return day > today ? refuse('day-in-future', { field }) : undefined;
}

/** A return begins after a leaving and during no employment that is known; nothing is known of erased ones. */
export function returnFault(
  returnedOn: Day | undefined,
  employments: AlumnusState['employments'],
): Refusal | undefined {
  const known = employments.flatMap((one) => (one === undefined ? [] : [one.current]));
  if (returnedOn === undefined || known.length === 0) return undefined;
  const isDuring = known.some(({ joinedOn, leftOn }) => joinedOn < returnedOn && returnedOn <= leftOn);
  const isAfterLeaving = known.some(({ leftOn }) => leftOn < returnedOn);
  return isDuring || !isAfterLeaving ? refuse('returned-before-leaving') : undefined;
}

function isBlank(value: PersonPatch[keyof PersonPatch]): boolean {
  if (value == null) return false;
  if (typeof value === 'string') return value.trim() === '';
  if (!('family' in value || 'given' in value)) return false;
  const { family, given } = value as { family?: string; given?: string };
  return (family ?? given ?? '').trim() === '';
}
