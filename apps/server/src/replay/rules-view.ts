import {
  consentFloorAt,
  describeEligibility,
  inForceAt,
  isRetiredAt,
  programmeInForceAt,
  programmeSchedule,
  purposeSchedule,
  type Instant,
  type ProgrammeSchedule,
  type ProgrammeVersion,
  type PurposeSchedule,
  type ScheduledVersion,
} from '@enishi/domain';
import type { KnownRules } from '@enishi/projections/as-of-facts/query';

/** What facts of purposes and programmes come to at an instant. A purpose that was only drafted is no rule. */
export function rulesView({ purposes, programmes }: KnownRules, at: Instant): Record<string, unknown> {
  const offered = [...purposes.values()].flatMap((facts) => purposeSchedule(facts) ?? []);
  const open = [...programmes.values()].flatMap((facts) => programmeSchedule(facts) ?? []);
  return {
    purposes: offered.filter(isPublished).map((one) => purposeRules(one, at)),
    programmes: open.filter(isPublished).map((one) => programmeRules(one, at)),
  };
}

function isPublished({ versions }: { readonly versions: readonly unknown[] }): boolean {
  return versions.length > 0;
}

function purposeRules(purpose: PurposeSchedule, at: Instant): object {
  const { purposeId, code, retiredFrom, retiredId } = purpose;
  const current = inForceAt(purpose, at);
  const retired = isRetiredAt(purpose, at) ? { since: retiredFrom, eventId: retiredId } : null;
  return {
    purposeId,
    code,
    state: retired ? 'retired' : current ? 'in-force' : 'not-in-force',
    inForce: current === undefined ? null : purposeRule(purpose, current, at),
    retired,
  };
}

function purposeRule(purpose: PurposeSchedule, current: ScheduledVersion, at: Instant): object {
  const { version, revision, usableFrom, publishedId, noticeId, noticeHashes, content } = current;
  return {
    version,
    revision,
    since: usableFrom,
    eventId: publishedId,
    noticeEventId: noticeId ?? null,
    noticeHash: noticeHashes,
    consentsFrom: consentFloorAt(purpose, at),
    content,
  };
}

function programmeRules(programme: ProgrammeSchedule, at: Instant): object {
  const { programmeId, code, closedFrom, closedId } = programme;
  const current = programmeInForceAt(programme, at);
  const isClosed = closedFrom !== undefined && closedFrom <= at;
  const closed = isClosed ? { since: closedFrom, eventId: closedId } : null;
  return {
    programmeId,
    code,
    state: closed ? 'closed' : current ? 'in-force' : 'not-in-force',
    inForce: current === undefined ? null : programmeRule(current),
    closed,
  };
}

function programmeRule({ version, from, publishedId, content }: ProgrammeVersion): object {
  const { eligibility: rule } = content;
  return {
    version,
    since: from,
    eventId: publishedId,
    eligibility: { ja: describeEligibility(rule, 'ja'), en: describeEligibility(rule, 'en') },
    content,
  };
}
