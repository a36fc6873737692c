import type { Columns } from '../engine';
import { scheduleTables } from '../schedules/schedule-facts';

/** Of the version that serves. */
export const SCHEMA = 'as_of_facts';

/** Sort key of somebody whose name is not known (any more): after every name. */
export const NO_NAME = '\ufffd';

/**
 * Facts, each as it was recorded, never a state: a fact that comes late is one more row, whatever instant it is
 * effective from. Positions grow with the leaves. Opened values stand in `programme` and `contact` alone.
 */
export const tables = `${scheduleTables}
CREATE TABLE person_fact (
  alumnus_id text NOT NULL,
  position bigint NOT NULL,
  -- Of an answer for a purpose.
  purpose_id text,
  type text NOT NULL,
  effective_at timestamptz NOT NULL,
  fact text NOT NULL,
  programme text,
  contact text,
  PRIMARY KEY (alumnus_id, position)
);
-- Between these, what is recorded is erased as it comes: needed while the table fills.
CREATE INDEX person_fact_erasure ON person_fact (alumnus_id)
  WHERE type IN ('ErasureStarted', 'ErasureCompleted');
CREATE TABLE link_fact (
  position bigint PRIMARY KEY,
  fact text NOT NULL
);
-- Everybody about whom there is a fact of their data, with the reading that lists are ordered by.
CREATE TABLE subject (
  alumnus_id text PRIMARY KEY,
  first_position bigint NOT NULL,
  last_position bigint NOT NULL,
  sort_key text COLLATE "C" NOT NULL
);`;

export const indexes = `
CREATE INDEX IF NOT EXISTS subject_order ON subject (sort_key, alumnus_id);
CREATE INDEX IF NOT EXISTS person_fact_granted ON person_fact (purpose_id, alumnus_id, position)
  WHERE type = 'ConsentGranted';`;

export const PERSON_FACT = {
  alumnus_id: 'text',
  position: 'bigint',
  purpose_id: 'text',
  type: 'text',
  effective_at: 'timestamptz',
  fact: 'text',
  programme: 'text',
  contact: 'text',
} as const satisfies Columns;

export const LINK_FACT = { position: 'bigint', fact: 'text' } as const satisfies Columns;

export const SUBJECT = {
  alumnus_id: 'text',
  first_position: 'bigint',
  last_position: 'bigint',
  sort_key: 'text',
} as const satisfies Columns;
