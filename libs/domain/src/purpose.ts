import { sameValue } from './equal';
import type { Deciding, Decider, Fact, Instant, NewEvent, Refusal } from './kernel';
import { purposeContentProblem, changesMoreThanWording } from './purpose-content';
import { purposeSchedule, type PurposeEvent, type PurposeSchedule } from './purpose-schedule';
import { refuse } from './refusals';
import type { PurposeContent } from './shapes';
import type { NoticeMethod, RevisionKind } from './terms';

/**
 * Writes a version of a purpose down without putting it in force: the first, or a revision. A revision says
 * what it is: `editorial` (wording), `related` (17(2): notice) or `beyond-scope` (18(1): new consent).
 */
export interface DraftPurpose {
  readonly kind: 'DraftPurpose';
  readonly purposeId: string;
  /** Short name such as `rehire`; required for the first version, fixed from then on. */
  readonly code?: string;
  /** Absent for the first version, required from the first publication on. */
  readonly revision?: Exclude<RevisionKind, 'first'>;
  readonly content: PurposeContent;
  /** SHA-256 (hex) of the notice texts, UTF-8; the domain has no hash function. */
  readonly noticeHashJa: string;
  readonly noticeHashEn: string;
}

/** Publishes a drafted version, from now or from a later instant. Never from an earlier one. */
export interface PublishPurpose {
  readonly kind: 'PublishPurpose';
  readonly version: number;
  readonly effectiveAt?: Instant;
}

/** Records that a version's notice was given or published, and what proves it (21(3); GL 2-14, 2-15). */
export interface RecordNotice {
  readonly kind: 'RecordNotice';
  readonly version: number;
  readonly method: NoticeMethod;
  readonly proof: string;
  readonly effectiveAt?: Instant;
}

/** Records that a purpose's version was made public by the page that shows it; ordered by a policy. */
export interface RecordPublication extends Omit<RecordNotice, 'kind'> {
  readonly kind: 'RecordPublication';
  readonly purposeId: string;
}

/** Ends a purpose for good: from then on nobody is contactable for it. */
export interface RetirePurpose {
  readonly kind: 'RetirePurpose';
  readonly effectiveAt?: Instant;
}

export type PurposeCommand = DraftPurpose | PublishPurpose | RecordNotice | RetirePurpose;

/** The facts themselves: rules ask the same schedule that contactability asks. */
export type PurposeState = readonly Fact<PurposeEvent>[];

type Decision = readonly NewEvent<PurposeEvent>[] | Refusal;

/** Rules of a stream `purpose-<id>`. */
export const purposeDecider: Decider<PurposeCommand, PurposeState, PurposeEvent> = {
  initial: [],

  decide(command, state, context) {
    if (command.kind === 'DraftPurpose') return draft(command, state);
    const schedule = purposeSchedule(state);
    if (schedule === undefined) return refuse('purpose-unknown');
    if (schedule.retiredFrom !== undefined) {
      return command.kind === 'RetirePurpose' ? retireAgain(command, schedule) : refuse('purpose-retired');
    }
    switch (command.kind) {
      case 'PublishPurpose':
        return publish(command, state, schedule, context);
      case 'RecordNotice':
        return recordNotice(command, state, schedule, context);
      case 'RetirePurpose':
        return retire(command, schedule, context);
    }
  },

  evolve: (state, fact) => [...state, fact],
};

/** The latest draft, published or not; `undefined` for a purpose that was never drafted. */
export function latestDraft(state: PurposeState): Fact<'PurposeDrafted'>['data'] | undefined {
  return drafts(state).at(-1)?.data;
}

function drafts(state: PurposeState): readonly Fact<'PurposeDrafted'>[] {
  return state.filter((fact): fact is Fact<'PurposeDrafted'> => fact.type === 'PurposeDrafted');
}

