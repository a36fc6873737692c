import {
  changedFields,
  evolveAlumnus,
  unknownAlumnus,
  type AlumnusEvent,
  type AlumnusState,
} from './alumnus-state';
import type { InvestigatedField, PersonField } from './disclosure';
import type { Deciding, Fact, Instant, NewEvent, Refusal } from './kernel';
import { refuse } from './refusals';
import type { CorrectionOrigin, InvestigationOutcome } from './terms';
import { textsFault } from './texts';

/** What was looked at before a value is corrected (34(2)): without delay, as far as the purpose needs it. */
export interface Investigation {
  readonly origin: CorrectionOrigin;
  /** What was looked at, and what it showed. */
  readonly checked: string;
  /** The request that it answers. */
  readonly requestId?: string;
}

/** Values were looked into and stay as they are: they are right, or nobody can tell. */
export interface InvestigateValues extends Investigation {
  readonly kind: 'InvestigateValues';
  readonly fields: readonly InvestigatedField[];
  readonly outcome: InvestigationOutcome;
}

/** Somebody says that values are still right. */
export interface ConfirmValues {
  readonly kind: 'ConfirmValues';
  readonly fields: readonly PersonField[];
  readonly origin: CorrectionOrigin;
  readonly requestId?: string;
  /** When it was said; as recorded unless stated. */
  readonly effectiveAt?: Instant;
}

/** One value that was corrected. Before it stood what the event `beforeId` had stated, if any had. */
export interface CorrectedValue {
  readonly field: PersonField;
  readonly before: AlumnusState['values'][PersonField] | undefined;
  readonly beforeId?: string;
  readonly after: AlumnusState['values'][PersonField] | undefined;
}

/** A correction with what was looked into before it. Values whose key was destroyed are absent. */
export interface Correction {
  readonly fact: Fact<'AlumnusCorrected'>;
  readonly values: readonly CorrectedValue[];
  readonly investigation?: Fact<'CorrectionInvestigated'>;
}

/** What is wrong with an investigation, if anything. */
export function investigationFault(investigation: Investigation | undefined): Refusal | undefined {
  if (investigation === undefined) return undefined;
  if (investigation.checked.trim() === '') return refuse('investigation-missing');
  return textsFault({ checked: investigation.checked });
}

/** The event that comes before a correction which was looked into. */
export function foundWrong(
  alumnusId: string,
  fields: readonly InvestigatedField[],
  investigation: Investigation | undefined,
): readonly NewEvent<'CorrectionInvestigated'>[] {
  if (investigation === undefined) return [];
  const data = { alumnusId, fields, outcome: 'wrong', ...investigation } as const;
  return [{ type: 'CorrectionInvestigated', data }];
}

/** Decides {@link InvestigateValues}. */
export function investigate(
  { kind: _, ...investigated }: InvestigateValues,
  alumnusId: string,
): readonly NewEvent<'CorrectionInvestigated'>[] | Refusal {
  if (investigated.outcome === 'wrong') return refuse('correct-what-is-wrong');
  const fault = investigationFault(investigated);
  return fault ?? [{ type: 'CorrectionInvestigated', data: { alumnusId, ...investigated } }];
}

/** Decides {@link ConfirmValues}. */
export function confirm(
  { kind: _, effectiveAt, ...confirmed }: ConfirmValues,
  { values }: AlumnusState,
  alumnusId: string,
  { decidedAt }: Deciding,
): readonly NewEvent<'ValuesConfirmed'>[] | Refusal {
  if (effectiveAt !== undefined && effectiveAt > decidedAt) return refuse('effective-in-future');
  const unknown = confirmed.fields.find((field) => values[field] === undefined);
  if (unknown !== undefined) return refuse('nothing-to-confirm', { field: unknown });
  const data = { alumnusId, ...confirmed };
  return [{ type: 'ValuesConfirmed', data, ...(effectiveAt !== undefined && { effectiveAt }) }];
}

/**
 * Every correction of a person's values with what stood before: that is the value of an earlier event, which keeps it
 * sealed, and is stored nowhere twice.
 * @param facts of a stream `alumnus-<id>`, in its order
 */
export function correctionsOf(facts: readonly Fact<AlumnusEvent>[]): readonly Correction[] {
  const stated = new Map<PersonField, string>();
  const corrections: Correction[] = [];
  let state = unknownAlumnus;
  for (const fact of facts) {
    const next = evolveAlumnus(state, fact);
    if (fact.type === 'AlumnusCorrected') {
      const investigation = facts.find(
        (one): one is Fact<'CorrectionInvestigated'> =>
          one.type === 'CorrectionInvestigated' && one.commandId === fact.commandId,
      );
      const values = fact.data.changed.map((field): CorrectedValue => {
        const beforeId = stated.get(field);
        return {
          ...{ field, before: state.values[field], after: fact.data[field] ?? undefined },
          ...(beforeId !== undefined && { beforeId }),
        };
      });
      corrections.push({ fact, values, ...(investigation && { investigation }) });
    }
    for (const field of statedBy(fact, state, next)) stated.set(field, fact.id);
    state = next;
  }
  return corrections;
}

/** The fields that an event states. Of those whose key was destroyed, it tells by name only. */
function statedBy(
  fact: Fact<AlumnusEvent>,
  before: AlumnusState,
  after: AlumnusState,
): readonly PersonField[] {
  if (fact.type === 'AlumnusCorrected' || fact.type === 'AlumnusReverted') return fact.data.changed;
  return changedFields(after.values, before);
}
