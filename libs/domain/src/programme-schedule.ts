import type { Fact, Instant } from './kernel';
import type { ProgrammeContent } from './shapes';

export type ProgrammeEvent = 'ProgrammeDrafted' | 'ProgrammePublished' | 'ProgrammeClosed';

/** A published version of a programme. */
export interface ProgrammeVersion {
  readonly version: number;
  readonly content: ProgrammeContent;
  readonly publishedId: string;
  readonly from: Instant;
}

/** The published versions of one programme along time. */
export interface ProgrammeSchedule {
  readonly programmeId: string;
  readonly code: string;
  /** Ascending by version; drafts are not in it. */
  readonly versions: readonly ProgrammeVersion[];
  readonly closedFrom?: Instant;
  readonly closedId?: string;
}

/** The schedule of a programme from the facts of its stream, in ledger order; `undefined` without facts. */
export function programmeSchedule(facts: readonly Fact<ProgrammeEvent>[]): ProgrammeSchedule | undefined {
  const drafts = of(facts, 'ProgrammeDrafted');
  const first = drafts[0];
  if (first === undefined) return undefined;
  const versions = of(facts, 'ProgrammePublished')
    .flatMap(({ id, effectiveAt, data }): ProgrammeVersion[] => {
      const draft = drafts.findLast((one) => one.data.version === data.version);
      if (draft === undefined) return [];
      return [{ version: data.version, content: draft.data.content, publishedId: id, from: effectiveAt }];
    })
    .toSorted((a, b) => a.version - b.version);
  const closing = of(facts, 'ProgrammeClosed')[0];
  return {
    programmeId: first.data.programmeId,
    code: first.data.code,
    versions,
    ...(closing && { closedFrom: closing.effectiveAt, closedId: closing.id }),
  };
}

/** The version in force at an instant; `undefined` before the first, and once the programme is closed. */
export function programmeInForceAt(schedule: ProgrammeSchedule, at: Instant): ProgrammeVersion | undefined {
  if (schedule.closedFrom !== undefined && schedule.closedFrom <= at) return undefined;
  return schedule.versions.findLast(({ from }) => from <= at);
}

function of<T extends ProgrammeEvent>(facts: readonly Fact<ProgrammeEvent>[], type: T): readonly Fact<T>[] {
  return facts.filter((fact) => fact.type === type) as unknown as readonly Fact<T>[];
}
