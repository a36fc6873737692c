import { CATEGORY_OF, type Json } from '@enishi/domain';
import type { Column } from './csv';
import { disclosedAt, type BundleLevel, type DisclosureLine } from './disclosures';
import { personOf, sealedOf, type LeafEvent } from './leaf-event';

/** What of a person a bundle tells, in the order of the columns. */
export const PEOPLE_FIELDS = [
  'name',
  'kana',
  'employeeNumber',
  'email',
  'phone',
  'postalAddress',
  'lineId',
] as const;
export type PeopleField = (typeof PEOPLE_FIELDS)[number];

/** A value of a person, and what it rests on. */
export interface PersonValue {
  /**
   * `proven`: the disclosed value, held by the event's commitment. `withheld`: the ledger has one that is not shown.
   * `erased`: its key is destroyed. `masked`: the exporter's word.
   */
  readonly state: 'proven' | 'withheld' | 'erased' | 'masked';
  readonly value?: Json;
  /** Id of the event that stated it last. */
  readonly event: string;
}

/** One line of `data/people.jsonl`. A field that nobody stated, or that was removed, is not there. */
export type PersonLine = { readonly alumnus: string } & { readonly [F in PeopleField]?: PersonValue };

/**
 * Who the people of a bundle are, as known at its checkpoint: for each stream `alumnus-<id>` among the events, sorted
 * by id. A masked value is not computed here; its line has none.
 *
 * @param events in the order of the ledger
 * @param disclosures lines about these events; others are passed over
 */
export function* peopleLines(
  events: Iterable<LeafEvent>,
  disclosures: Iterable<DisclosureLine>,
  level: BundleLevel,
): Generator<PersonLine> {
  const people = new Map<string, Map<PeopleField, string>>();
  for (const event of events) {
    const person = event.stream.startsWith('alumnus-') ? personOf(event) : undefined;
    if (person !== undefined) people.set(person, statedAfter(people.get(person), event));
  }
  const known = disclosed(disclosures);
  for (const alumnus of [...people.keys()].sort()) {
    const values = [...people.get(alumnus)!].flatMap(([field, event]) => {
      const value = valueOf(field, event, known, level);
      return value.value === null ? [] : [[field, value] as const];
    });
    yield { alumnus, ...Object.fromEntries(values) } as PersonLine;
  }
}

/** Which event stated each field last, after one more event. */
function statedAfter(
  before: Map<PeopleField, string> = new Map<PeopleField, string>(),
  event: LeafEvent,
): Map<PeopleField, string> {
  if (event.type === 'RegistrationUndone') return new Map();
  // A correction counts for the fields that it says it changed, as in the fold of the person's state.
  const changed = event.data['changed'] as readonly string[] | undefined;
  const sealed = new Set(sealedOf(event).flatMap(({ commitments }) => Object.keys(commitments)));
  for (const field of PEOPLE_FIELDS) {
    if (sealed.has(field) && (changed?.includes(field) ?? true)) before.set(field, event.id);
  }
  return before;
}

/** Disclosure lines by event and category, and for a field by its name too. */
function disclosed(lines: Iterable<DisclosureLine>): ReadonlyMap<string, DisclosureLine> {
  const known = new Map<string, DisclosureLine>();
  for (const line of lines) {
    const group = `${line.event} ${line.category}`;
    known.set('field' in line ? `${group} ${line.field}` : group, line);
  }
  return known;
}

function valueOf(
  field: PeopleField,
  event: string,
  known: ReadonlyMap<string, DisclosureLine>,
  level: BundleLevel,
): PersonValue {
  const group = `${event} ${CATEGORY_OF[field]}`;
  if (known.has(group)) return { state: 'erased', event };
  const line = known.get(`${group} ${field}`);
  if (line !== undefined && !('value' in line)) return { state: 'erased', event };
  if (!disclosedAt(level, CATEGORY_OF[field], field)) return { state: 'masked', event };
  return line === undefined ? { state: 'withheld', event } : { state: 'proven', event, value: line.value };
}

/** What a cell says of a value: the value, or in brackets why there is none. */
function cellOf(value: PersonValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value.state === 'withheld' || value.state === 'erased') return `[${value.state}]`;
  return textOfValue(value.value);
}

function textOfValue(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object') return String(value);
  const { family, given } = value as { readonly family?: string; readonly given?: string };
  return [family, given].filter((part) => part !== undefined).join(' ');
}

/** Who the people are, as a table. */
export const PEOPLE_COLUMNS: readonly Column<PersonLine>[] = [
  ['本人ID alumnus', (e) => e.alumnus],
  ['氏名 name', (e) => cellOf(e.name)],
  ['フリガナ kana', (e) => cellOf(e.kana)],
  ['社員番号 employee number', (e) => cellOf(e.employeeNumber)],
  ['メール email', (e) => cellOf(e.email)],
  ['電話 phone', (e) => cellOf(e.phone)],
  ['住所 postal address', (e) => cellOf(e.postalAddress)],
  ['LINE ID line id', (e) => cellOf(e.lineId)],
];
