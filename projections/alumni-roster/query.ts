import type {
  ContactChannel,
  Contactability,
  ContactQuestion,
  EligibilityRule,
  EmploymentKind,
  Instant,
  LeavingKind,
  PersonFacts,
  PersonValues,
} from '@enishi/domain';
import { approachable, contactability } from '@enishi/domain';
import type { Pool } from 'pg';
import { Conditions, MAX_PAGE, pageOf, type Page } from '../engine';
import { ANSWER_COLUMNS, contactFacts, groundOf, SCHEMA, type AnswerRow, type Ground } from './answers';
import { contactSql, ruleSql } from './contact-sql';
import { gramsToFind } from './search-text';

export * from './person-query';
export { foldText, gramsOf, gramsToFind } from './search-text';

/** Narrows the list. Personal text: searches come by POST and are never logged. */
export interface RosterFilters {
  /** Part of a name, kana or former name; one character is enough. */
  readonly text?: string;
  readonly department?: string;
  readonly job?: string;
  readonly serviceMonthsMin?: number;
  readonly serviceMonthsMax?: number;
  /** Days, both inclusive. */
  readonly leftFrom?: string;
  readonly leftTo?: string;
  readonly leavingKind?: LeavingKind;
  readonly employmentKind?: EmploymentKind;
  /** A rule beside that of the programme. */
  readonly eligibility?: EligibilityRule;
}

export interface RosterQuestion {
  readonly purposeId: string;
  readonly channel: ContactChannel;
  readonly programmeId?: string;
  /** Now. A page after the first answers for the instant of the first, which its cursor carries. */
  readonly at: Instant;
  /** Those who may be contacted, all others with every reason, or those who may be asked for consent. */
  readonly mode: 'contactable' | 'excluded' | 'approachable';
  readonly filters?: RosterFilters;
  /** What the asker may see; nobody without a department where departments are named. */
  readonly scope?: { readonly departments?: readonly string[] };
  readonly cursor?: RosterCursor;
  /** 1 to 500; 50. */
  readonly limit?: number;
}

/** After whom the next page begins. Holds a reading: the caller seals it before it leaves the server. */
export interface RosterCursor {
  readonly at: Instant;
  readonly sortKey: string;
  readonly alumnusId: string;
}

/** One person of the list. Values that are not known or erased are absent. */
export interface RosterRow {
  readonly alumnusId: string;
  readonly person: PersonFacts;
  readonly values: Pick<
    PersonValues,
    'name' | 'kana' | 'formerNames' | 'email' | 'phone' | 'postalAddress' | 'lineId'
  >;
  /** `yes` with the events that allow it (contact or, in the mode `approachable`, asking); `no` with every reason. */
  readonly answer: Contactability;
}

/**
 * A page of the roster, in the order of readings.
 * @throws ViewParked when the question's purpose, its programmes or everything is parked.
 * @example const { rows, next } = await readRoster(pool, { purposeId, channel: 'email', at, mode: 'contactable' });
 */
export async function readRoster(pool: Pool, asked: RosterQuestion): Promise<Page<RosterRow, RosterCursor>> {
  const question = questionOf(asked);
  const ground = await groundOf(pool, question);
  const limit = Math.min(Math.max(asked.limit ?? 50, 1), MAX_PAGE);
  const { text, params } = rosterSql(asked, question, ground, limit + 1);
  const { rows } = await pool.query<AnswerRow>(text, [...params]);
  const page = pageOf(rows, limit, (last) => ({
    at: question.at,
    sortKey: last.sort_key,
    alumnusId: last.alumnus_id,
  }));
  return { ...page, rows: page.rows.flatMap((row) => rowOf(asked.mode, question, ground, row) ?? []) };
}

/** The question at its instant: that of the first page. */
function questionOf({ purposeId, channel, programmeId, at, cursor }: RosterQuestion): ContactQuestion {
  return { purposeId, channel, at: cursor?.at ?? at, ...(programmeId !== undefined && { programmeId }) };
}

/** The statement of a page. Exported for the test that alters it. */
export function rosterSql(
  { mode, filters = {}, scope, cursor }: RosterQuestion,
  question: ContactQuestion,
  ground: Ground,
  rows: number,
): { readonly text: string; readonly params: readonly unknown[] } {
  const query = new Conditions();
  const consentOf = `c.purpose_id = ${query.param(question.purposeId)} AND c.channel = ${query.param(question.channel)}`;
  // Who consented is found in order by an index of the grants; everybody else by that of the people.
  const [from, order] =
    mode === 'contactable'
      ? [`${SCHEMA}.consent c JOIN ${SCHEMA}.person p ON p.alumnus_id = c.alumnus_id AND ${consentOf}`, 'c']
      : [
          `${SCHEMA}.person p LEFT JOIN ${SCHEMA}.consent c ON c.alumnus_id = p.alumnus_id AND ${consentOf}`,
          'p',
        ];
  const allowed = contactSql(mode === 'approachable' ? mode : 'contactable', question, ground.rules, query);
  const member = mode === 'excluded' ? `p.registered_id IS NOT NULL AND (${allowed}) IS NOT TRUE` : allowed;
  const { text, eligibility } = filters;
  const grams = text === undefined ? [] : gramsToFind(text);
  query
    .add('p.grams @> ?::text[]', grams.length > 0 ? grams : undefined)
    .add('p.department = ?', filters.department)
    .add('p.job = ?', filters.job)
    .add('p.service_months >= ?', filters.serviceMonthsMin)
    .add('p.service_months <= ?', filters.serviceMonthsMax)
    .add('p.left_on >= ?::date', filters.leftFrom)
    .add('p.left_on <= ?::date', filters.leftTo)
    .add('p.leaving_kind = ?', filters.leavingKind)
    .add('p.employment_kind = ?', filters.employmentKind)
    .add('p.department = ANY(?::text[])', scope?.departments);
  if (eligibility) query.all(ruleSql(eligibility, question.at, query));
  if (cursor) {
    const after = `(${query.param(cursor.sortKey)}, ${query.param(cursor.alumnusId)})`;
    query.all(`(${order}.sort_key, ${order}.alumnus_id) > ${after}`);
  }
  query.all(member);
  return {
    text: `SELECT ${ANSWER_COLUMNS} FROM ${from} ${query.where}
      ORDER BY ${order}.sort_key, ${order}.alumnus_id LIMIT ${query.param(rows)}`,
    params: query.params,
  };
}

/** A row with the answer of the pure function. Where that and the SQL were to differ, nobody is let through. */
function rowOf(
  mode: RosterQuestion['mode'],
  question: ContactQuestion,
  ground: Ground,
  row: AnswerRow,
): RosterRow | undefined {
  const facts = contactFacts(question, ground, row);
  const { person, state } = facts;
  if (!person || !state) return undefined;
  const answer = mode === 'approachable' ? approachable(question, facts) : contactability(question, facts);
  if ((answer.answer === 'yes') !== (mode !== 'excluded')) return undefined;
  return { alumnusId: row.alumnus_id, person, values: state.alumnus.values, answer };
}
