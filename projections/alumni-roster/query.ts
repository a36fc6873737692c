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
import { MAX_PAGE, pageOf, type Page } from '../engine';
import { contactFacts, groundOf, linkedRows, type AnswerRow, type Ground, type LinkedRow } from './answers';
import type { Rules } from './contact-sql';
import { reachesOf, rosterSql } from './roster-sql';

export * from './consents-query';
export * from './duplicates-query';
export * from './incomplete-query';
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
  const rows = await rowsOf(pool, asked, question, ground.rules, limit + 1);
  const page = pageOf(rows, limit, (last) => ({
    at: question.at,
    sortKey: last.sort_key,
    alumnusId: last.alumnus_id,
  }));
  const linked = await linkedRows(
    pool,
    question,
    page.rows.map(({ alumnus_id }) => alumnus_id),
  );
  const answered = page.rows.flatMap(
    (row) => rowOf(asked.mode, question, ground, row, linked.get(row.alumnus_id)) ?? [],
  );
  return { ...page, rows: answered };
}

/** The first rows. A search that the people next in the list do not fill a page with is put to everybody. */
async function rowsOf(
  pool: Pool,
  asked: RosterQuestion,
  question: ContactQuestion,
  rules: Rules,
  limit: number,
): Promise<readonly AnswerRow[]> {
  for (const reach of reachesOf(asked)) {
    const { text, params } = rosterSql(asked, question, rules, reach, limit);
    const { rows } = await pool.query<AnswerRow>(text, [...params]);
    if (rows.length === limit || reach !== 'near') return rows;
  }
  return [];
}

/** The question at its instant: that of the first page. */
function questionOf({ purposeId, channel, programmeId, at, cursor }: RosterQuestion): ContactQuestion {
  return { purposeId, channel, at: cursor?.at ?? at, ...(programmeId !== undefined && { programmeId }) };
}

/** A row with the answer of the pure function. Where that and the SQL were to differ, nobody is let through. */
function rowOf(
  mode: RosterQuestion['mode'],
  question: ContactQuestion,
  ground: Ground,
  row: AnswerRow,
  linked: readonly LinkedRow[] | undefined,
): RosterRow | undefined {
  const facts = contactFacts(question, ground, row, linked);
  const { person, state } = facts;
  if (!person || !state) return undefined;
  const answer = mode === 'approachable' ? approachable(question, facts) : contactability(question, facts);
  if ((answer.answer === 'yes') !== (mode !== 'excluded')) return undefined;
  return { alumnusId: row.alumnus_id, person, values: state.alumnus.values, answer };
}
