import type { Columns } from '../engine';

/** One row per request, and the clear fields of its events, of which the row is made. Nothing sealed. */
export const tables = `
CREATE TABLE request (
  request_id text PRIMARY KEY,
  kind text NOT NULL,
  ground text,
  came_by text NOT NULL,
  party text NOT NULL,
  answer_form text NOT NULL,
  language text NOT NULL,
  arrived_at timestamptz NOT NULL,
  standing text NOT NULL,
  -- When the next step is due; absent where none is.
  due_at timestamptz,
  paused_at timestamptz,
  verified boolean NOT NULL,
  alumnus_id text,
  assignee_id text,
  deputy_id text,
  original_id text,
  decision text,
  decided_at timestamptz,
  notified_at timestamptz,
  outcome text,
  open_tasks integer NOT NULL,
  revision integer NOT NULL,
  -- The event that it began with.
  received_id text NOT NULL,
  received_position bigint NOT NULL
);
-- A later batch finds the facts before its own: needed while the tables fill.
CREATE TABLE request_fact (
  request_id text NOT NULL,
  revision integer NOT NULL,
  fact text NOT NULL,
  PRIMARY KEY (request_id, revision)
);`;

export const indexes = `
CREATE INDEX IF NOT EXISTS request_due ON request ((coalesce(due_at, 'infinity')), request_id);
CREATE INDEX IF NOT EXISTS request_alumnus ON request (alumnus_id) WHERE alumnus_id IS NOT NULL;`;

export const REQUEST = {
  request_id: 'text',
  kind: 'text',
  ground: 'text',
  came_by: 'text',
  party: 'text',
  answer_form: 'text',
  language: 'text',
  arrived_at: 'timestamptz',
  standing: 'text',
  due_at: 'timestamptz',
  paused_at: 'timestamptz',
  verified: 'boolean',
  alumnus_id: 'text',
  assignee_id: 'text',
  deputy_id: 'text',
  original_id: 'text',
  decision: 'text',
  decided_at: 'timestamptz',
  notified_at: 'timestamptz',
  outcome: 'text',
  open_tasks: 'integer',
  revision: 'integer',
  received_id: 'text',
  received_position: 'bigint',
} as const satisfies Columns;

export const REQUEST_FACT = {
  request_id: 'text',
  revision: 'integer',
  fact: 'text',
} as const satisfies Columns;
