import { evolveAlumnus, unknownAlumnus, type AlumnusEvent, type AlumnusState } from './alumnus-state';
import type { PersonField } from './disclosure';
import { sameValue } from './equal';
import type { Decider, Fact, NewEvent } from './kernel';
import { refuse, type RefusalCode } from './refusals';

/** Takes back what one import brought about one person. */
export interface UndoImport {
  readonly kind: 'UndoImport';
  readonly importId: string;
  /** Their other streams hold something: a question, an answer, a hold. */
  readonly recordedElsewhere: boolean;
}

/** Why something that the import brought stays. */
export type LeftCode = Extract<RefusalCode, 'known-from-elsewhere' | 'recorded-since' | 'changed-since'>;

/** What stays, and why. Never a value. */
export interface Left {
  readonly code: LeftCode;
  /** Absent: the person as a whole. */
  readonly field?: PersonField | 'employment';
}

/** What undoing an import comes to for one person. */
export interface UndoPlan {
  /** `hidden`: nobody but the import knew them. `reverted`: what it had changed stands as before. */
  readonly outcome: 'hidden' | 'reverted' | 'untouched';
  /** The import was undone for this person before. */
  readonly done: boolean;
  readonly events: readonly NewEvent<AlumnusEvent>[];
  readonly left: readonly Left[];
}

type Facts = readonly Fact<AlumnusEvent>[];

/** Rules of undoing, over the facts of a stream `alumnus-<id>`. Undoing twice changes nothing. */
export const undoDecider: Decider<UndoImport, Facts, AlumnusEvent> = {
  initial: [],
  decide({ importId, recordedElsewhere }, facts) {
    const { events, left } = undoPlan(facts, importId, recordedElsewhere);
    const [kept] = left;
    return events.length === 0 && kept !== undefined ? refuse(kept.code) : events;
  },
  evolve: (facts, fact) => [...facts, fact],
};

/**
 * Somebody whom no other import, nobody's hand and none of their other streams knows is as if they had never been
 * registered. Of everybody else the person's data become what the same facts come to without those of the import:
 * what somebody has changed since is among these facts, and so stays.
 *
 * @param facts of a stream `alumnus-<id>`, every category opened, in ledger order
 * @param recordedElsewhere their other streams hold something that was recorded about them
 */
export function undoPlan(facts: Facts, importId: string, recordedElsewhere: boolean): UndoPlan {
  const nothing = { outcome: 'untouched', done: false, events: [], left: [] } as const;
  const before = facts.find((fact) => 'importId' in fact.data && fact.data.importId === importId);
  // What was taken back and registered again since belongs to a later import.
  const current = facts.slice(facts.findLastIndex(({ type }) => type === 'RegistrationUndone') + 1);
  const counting = withoutUndone(current);
  const brought = counting.filter(({ batchId }) => batchId === importId);
  if (before !== undefined) return { ...nothing, outcome: outcomeOf(facts, before), done: true };
  if (brought.length === 0) return nothing;
  const registration = brought.find(({ type }) => type === 'AlumnusRegistered');
  if (registration === undefined) return reverting(current, counting, brought, importId);
  if (brought.length < counting.length) return { ...nothing, left: [{ code: 'known-from-elsewhere' }] };
  if (recordedElsewhere) return { ...nothing, left: [{ code: 'recorded-since' }] };
  const { alumnusId } = registration.data;
  const undone = { type: 'RegistrationUndone', data: { alumnusId, importId } } as const;
  return { ...nothing, outcome: 'hidden', events: [undone] };
}

/** What came of undoing the import before. */
function outcomeOf(facts: Facts, { type, commandId }: Fact<AlumnusEvent>): UndoPlan['outcome'] {
  if (type === 'RegistrationUndone') return 'hidden';
  const changes = facts.filter((fact) => fact.commandId === commandId && !isMarker(fact));
  return changes.length > 0 ? 'reverted' : 'untouched';
}

/** Says that the import was undone, and changes nothing. */
function isMarker({ type, data }: Pick<Fact<AlumnusEvent>, 'type' | 'data'>): boolean {
  return type === 'AlumnusReverted' && 'changed' in data && data.changed.length === 0;
}

/** The facts but for those of imports that were undone, and for what undid them. */
function withoutUndone(facts: Facts): Facts {
  const undoing = facts.filter(({ data }) => 'importId' in data);
  const imports = new Set(undoing.map(({ data }) => ('importId' in data ? data.importId : undefined)));
  const commands = new Set(undoing.map(({ commandId }) => commandId));
  return facts.flatMap((fact) => {
    if (commands.has(fact.commandId)) return [];
    return fact.batchId !== undefined && imports.has(fact.batchId) ? placeOf(fact) : [fact];
  });
}

/** An employment keeps its place, because others are named by theirs; of everything else nothing stays. */
function placeOf(fact: Fact<AlumnusEvent>): Facts {
  if (fact.type !== 'EmploymentAdded') return [];
  return [{ ...fact, data: { alumnusId: fact.data.alumnusId }, erased: [] }];
}

