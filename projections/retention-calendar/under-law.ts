import {
  DOCUMENT_CODES,
  retentionMonths,
  retentionTerm,
  purposeSchedule,
  tokyoDay,
  type Day,
  type DocumentCode,
  type GroundCode,
  type LawSettings,
  type RetainingPurpose,
} from '@enishi/domain';
import type { Pool } from 'pg';
import { readPurposeFacts } from '../schedules/schedule-facts';
import { SCHEMA } from './tables';

/** The law of a day, with what the company has set by then. */
export interface UnderLaw {
  readonly at: Day;
  readonly settings: LawSettings;
}

/** What the retention of people needs to know of purposes, by id. */
export async function retainingPurposes(pool: Pool): Promise<ReadonlyMap<string, RetainingPurpose>> {
  const facts = await readPurposeFacts(pool, SCHEMA);
  const purposes = [...facts].map(([purposeId, happened]): RetainingPurpose => {
    const schedule = purposeSchedule(happened);
    const categories = new Set(schedule?.versions.flatMap(({ content }) => content.categories));
    const retired = schedule?.retiredFrom;
    const retiredOn = retired === undefined ? {} : { retiredOn: tokyoDay(retired) };
    return { purposeId, categories: [...categories], ...retiredOn };
  });
  return new Map(purposes.map((one) => [one.purposeId, one]));
}

/**
 * The last day of a period, as `periodEnd` has it: PostgreSQL shortens to the end of a month as the calendar of the domain does.
 * A test compares both.
 */
const periodEndSql = (first: string, months: string): string => `(CASE
  WHEN extract(day FROM ${first} + make_interval(months => ${months})) = extract(day FROM ${first})
  THEN (${first} + make_interval(months => ${months}))::date - 1
  ELSE (${first} + make_interval(months => ${months}))::date END)`;

/**
 * Common table expressions up to \`ended\`: every ground with the category that it keeps and its last day, absent of one
 * that stands. Parameters 1 to 8 are those of {@link termParameters}.
 * @param whose a condition on \`g\`, over further parameters
 */
export const endedSql = (whose = 'true'): string => `
  term AS (SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::int[], $6::date[], $7::text[], $8::text[])
    AS t(ground, document, purpose_id, days, months, latest_first, categories, number)),
  dated AS (
    SELECT g.alumnus_id, g.ground, g.document, g.purpose_id, g.event_ids, c.category, t.months, t.number,
           LEAST(g.first_on + t.days, t.latest_first) AS first_on
      FROM ${SCHEMA}.ground g JOIN term t USING (ground, document, purpose_id)
           CROSS JOIN unnest(string_to_array(t.categories, ',')) AS c(category)
     WHERE ${whose}),
  ended AS (SELECT *, ${periodEndSql('first_on', 'months')} AS until FROM dated)`;

/** How long each kind of ground lasts, as eight arrays. */
export async function termParameters(pool: Pool, { at, settings }: UnderLaw): Promise<unknown[]> {
  const purposes = await retainingPurposes(pool);
  const { rows } = await pool.query<{ ground: GroundCode; document: DocumentCode; purpose_id: string }>(
    `SELECT DISTINCT ground, document, purpose_id FROM ${SCHEMA}.ground`,
  );
  const terms = rows.map(({ ground, document, purpose_id: id }) => {
    const of = { ground, document, ...(id !== '' && { purposeId: id }) };
    return retentionTerm(of, purposes, at, settings);
  });
  return [
    rows.map(({ ground }) => ground),
    rows.map(({ document }) => document),
    rows.map(({ purpose_id }) => purpose_id),
    terms.map(({ days }) => days),
    terms.map(({ months }) => months),
    terms.map(({ latestFirst }) => latestFirst ?? null),
    terms.map(({ categories }) => categories.join(',')),
    terms.map(({ number }) => number),
  ];
}

/**
 * Common table expressions up to \`elsewhere\`: every open entry with its last day. Parameters 1 and 2 are those of
 * {@link documentParameters}.
 */
export const elsewhereSql = (whose = 'true'): string => `
  period AS (SELECT * FROM unnest($1::text[], $2::int[]) AS p(document, months)),
  elsewhere AS (
    SELECT h.*, ${periodEndSql('h.first_on', 'p.months')} AS until
      FROM ${SCHEMA}.held_elsewhere h JOIN period p USING (document)
     WHERE h.disposed_id IS NULL AND ${whose})`;

/** The period of each document, as two arrays. */
export function documentParameters({ at, settings }: UnderLaw): unknown[] {
  return [DOCUMENT_CODES, DOCUMENT_CODES.map((code) => retentionMonths(code, at, settings.numbers))];
}
