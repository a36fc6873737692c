import type { Category, Day, DocumentCode } from '@enishi/domain';
import type { Pool } from 'pg';
import { MAX_PAGE, pageOf, refuseGaps, type Page } from '../engine';
import { SCHEMA } from './tables';
import { documentParameters, elsewhereSql, endedSql, termParameters, type UnderLaw } from './under-law';

/** What falls due in a month (`2027-03`), or is due already. */
export interface DueCount {
  readonly month: string;
  readonly category: Category;
  readonly people: number;
  /** Those of them on whose data a hold stands. */
  readonly held: number;
}

/** Documents in other systems whose period ends in a month. */
export interface DueElsewhere {
  readonly month: string;
  readonly document: DocumentCode;
  readonly systemId: string;
  readonly entries: number;
}

/** One category of one person that falls due. */
export interface DuePerson {
  readonly alumnusId: string;
  readonly category: Category;
  /** The first day on which nothing keeps it; absent of what nothing keeps at all. */
  readonly dueOn?: Day;
  readonly held: boolean;
}

/** What is due already, whichever month it fell due in. */
export const DUE_NOW = 'due';
/** What runs from a day that nobody has stated. */
export const NOT_DATED = 'not-dated';

/** Where a list goes on. */
export interface DueCursor {
  readonly dueOn: string;
  readonly alumnusId: string;
  readonly category: string;
}

/** Of what is held, what nothing keeps without an end: with the first day on which nothing keeps it. */
const DUE = `
  kept AS (SELECT alumnus_id, category, bool_or(first_on IS NULL) AS stands, max(until) AS until
             FROM ended GROUP BY 1, 2),
  due AS (
    SELECT h.alumnus_id, h.category, (k.until + 1) AS due_on,
           EXISTS (SELECT 1 FROM ${SCHEMA}.hold o WHERE o.alumnus_id = h.alumnus_id) AS held
      FROM ${SCHEMA}.holding h LEFT JOIN kept k USING (alumnus_id, category)
     WHERE k.stands IS NOT TRUE),
  dated_due AS (
    SELECT *, CASE WHEN due_on IS NULL OR due_on <= $9::date THEN '${DUE_NOW}' ELSE to_char(due_on, 'YYYY-MM') END AS month
      FROM due)`;

/**
 * How much falls due, by month and category; what is due already comes first.
 * @throws ViewParked
 */
export async function countDue(pool: Pool, law: UnderLaw): Promise<readonly DueCount[]> {
  await refuseGaps(pool, 'retention-calendar', undefined);
  const { rows } = await pool.query<DueCount>(
    `WITH ${endedSql()}, ${DUE}
     SELECT month, category, count(*)::int AS people, (count(*) FILTER (WHERE held))::int AS held
       FROM dated_due GROUP BY month, category ORDER BY month <> '${DUE_NOW}', month, category`,
    [...(await termParameters(pool, law)), law.at],
  );
  return rows;
}

/** Of whom something is due that no hold keeps. @throws ViewParked */
export async function readDueIds(pool: Pool, law: UnderLaw): Promise<readonly string[]> {
  await refuseGaps(pool, 'retention-calendar', undefined);
  const { rows } = await pool.query<{ id: string }>(
    `WITH ${endedSql()}, ${DUE}
     SELECT DISTINCT alumnus_id AS id FROM dated_due WHERE month = '${DUE_NOW}' AND NOT held ORDER BY 1`,
    [...(await termParameters(pool, law)), law.at],
  );
  return rows.map(({ id }) => id);
}

/** How many documents in other systems fall due. @throws ViewParked */
export async function countDueElsewhere(pool: Pool, law: UnderLaw): Promise<readonly DueElsewhere[]> {
  await refuseGaps(pool, 'retention-calendar', undefined);
  const { rows } = await pool.query<DueElsewhere>(
    `WITH ${elsewhereSql()}, dated AS (
       SELECT document, system_id, CASE WHEN until IS NULL THEN '${NOT_DATED}' WHEN until < $3::date THEN '${DUE_NOW}'
                ELSE to_char(until + 1, 'YYYY-MM') END AS month
         FROM elsewhere)
     SELECT month, document, system_id AS "systemId", count(*)::int AS entries
       FROM dated GROUP BY month, document, system_id ORDER BY month <> '${DUE_NOW}', month, document, system_id`,
    [...documentParameters(law), law.at],
  );
  return rows;
}

/**
 * Of whom something falls due in a month, the earliest first.
 * @param month `2027-03`, or {@link DUE_NOW}
 * @throws ViewParked
 */
export async function listDue(
  pool: Pool,
  law: UnderLaw,
  month: string,
  { limit = 50, cursor }: { readonly limit?: number; readonly cursor?: DueCursor } = {},
): Promise<Page<DuePerson, DueCursor>> {
  await refuseGaps(pool, 'retention-calendar', undefined);
  const size = Math.min(limit, MAX_PAGE);
  const after = cursor ?? { dueOn: '', alumnusId: '', category: '' };
  const { rows } = await pool.query<Required<DuePerson> & { readonly dueOn: string }>(
    `WITH ${endedSql()}, ${DUE}
     SELECT alumnus_id AS "alumnusId", category, COALESCE(due_on::text, '') AS "dueOn", held
       FROM dated_due
      WHERE month = $10 AND (COALESCE(due_on::text, ''), alumnus_id, category) > ($11, $12, $13)
      ORDER BY COALESCE(due_on::text, ''), alumnus_id, category LIMIT $14`,
    [
      ...(await termParameters(pool, law)),
      ...[law.at, month, after.dueOn, after.alumnusId, after.category, size + 1],
    ],
  );
  const people = rows.map(({ dueOn, ...rest }) => ({ ...rest, ...(dueOn !== '' && { dueOn }) }));
  return pageOf(people, size, ({ alumnusId, category, dueOn = '' }) => ({ dueOn, alumnusId, category }));
}
