import type { ContactQuestion } from '@enishi/domain';
import { Conditions } from '../engine';
import { ANSWER_COLUMNS } from './answers';
import { contactSql, obstacleSql, ruleSql, type Rules } from './contact-sql';
import type { RosterQuestion } from './query';
import { gramsToFind } from './search-text';
import { SCHEMA } from './tables';

/**
 * How a statement goes about it. `walk`: along the list from the cursor on until the page is full. `near`: the
 * same, but only past so many people. `all`: first everybody who may match, by the indexes, then their order.
 * What is rare is found at once by `all` and after a long way by `walk`; what is frequent, the other way round;
 * and the planner cannot tell, because names that are alike stand together in the list.
 */
type Reach = 'walk' | 'near' | 'all';

/** People that `near` passes at most. */
const NEAR = 1000;

/** The statements to try, in order: a `near` one whose page is not full has not looked at everybody. */
export function reachesOf({ mode, filters = {}, scope }: RosterQuestion): readonly Reach[] {
  const some =
    scope?.departments !== undefined || Object.values(filters).some((value) => value !== undefined);
  return mode === 'approachable' || some ? ['near', 'all'] : ['walk'];
}

/** The statement of a page. */
export function rosterSql(
  asked: RosterQuestion,
  question: ContactQuestion,
  rules: Rules,
  reach: Reach,
  rows: number,
): { readonly text: string; readonly params: readonly unknown[] } {
  const query = new Conditions();
  const { mode, cursor } = asked;
  const after = cursor && `(${query.param(cursor.sortKey)}, ${query.param(cursor.alumnusId)})`;
  const parts: Parts = {
    consentOf: `c.purpose_id = ${query.param(question.purposeId)} AND c.channel = ${query.param(question.channel)}`,
    filters: filterSql(asked, question, query),
    later: (of) => (after === undefined ? 'true' : `(${of}.sort_key, ${of}.alumnus_id) > ${after}`),
  };
  const allowed = contactSql(mode === 'approachable' ? mode : 'contactable', question, rules, query);
  const member = mode === 'excluded' ? `p.registered_id IS NOT NULL AND (${allowed}) IS NOT TRUE` : allowed;
  // Who consented is found in order by an index of the grants; everybody else by that of the people.
  const along = reach === 'all' ? 'f' : mode === 'contactable' ? 'c' : 'p';
  const from =
    along === 'f'
      ? everybody(parts, mode === 'approachable' ? obstacleSql(question, rules, query) : undefined)
      : inOrder(parts, along, reach);
  return {
    text: `SELECT ${ANSWER_COLUMNS} FROM ${from} WHERE ${parts.filters} AND ${parts.later(along)} AND (${member})
      ORDER BY ${along}.sort_key, ${along}.alumnus_id LIMIT ${query.param(rows)}`,
    params: query.params,
  };
}

/** What the parts of a statement are made of. */
interface Parts {
  readonly consentOf: string;
  readonly filters: string;
  /** After the cursor. */
  readonly later: (of: 'c' | 'p' | 'f') => string;
}

/** The grants or the people along their index, `near` only the next of them. */
function inOrder({ consentOf, later }: Parts, along: 'c' | 'p', reach: Reach): string {
  const table =
    along === 'c'
      ? `${SCHEMA}.consent c WHERE ${consentOf} AND c.state = 'granted'`
      : `${SCHEMA}.person p WHERE true`;
  const end = `AND ${later(along)} ORDER BY ${along}.sort_key, ${along}.alumnus_id LIMIT ${NEAR}`;
  const next = `(SELECT * FROM ${table} ${reach === 'near' ? end : ''}) ${along}`;
  return along === 'c'
    ? `${next} CROSS JOIN ${onePerson('c')}`
    : `${next} LEFT JOIN ${oneConsent('p', consentOf)} ON true`;
}

/**
 * The person, or the consent, of each row, fetched one by one until the page is full: OFFSET 0 keeps the planner from
 * joining all of them, or from comparing each with each, which it may think the cheaper when names that are alike stand
 * together.
 */
function onePerson(of: 'c' | 'f'): string {
  return `LATERAL (SELECT * FROM ${SCHEMA}.person p WHERE p.alumnus_id = ${of}.alumnus_id OFFSET 0) p`;
}

function oneConsent(of: 'p' | 'f', consentOf: string): string {
  return `LATERAL (SELECT * FROM ${SCHEMA}.consent c
      WHERE c.alumnus_id = ${of}.alumnus_id AND ${consentOf} OFFSET 0) c`;
}

/**
 * Everybody who matches the filters and to whose being asked nothing stands in the way, by id and sort key alone.
 * For the latter two indexes are enough, in the order of the list, so that the few who were not asked yet are found
 * among all who were. The sort key of a consent is a copy of the person's: were it another one, somebody would be
 * let through here whom the statement itself then stops.
 */
function everybody({ consentOf, filters, later }: Parts, obstacle: string | undefined): string {
  const unasked =
    obstacle === undefined
      ? ''
      : `AND NOT EXISTS (SELECT FROM ${SCHEMA}.consent c WHERE c.alumnus_id = p.alumnus_id
          AND c.sort_key = p.sort_key AND ${consentOf} AND ${later('c')} AND (${obstacle}))`;
  return `(SELECT p.alumnus_id, p.sort_key FROM ${SCHEMA}.person p
      WHERE ${filters} AND ${later('p')} ${unasked} ORDER BY p.sort_key, p.alumnus_id) f
    CROSS JOIN ${onePerson('f')}
    LEFT JOIN ${oneConsent('f', consentOf)} ON true`;
}

/** What narrows the list, over `person p`. */
function filterSql(
  { filters = {}, scope }: RosterQuestion,
  question: ContactQuestion,
  query: Conditions,
): string {
  const { text, eligibility } = filters;
  const grams = text === undefined ? undefined : gramsToFind(text);
  // Nothing in it could be found in a name: nobody, not everybody.
  if (grams?.length === 0) return 'false';
  const given: readonly (readonly [condition: string, value: unknown])[] = [
    ['p.grams @> ?::text[]', grams],
    ['p.department = ?', filters.department],
    ['p.job = ?', filters.job],
    ['p.service_months >= ?', filters.serviceMonthsMin],
    ['p.service_months <= ?', filters.serviceMonthsMax],
    ['p.left_on >= ?::date', filters.leftFrom],
    ['p.left_on <= ?::date', filters.leftTo],
    ['p.leaving_kind = ?', filters.leavingKind],
    ['p.employment_kind = ?', filters.employmentKind],
    ['p.department = ANY(?::text[])', scope?.departments],
  ];
  const conditions = given.flatMap(([condition, value]) =>
    value === undefined ? [] : [condition.replace('?', query.param(value))],
  );
  if (eligibility) conditions.push(ruleSql(eligibility, question.at, query));
  return conditions.length === 0 ? 'true' : conditions.join(' AND ');
}
