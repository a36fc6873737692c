import type { Columns } from '../engine';

/** One row per event. `data` is the JSON of its clear fields; sealed ones are never here. */
export const tables = `
CREATE TABLE event (
  position bigint PRIMARY KEY,
  event_id text NOT NULL,
  stream text NOT NULL,
  revision integer NOT NULL,
  type text NOT NULL,
  effective_at timestamptz NOT NULL,
  decided_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  actor text NOT NULL,
  command_id text NOT NULL,
  batch_id text,
  alumnus_id text,
  purpose_id text,
  programme_id text,
  -- Of a link of two people, the second one.
  other_id text,
  data text NOT NULL,
  -- Names of the sealed fields, which stand in clear in the event; never their values.
  sealed text[] NOT NULL
);
-- Whom an event with a list of people names: a part of an export, of a provision, of a plan of erasure; a receipt.
CREATE TABLE included (
  alumnus_id text NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (alumnus_id, position)
);`;

export const indexes = `
CREATE INDEX IF NOT EXISTS event_by_id ON event (event_id);
CREATE INDEX IF NOT EXISTS event_alumnus ON event (alumnus_id, position) WHERE alumnus_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS event_other ON event (other_id, position) WHERE other_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS event_purpose ON event (purpose_id, position) WHERE purpose_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS event_batch ON event (batch_id, position) WHERE batch_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS event_actor ON event (actor, position);
CREATE INDEX IF NOT EXISTS event_recorded ON event (recorded_at, position);
CREATE INDEX IF NOT EXISTS event_looked_for ON event (type, position) WHERE type IN ('ErasureCompleted', 'ErasureMarked', 'ErasureProposed', 'ErasureStarted', 'ExportCompleted', 'ExportRequested', 'ItemErased');
CREATE INDEX IF NOT EXISTS event_recipient ON event (type, position) WHERE type IN ('ProvisionRecorded', 'ReceiptRecorded', 'RecipientAdded', 'RecipientAssessed', 'RecipientEnded', 'RecipientRevised');
CREATE INDEX IF NOT EXISTS event_telling ON event (stream, position) WHERE type IN ('RecipientNoticeFellDue', 'RecipientTold');
CREATE INDEX IF NOT EXISTS event_export ON event (stream, position) WHERE stream LIKE 'export-%';
CREATE INDEX IF NOT EXISTS event_erasure ON event (stream, position) WHERE stream LIKE 'erasure-%';
CREATE INDEX IF NOT EXISTS event_letter ON event (stream, position) WHERE stream LIKE 'letter-%';`;

export const EVENT = {
  position: 'bigint',
  event_id: 'text',
  stream: 'text',
  revision: 'integer',
  type: 'text',
  effective_at: 'timestamptz',
  decided_at: 'timestamptz',
  recorded_at: 'timestamptz',
  actor: 'text',
  command_id: 'text',
  batch_id: 'text',
  alumnus_id: 'text',
  purpose_id: 'text',
  programme_id: 'text',
  other_id: 'text',
  data: 'text',
  sealed: 'text[]',
} as const satisfies Columns;

export const INCLUDED = { alumnus_id: 'text', position: 'bigint' } as const satisfies Columns;