function draft(command: DraftPurpose, state: PurposeState): Decision {
  const { purposeId, content, noticeHashJa, noticeHashEn } = command;
  const schedule = purposeSchedule(state);
  if (schedule?.retiredFrom !== undefined) return refuse('purpose-retired');
  const code = command.code ?? schedule?.code;
  if (code === undefined || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code)) return refuse('code-invalid');
  if (schedule !== undefined && code !== schedule.code) return refuse('code-is-fixed');
  const problem = purposeContentProblem(content);
  if (problem !== undefined) return refuse('purpose-content-incomplete', { field: problem });
  const current = schedule?.versions.at(-1);
  const revision: RevisionKind | undefined = current === undefined ? 'first' : command.revision;
  if (revision === undefined) return refuse('revision-kind-missing');
  if (revision === 'editorial' && current !== undefined && changesMoreThanWording(current.content, content)) {
    return refuse('revision-not-editorial');
  }
  const last = latestDraft(state);
  const version = (last?.version ?? 0) + 1;
  const data = { purposeId, version, revision, code, content, noticeHashJa, noticeHashEn };
  // The same text again, whether still a draft or already published, is not another version.
  if (last !== undefined && sameText(data, last, last.version === current?.version)) return [];
  return [{ type: 'PurposeDrafted', data }];
}

type Draft = Fact<'PurposeDrafted'>['data'];

function sameText(a: Draft, b: Draft, published: boolean): boolean {
  const same =
    sameValue(a.content, b.content) && a.noticeHashJa === b.noticeHashJa && a.noticeHashEn === b.noticeHashEn;
  return same && (published ? a.revision !== 'beyond-scope' : a.revision === b.revision);
}

function publish(
  { version, effectiveAt }: PublishPurpose,
  state: PurposeState,
  schedule: PurposeSchedule,
  { decidedAt }: Deciding,
): Decision {
  const drafted = drafts(state).find(({ data }) => data.version === version)?.data;
  if (drafted === undefined) return refuse('version-unknown', { version });
  const already = schedule.versions.find((one) => one.version === version);
  if (already !== undefined) {
    const same = effectiveAt === undefined || effectiveAt === already.publishedFrom;
    return same ? [] : refuse('version-already-published', { version });
  }
  const current = schedule.versions.at(-1);
  if (current !== undefined && version < current.version) return refuse('version-superseded', { version });
  if (effectiveAt !== undefined && effectiveAt < decidedAt) return refuse('effective-in-past');
  if (current !== undefined && drafted.revision === 'first') return refuse('version-superseded', { version });
  // Another version may have been published since this one was drafted against its predecessor.
  if (current !== undefined && drafted.revision === 'editorial') {
    if (changesMoreThanWording(current.content, drafted.content)) return refuse('revision-not-editorial');
  }
  if (current !== undefined && (effectiveAt ?? decidedAt) < current.publishedFrom) {
    return refuse('published-out-of-order', { version, after: current.version });
  }
  const { purposeId, revision } = drafted;
  return [{ type: 'PurposePublished', data: { purposeId, version, revision }, ...at(effectiveAt) }];
}

function recordNotice(
  { version, method, proof, effectiveAt }: RecordNotice,
  state: PurposeState,
  schedule: PurposeSchedule,
  { decidedAt }: Deciding,
): Decision {
  if (!schedule.versions.some((one) => one.version === version)) {
    return refuse('version-not-published', { version });
  }
  if (proof.trim() === '') return refuse('notice-proof-missing');
  if (effectiveAt !== undefined && effectiveAt > decidedAt) return refuse('effective-in-future');
  const data = { purposeId: schedule.purposeId, version, method, proof };
  const repeated = state.some(
    (fact) =>
      fact.type === 'NoticePublished' &&
      sameValue(fact.data, data) &&
      (effectiveAt === undefined || effectiveAt === fact.effectiveAt),
  );
  return repeated ? [] : [{ type: 'NoticePublished', data, ...at(effectiveAt) }];
}

function retire(
  { effectiveAt }: RetirePurpose,
  { purposeId }: PurposeSchedule,
  { decidedAt }: Deciding,
): Decision {
  if (effectiveAt !== undefined && effectiveAt < decidedAt) return refuse('effective-in-past');
  return [{ type: 'PurposeRetired', data: { purposeId }, ...at(effectiveAt) }];
}

function retireAgain({ effectiveAt }: RetirePurpose, { retiredFrom }: PurposeSchedule): Decision {
  return effectiveAt === undefined || effectiveAt === retiredFrom ? [] : refuse('purpose-retired');
}

function at(effectiveAt: Instant | undefined): { effectiveAt?: Instant } {
  return effectiveAt === undefined ? {} : { effectiveAt };
}
