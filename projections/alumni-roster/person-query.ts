import type {
  ConsentAnswer,
  ContactChannel,
  ContactQuestion,
  Hold,
  Instant,
  PersonFacts,
  ReasonCode,
} from '@enishi/domain';
import type { Pool } from 'pg';
import { Conditions, refuseParked } from '../engine';
import {
  ANSWER_COLUMNS,
  contactFacts,
  groundOf,
  linkedRows,
  whyOf,
  type AnswerRow,
  type WhyAnswer,
} from './answers';
import { answerAt } from './consent-row';
import { askedSql, consentedSql, contactSql } from './contact-sql';
import { personFactsOf, stateOf, STORED_PERSON, type StoredPerson } from './person-row';
import type { RosterRow } from './query';
import { SCHEMA } from './tables';

/** One person as HR sees them. */
export interface PersonView {
  readonly alumnusId: string;
  readonly person: PersonFacts;
  readonly values: RosterRow['values'];
  readonly holds: readonly Hold[];
  readonly consents: readonly {
    readonly purposeId: string;
    readonly channel: ContactChannel;
    readonly answer: ConsentAnswer;
  }[];
}

/**
 * A person with what their answers come to; `undefined` for somebody who is not registered.
 * @throws ViewParked when events about them could not be applied.
 */
export async function readPerson(
  pool: Pool,
  alumnusId: string,
  at: Instant,
): Promise<PersonView | undefined> {
  await refuseParked(pool, 'alumni-roster', { kind: 'alumnus', id: alumnusId });
  const [people, consents] = await Promise.all([
    pool.query<StoredPerson>(`SELECT ${STORED_PERSON} FROM ${SCHEMA}.person WHERE alumnus_id = $1`, [
      alumnusId,
    ]),
    pool.query<{
      purpose_id: string;
      channel: ContactChannel;
      answer: string;
      after_answer: string | null;
      expires_at: Date | null;
    }>(
      `SELECT purpose_id, channel, answer, after_answer, expires_at FROM ${SCHEMA}.consent
        WHERE alumnus_id = $1 ORDER BY purpose_id, channel`,
      [alumnusId],
    ),
  ]);
  const [row] = people.rows;
  const state = row && stateOf(row);
  const person = state && personFactsOf(state);
  if (!state || !person) return undefined;
  return {
    alumnusId,
    person,
    values: state.alumnus.values,
    holds: state.holds,
    consents: consents.rows.map((consent) => ({
      purposeId: consent.purpose_id,
      channel: consent.channel,
      answer: answerAt(consent, at),
    })),
  };
}

/** The answer to "why" in one sentence (a code; texts in the message catalogue) and the events behind it. */
export interface Why extends WhyAnswer {
  readonly sentence: 'may-contact' | 'may-ask' | ReasonCode;
  readonly eventIds: readonly string[];
}

/**
 * Why somebody may or may not be contacted for a purpose by a channel. A person who is parked is answered
 * with the reason `view-parked`.
 * @throws ViewParked when the purpose, a programme it depends on, or everything is parked.
 */
export async function readWhy(
  pool: Pool,
  question: ContactQuestion & { readonly alumnusId: string },
): Promise<Why> {
  const { alumnusId, purposeId, channel } = question;
  const [ground, linked, { rows }] = await Promise.all([
    groundOf(pool, question),
    linkedRows(pool, question, [alumnusId]),
    pool.query<AnswerRow>(
      `SELECT ${ANSWER_COLUMNS} FROM ${SCHEMA}.person p
         LEFT JOIN ${SCHEMA}.consent c ON c.alumnus_id = p.alumnus_id AND c.purpose_id = $2 AND c.channel = $3
        WHERE p.alumnus_id = $1`,
      [alumnusId, purposeId, channel],
    ),
  ]);
  const facts = contactFacts(question, ground, rows[0], linked.get(alumnusId));
  // Somebody parked before their first row must not look merely unknown.
  const why = whyOf(question, { ...facts, parked: ground.parked.has(alumnusId) });
  if (why.contact.answer === 'yes') return { ...why, sentence: 'may-contact', eventIds: why.contact.because };
  if (why.approach.answer === 'yes') return { ...why, sentence: 'may-ask', eventIds: why.approach.because };
  const { reasons } = why.contact;
  return {
    ...why,
    sentence: reasons[0]?.code ?? 'view-parked',
    eventIds: [...new Set(reasons.flatMap(({ eventIds }) => eventIds))],
  };
}

