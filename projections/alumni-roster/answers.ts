import {
  approachable,
  contactability,
  programmeSchedule,
  purposeSchedule,
  type ConsentAnswer,
  type Contactability,
  type ContactFacts,
  type ContactQuestion,
  type PersonFacts,
} from '@enishi/domain';
import type { ClientBase, Pool } from 'pg';
import { parkedScopes, ViewParked } from '../engine';
import { readProgrammeFacts, readPurposeFacts } from '../schedules/schedule-facts';
import { answerAt } from './consent-row';
import type { Rules } from './contact-sql';
import { personFactsOf, stateOf, STORED_PERSON, type PersonState, type StoredPerson } from './person-row';

export const SCHEMA = 'alumni_roster';

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
): ContactFacts & { readonly state: PersonState | undefined } {
  const state = row && stateOf(row);
  const person: PersonFacts | undefined = state && personFactsOf(state);
  const consent: ConsentAnswer = row ? answerAt(row, question.at) : { state: 'none', factIds: [] };
  return {
    ...ground.rules,
    person,
    ...(state?.alumnus.undoneId !== undefined && { undoneId: state.alumnus.undoneId }),
    consent,
    holds: state?.holds ?? [],
    parked: row !== undefined && ground.parked.has(row.alumnus_id),
    state,
  };
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
