import { PERSON_FIELDS, type PersonField } from './disclosure';
import { sameValue } from './equal';
import type { Fact } from './kernel';
import type { Employment, PersonKana, PersonName } from './shapes';
import type { Category } from './terms';
import { tokyoDay } from './time';

export type AlumnusEvent =
  | 'AlumnusRegistered'
  | 'EmploymentAdded'
  | 'EmploymentCorrected'
  | 'AlumnusCorrected'
  | 'CorrectionInvestigated'
  | 'ValuesConfirmed'
  | 'AlumnusReturned'
  | 'AlumnusDeathRecorded'
  | 'AlumnusReverted'
  | 'EmploymentReverted'
  | 'EmploymentRemoved'
  | 'RegistrationUndone';

/** What is known about a person beside their employments. */
export interface PersonValues {
  readonly name?: PersonName;
  readonly kana?: PersonKana;
  readonly formerNames?: readonly string[];
  readonly employeeNumber?: string;
  readonly birthDate?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly postalAddress?: string;
  readonly lineId?: string;
  readonly leavingReason?: string;
  readonly leavingDetail?: string;
}

/** New values; absent = left alone, `null` = removed. */
export type PersonPatch = { readonly [F in PersonField]?: PersonValues[F] | null };

/** Which key seals a field: after that category's erasure an import may not bring the field back. */
export const CATEGORY_OF: Readonly<Record<PersonField, Category>> = {
  name: 'programme',
  kana: 'programme',
  formerNames: 'programme',
  employeeNumber: 'programme',
  birthDate: 'programme',
  email: 'contact',
  phone: 'contact',
  postalAddress: 'contact',
  lineId: 'contact',
  leavingReason: 'leaving-detail',
  leavingDetail: 'leaving-detail',
};

/** An employment as it stands, and as a file last stated it: telling what a file changed needs both. */
export interface KnownEmployment {
  readonly current: Employment;
  readonly imported?: Employment;
  /** Event id of its last statement. */
  readonly factId: string;
}

export interface AlumnusState {
  readonly alumnusId?: string;
  readonly registeredId?: string;
  readonly values: PersonValues;
  /** The values that the last import stated. */
  readonly imported: PersonPatch;
  /** In order of recording; an erased one keeps its place as `undefined`. */
  readonly employments: readonly (KnownEmployment | undefined)[];
  /** The return that no later leaving has ended. */
  readonly returned?: Fact<'AlumnusReturned'>;
  readonly lastReturn?: Fact<'AlumnusReturned'>;
  /** Event id of the recorded death; a death in service is told by the employment: `diedIdOf`. */
  readonly diedId?: string;
  /** Event id of what undid the last registration. */
  readonly undoneId?: string;
  readonly erased: readonly Category[];
  /** Items that were erased: no file brings them back, only a person enters them again. */
  readonly erasedItems?: readonly PersonField[];
}

export const unknownAlumnus: AlumnusState = { values: {}, imported: {}, employments: [], erased: [] };

/** Folds one fact of a stream `alumnus-<id>`. Works on facts whose sealed fields are gone. */
export function evolveAlumnus(state: AlumnusState, fact: Fact<AlumnusEvent>): AlumnusState {
  const next = evolve(state, fact);
  return fact.erasedFields === undefined ? next : withoutItems(next, fact.erasedFields);
}

/** What the fact stated of them is not known any more, nor does what stood before stand again. */
function withoutItems(state: AlumnusState, erased: readonly string[]): AlumnusState {
  const isErasedItem = (field: string): boolean => erased.includes(field);
  const staying = <T extends object>(fields: T) =>
    Object.fromEntries(Object.entries(fields).filter(([field]) => !isErasedItem(field))) as T;
  const items = PERSON_FIELDS.filter((field) => isErasedItem(field));
  const erasedItems = [...new Set([...(state.erasedItems ?? []), ...items])];
  return { ...state, values: staying(state.values), imported: staying(state.imported), erasedItems };
}

function evolve(state: AlumnusState, fact: Fact<AlumnusEvent>): AlumnusState {
  const next = fact.erased.length === 0 ? state : { ...state, erased: union(state.erased, fact.erased) };
  switch (fact.type) {
    case 'AlumnusRegistered': {
      const patch = patchOf(fact.data, PERSON_FIELDS);
      const registered = { ...next, alumnusId: fact.data.alumnusId, registeredId: fact.id };
      return withEmployment(withValues(registered, patch, isImport(fact)), undefined, fact);
    }
    case 'AlumnusCorrected':
      return withValues(next, patchOf(fact.data, fact.data.changed), isImport(fact));
    // What was looked into changes nothing; a correction comes with it where it must.
    case 'CorrectionInvestigated':
    case 'ValuesConfirmed':
      return next;
    case 'EmploymentAdded':
      return withEmployment(next, undefined, fact);
    case 'EmploymentCorrected':
      return withEmployment(next, fact.data.index, fact);
    case 'AlumnusReturned':
      return { ...next, ...(!isOver(fact, next) && { returned: fact }), lastReturn: fact };
    case 'AlumnusDeathRecorded':
      return { ...next, diedId: fact.id };
    case 'AlumnusReverted': {
      const reverted = withValues(next, patchOf(fact.data, fact.data.changed), true);
      return { ...reverted, imported: withoutNulls(reverted.imported) };
    }
    case 'EmploymentReverted':
      return withRevertedEmployment(next, fact);
    case 'EmploymentRemoved': {
      const employments = [...next.employments];
      employments[fact.data.index] = undefined;
      const returned = fact.data.returnStands ? next.lastReturn : next.returned;
      return { ...next, employments, ...(returned && { returned }) };
    }
    case 'RegistrationUndone':
      return {
        ...unknownAlumnus,
        erased: next.erased,
        undoneId: fact.id,
        ...(next.erasedItems && { erasedItems: next.erasedItems }),
      };
  }
}

