import { Inject, Injectable } from '@nestjs/common';
import {
  fieldsFor,
  inScope,
  maskedEmail,
  maskedEmployeeNumber,
  maskedPhone,
  maskedText,
  type Principal,
  type RevealableField,
} from '@enishi/access';
import { alumnusStream } from '@enishi/application';
import {
  alumnusDecider,
  diedIdOf,
  fold,
  latestEmployment,
  type AlumnusEvent,
  type AlumnusState,
  type Category,
  type Fact,
  type PersonField,
} from '@enishi/domain';
import { coversEverybody } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import type { MASKED_FIELDS } from './alumni.dto';

export type MaskedField = (typeof MASKED_FIELDS)[number];

/** Which grant field lets a masked value be revealed. */
const NEEDED: Readonly<Record<MaskedField, RevealableField>> = {
  email: 'contact',
  phone: 'contact',
  postalAddress: 'contact',
  lineId: 'contact',
  employeeNumber: 'employee-number',
  leavingReason: 'leaving-detail',
  leavingDetail: 'leaving-detail',
};

const MASKS: Readonly<Record<MaskedField, (value: string) => string>> = {
  email: maskedEmail,
  phone: maskedPhone,
  postalAddress: maskedText,
  lineId: maskedText,
  employeeNumber: maskedEmployeeNumber,
  leavingReason: maskedText,
  leavingDetail: maskedText,
};

export interface PersonRead {
  readonly state: AlumnusState;
  readonly revision: number;
}

/** Reads one person from the ledger itself, so that the answer is never behind. */
@Injectable()
export class PersonReader {
  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  /**
   * @param categories what to open; leaving details only where they are asked for
   * @throws ProblemError 404 for nobody, or for somebody outside the caller's scope
   */
  async read(principal: Principal, alumnusId: string, categories: readonly Category[]): Promise<PersonRead> {
    const { store, vault } = this.infrastructure;
    const records = await store.readStream(alumnusStream(alumnusId));
    // Scope is by department, which is sealed under `programme`.
    const opened = [...new Set<Category>(['programme', ...categories])];
    const facts = (await vault.openFacts(records, { categories: opened })) as readonly Fact<AlumnusEvent>[];
    const state = fold(alumnusDecider, facts);
    if (state.registeredId === undefined || !inScope(principal, scopeFactsOf(state))) throw unknownAlumnus();
    return { state, revision: facts.at(-1)!.revision };
  }

  /**
   * Whether the caller may write about this person. Who may everywhere is not made to wait for a reading; whether
   * there is such a person is then for the rules to say.
   * @throws ProblemError 404 for somebody outside the caller's scope
   */
  async mayWrite(principal: Principal, alumnusId: string): Promise<void> {
    if (!coversEverybody(principal)) await this.read(principal, alumnusId, []);
  }

  /**
   * Whether the caller may read records of this person, or of everybody where none is named.
   * @throws ProblemError 404 outside the caller's scope; 403 where the question covers more than it
   */
  async mayReadRecords(principal: Principal, alumnusId: string | undefined): Promise<void> {
    if (coversEverybody(principal)) return;
    if (alumnusId === undefined) {
      throw new ProblemError(403, 'scope-missing', 'Your grant covers some people only: name one of them');
    }
    await this.read(principal, alumnusId, []);
  }

  /** What of this person's masked fields the caller's grant covers. */
  revealable(principal: Principal, { state }: PersonRead): readonly RevealableField[] {
    return fieldsFor(principal, scopeFactsOf(state));
  }

  /** Values of fields the caller may reveal of this person. @throws ProblemError 403 */
  reveal(principal: Principal, person: PersonRead, fields: readonly MaskedField[]): Record<string, unknown> {
    const allowed = this.revealable(principal, person);
    const refused = fields.filter((field) => !allowed.includes(NEEDED[field]));
    if (refused.length > 0) {
      throw new ProblemError(403, 'field-not-granted', 'Your grant does not cover these fields', {
        fields: refused,
      });
    }
    return Object.fromEntries(fields.map((field) => [field, person.state.values[field] ?? null]));
  }
}

/** A value as it is shown to who has no reason to see it; `null` where there is none. */
export function maskedValue(field: PersonField, value: unknown): unknown {
  const mask = (MASKS as Partial<Readonly<Record<PersonField, (text: string) => string>>>)[field];
  return mask !== undefined && typeof value === 'string' ? mask(value) : (value ?? null);
}

/** A person with masked contact values. */
export function maskedPerson(alumnusId: string, { state, revision }: PersonRead): Record<string, unknown> {
  const { values, employments, erased } = state;
  const masked = (Object.keys(MASKS) as MaskedField[]).filter((field) => values[field] !== undefined);
  return {
    alumnusId,
    name: values.name ?? null,
    kana: values.kana ?? null,
    formerNames: values.formerNames ?? [],
    birthDate: values.birthDate ?? null,
    ...Object.fromEntries(masked.map((field) => [field, MASKS[field](values[field] ?? '')])),
    masked,
    employments: employments.map((one) => one?.current ?? null),
    state: {
      died: diedIdOf(state) !== undefined,
      returned: state.returned !== undefined,
      returnedOn: state.returned?.data.returnedOn ?? null,
      erased,
    },
    revision,
  };
}

function scopeFactsOf(state: AlumnusState): { department?: string } {
  const department = latestEmployment(state.employments)?.current.department;
  return department === undefined ? {} : { department };
}

function unknownAlumnus(): ProblemError {
  return new ProblemError(
    404,
    'alumnus-unknown',
    'There is no such alumnus, or your grant does not cover them',
  );
}
