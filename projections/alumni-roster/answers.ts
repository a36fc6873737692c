import {
  approachable,
  contactability,
  NEVER_ASKED,
  programmeSchedule,
  purposeSchedule,
  type ConsentAnswer,
  type Contactability,
  type ContactFacts,
  type ContactQuestion,
  type OwnContactFacts,
  type PersonFacts,
} from '@enishi/domain';
import type { ClientBase, Pool } from 'pg';
import { parkedScopes, ViewParked } from '../engine';
import { readProgrammeFacts, readPurposeFacts } from '../schedules/schedule-facts';
import { answerAt } from './consent-row';
import type { Rules } from './contact-sql';
import { personFactsOf, stateOf, STORED_PERSON, type PersonState, type StoredPerson } from './person-row';
import { SCHEMA } from './tables';

/** The rules of a question and who cannot be answered for. */
export interface Ground {
  readonly rules: Rules;
  readonly parked: ReadonlySet<string>;
}

/**
 * What a question stands on: schedules of its purpose and of all programmes, and the people parked.
 * @throws ViewParked when its purpose, a programme it depends on, or everything is parked.
 */
export async function groundOf(
  db: ClientBase | Pool,
  { purposeId, programmeId }: Pick<ContactQuestion, 'purposeId' | 'programmeId'>,
): Promise<Ground> {
  const [purposes, programmes, parked] = await Promise.all([
    readPurposeFacts(db, SCHEMA, purposeId),
    readProgrammeFacts(db, SCHEMA),
    parkedScopes(db, 'alumni-roster'),
  ]);
  const people = new Set<string>();
  for (const { scope } of parked) {
    if (scope.kind === 'alumnus') people.add(scope.id);
    // Without a programme named, each of them may be the one that admits.
    else if (scope.kind === 'programme' && programmeId !== undefined && scope.id !== programmeId) continue;
    else if (scope.kind === 'purpose' && scope.id !== purposeId) continue;
    else throw new ViewParked('alumni-roster', scope);
  }
  const schedules = [...programmes.values()].flatMap((facts) => programmeSchedule(facts) ?? []);
  return {
    rules: { purpose: purposeSchedule(purposes.get(purposeId) ?? []), programmes: schedules },
    parked: people,
  };
}

/** A person's row, with the consent row of the question's purpose and channel where there is one. */
export interface AnswerRow extends StoredPerson {
  readonly answer: string | null;
  readonly after_answer: string | null;
  readonly expires_at: Date | null;
}

/** The columns of {@link AnswerRow} over `person p` and `consent c`. */
export const ANSWER_COLUMNS = `${STORED_PERSON.split(', ')
  .map((column) => `p.${column}`)
  .join(', ')}, c.answer, c.after_answer, c.expires_at`;

/** What the pure functions are asked about a row. */
export function contactFacts(
  question: ContactQuestion,
  ground: Ground,
  row: AnswerRow | undefined,
  linked: readonly LinkedRow[] = [],
): ContactFacts & { readonly state: PersonState | undefined } {
  const state = row && stateOf(row);
  const records = linked.map(({ other, link_ids, row: record }) => ({
    alumnusId: other,
    linkIds: link_ids,
    facts: ownFacts(question, ground, other, record, record && stateOf(record)),
  }));
  return { ...ownFacts(question, ground, row?.alumnus_id, row, state), linked: records, state };
}

function ownFacts(
  question: ContactQuestion,
  ground: Ground,
  alumnusId: string | undefined,
  row: AnswerRow | undefined,
  state: PersonState | undefined,
): OwnContactFacts {
  const person: PersonFacts | undefined = state && personFactsOf(state);
  const consent: ConsentAnswer = row ? answerAt(row, question.at) : NEVER_ASKED;
  return {
    ...ground.rules,
    person,
    ...(state?.alumnus.undoneId !== undefined && { undoneId: state.alumnus.undoneId }),
    consent,
    holds: state?.holds ?? [],
    parked: alumnusId !== undefined && ground.parked.has(alumnusId),
  };
}

/** Another record of a person, with its row where there is one. */
export interface LinkedRow {
  readonly other: string;
  readonly link_ids: readonly string[];
  readonly row: AnswerRow | undefined;
}

/** The linked records of these people, by person; nobody who has none. */
export async function linkedRows(
  pool: Pool,
  { purposeId, channel }: Pick<ContactQuestion, 'purposeId' | 'channel'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly LinkedRow[]>> {
  const { rows } = await pool.query<
    AnswerRow & { self: string; other: string; link_ids: string[]; alumnus_id: string | null }
  >(
    `SELECT s.alumnus_id AS self, g.alumnus_id AS other, g.link_ids, ${ANSWER_COLUMNS}
       FROM ${SCHEMA}.linked_record s
       JOIN ${SCHEMA}.linked_record g ON g.group_id = s.group_id AND g.alumnus_id <> s.alumnus_id
       LEFT JOIN ${SCHEMA}.person p ON p.alumnus_id = g.alumnus_id
       LEFT JOIN ${SCHEMA}.consent c ON c.alumnus_id = g.alumnus_id AND c.purpose_id = $2 AND c.channel = $3
      WHERE s.alumnus_id = ANY($1::text[]) ORDER BY g.alumnus_id`,
    [ids, purposeId, channel],
  );
  const of = new Map<string, LinkedRow[]>();
  for (const { self, other, link_ids, ...row } of rows) {
    const linked = { other, link_ids, row: row.alumnus_id === null ? undefined : row };
    of.set(self, [...(of.get(self) ?? []), linked]);
  }
  return of;
}

/** May we contact them, and if not, may we ask? */
export interface WhyAnswer {
  readonly contact: Contactability;
  readonly approach: Contactability;
  readonly consent: ConsentAnswer;
}

/** Both pure answers for a row. */
export function whyOf(question: ContactQuestion, facts: ContactFacts): WhyAnswer {
  return {
    contact: contactability(question, facts),
    approach: approachable(question, facts),
    consent: facts.consent,
  };
}
