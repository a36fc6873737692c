import {
  changedFields,
  diedIdOf,
  evolveAlumnus,
  pick,
  unknownAlumnus,
  type AlumnusEvent,
  type AlumnusState,
  type PersonPatch,
} from './alumnus-state';
import { decideTakeOver, type TakeOverRow } from './alumnus-import';
import { sameValue } from './equal';
import {
  confirm,
  foundWrong,
  investigate,
  investigationFault,
  type ConfirmValues,
  type InvestigateValues,
  type Investigation,
} from './correction';
import { dayFault, employmentFault, personFault, returnFault } from './person-faults';
import type { Day, Deciding, Decider, NewEvent, Refusal } from './kernel';
import { refuse } from './refusals';
import type { Employment, PersonName } from './shapes';
import { textsFault } from './texts';
import { tokyoDay } from './time';

/** Takes a leaver into the ledger, by hand. Imports use {@link TakeOverRow}. */
export interface RegisterAlumnus {
  readonly kind: 'RegisterAlumnus';
  readonly alumnusId: string;
  readonly person: PersonPatch & { readonly name: PersonName };
  readonly employment: Employment;
}

/** Corrects what is known about a person, on their request (34) or because HR found it wrong. */
export interface CorrectAlumnus {
  readonly kind: 'CorrectAlumnus';
  readonly patch: PersonPatch;
  readonly reason?: string;
  readonly investigation?: Investigation;
}

/** Adds an employment by hand, e.g. when somebody who returned leaves again. */
export interface AddEmployment {
  readonly kind: 'AddEmployment';
  readonly employment: Employment;
}

/** Corrects an employment by hand; `index` counts employments in order of recording, from 0. */
export interface CorrectEmployment {
  readonly kind: 'CorrectEmployment';
  readonly index: number;
  readonly employment: Employment;
  readonly investigation?: Investigation;
}

/**
 * The person is employed again and leaves the roster at once. Consents given before are asked anew when they
 * leave again. The day itself stays sealed: the event takes effect when it is recorded.
 */
export interface RecordReturn {
  readonly kind: 'RecordReturn';
  readonly returnedOn?: Day;
}

/** The person has died: no contact at once. The day itself stays sealed. */
export interface RecordDeath {
  readonly kind: 'RecordDeath';
  readonly diedOn?: Day;
}

export type AlumnusCommand =
  | RegisterAlumnus
  | TakeOverRow
  | CorrectAlumnus
  | InvestigateValues
  | ConfirmValues
  | AddEmployment
  | CorrectEmployment
  | RecordReturn
  | RecordDeath;

type Decision = readonly NewEvent<AlumnusEvent>[] | Refusal;

/** Rules of a stream `alumnus-<id>`. */
export const alumnusDecider: Decider<AlumnusCommand, AlumnusState, AlumnusEvent> = {
  initial: unknownAlumnus,

  decide(command, state, context) {
    const today = tokyoDay(context.decidedAt);
    if (command.kind === 'RegisterAlumnus') return register(command, state, today);
    if (command.kind === 'TakeOverRow') return decideTakeOver(command, state, today);
    const { alumnusId } = state;
    if (alumnusId === undefined) return refuse('alumnus-unknown');
    switch (command.kind) {
      case 'CorrectAlumnus':
        return correct(command, state, alumnusId, today);
      case 'InvestigateValues':
        return investigate(command, alumnusId);
      case 'ConfirmValues':
        return confirm(command, state, alumnusId, context);
      case 'AddEmployment':
        return addEmployment(command, state, alumnusId, today);
      case 'CorrectEmployment':
        return correctEmployment(command, state, alumnusId, today);
      case 'RecordReturn':
        return recordReturn(command, state, alumnusId, context);
      case 'RecordDeath':
        return recordDeath(command, state, alumnusId, context);
    }
  },

  evolve: evolveAlumnus,
};

