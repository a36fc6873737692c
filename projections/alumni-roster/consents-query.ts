import type { Pool } from 'pg';
import { refuseGaps } from '../engine';
import { SCHEMA } from './tables';

/** How many consents there are: of one person for one purpose, whatever the channels. */
export interface ConsentCounts {
  readonly consents: number;
  /** Of these, how many carry nothing because their evidence is incomplete. */
  readonly incomplete: number;
}

/** @throws ViewParked when what a consent comes to is not known. */
export async function countConsents(pool: Pool): Promise<ConsentCounts> {
  await refuseGaps(pool, 'alumni-roster', undefined);
  const { rows } = await pool.query<{ consents: string; incomplete: string }>(
    `SELECT count(*) AS consents, count(*) FILTER (WHERE incomplete) AS incomplete
       FROM (SELECT bool_or(incomplete) AS incomplete FROM ${SCHEMA}.consent
         WHERE state = 'granted' GROUP BY alumnus_id, purpose_id) one`,
  );
  return { consents: Number(rows[0]!.consents), incomplete: Number(rows[0]!.incomplete) };
}
