import type { Columns } from '../engine';
import { scheduleTables } from '../schedules/schedule-facts';

/** What the company states about itself, as it stated it: every version stays. */
export const tables = `
CREATE TABLE ledger (
  ledger_id text PRIMARY KEY,
  company_id text NOT NULL,
  mode text NOT NULL
);
-- Descriptions of the company and its contact point, the newest last.
CREATE TABLE company_statement (
  position bigint PRIMARY KEY,
  event_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('party', 'contact-point')),
  content text NOT NULL,
  effective_at timestamptz NOT NULL
);
CREATE TABLE officer (
  position bigint PRIMARY KEY,
  event_id text NOT NULL,
  staff_id text NOT NULL,
  name text,
  title text,
  work_contact text,
  effective_at timestamptz NOT NULL
);
${scheduleTables}`;

export const LEDGER = { ledger_id: 'text', company_id: 'text', mode: 'text' } as const satisfies Columns;

export const COMPANY_STATEMENT = {
  position: 'bigint',
  event_id: 'text',
  kind: 'text',
  content: 'text',
  effective_at: 'timestamptz',
} as const satisfies Columns;

export const OFFICER = {
  position: 'bigint',
  event_id: 'text',
  staff_id: 'text',
  name: 'text',
  title: 'text',
  work_contact: 'text',
  effective_at: 'timestamptz',
} as const satisfies Columns;
