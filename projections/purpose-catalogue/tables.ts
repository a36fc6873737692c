import type { Columns } from '../engine';

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
-- Drafts, publications, notices and retirements: what a purpose's schedule is computed from.
CREATE TABLE purpose_fact (
  position bigint PRIMARY KEY,
  purpose_id text NOT NULL,
  fact text NOT NULL
);
CREATE INDEX purpose_fact_purpose ON purpose_fact (purpose_id, position);
CREATE TABLE programme_fact (
  position bigint PRIMARY KEY,
  programme_id text NOT NULL,
  fact text NOT NULL
);
CREATE INDEX programme_fact_programme ON programme_fact (programme_id, position);`;

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

export const PURPOSE_FACT = {
  position: 'bigint',
  purpose_id: 'text',
  fact: 'text',
} as const satisfies Columns;
export const PROGRAMME_FACT = {
  position: 'bigint',
  programme_id: 'text',
  fact: 'text',
} as const satisfies Columns;
