import {
  inForceAt,
  isRetiredAt,
  programmeInForceAt,
  programmeSchedule,
  purposeSchedule,
  type CompanyParty,
  type ContactPoint,
  type Fact,
  type Instant,
  type PersonName,
  type ProgrammeContent,
  type ProgrammeSchedule,
  type ProgrammeVersion,
  type PurposeContent,
  type PurposeSchedule,
  type RevisionKind,
  type ScheduledVersion,
} from '@enishi/domain';
import type { Pool } from 'pg';
import { refuseGaps } from '../engine';
import { readProgrammeFacts, readPurposeFacts } from '../schedules/schedule-facts';

/** A draft that has not been published. */
export interface PurposeDraft {
  readonly version: number;
  readonly revision: RevisionKind;
  readonly content: PurposeContent;
  readonly draftedId: string;
}

/** A purpose with all its versions. */
export interface Purpose {
  readonly purposeId: string;
  readonly code: string;
  readonly schedule: PurposeSchedule;
  /** The version in force at the instant asked about. */
  readonly current: ScheduledVersion | undefined;
  readonly retired: boolean;
  readonly draft: PurposeDraft | undefined;
  readonly notices: readonly Fact<'NoticePublished'>[];
}

/** A programme with all its versions. */
export interface Programme {
  readonly programmeId: string;
  readonly code: string;
  readonly schedule: ProgrammeSchedule;
  /** The version in force at the instant asked about. */
  readonly current: ProgrammeVersion | undefined;
  readonly closed: boolean;
  /** Responsible for the version in force. */
  readonly officerId: string | undefined;
  readonly draft:
    { readonly version: number; readonly content: ProgrammeContent; readonly draftedId: string } | undefined;
}

/** The company as it describes itself, with the responsible officer and the contact point. */
export interface Company {
  readonly ledgerId: string;
  readonly companyId: string;
  readonly mode: 'development' | 'production';
  readonly party: CompanyParty | undefined;
  readonly contactPoint: ContactPoint | undefined;
  readonly officer:
    | {
        readonly staffId: string;
        /** Absent where the officer's key was destroyed. */
        readonly name: PersonName | undefined;
        readonly title: string | undefined;
        readonly workContact: string | undefined;
        readonly eventId: string;
      }
    | undefined;
}

/** @throws ViewParked when what a purpose comes to is not known. */
export async function listPurposes(pool: Pool, at: Instant): Promise<readonly Purpose[]> {
  return readPurposes(pool, at, undefined);
}

/** One purpose; `undefined` where there is none. @throws ViewParked */
export async function findPurpose(pool: Pool, purposeId: string, at: Instant): Promise<Purpose | undefined> {
  return (await readPurposes(pool, at, purposeId))[0];
}

/** Programmes with all their versions. @throws ViewParked */
export async function listProgrammes(pool: Pool, at: Instant): Promise<readonly Programme[]> {
  return readProgrammes(pool, at, undefined);
}

/** One programme; `undefined` where there is none. @throws ViewParked */
export async function findProgramme(
  pool: Pool,
  programmeId: string,
  at: Instant,
): Promise<Programme | undefined> {
  return (await readProgrammes(pool, at, programmeId))[0];
}

/** The company; `undefined` in a ledger that has not been opened. @throws ViewParked */
export async function readCompany(pool: Pool): Promise<Company | undefined> {
  await refuseGaps(pool, 'purpose-catalogue', undefined);
  const { rows } = await pool.query<{
    ledger_id: string;
    company_id: string;
    mode: 'development' | 'production';
    party: string | null;
    contact_point: string | null;
  }>(
    `SELECT l.*,
       (SELECT content FROM purpose_catalogue.company_statement WHERE kind = 'party'
         ORDER BY position DESC LIMIT 1) AS party,
       (SELECT content FROM purpose_catalogue.company_statement WHERE kind = 'contact-point'
         ORDER BY position DESC LIMIT 1) AS contact_point
     FROM purpose_catalogue.ledger l`,
  );
  const [row] = rows;
  if (!row) return undefined;
  const { rows: officers } = await pool.query<{
    staff_id: string;
    name: string | null;
    title: string | null;
    work_contact: string | null;
    event_id: string;
  }>('SELECT * FROM purpose_catalogue.officer ORDER BY position DESC LIMIT 1');
  const [officer] = officers;
  return {
    ledgerId: row.ledger_id,
    companyId: row.company_id,
    mode: row.mode,
    party: row.party === null ? undefined : (JSON.parse(row.party) as CompanyParty),
    contactPoint: row.contact_point === null ? undefined : (JSON.parse(row.contact_point) as ContactPoint),
    officer: officer && {
      staffId: officer.staff_id,
      name: officer.name === null ? undefined : (JSON.parse(officer.name) as PersonName),
      title: officer.title ?? undefined,
      workContact: officer.work_contact ?? undefined,
      eventId: officer.event_id,
    },
  };
}

async function readPurposes(
  pool: Pool,
  at: Instant,
  purposeId: string | undefined,
): Promise<readonly Purpose[]> {
  await refuseGaps(pool, 'purpose-catalogue', undefined);
  const grouped = await readPurposeFacts(pool, 'purpose_catalogue', purposeId);
  return [...grouped.values()].flatMap((facts) => {
    const schedule = purposeSchedule(facts);
    if (!schedule) return [];
    const published = new Set(schedule.versions.map(({ version }) => version));
    const draft = facts.findLast(
      (fact): fact is Fact<'PurposeDrafted'> =>
        fact.type === 'PurposeDrafted' && !published.has(fact.data.version),
    );
    return {
      purposeId: schedule.purposeId,
      code: schedule.code,
      schedule,
      current: inForceAt(schedule, at),
      retired: isRetiredAt(schedule, at),
      draft: draft && {
        version: draft.data.version,
        revision: draft.data.revision,
        content: draft.data.content,
        draftedId: draft.id,
      },
      notices: facts.filter((fact): fact is Fact<'NoticePublished'> => fact.type === 'NoticePublished'),
    };
  });
}

async function readProgrammes(
  pool: Pool,
  at: Instant,
  programmeId: string | undefined,
): Promise<readonly Programme[]> {
  await refuseGaps(pool, 'purpose-catalogue', undefined);
  const grouped = await readProgrammeFacts(pool, 'purpose_catalogue', programmeId);
  return [...grouped.values()].flatMap((facts) => {
    const schedule = programmeSchedule(facts);
    if (!schedule) return [];
    const published = new Set(schedule.versions.map(({ version }) => version));
    const drafts = facts.filter((fact): fact is Fact<'ProgrammeDrafted'> => fact.type === 'ProgrammeDrafted');
    const draft = drafts.findLast(({ data }) => !published.has(data.version));
    const current = programmeInForceAt(schedule, at);
    return {
      programmeId: schedule.programmeId,
      code: schedule.code,
      schedule,
      current,
      closed: schedule.closedFrom !== undefined && schedule.closedFrom <= at,
      officerId: drafts.findLast(({ data }) => data.version === current?.version)?.data.officerId,
      draft: draft && { version: draft.data.version, content: draft.data.content, draftedId: draft.id },
    };
  });
}
