import {
  declarationOf,
  type ALUMNUS_EVENTS,
  type Category,
  type CONSENT_EVENTS,
  type Fact,
  type Instant,
  type LIFECYCLE_EVENTS,
} from '@enishi/domain';
import type { Row } from '../engine';
import type { PERSON_FACT } from './tables';

/** A fact of a person's streams that bears on whether they may be contacted. */
export type PersonFact = Fact<
  (typeof ALUMNUS_EVENTS)[number] | (typeof LIFECYCLE_EVENTS)[number] | (typeof CONSENT_EVENTS)[number]
>;

/** What the view opens. */
export const OPENED = ['programme', 'contact'] as const satisfies readonly Category[];
type Opened = (typeof OPENED)[number];

/** No rule asks for these, and no list shows them. */
const LEFT_OUT: readonly string[] = ['employeeNumber', 'birthDate'];

/** A row of `person_fact` as far as the fact is made from it. */
export interface StoredFact {
  readonly position: string;
  readonly type: string;
  readonly fact: string;
  readonly programme: string | null;
  readonly contact: string | null;
}

/** @param erasing categories whose erasure was under way: their values go as they come */
export function keptRow(fact: PersonFact, erasing: readonly Category[]): Row<typeof PERSON_FACT> {
  const { type, id, stream, revision, effectiveAt, decidedAt, erasedFields } = fact;
  const parts: Record<'clear' | Opened, Record<string, unknown>> = { clear: {}, programme: {}, contact: {} };
  for (const [field, value] of Object.entries(fact.data)) {
    const part = LEFT_OUT.includes(field) ? undefined : partOf(type, field);
    if (part !== undefined) parts[part][field] = value;
  }
  const opened = (category: Opened) =>
    erasing.includes(category) || Object.keys(parts[category]).length === 0
      ? undefined
      : JSON.stringify(parts[category]);
  return {
    alumnus_id: fact.data.alumnusId,
    position: fact.position,
    purpose_id: 'purposeId' in fact.data ? fact.data.purposeId : undefined,
    type,
    effective_at: effectiveAt,
    fact: JSON.stringify({ id, stream, revision, effectiveAt, decidedAt, erasedFields, data: parts.clear }),
    programme: opened('programme'),
    contact: opened('contact'),
  };
}

/** The fact that {@link keptRow} kept; what was erased since is absent. */
export function keptFact({ position, type, fact, programme, contact }: StoredFact): PersonFact {
  const { data, ...rest } = JSON.parse(fact) as {
    readonly data: object;
    readonly effectiveAt: Instant;
  };
  const opened = [programme, contact].map((text) => (text === null ? {} : (JSON.parse(text) as object)));
  return {
    ...rest,
    type,
    position: BigInt(position),
    data: Object.assign({}, data, ...opened) as object,
    erased: [],
  } as unknown as PersonFact;
}

/** Where a field stands; values sealed for something else are not kept. */
function partOf(type: PersonFact['type'], field: string): 'clear' | Opened | undefined {
  const declared = declarationOf(type).fields[field];
  if (declared === undefined) return undefined;
  if (declared.kind !== 'sealed') return 'clear';
  return OPENED.find((category) => declared.categories.includes(category));
}