function reverting(current: Facts, counting: Facts, brought: Facts, importId: string): UndoPlan {
  const now = current.reduce(evolveAlumnus, unknownAlumnus);
  const target = counting
    .flatMap((fact) => (brought.includes(fact) ? placeOf(fact) : [fact]))
    .reduce(evolveAlumnus, unknownAlumnus);
  const { alumnusId } = now;
  const left = leftOf(counting, brought);
  if (alumnusId === undefined) return { outcome: 'untouched', done: false, events: [], left };
  const fields = [...new Set(brought.flatMap(changedIn))];
  const about = { alumnusId, importId };
  const events = [...revertedPerson(about, fields, now, target), ...revertedEmployments(about, now, target)];
  const isTold = events.some(({ data }) => 'importId' in data);
  // Also where others have changed everything since: the import counts no more when theirs is undone too.
  const marker = { type: 'AlumnusReverted', data: { ...about, changed: [] } } as const;
  const outcome = events.length === 0 ? 'untouched' : 'reverted';
  return { outcome, done: false, events: isTold ? events : [marker, ...events], left };
}

interface About {
  readonly alumnusId: string;
  readonly importId: string;
}

/** First what the imports before had stated, the base of the next comparison; then what hands had made of it. */
function revertedPerson(
  about: About,
  fields: readonly PersonField[],
  now: AlumnusState,
  target: AlumnusState,
): readonly NewEvent<AlumnusEvent>[] {
  const stated = (state: AlumnusState, field: PersonField): unknown => state.imported[field] ?? null;
  const based = fields.filter((field) => !sameValue(stated(now, field), stated(target, field)));
  const standing = (field: PersonField): unknown =>
    based.includes(field) ? stated(target, field) : (now.values[field] ?? null);
  const corrected = fields.filter((field) => !sameValue(standing(field), target.values[field] ?? null));
  const patch = (of: readonly PersonField[], value: (field: PersonField) => unknown) => ({
    ...Object.fromEntries(of.map((field) => [field, value(field)])),
    changed: of,
  });
  const reverted = { ...about, ...patch(based, (field) => stated(target, field)) };
  const { alumnusId } = about;
  const byHand = { alumnusId, ...patch(corrected, (field) => target.values[field] ?? null) };
  return [
    ...(based.length > 0 ? [{ type: 'AlumnusReverted', data: reverted } as const] : []),
    ...(corrected.length > 0 ? [{ type: 'AlumnusCorrected', data: byHand } as const] : []),
  ];
}

function revertedEmployments(
  about: About,
  now: AlumnusState,
  target: AlumnusState,
): readonly NewEvent<AlumnusEvent>[] {
  return now.employments.flatMap((known, index): NewEvent<AlumnusEvent>[] => {
    const wanted = target.employments[index];
    if (known === undefined) return [];
    if (wanted === undefined) {
      const returnStands = target.returned !== undefined;
      return [{ type: 'EmploymentRemoved', data: { ...about, index, returnStands } }];
    }
    const { current, imported } = wanted;
    const isBased = sameValue(known.imported, imported);
    const employment = imported ?? current;
    const stated = imported !== undefined;
    const standing = isBased ? known.current : employment;
    const { alumnusId } = about;
    return [
      ...(isBased
        ? []
        : [{ type: 'EmploymentReverted', data: { ...about, index, employment, stated } } as const]),
      ...(sameValue(standing, current)
        ? []
        : [{ type: 'EmploymentCorrected', data: { alumnusId, index, employment: current } } as const]),
    ];
  });
}

/** What others have stated anew since the import did. */
function leftOf(counting: Facts, brought: Facts): readonly Left[] {
  const others = (after: Fact<AlumnusEvent>): Facts =>
    counting.filter((fact) => fact.revision > after.revision && !brought.includes(fact));
  const fields = brought.flatMap((fact) =>
    changedIn(fact).filter((field) => others(fact).some((other) => changedIn(other).includes(field))),
  );
  const places = placesOf(counting);
  const isCorrected = (fact: Fact<AlumnusEvent>): boolean =>
    places.has(fact) && others(fact).some((other) => places.get(other) === places.get(fact));
  const left: Left[] = [...new Set(fields)].map((field) => ({ code: 'changed-since', field }));
  return brought.some(isCorrected) ? [...left, { code: 'changed-since', field: 'employment' }] : left;
}

function changedIn(fact: Fact<AlumnusEvent>): readonly PersonField[] {
  return fact.type === 'AlumnusCorrected' ? fact.data.changed : [];
}

/** Which employment a fact is about, by its place. */
function placesOf(facts: Facts): ReadonlyMap<Fact<AlumnusEvent>, number> {
  const places = new Map<Fact<AlumnusEvent>, number>();
  let next = 0;
  for (const fact of facts) {
    if (fact.type === 'EmploymentAdded' || fact.type === 'AlumnusRegistered') places.set(fact, next++);
    else if (fact.type === 'EmploymentCorrected') places.set(fact, fact.data.index);
  }
  return places;
}