function register(
  { alumnusId, person, employment }: RegisterAlumnus,
  state: AlumnusState,
  today: Day,
): Decision {
  if (state.registeredId !== undefined) {
    const same =
      changedFields(person, state).length === 0 && sameValue(employment, state.employments[0]?.current);
    return same ? [] : refuse('already-registered');
  }
  const fault = personFault(person, state, employment) ?? employmentFault(employment, today);
  if (fault !== undefined) return fault;
  return [{ type: 'AlumnusRegistered', data: { alumnusId, origin: 'hand', ...person, employment } }];
}

function correct(
  { patch, reason, investigation }: CorrectAlumnus,
  state: AlumnusState,
  alumnusId: string,
  today: Day,
): Decision {
  if (patch.name === null) return refuse('name-required');
  const fault =
    personFault(patch, state) ?? (patch.birthDate && patch.birthDate > today ? 'future' : undefined);
  if (fault === 'future') return refuse('day-in-future', { field: 'birthDate' });
  const unwanted = fault ?? textsFault({ reason }) ?? investigationFault(investigation);
  if (unwanted !== undefined) return unwanted;
  const changed = changedFields(patch, state);
  if (changed.length === 0) return [];
  return [
    ...foundWrong(alumnusId, changed, investigation),
    {
      type: 'AlumnusCorrected',
      data: { alumnusId, ...pick(patch, changed), changed, ...(reason !== undefined && { reason }) },
    },
  ];
}

function addEmployment(
  { employment }: AddEmployment,
  state: AlumnusState,
  alumnusId: string,
  today: Day,
): Decision {
  const fault = employmentFault(employment, today);
  if (fault !== undefined) return fault;
  const known = state.employments.find((one) => one?.current.joinedOn === employment.joinedOn);
  if (known !== undefined)
    return sameValue(known.current, employment) ? [] : refuse('employment-already-known');
  return [{ type: 'EmploymentAdded', data: { alumnusId, employment } }];
}

function correctEmployment(
  { index, employment, investigation }: CorrectEmployment,
  state: AlumnusState,
  alumnusId: string,
  today: Day,
): Decision {
  const known = state.employments[index];
  if (known === undefined) return refuse('employment-unknown', { index });
  const fault = employmentFault(employment, today) ?? investigationFault(investigation);
  if (fault !== undefined) return fault;
  if (sameValue(known.current, employment)) return [];
  const other = state.employments.some(
    (one, at) => at !== index && one?.current.joinedOn === employment.joinedOn,
  );
  if (other) return refuse('employment-already-known');
  return [
    ...foundWrong(alumnusId, ['employments'], investigation),
    { type: 'EmploymentCorrected', data: { alumnusId, index, employment } },
  ];
}

function recordReturn(
  { returnedOn }: RecordReturn,
  state: AlumnusState,
  alumnusId: string,
  { decidedAt }: Deciding,
): Decision {
  if (diedIdOf(state) !== undefined) return refuse('alumnus-died');
  if (state.returned !== undefined) {
    const same = returnedOn === undefined || state.returned.data.returnedOn === returnedOn;
    return same ? [] : refuse('already-returned');
  }
  // A past return, over when it was recorded, is recorded once too.
  if (returnedOn !== undefined && state.lastReturn?.data.returnedOn === returnedOn) return [];
  const fault =
    dayFault('returnedOn', returnedOn, tokyoDay(decidedAt)) ?? returnFault(returnedOn, state.employments);
  if (fault !== undefined) return fault;
  return [{ type: 'AlumnusReturned', data: { alumnusId, ...(returnedOn !== undefined && { returnedOn }) } }];
}

function recordDeath(
  { diedOn }: RecordDeath,
  state: AlumnusState,
  alumnusId: string,
  { decidedAt }: Deciding,
): Decision {
  if (state.diedId !== undefined) return [];
  const fault = dayFault('diedOn', diedOn, tokyoDay(decidedAt));
  if (fault !== undefined) return fault;
  return [{ type: 'AlumnusDeathRecorded', data: { alumnusId, ...(diedOn !== undefined && { diedOn }) } }];
}