/** The employment that ended last: what "department", "job" and "kind of leaving" of a person mean. */
export function latestEmployment(employments: AlumnusState['employments']): KnownEmployment | undefined {
  return employments.reduce((latest, one) => {
    if (one === undefined || latest === undefined) return one ?? latest;
    const [a, b] = [latest.current, one.current];
    return b.leftOn > a.leftOn || (b.leftOn === a.leftOn && b.joinedOn >= a.joinedOn) ? one : latest;
  }, undefined);
}

/**
 * Event id of what says that the person died: the recorded death, or an employment that ended with it. Whose
 * employment is corrected had not died after all; a recorded death stays.
 */
export function diedIdOf({ diedId, employments }: AlumnusState): string | undefined {
  return diedId ?? employments.find((one) => one?.current.leavingKind === 'death')?.factId;
}

/** The fields whose new value differs from the one known. */
export function changedFields(patch: PersonPatch, state: AlumnusState): PersonField[] {
  return PERSON_FIELDS.filter((field) => {
    const value = patch[field];
    return value !== undefined && !sameValue(value ?? undefined, state.values[field]);
  });
}

/** The named fields of a patch. */
export function pick(patch: PersonPatch, fields: readonly PersonField[]): PersonPatch {
  return Object.fromEntries(fields.map((field) => [field, patch[field]]));
}

/** Whether the key that sealed a field was destroyed, for all of its category or for this item. */
export function isErased(field: PersonField, { erased, erasedItems }: AlumnusState): boolean {
  return erased.includes(CATEGORY_OF[field]) || erasedItems?.includes(field) === true;
}

/** What came by import carries its batch; a file's statement is the base of the next comparison. */
function isImport(fact: Fact<AlumnusEvent>): boolean {
  return fact.batchId !== undefined || (fact.type === 'AlumnusRegistered' && fact.data.origin === 'import');
}

function patchOf(data: PersonPatch, fields: readonly PersonField[]): PersonPatch {
  return Object.fromEntries(
    fields.filter((field) => data[field] !== undefined).map((field) => [field, data[field]]),
  );
}

function withValues(state: AlumnusState, patch: PersonPatch, byImport: boolean): AlumnusState {
  const values = withoutNulls({ ...state.values, ...patch }) as PersonValues;
  return { ...state, values, ...(byImport && { imported: { ...state.imported, ...patch } }) };
}

function withoutNulls(patch: PersonPatch): PersonPatch {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== null));
}

function withRevertedEmployment(state: AlumnusState, { id, data }: Fact<'EmploymentReverted'>): AlumnusState {
  const { index, employment, stated } = data;
  const employments = [...state.employments];
  employments[index] = employment && {
    current: employment,
    factId: id,
    ...(stated && { imported: employment }),
  };
  return { ...state, employments };
}

function withEmployment(
  state: AlumnusState,
  index: number | undefined,
  fact: Fact<'AlumnusRegistered' | 'EmploymentAdded' | 'EmploymentCorrected'>,
): AlumnusState {
  const at = index ?? state.employments.length;
  const { employment } = fact.data;
  const base = isImport(fact) ? employment : state.employments[at]?.imported;
  const known = employment && { current: employment, factId: fact.id, ...(base && { imported: base }) };
  const employments = [...state.employments];
  employments[at] = known;
  const { returned, ...rest } = state;
  const stillBack = returned !== undefined && !(index === undefined && endsReturn(employment, returned));
  return { ...rest, employments, ...(stillBack && { returned }) };
}

/**
 * Whether a return was over before it was recorded: the employment that it began is known with its end. Without
 * its day nobody can tell, and one that stands already is not ended by another.
 */
function isOver({ data }: Fact<'AlumnusReturned'>, { returned, employments }: AlumnusState): boolean {
  const { returnedOn } = data;
  if (returnedOn == null || returned !== undefined) return false;
  return employments.some((one) => one !== undefined && one.current.joinedOn >= returnedOn);
}

/** Whether an added employment is the one that the return began: it ended on or after the return. */
function endsReturn(employment: Employment | undefined, returned: Fact<'AlumnusReturned'>): boolean {
  const returnedOn = returned.data.returnedOn ?? tokyoDay(returned.effectiveAt);
  return employment !== undefined && employment.leftOn >= returnedOn;
}

function union(a: readonly Category[], b: readonly string[]): readonly Category[] {
  return [...new Set([...a, ...(b as readonly Category[])])];
}
