import type { Fact, ProgrammeEvent, PurposeEvent } from '@enishi/domain';
import type { ClientBase, Pool } from 'pg';
import { readFact, storeFact, writeRows, type Columns } from '../engine';

/**
 * The facts of purposes and programmes, kept by every projection that needs them in tables of its own: what
 * they come to at an instant is asked of the pure schedules, never copied into rows.
 */
export const scheduleTables = `
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

export const PURPOSE_EVENTS = [
  'PurposeDrafted',
  'PurposePublished',
  'NoticePublished',
  'PurposeRetired',
] as const satisfies readonly PurposeEvent[];

export const PROGRAMME_EVENTS = [
  'ProgrammeDrafted',
  'ProgrammePublished',
  'ProgrammeClosed',
] as const satisfies readonly ProgrammeEvent[];

const PURPOSE_FACT = { position: 'bigint', purpose_id: 'text', fact: 'text' } as const satisfies Columns;
const PROGRAMME_FACT = { position: 'bigint', programme_id: 'text', fact: 'text' } as const satisfies Columns;

function isPurposeFact(fact: Fact): fact is Fact<PurposeEvent> {
  return (PURPOSE_EVENTS as readonly string[]).includes(fact.type);
}

function isProgrammeFact(fact: Fact): fact is Fact<ProgrammeEvent> {
  return (PROGRAMME_EVENTS as readonly string[]).includes(fact.type);
}

/** Keeps those of the facts that schedules are made of. */
export async function writeScheduleFacts(db: ClientBase, facts: readonly Fact[]): Promise<void> {
  const purposes = facts.filter(isPurposeFact);
  const programmes = facts.filter(isProgrammeFact);
  await writeRows(
    db,
    'purpose_fact',
    PURPOSE_FACT,
    ['position'],
    'keep',
    purposes.map((fact) => ({
      position: fact.position,
      purpose_id: fact.data.purposeId,
      fact: storeFact(fact),
    })),
  );
  await writeRows(
    db,
    'programme_fact',
    PROGRAMME_FACT,
    ['position'],
    'keep',
    programmes.map((fact) => ({
      position: fact.position,
      programme_id: fact.data.programmeId,
      fact: storeFact(fact),
    })),
  );
}

/** The facts of each purpose, or of one, in ledger order; purposes in the order they were first drafted. */
export function readPurposeFacts(
  db: ClientBase | Pool,
  schema: string,
  purposeId?: string,
): Promise<ReadonlyMap<string, readonly Fact<PurposeEvent>[]>> {
  return readFacts(db, schema, 'purpose', purposeId);
}

/** The facts of each programme, or of one. */
export function readProgrammeFacts(
  db: ClientBase | Pool,
  schema: string,
  programmeId?: string,
): Promise<ReadonlyMap<string, readonly Fact<ProgrammeEvent>[]>> {
  return readFacts(db, schema, 'programme', programmeId);
}

async function readFacts<F extends Fact>(
  db: ClientBase | Pool,
  schema: string,
  kind: 'purpose' | 'programme',
  id: string | undefined,
): Promise<ReadonlyMap<string, readonly F[]>> {
  const { rows } = await db.query<{ id: string; fact: string }>(
    `SELECT ${kind}_id AS id, fact FROM ${schema}.${kind}_fact
      WHERE $1::text IS NULL OR ${kind}_id = $1 ORDER BY position`,
    [id ?? null],
  );
  const grouped = new Map<string, F[]>();
  for (const row of rows) {
    let facts = grouped.get(row.id);
    if (!facts) grouped.set(row.id, (facts = []));
    facts.push(readFact(row.fact) as F);
  }
  return grouped;
}
