import {
  later,
  latestDraft,
  programmeDecider,
  programmeSchedule,
  purposeDecider,
  purposeSchedule,
  Refusal,
  type Decider,
  type DraftProgramme,
  type DraftPurpose,
  type EventType,
  type Fact,
  type Instant,
  type ProgrammeEvent,
  type PurposeEvent,
} from '@enishi/domain';
import { decidingInstant } from './handle';

/** What is tried: a version that is yet to be drafted, or one that is drafted already; and from when on it is to hold. */
export interface Tried<Draft> {
  readonly draft: Draft | { readonly version: number };
  /** Absent: now. */
  readonly effectiveAt?: Instant;
}

/** What publishing a version would add to the ledger; it is written nowhere. */
export interface Trial {
  readonly version: number;
  /** The facts that would come, in order, behind all that are known. */
  readonly supposed: readonly Fact[];
  /** From when on the version would hold; where others must come first, from when on it would be published. */
  readonly at: Instant;
  /** Whether it is supposed that the notice of a related revision has been given by then (21(3)). */
  readonly supposesNotice: boolean;
}

/**
 * Publishes a version of a purpose in thought, by the rules that publish it in earnest. A related revision is
 * supposed to be notified as soon as it is published.
 *
 * @param facts of the purpose, in the order of the ledger; at least one
 */
export function tryPurpose(
  facts: readonly Fact<PurposeEvent>[],
  { draft, effectiveAt }: Tried<DraftPurpose>,
  now: Instant,
): Trial | Refusal {
  const drafted = 'kind' in draft ? suppose(purposeDecider, facts, draft, now) : facts;
  if (drafted instanceof Refusal) return drafted;
  const version = 'kind' in draft ? (latestDraft(drafted)?.version ?? 0) : draft.version;
  const command = {
    kind: 'PublishPurpose',
    version,
    ...(effectiveAt !== undefined && { effectiveAt }),
  } as const;
  const published = suppose(purposeDecider, drafted, command, now);
  if (published instanceof Refusal) return published;
  const scheduled = scheduledIn(published, version);
  const supposesNotice = scheduled?.revision === 'related' && scheduled.noticeId === undefined;
  const noticed = supposesNotice
    ? suppose(
        purposeDecider,
        published,
        { kind: 'RecordNotice', version, method: 'website', proof: '-' },
        later(now, scheduled.publishedFrom),
      )
    : published;
  if (noticed instanceof Refusal) return noticed;
  const { usableFrom, publishedFrom = now } = scheduledIn(noticed, version) ?? {};
  return trial(version, facts, noticed, later(now, usableFrom ?? publishedFrom), supposesNotice);
}

/** Publishes a version of a programme in thought. See {@link tryPurpose}. */
export function tryProgramme(
  facts: readonly Fact<ProgrammeEvent>[],
  { draft, effectiveAt }: Tried<DraftProgramme>,
  now: Instant,
): Trial | Refusal {
  const drafted = 'kind' in draft ? suppose(programmeDecider, facts, draft, now) : facts;
  if (drafted instanceof Refusal) return drafted;
  const last = drafted.findLast((fact): fact is Fact<'ProgrammeDrafted'> => fact.type === 'ProgrammeDrafted');
  const version = 'kind' in draft ? (last?.data.version ?? 0) : draft.version;
  const command = {
    kind: 'PublishProgramme',
    version,
    ...(effectiveAt !== undefined && { effectiveAt }),
  } as const;
  const published = suppose(programmeDecider, drafted, command, now);
  if (published instanceof Refusal) return published;
  const from = programmeSchedule(published)?.versions.find((one) => one.version === version)?.from;
  return trial(version, facts, published, later(now, from ?? now), false);
}

function scheduledIn(facts: readonly Fact<PurposeEvent>[], version: number) {
  return purposeSchedule(facts)?.versions.find((one) => one.version === version);
}

function trial(
  version: number,
  known: readonly Fact[],
  all: readonly Fact[],
  at: Instant,
  supposesNotice: boolean,
): Trial {
  return { version, supposed: all.slice(known.length), at, supposesNotice };
}

/** The facts with those that a command would add. An id of a supposed event names nothing. */
function suppose<C, T extends EventType>(
  decider: Decider<C, readonly Fact<T>[], T>,
  facts: readonly Fact<T>[],
  command: C,
  now: Instant,
): readonly Fact<T>[] | Refusal {
  const decidedAt = decidingInstant(now, facts);
  const decision = decider.decide(command, facts, { decidedAt });
  if (decision instanceof Refusal) return decision;
  const added = decision.map((event, index) => {
    const revision = facts.length + index;
    return {
      ...event,
      id: `supposed-${revision}`,
      stream: facts[0]!.stream,
      revision,
      position: (facts.at(-1)?.position ?? 0n) + BigInt(index + 1),
      effectiveAt: event.effectiveAt ?? decidedAt,
      decidedAt,
      recordedAt: decidedAt,
      actor: 'system:trial',
      commandId: '',
      erased: [],
    } as unknown as Fact<T>;
  });
  return [...facts, ...added];
}
