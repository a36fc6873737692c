import type { Columns } from '../engine';

/** One row per consent event. Nothing sealed: of the evidence only that it is there. */
export const tables = `
CREATE TABLE consent_event (
  position bigint PRIMARY KEY,
  event_id text NOT NULL,
  kind text NOT NULL,
  alumnus_id text NOT NULL,
  purpose_id text NOT NULL,
  purpose_version integer,
  channels text[] NOT NULL,
  capture_channel text,
  method text,
  party text,
  language text,
  notice_hash text,
  identity_check text,
  has_evidence boolean NOT NULL,
  artefact_id text,
  artefact_hash text,
  expires_at timestamptz,
  -- Of an expiry: the grant that ended. Of an invalidation: the answer that was recorded in error.
  about_event_id text,
  effective_at timestamptz NOT NULL,
  decided_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  actor text NOT NULL,
  command_id text NOT NULL,
  batch_id text,
  -- The invalidation that struck this answer out.
  voided_by text
);
-- A later batch marks answers by person and event id: needed while the table fills.
CREATE INDEX consent_event_alumnus ON consent_event (alumnus_id, position);`;

export const indexes = `
CREATE INDEX IF NOT EXISTS consent_event_purpose ON consent_event (purpose_id, position);
CREATE INDEX IF NOT EXISTS consent_event_recorded ON consent_event (recorded_at, position);`;

export const CONSENT_EVENT = {
  position: 'bigint',
  event_id: 'text',
  kind: 'text',
  alumnus_id: 'text',
  purpose_id: 'text',
  purpose_version: 'integer',
  channels: 'text[]',
  capture_channel: 'text',
  method: 'text',
  party: 'text',
  language: 'text',
  notice_hash: 'text',
  identity_check: 'text',
  has_evidence: 'boolean',
  artefact_id: 'text',
  artefact_hash: 'text',
  expires_at: 'timestamptz',
  about_event_id: 'text',
  effective_at: 'timestamptz',
  decided_at: 'timestamptz',
  recorded_at: 'timestamptz',
  actor: 'text',
  command_id: 'text',
  batch_id: 'text',
} as const satisfies Columns;
