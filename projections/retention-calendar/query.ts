import type {
  AnchorFacts,
  Category,
  Day,
  DocumentCode,
  GroundCode,
  Instant,
  LawCode,
  SystemState,
} from '@enishi/domain';
import type { Pool } from 'pg';
import { readMembers, refuseGaps } from '../engine';
import { SCHEMA } from './tables';
import { documentParameters, elsewhereSql, endedSql, termParameters, type UnderLaw } from './under-law';

export * from './due-query';
export { retainingPurposes, type UnderLaw } from './under-law';

/** What keeps a category of a person longest. A category that is held and not named is due. */
export interface Retained {
  readonly alumnusId: string;
  readonly category: Category;
  /** The last day on which it must stay; absent where what keeps it still stands. */
  readonly until?: Day;
  readonly ground: GroundCode;
  readonly document: DocumentCode;
  /** The number of law that gives the period. */
  readonly number: LawCode;
  readonly eventIds: readonly string[];
}

/** What must stay of these people here, under the law of a day. @throws ViewParked */
export async function readRetained(
  pool: Pool,
  alumnusIds: readonly string[],
  law: UnderLaw,
): Promise<readonly Retained[]> {
  await refuseGaps(pool, 'retention-calendar', undefined);
  const { rows } = await pool.query<Omit<Retained, 'until'> & { readonly until: string | null }>(
    `WITH ${endedSql('g.alumnus_id = ANY($9::text[])')}
     SELECT DISTINCT ON (alumnus_id, category) alumnus_id AS "alumnusId", category, until::text AS until,
            ground, document, number, event_ids AS "eventIds"
       FROM ended ORDER BY alumnus_id, category, until DESC NULLS FIRST, ground`,
    [...(await termParameters(pool, law)), alumnusIds],
  );
  return rows.map(({ until, ...rest }) => ({ ...rest, ...(until !== null && { until }) }));
}

/** One ground of a person, for one category, under the law of a day. */
export interface PersonBasis extends Omit<Retained, 'alumnusId'> {
  readonly purposeId?: string;
}

/** Everything that keeps data of one person here, the longest first of each category. @throws ViewParked */
export async function readBases(
  pool: Pool,
  alumnusId: string,
  law: UnderLaw,
): Promise<{ readonly holdings: readonly Category[]; readonly bases: readonly PersonBasis[] }> {
  await refuseGaps(pool, 'retention-calendar', alumnusId);
  const { rows } = await pool.query<Omit<PersonBasis, 'until'> & { until: string | null; purposeId: string }>(
    `WITH ${endedSql('g.alumnus_id = $9')}
     SELECT category, until::text AS until, ground, document, number, purpose_id AS "purposeId", event_ids AS "eventIds"
       FROM ended ORDER BY category, until DESC NULLS FIRST, ground, purpose_id`,
    [...(await termParameters(pool, law)), alumnusId],
  );
  const held = await pool.query<{ category: Category }>(
    `SELECT category FROM ${SCHEMA}.holding WHERE alumnus_id = $1 ORDER BY category`,
    [alumnusId],
  );
  const bases = rows.map(({ until, purposeId, ...rest }) => ({
    ...rest,
    ...(until !== null && { until }),
    ...(purposeId !== '' && { purposeId }),
  }));
  return { holdings: held.rows.map(({ category }) => category), bases };
}

/** A document about a person in another system whose disposal nobody has confirmed. */
export interface OpenEntry {
  readonly alumnusId: string;
  readonly entryId: string;
  readonly systemId: string;
  readonly document: DocumentCode;
  /** Absent where nobody has stated what its period runs from, or that was erased. */
  readonly until?: Day;
}

/** What is held elsewhere of these people: others must confirm its disposal. @throws ViewParked */
export async function readHeldElsewhere(
  pool: Pool,
  alumnusIds: readonly string[],
  law: UnderLaw,
): Promise<readonly OpenEntry[]> {
  await refuseGaps(pool, 'retention-calendar', undefined);
  const { rows } = await pool.query<Omit<OpenEntry, 'until'> & { readonly until: string | null }>(
    `WITH ${elsewhereSql('h.alumnus_id = ANY($3::text[])')}
     SELECT alumnus_id AS "alumnusId", entry_id AS "entryId", system_id AS "systemId", document, until::text AS until
       FROM elsewhere ORDER BY alumnus_id, entry_id`,
    [...documentParameters(law), alumnusIds],
  );
  return rows.map(({ until, ...rest }) => ({ ...rest, ...(until !== null && { until }) }));
}

