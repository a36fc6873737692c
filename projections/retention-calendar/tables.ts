import type { Columns } from '../engine';
import { scheduleTables } from '../schedules/schedule-facts';

/** Of the version that serves. */
export const SCHEMA = 'retention_calendar';

/**
 * Why something stays, per person; under which law and until when is asked when it is read. Opened values are the days and
 * words of `held_elsewhere`, and the responsible person of `system`.
 */
export const tables = `${scheduleTables}
-- What happened to a person's data, in clear: type, id, times, categories, purpose.
CREATE TABLE retained_person (
  alumnus_id text PRIMARY KEY,
  position bigint NOT NULL,
  events text NOT NULL
);
CREATE TABLE holding (
  alumnus_id text NOT NULL,
  category text NOT NULL,
  PRIMARY KEY (alumnus_id, category)
);
-- Without \`first_on\` it still stands.
CREATE TABLE ground (
  alumnus_id text NOT NULL,
  ground text NOT NULL,
  document text NOT NULL,
  purpose_id text NOT NULL,
  first_on date,
  event_ids text[] NOT NULL,
  PRIMARY KEY (alumnus_id, ground, document, purpose_id)
);
-- Holds that stand.
CREATE TABLE hold (
  alumnus_id text NOT NULL,
  hold_id text NOT NULL,
  stops_contact boolean NOT NULL,
  review_at timestamptz NOT NULL,
  placed_id text NOT NULL,
  PRIMARY KEY (alumnus_id, hold_id)
);
-- Documents in other systems, open and closed. Without \`first_on\` nobody knows what the period runs from.
CREATE TABLE held_elsewhere (
  alumnus_id text NOT NULL,
  entry_id text NOT NULL,
  position bigint NOT NULL,
  system_id text NOT NULL,
  document text NOT NULL,
  first_on date,
  anchors text,
  label text,
  owner text,
  stated_id text NOT NULL,
  disposed_id text,
  disposed_on date,
  PRIMARY KEY (alumnus_id, entry_id)
);
-- The inventory as it stands.
CREATE TABLE system (
  system_id text PRIMARY KEY,
  position bigint NOT NULL,
  code text NOT NULL,
  said text NOT NULL,
  responsible text,
  retired_id text
);`;

export const indexes = `
CREATE INDEX IF NOT EXISTS hold_review ON hold (review_at);
CREATE INDEX IF NOT EXISTS held_elsewhere_system ON held_elsewhere (system_id, document);`;

export const RETAINED_PERSON = {
  alumnus_id: 'text',
  position: 'bigint',
  events: 'text',
} as const satisfies Columns;

export const HOLDING = { alumnus_id: 'text', category: 'text' } as const satisfies Columns;

export const GROUND = {
  alumnus_id: 'text',
  ground: 'text',
  document: 'text',
  purpose_id: 'text',
  first_on: 'date',
  event_ids: 'text[]',
} as const satisfies Columns;

export const HOLD = {
  alumnus_id: 'text',
  hold_id: 'text',
  stops_contact: 'boolean',
  review_at: 'timestamptz',
  placed_id: 'text',
} as const satisfies Columns;

export const HELD_ELSEWHERE = {
  alumnus_id: 'text',
  entry_id: 'text',
  position: 'bigint',
  system_id: 'text',
  document: 'text',
  first_on: 'date',
  anchors: 'text',
  label: 'text',
  owner: 'text',
  stated_id: 'text',
  disposed_id: 'text',
  disposed_on: 'date',
} as const satisfies Columns;

export const SYSTEM = {
  system_id: 'text',
  position: 'bigint',
  code: 'text',
  said: 'text',
  responsible: 'text',
  retired_id: 'text',
} as const satisfies Columns;
