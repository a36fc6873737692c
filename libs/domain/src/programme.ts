import { parseEligibilityRule } from './eligibility-parse';
import { sameValue } from './equal';
import type { Deciding, Decider, Fact, Instant, NewEvent, Refusal } from './kernel';
import { programmeSchedule, type ProgrammeEvent, type ProgrammeSchedule } from './programme-schedule';
import { programmeContentProblem } from './purpose-content';
import { refuse } from './refusals';
import type { ProgrammeContent } from './shapes';

/** Writes a version of a programme down: purposes, whom it is for, channels, officer, review cycle. */
export interface DraftProgramme {
  readonly kind: 'DraftProgramme';
  readonly programmeId: string;
  /** Short name such as `rehire`; required for the first version, fixed from then on. */
  readonly code?: string;
  readonly content: ProgrammeContent;
  readonly officerId?: string;
}

/** Publishes a drafted version, from now or from a later instant. */
export interface PublishProgramme {
  readonly kind: 'PublishProgramme';
  readonly version: number;
  readonly effectiveAt?: Instant;
}

/** Ends a programme for good. */
export interface CloseProgramme {
  readonly kind: 'CloseProgramme';
  readonly effectiveAt?: Instant;
}

export type ProgrammeCommand = DraftProgramme | PublishProgramme | CloseProgramme;

export type ProgrammeState = readonly Fact<ProgrammeEvent>[];

type Decision = readonly NewEvent<ProgrammeEvent>[] | Refusal;

/** Rules of a stream `programme-<id>`. */
export const programmeDecider: Decider<ProgrammeCommand, ProgrammeState, ProgrammeEvent> = {
  initial: [],

  decide(command, state, context) {
    const schedule = programmeSchedule(state);
    if (command.kind === 'DraftProgramme') return draft(command, state, schedule);
    if (schedule === undefined) return refuse('programme-unknown');
    return command.kind === 'PublishProgramme'
      ? publish(command, state, schedule, context)
      : close(command, schedule, context);
  },

  evolve: (state, fact) => [...state, fact],
};

function drafts(state: ProgrammeState): readonly Fact<'ProgrammeDrafted'>['data'][] {
  return state.flatMap((fact) => (fact.type === 'ProgrammeDrafted' ? [fact.data] : []));
}

function draft(
  command: DraftProgramme,
  state: ProgrammeState,
  schedule: ProgrammeSchedule | undefined,
): Decision {
  const { programmeId, content, officerId } = command;
  if (schedule?.closedFrom !== undefined) return refuse('programme-closed');
  const code = command.code ?? schedule?.code;
  if (code === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code)) return refuse('code-invalid');
  if (schedule !== undefined && code !== schedule.code) return refuse('code-is-fixed');
  const problem = programmeContentProblem(content);
  if (problem !== undefined) return refuse('programme-content-incomplete', { field: problem });
  const rule = parseEligibilityRule(content.eligibility);
  if (!('rule' in rule)) return refuse('eligibility-rule-invalid', { path: rule.problems[0]?.path ?? '' });
  const last = drafts(state).at(-1);
  if (last !== undefined && sameValue(last.content, content) && last.officerId === officerId) return [];
  const version = (last?.version ?? 0) + 1;
  const officer = officerId === undefined ? {} : { officerId };
  return [{ type: 'ProgrammeDrafted', data: { programmeId, version, code, content, ...officer } }];
}

function publish(
  { version, effectiveAt }: PublishProgramme,
  state: ProgrammeState,
  schedule: ProgrammeSchedule,
  { decidedAt }: Deciding,
): Decision {
  if (schedule.closedFrom !== undefined) return refuse('programme-closed');
  if (!drafts(state).some((one) => one.version === version)) return refuse('version-unknown', { version });
  const already = schedule.versions.find((one) => one.version === version);
  if (already !== undefined) {
    const same = effectiveAt === undefined || effectiveAt === already.from;
    return same ? [] : refuse('version-already-published', { version });
  }
  const current = schedule.versions.at(-1);
  if (current !== undefined && version < current.version) return refuse('version-superseded', { version });
  if (effectiveAt !== undefined && effectiveAt < decidedAt) return refuse('effective-in-past');
  if (current !== undefined && (effectiveAt ?? decidedAt) < current.from) {
    return refuse('published-out-of-order', { version, after: current.version });
  }
  const data = { programmeId: schedule.programmeId, version };
  return [{ type: 'ProgrammePublished', data, ...(effectiveAt !== undefined && { effectiveAt }) }];
}

function close(
  { effectiveAt }: CloseProgramme,
  { programmeId, closedFrom }: ProgrammeSchedule,
  { decidedAt }: Deciding,
): Decision {
  if (closedFrom !== undefined) {
    return effectiveAt === undefined || effectiveAt === closedFrom ? [] : refuse('programme-closed');
  }
  if (effectiveAt !== undefined && effectiveAt < decidedAt) return refuse('effective-in-past');
  return [
    { type: 'ProgrammeClosed', data: { programmeId }, ...(effectiveAt !== undefined && { effectiveAt }) },
  ];
}
