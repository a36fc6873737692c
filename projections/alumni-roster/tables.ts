import type { Columns } from '../engine';
import { scheduleTables } from '../schedules/schedule-facts';

/** Of the version that serves. */
export const SCHEMA = 'alumni_roster';

/** Sort key of somebody whose name is not known (any more): after every name. */
export const NO_NAME = '\ufffd';

/**
 * Opened values stand in `programme` and `contact` (JSON) and in the columns derived from them, which are
 * blanked with them. Everything else is ids, flags and instants.
 */
export const tables = `${scheduleTables}
CREATE TABLE person (
  alumnus_id text PRIMARY KEY,
  -- The last event applied to this row: one applied again changes nothing.
  position bigint NOT NULL,
  registered_id text,
  -- Of nobody registered: what undid their registration.
  undone_id text,
  -- What says that they died: the recorded death, or an employment that ended with it, blanked with those.
  died_id text,
  death_recorded_id text,
  returned_id text,
  last_return_id text,
  -- Consents before the last return no longer carry use.
  consents_from timestamptz,
  erasure_started_id text,
  erasure_completed_id text,
  -- Categories between ErasureStarted and ErasureCompleted: their values are gone, whatever still opens.
  open_erasures text[] NOT NULL,
  holds text NOT NULL,
  contact_held boolean NOT NULL,
  employment_count integer NOT NULL,
  programme text,
  sort_key text COLLATE "C" NOT NULL,
  -- The event that the sort key comes from.
  sort_position bigint NOT NULL,
  grams text[] NOT NULL,
  department text,
  job text,
  employment_kind text,
  leaving_kind text,
  joined_on date,
  left_on date,
  service_months integer,
  contact text,
  channels text[] NOT NULL,
  -- What two records of one person would have in common: day of birth with given name, read and
  -- written, address, number. Blanked with what they are made from.
  reading_key text COLLATE "C",
  given_key text COLLATE "C",
  mail_key text COLLATE "C",
  phone_key text COLLATE "C"
);
-- Pairs that somebody has linked as the same person or found to be different people, the smaller id first.
CREATE TABLE link (
  one text NOT NULL,
  other text NOT NULL,
  state text NOT NULL,
  -- Of a link that holds, its event.
  link_id text,
  position bigint NOT NULL,
  PRIMARY KEY (one, other)
);
-- Who is in a group of linked records, whether or not there is anybody of that id. The group has its smallest id.
CREATE TABLE linked_record (
  alumnus_id text PRIMARY KEY,
  group_id text NOT NULL,
  link_ids text[] NOT NULL
);
-- Facts of a consent stream, as far as the answer depends on them.
CREATE TABLE consent_fact (
  alumnus_id text NOT NULL,
  purpose_id text NOT NULL,
  facts text NOT NULL,
  PRIMARY KEY (alumnus_id, purpose_id)
);
-- What they come to, per channel: until \`expires_at\` the one answer, from then on the other, which is that the
-- consent has expired or that the question is open.
CREATE TABLE consent (
  alumnus_id text NOT NULL,
  purpose_id text NOT NULL,
  channel text NOT NULL,
  state text NOT NULL,
  version integer,
  effective_at timestamptz,
  expires_at timestamptz,
  -- Of a grant: its evidence is incomplete and not approved.
  incomplete boolean NOT NULL,
  -- The last question without an answer since; of a grant, the one put after it.
  asked_version integer,
  asked_effective_at timestamptz,
  answer text NOT NULL,
  after_answer text,
  -- Copies, so that one index gives those who consented in the order of the list.
  sort_key text COLLATE "C" NOT NULL,
  sort_position bigint NOT NULL,
  PRIMARY KEY (alumnus_id, purpose_id, channel)
);`;

export const indexes = `
CREATE INDEX IF NOT EXISTS consent_granted ON consent (purpose_id, channel, sort_key, alumnus_id) WHERE state = 'granted';
CREATE INDEX IF NOT EXISTS consent_order ON consent (purpose_id, channel, sort_key, alumnus_id) INCLUDE (state, version, effective_at, expires_at, incomplete, asked_version, asked_effective_at);
CREATE INDEX IF NOT EXISTS consent_incomplete ON consent (effective_at) WHERE incomplete;
CREATE INDEX IF NOT EXISTS person_order ON person (sort_key, alumnus_id) INCLUDE (consents_from);
CREATE INDEX IF NOT EXISTS person_grams ON person USING gin (grams);
CREATE INDEX IF NOT EXISTS person_department ON person (department, sort_key, alumnus_id);
CREATE INDEX IF NOT EXISTS person_job ON person (job);
CREATE INDEX IF NOT EXISTS person_left_on ON person (left_on);
CREATE INDEX IF NOT EXISTS person_reading_key ON person (reading_key, alumnus_id) WHERE reading_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS person_given_key ON person (given_key, alumnus_id) WHERE given_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS person_mail_key ON person (mail_key, alumnus_id) WHERE mail_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS person_phone_key ON person (phone_key, alumnus_id) WHERE phone_key IS NOT NULL;
CREATE INDEX IF NOT EXISTS link_state ON link (state, position);
CREATE INDEX IF NOT EXISTS linked_record_group ON linked_record (group_id);`;

export const PERSON = {
  alumnus_id: 'text',
  position: 'bigint',
  registered_id: 'text',
  undone_id: 'text',
  died_id: 'text',
  death_recorded_id: 'text',
  returned_id: 'text',
  last_return_id: 'text',
  consents_from: 'timestamptz',
  erasure_started_id: 'text',
  erasure_completed_id: 'text',
  open_erasures: 'text[]',
  holds: 'text',
  contact_held: 'boolean',
  employment_count: 'integer',
  programme: 'text',
  sort_key: 'text',
  sort_position: 'bigint',
  grams: 'text[]',
  department: 'text',
  job: 'text',
  employment_kind: 'text',
  leaving_kind: 'text',
  joined_on: 'date',
  left_on: 'date',
  service_months: 'integer',
  contact: 'text',
  channels: 'text[]',
  reading_key: 'text',
  given_key: 'text',
  mail_key: 'text',
  phone_key: 'text',
} as const satisfies Columns;

export const LINK = {
  one: 'text',
  other: 'text',
  state: 'text',
  link_id: 'text',
  position: 'bigint',
} as const satisfies Columns;

export const LINKED_RECORD = {
  alumnus_id: 'text',
  group_id: 'text',
  link_ids: 'text[]',
} as const satisfies Columns;

export const CONSENT_FACT = {
  alumnus_id: 'text',
  purpose_id: 'text',
  facts: 'text',
} as const satisfies Columns;

export const CONSENT = {
  alumnus_id: 'text',
  purpose_id: 'text',
  channel: 'text',
  state: 'text',
  version: 'integer',
  effective_at: 'timestamptz',
  expires_at: 'timestamptz',
  incomplete: 'boolean',
  asked_version: 'integer',
  asked_effective_at: 'timestamptz',
  answer: 'text',
  after_answer: 'text',
  sort_key: 'text',
  sort_position: 'bigint',
} as const satisfies Columns;