/** How many of the people taken over may be reached, asked and contacted. */
export interface Funnel {
  readonly imported: number;
  /** Has an address for the channel, and nothing about the person stops contact. */
  readonly reachable: number;
  readonly approachable: number;
  /** Asked, no answer yet; the question is still open. */
  readonly requested: number;
  /** Reachable, with a consent that carries use: for a text that counts, neither ended nor lacking evidence. */
  readonly consented: number;
  readonly contactable: number;
  /** Counted on a sample and scaled. */
  readonly estimated: boolean;
}

/** Above so many people, a sample of this size is counted. */
const EXACT_UP_TO = 150_000;

/**
 * "412 imported → 398 reachable → 0 consented": why a roster is as long as it is.
 * @throws ViewParked as the roster does.
 */
export async function readFunnel(
  pool: Pool,
  question: ContactQuestion & { readonly departments?: readonly string[] },
): Promise<Funnel> {
  const ground = await groundOf(pool, question);
  const { rows: sizes } = await pool.query<{ people: number }>(
    `SELECT reltuples::float8 AS people FROM pg_class WHERE oid = '${SCHEMA}.person'::regclass`,
  );
  const people = sizes[0]?.people ?? 0;
  const share = people > EXACT_UP_TO ? EXACT_UP_TO / people : 1;
  const query = new Conditions();
  const members = (which: 'reachable' | 'approachable' | 'contactable'): string =>
    contactSql(which, question, ground.rules, query);
  query.add('p.department = ANY(?::text[])', question.departments);
  query.all('p.registered_id IS NOT NULL');
  const { rows } = await pool.query<Record<string, string>>(
    `SELECT count(*) AS imported,
       count(*) FILTER (WHERE ${members('reachable')}) AS reachable,
       count(*) FILTER (WHERE ${members('approachable')}) AS approachable,
       count(*) FILTER (WHERE ${askedSql(question, ground.rules, query)}) AS requested,
       count(*) FILTER (WHERE ${consentedSql(question, ground.rules, query)}) AS consented,
       count(*) FILTER (WHERE ${members('contactable')}) AS contactable
     FROM ${SCHEMA}.person p ${share < 1 ? `TABLESAMPLE SYSTEM (${(share * 100).toFixed(4)})` : ''}
     LEFT JOIN ${SCHEMA}.consent c ON c.alumnus_id = p.alumnus_id
       AND c.purpose_id = ${query.param(question.purposeId)} AND c.channel = ${query.param(question.channel)}
     ${query.where}`,
    query.params,
  );
  const count = (name: string): number => Math.round(Number(rows[0]?.[name] ?? 0) / share);
  return {
    imported: count('imported'),
    reachable: count('reachable'),
    approachable: count('approachable'),
    requested: count('requested'),
    consented: count('consented'),
    contactable: count('contactable'),
    estimated: share < 1,
  };
}

/** The departments and jobs that occur, for the filter menus. */
export async function readMenus(
  pool: Pool,
  scope: { readonly departments?: readonly string[] } = {},
): Promise<{ readonly departments: readonly string[]; readonly jobs: readonly string[] }> {
  const [departments, jobs] = await Promise.all([
    distinct(pool, 'department', scope.departments),
    distinct(pool, 'job', scope.departments),
  ]);
  return { departments, jobs };
}

async function distinct(
  pool: Pool,
  column: 'department' | 'job',
  departments: readonly string[] | undefined,
): Promise<readonly string[]> {
  // From value to value along the index: as many steps as there are values, not as there are people.
  const next = (after: string): string =>
    `SELECT min(${column}) FROM ${SCHEMA}.person WHERE ${column} > ${after}`;
  const { rows } = await pool.query<{ value: string }>(
    departments === undefined
      ? `WITH RECURSIVE step (value) AS (
           (${next("''")}) UNION ALL SELECT (${next('step.value')}) FROM step WHERE step.value IS NOT NULL)
         SELECT value FROM step WHERE value IS NOT NULL`
      : `SELECT DISTINCT ${column} AS value FROM ${SCHEMA}.person
          WHERE department = ANY($1::text[]) AND ${column} IS NOT NULL ORDER BY 1`,
    departments === undefined ? [] : [departments],
  );
  return rows.map(({ value }) => value);
}