/** What was stated of one person's documents elsewhere, open and closed. */
export interface StatedEntry extends Pick<OpenEntry, 'entryId' | 'systemId' | 'document'> {
  readonly anchors?: AnchorFacts;
  readonly label?: string;
  readonly owner?: string;
  readonly statedId: string;
  readonly disposedId?: string;
  readonly disposedOn?: Day;
}

/** What is held, or was, of one person elsewhere. @throws ViewParked */
export async function readEntries(pool: Pool, alumnusId: string): Promise<readonly StatedEntry[]> {
  await refuseGaps(pool, 'retention-calendar', alumnusId);
  const rows = await readMembers(
    pool,
    `SELECT entry_id, system_id, document, anchors, label, owner, stated_id, disposed_id,
            disposed_on::text AS disposed_on
       FROM ${SCHEMA}.held_elsewhere WHERE alumnus_id = $1 ORDER BY disposed_id IS NOT NULL, document, entry_id`,
    [alumnusId],
  );
  return rows.map(({ anchors, ...row }) => ({
    ...(row as unknown as StatedEntry),
    ...(typeof anchors === 'string' && { anchors: JSON.parse(anchors) as AnchorFacts }),
  }));
}

/** A system of the inventory as it stands. */
export interface InventorySystem extends NonNullable<SystemState['stated']> {
  readonly systemId: string;
  readonly code: string;
  readonly retiredId?: string;
}

/** The inventory, retired systems last. @throws ViewParked */
export async function readSystems(pool: Pool): Promise<readonly InventorySystem[]> {
  await refuseGaps(pool, 'retention-calendar', undefined);
  const { rows } = await pool.query<{
    system_id: string;
    code: string;
    said: string;
    responsible: string | null;
    retired_id: string | null;
  }>(
    `SELECT system_id, code, said, responsible, retired_id FROM ${SCHEMA}.system
      ORDER BY retired_id IS NOT NULL, code COLLATE "C", system_id`,
  );
  return rows.map((row) => ({
    ...{ systemId: row.system_id, code: row.code },
    ...(JSON.parse(row.said) as Omit<NonNullable<SystemState['stated']>, 'responsible'>),
    ...(row.responsible !== null && { responsible: row.responsible }),
    ...(row.retired_id !== null && { retiredId: row.retired_id }),
  }));
}

/** A hold that stands. */
export interface StandingHold {
  readonly alumnusId: string;
  readonly holdId: string;
  readonly stopsContact: boolean;
  readonly reviewAt: Instant;
  readonly placedId: string;
}

/** Ids of the holds that stand on one person's data. @throws ViewParked */
export async function readHoldIds(pool: Pool, alumnusId: string): Promise<readonly string[]> {
  await refuseGaps(pool, 'retention-calendar', alumnusId);
  const { rows } = await pool.query<{ hold_id: string }>(
    `SELECT hold_id FROM ${SCHEMA}.hold WHERE alumnus_id = $1 ORDER BY review_at, hold_id`,
    [alumnusId],
  );
  return rows.map((row) => row.hold_id);
}

/** The holds that stand, the earliest review first. @throws ViewParked */
export async function readStandingHolds(pool: Pool, limit: number): Promise<readonly StandingHold[]> {
  await refuseGaps(pool, 'retention-calendar', undefined);
  const { rows } = await pool.query<Omit<StandingHold, 'reviewAt'> & { readonly reviewAt: Date }>(
    `SELECT alumnus_id AS "alumnusId", hold_id AS "holdId", stops_contact AS "stopsContact",
            review_at AS "reviewAt", placed_id AS "placedId"
       FROM ${SCHEMA}.hold ORDER BY review_at, alumnus_id, hold_id LIMIT $1`,
    [limit],
  );
  return rows.map((row) => ({ ...row, reviewAt: row.reviewAt.toISOString() }));
}
