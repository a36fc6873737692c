import type { Fact, Instant } from './kernel';
import type { PurposeContent } from './shapes';
import type { Language, RevisionKind } from './terms';
import { later } from './time';

export type PurposeEvent = 'PurposeDrafted' | 'PurposePublished' | 'NoticePublished' | 'PurposeRetired';

/** A published version of a purpose and from when the company may rely on it. */
export interface ScheduledVersion {
  readonly version: number;
  readonly revision: RevisionKind;
  readonly content: PurposeContent;
  /** SHA-256 of the notice text, per language. */
  readonly noticeHashes: Readonly<Record<Language, string>>;
  /** Event id of the publication. */
  readonly publishedId: string;
  /** From when the company wants it to hold. */
  readonly publishedFrom: Instant;
  /** From when it does hold; absent while a related change lacks its notice (21(3)). */
  readonly usableFrom?: Instant;
  /** Event id of the first notice recorded for it. */
  readonly noticeId?: string;
}

/** The published versions of one purpose along time: what a purpose's facts come to. */
export interface PurposeSchedule {
  readonly purposeId: string;
  readonly code: string;
  /** Ascending by version; drafts are not in it. */
  readonly versions: readonly ScheduledVersion[];
  readonly retiredFrom?: Instant;
  readonly retiredId?: string;
}

/**
 * The schedule of a purpose from the facts of its stream, in ledger order; `undefined` without facts.
 *
 * A first or beyond-scope version is usable from the effective time of its publication. A `related` one waits
 * for its notice or publication too (17(2), 21(3)). A revision that needs no new consent stands on the one
 * before it, so it is never usable before that one is.
 */
export function purposeSchedule(facts: readonly Fact<PurposeEvent>[]): PurposeSchedule | undefined {
  const first = of(facts, 'PurposeDrafted')[0];
  if (first === undefined) return undefined;
  const { purposeId, code } = first.data;
  const versions: ScheduledVersion[] = [];
  const published = of(facts, 'PurposePublished').toSorted((a, b) => a.data.version - b.data.version);
  for (const publication of published) {
    const scheduled = scheduleVersion(publication, facts, versions.at(-1));
    if (scheduled !== undefined) versions.push(scheduled);
  }
  const retirement = of(facts, 'PurposeRetired')[0];
  return {
    purposeId,
    code,
    versions,
    ...(retirement && { retiredFrom: retirement.effectiveAt, retiredId: retirement.id }),
  };
}

/** The version in force at an instant; `undefined` before the first, and once the purpose is retired. */
export function inForceAt(schedule: PurposeSchedule, at: Instant): ScheduledVersion | undefined {
  if (isRetiredAt(schedule, at)) return undefined;
  return schedule.versions.findLast(({ usableFrom }) => usableFrom !== undefined && usableFrom <= at);
}

/**
 * The oldest version whose consents still count at an instant: the last one in force that changed the purpose
 * beyond its scope, or the first (18(1)). `undefined` where no version is in force.
 */
export function consentFloorAt(schedule: PurposeSchedule, at: Instant): number | undefined {
  const current = inForceAt(schedule, at);
  if (current === undefined) return undefined;
  const floor = schedule.versions.findLast(
    ({ version, revision }) => version <= current.version && needsConsent(revision),
  );
  // The first published version needs consent whatever its draft was called.
  return (floor ?? schedule.versions[0])?.version;
}

/** Why a consent for a version does or does not carry the use at an instant. */
export type VersionStanding = 'counts' | 'earlier-version' | 'version-not-in-force' | 'nothing-in-force';

/**
 * Whether a consent for `version`, effective at `consented`, still carries use at `at`. It outlives editorial
 * and related revisions and never a beyond-scope one; it never counts for a version that could not yet be
 * used when the person answered.
 */
export function versionStanding(
  schedule: PurposeSchedule,
  version: number,
  consented: Instant,
  at: Instant,
): VersionStanding {
  const current = inForceAt(schedule, at);
  const floor = consentFloorAt(schedule, at);
  if (current === undefined || floor === undefined) return 'nothing-in-force';
  if (version < floor) return 'earlier-version';
  const usableFrom = schedule.versions.find((one) => one.version === version)?.usableFrom;
  const wasUsable = usableFrom !== undefined && usableFrom <= consented;
  return version <= current.version && wasUsable ? 'counts' : 'version-not-in-force';
}

/** Whether a retirement has taken effect. */
export function isRetiredAt({ retiredFrom }: PurposeSchedule, at: Instant): boolean {
  return retiredFrom !== undefined && retiredFrom <= at;
}

/** Whether a revision asks for new consent (18(1)). */
export function needsConsent(revision: RevisionKind): boolean {
  return revision === 'first' || revision === 'beyond-scope';
}

function scheduleVersion(
  publication: Fact<'PurposePublished'>,
  facts: readonly Fact<PurposeEvent>[],
  previous: ScheduledVersion | undefined,
): ScheduledVersion | undefined {
  const { version, revision } = publication.data;
  const draft = of(facts, 'PurposeDrafted').findLast(({ data }) => data.version === version);
  if (draft === undefined) return undefined;
  const notice = of(facts, 'NoticePublished')
    .filter(({ data }) => data.version === version)
    .reduce<Fact<'NoticePublished'> | undefined>(
      (first, one) => (first !== undefined && first.effectiveAt <= one.effectiveAt ? first : one),
      undefined,
    );
  const usableFrom = usable(publication, notice, previous);
  return {
    version,
    revision,
    content: draft.data.content,
    noticeHashes: { ja: draft.data.noticeHashJa, en: draft.data.noticeHashEn },
    publishedId: publication.id,
    publishedFrom: publication.effectiveAt,
    ...(usableFrom !== undefined && { usableFrom }),
    ...(notice && { noticeId: notice.id }),
  };
}

function usable(
  { data, effectiveAt }: Fact<'PurposePublished'>,
  notice: Fact<'NoticePublished'> | undefined,
  previous: ScheduledVersion | undefined,
): Instant | undefined {
  if (needsConsent(data.revision) || previous === undefined) return effectiveAt;
  if (previous.usableFrom === undefined) return undefined;
  const base = later(effectiveAt, previous.usableFrom);
  if (data.revision !== 'related') return base;
  return notice && later(base, notice.effectiveAt);
}

function of<T extends PurposeEvent>(facts: readonly Fact<PurposeEvent>[], type: T): readonly Fact<T>[] {
  return facts.filter((fact) => fact.type === type) as unknown as readonly Fact<T>[];
}
