import type { PersonFacts, PersonValues } from '@enishi/domain';
import type { Pool } from 'pg';
import { parkedScopes, ViewParked } from '../engine';
import { matchOf, type Match } from './match';
import { personFactsOf, stateOf, STORED_PERSON, type StoredPerson } from './person-row';
import { SCHEMA } from './tables';

export { MATCH_GROUNDS, matchOf, type Match, type MatchGround } from './match';

/** Two records, the smaller id first, with as much of each as tells people apart. */
export interface PairView {
  readonly alumnusId: string;
  readonly otherId: string;
  readonly state: 'proposed' | 'linked' | 'dismissed';
  readonly match: Match;
  readonly records: readonly RecordView[];
}

export interface RecordView {
  readonly alumnusId: string;
  readonly person: PersonFacts | undefined;
  readonly values: PersonValues;
}

/** Pairs, the likeliest first, of those that were looked at. */
export interface PairList {
  readonly pairs: readonly PairView[];
  readonly total: number;
  /** There are more pairs than were looked at: deciding on these brings the others up. */
  readonly more: boolean;
}

/** So many share a family's address or a company's number; a key of more people says nothing of any two. */
const SHARED_BY = 12;
/** Pairs looked at in one go, the likeliest first by their keys alone. */
const MOST_PAIRS = 5000;

const KEYS = { mail_key: 5, phone_key: 3, reading_key: 1, given_key: 1 } as const;
/** Who has the same reading and name stands in the same place of the list. */
const SAME_NAME = 4;

/**
 * Pairs that share one key; of a key with many people, none. A walk along its index counts, and only of the few keys
 * that are shared is it looked up who has them.
 */
function sharing(key: keyof typeof KEYS): string {
  return `SELECT one, other, ${KEYS[key]} AS weight
    FROM (SELECT ${key} AS key FROM ${SCHEMA}.person WHERE ${key} IS NOT NULL
           GROUP BY ${key} HAVING count(*) BETWEEN 2 AND ${SHARED_BY} OFFSET 0) same
   CROSS JOIN LATERAL (SELECT array_agg(alumnus_id) AS ids FROM ${SCHEMA}.person WHERE ${key} = same.key) sharers,
         unnest(ids) AS one, unnest(ids) AS other
   WHERE one < other`;
}

/** One of a pair where they are registered and not being erased, looked up by itself: pairs are few beside people. */
function there(id: 'one' | 'other'): string {
  return `(SELECT sort_key FROM ${SCHEMA}.person WHERE alumnus_id = pair.${id} AND registered_id IS NOT NULL
      AND erasure_started_id IS NULL AND erasure_completed_id IS NULL OFFSET 0)`;
}

const PROPOSED = `WITH pair AS (
    SELECT one, other, sum(weight) AS weight
      FROM (${(Object.keys(KEYS) as (keyof typeof KEYS)[]).map(sharing).join(' UNION ALL ')}) found
     GROUP BY one, other)
  SELECT one, other FROM pair
    CROSS JOIN LATERAL ${there('one')} a CROSS JOIN LATERAL ${there('other')} b
   WHERE NOT EXISTS (SELECT FROM ${SCHEMA}.link l
                      WHERE l.one = pair.one AND l.other = pair.other AND l.state IN ('linked', 'dismissed'))
     AND NOT EXISTS (SELECT FROM ${SCHEMA}.linked_record c JOIN ${SCHEMA}.linked_record d USING (group_id)
                      WHERE c.alumnus_id = pair.one AND d.alumnus_id = pair.other)
   ORDER BY weight + CASE WHEN a.sort_key = b.sort_key THEN ${SAME_NAME} ELSE 0 END DESC, one, other LIMIT $1`;

/**
 * Pairs of records that look as if they were about the same person, by what they share, the likeliest first. Nobody
 * erased or hidden, no pair that somebody has decided on.
 * @throws ViewParked when something is parked: who is missing from the view is missing from the pairs.
 */
export async function readProposals(pool: Pool, limit: number): Promise<PairList> {
  await refuseParked(pool);
  const { rows } = await pool.query<Ids>(PROPOSED, [MOST_PAIRS + 1]);
  const pairs = await viewsOf(pool, rows.slice(0, MOST_PAIRS), 'proposed');
  const alike = pairs.filter(({ match }) => match.score > 0);
  return {
    pairs: alike.toSorted(likelier).slice(0, limit),
    total: alike.length,
    more: rows.length > MOST_PAIRS,
  };
}

/** Pairs that somebody has decided on, the last one first. @throws ViewParked */
export async function readDecided(
  pool: Pool,
  state: 'linked' | 'dismissed',
  limit: number,
): Promise<PairList> {
  await refuseParked(pool);
  const { rows } = await pool.query<Ids & { total: string }>(
    `SELECT one, other, count(*) OVER () AS total FROM ${SCHEMA}.link WHERE state = $1
      ORDER BY position DESC LIMIT $2`,
    [state, limit],
  );
  const total = Number(rows[0]?.total ?? 0);
  return { pairs: await viewsOf(pool, rows, state), total, more: total > rows.length };
}

/** The other records of a person, by id. */
export async function readLinked(pool: Pool, alumnusId: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT g.alumnus_id AS id FROM ${SCHEMA}.linked_record s
       JOIN ${SCHEMA}.linked_record g ON g.group_id = s.group_id AND g.alumnus_id <> s.alumnus_id
      WHERE s.alumnus_id = $1 ORDER BY 1`,
    [alumnusId],
  );
  return rows.map(({ id }) => id);
}

interface Ids {
  readonly one: string;
  readonly other: string;
}

async function viewsOf(
  pool: Pool,
  pairs: readonly Ids[],
  state: PairView['state'],
): Promise<readonly PairView[]> {
  const ids = [...new Set(pairs.flatMap(({ one, other }) => [one, other]))];
  const { rows } = await pool.query<StoredPerson>(
    `SELECT ${STORED_PERSON} FROM ${SCHEMA}.person WHERE alumnus_id = ANY($1::text[])`,
    [ids],
  );
  const records = new Map(rows.map((row) => [row.alumnus_id, recordOf(row)]));
  return pairs.map(({ one, other }) => {
    const both = [one, other].map(
      (id) => records.get(id) ?? { alumnusId: id, person: undefined, values: {} },
    );
    const match = matchOf(both[0]!.values, both[1]!.values);
    return { alumnusId: one, otherId: other, state, match, records: both };
  });
}

function recordOf(row: StoredPerson): RecordView {
  const state = stateOf(row);
  return { alumnusId: row.alumnus_id, person: personFactsOf(state), values: state.alumnus.values };
}

function likelier(one: PairView, other: PairView): number {
  return (
    other.match.score - one.match.score ||
    (one.alumnusId + one.otherId < other.alumnusId + other.otherId ? -1 : 1)
  );
}

async function refuseParked(pool: Pool): Promise<void> {
  const [first] = await parkedScopes(pool, 'alumni-roster');
  if (first) throw new ViewParked('alumni-roster', first.scope);
}
