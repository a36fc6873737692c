import {
  checksBesideConsent,
  consentFloorAt,
  eligibilitySql,
  inForceAt,
  NEVER_ASKED,
  programmeInForceAt,
  type ContactQuestion,
  type EligibilityRule,
  type PersonFacts,
  type ProgrammeSchedule,
  type PurposeSchedule,
} from '@enishi/domain';
import type { Conditions } from '../engine';

/** The schedules that a question is about: the purpose's and all programmes'. */
export interface Rules {
  readonly purpose: PurposeSchedule | undefined;
  readonly programmes: readonly ProgrammeSchedule[];
}

/**
 * `contactability` and `approachable` as SQL over `person p` and `consent c` (the row of the question's
 * purpose and channel, which may be missing). They decide membership only; every shown reason comes from the
 * pure functions, and a test holds both to the same answer person by person.
 */
export interface ContactSql {
  /** True, false or NULL for "no". */
  readonly contactable: string;
  readonly approachable: string;
  /** The person is there, has an address for the channel, and nothing stops contact; rules not asked. */
  readonly reachable: string;
}

const COLUMNS = {
  service_months: 'p.service_months',
  left_on: 'p.left_on',
  leaving_kind: 'p.leaving_kind',
  employment_kind: 'p.employment_kind',
  department: 'p.department',
  job: 'p.job',
} as const;

/** A rule as SQL whose parameters join the statement's. */
export function ruleSql(rule: EligibilityRule, at: string, query: Conditions): string {
  const { sql, params } = eligibilitySql(rule, { at, columns: COLUMNS, firstParam: query.params.length + 1 });
  for (const param of params) query.param(param);
  return `(${sql}) IS TRUE`;
}

/** The conditions of a question; `query` collects their parameters. */
export function contactSql(question: ContactQuestion, rules: Rules, query: Conditions): ContactSql {
  const at = query.param(question.at);
  const person = `p.registered_id IS NOT NULL AND p.died_id IS NULL AND p.returned_id IS NULL
    AND p.erasure_started_id IS NULL AND p.erasure_completed_id IS NULL AND NOT p.contact_held
    AND ${query.param(question.channel)} = ANY(p.channels)
    AND p.alumnus_id NOT IN (SELECT scope_id FROM views.parked
      WHERE projection = 'alumni-roster' AND slot = 'serving' AND scope_kind = 'alumnus')`;
  const allowed = rulesForbid(question, rules) ? 'false' : `${person} AND ${admits(question, rules, query)}`;

  const current = `(p.consents_from IS NULL OR c.effective_at >= p.consents_from)`;
  const counts = versionCounts(question, rules.purpose, query);
  const granted = `c.state = 'granted' AND (c.expires_at IS NULL OR c.expires_at > ${at}::timestamptz)`;
  return {
    reachable: person,
    contactable: `${allowed} AND ${granted} AND ${current} AND ${counts}`,
    approachable: `${allowed} AND (${obstacle(question, rules.purpose, query, { at, granted, counts })}) IS NOT TRUE`,
  };
}

/** Whether purpose and programme forbid it whoever the person is: asked of the rules themselves. */
function rulesForbid(question: ContactQuestion, rules: Rules): boolean {
  const anybody: PersonFacts = {
    alumnusId: '',
    registeredId: '',
    channels: [question.channel],
    employments: [],
  };
  const checks = checksBesideConsent(question, {
    ...rules,
    person: anybody,
    consent: NEVER_ASKED,
    holds: [],
  });
  return checks.some(({ reasons }) =>
    reasons.some(({ code }) => code !== 'not-eligible' && code !== 'eligibility-unknown'),
  );
}

/** The programme asked about, or any that offers the purpose by the channel, admits the person. */
function admits(
  { purposeId, programmeId, channel, at }: ContactQuestion,
  rules: Rules,
  query: Conditions,
): string {
  const offering = rules.programmes.flatMap((schedule) => {
    if (programmeId !== undefined && schedule.programmeId !== programmeId) return [];
    const content = programmeInForceAt(schedule, at)?.content;
    return content?.purposeIds.includes(purposeId) ? [content] : [];
  });
  if (offering.length === 0) return 'true';
  const rulesOfThem = offering
    .filter(({ channels }) => channels.includes(channel))
    .map(({ eligibility }) => ruleSql(eligibility, at, query));
  return rulesOfThem.length === 0 ? 'false' : `(${rulesOfThem.join(' OR ')})`;
}

/** `versionStanding` is `counts`: not before the last change beyond scope, and usable when they answered. */
function versionCounts(
  { at }: ContactQuestion,
  purpose: PurposeSchedule | undefined,
  query: Conditions,
): string {
  const current = purpose && inForceAt(purpose, at);
  const floor = purpose && consentFloorAt(purpose, at);
  if (!purpose || !current || floor === undefined) return 'false';
  const usable = purpose.versions.flatMap(({ version, usableFrom }) =>
    version >= floor && version <= current.version && usableFrom !== undefined
      ? [
          `(c.version = ${query.param(version)}::int AND c.effective_at >= ${query.param(usableFrom)}::timestamptz)`,
        ]
      : [],
  );
  return usable.length === 0 ? 'false' : `(${usable.join(' OR ')})`;
}

/** `askingObstacle` finds something. */
function obstacle(
  { at: instant }: ContactQuestion,
  purpose: PurposeSchedule | undefined,
  query: Conditions,
  { at, granted, counts }: { readonly at: string; readonly granted: string; readonly counts: string },
): string {
  const floorAt = (purpose && consentFloorAt(purpose, instant)) ?? 0;
  const floor = `${query.param(floorAt)}::int`;
  const current = (effective: string): string =>
    `(p.consents_from IS NULL OR ${effective} >= p.consents_from)`;
  const asked = (state: string, version: string, effective: string): string =>
    `${state} = 'requested' AND ${current(effective)} AND coalesce(${version}, ${floor}) >= ${floor}`;
  const expired = `c.expires_at <= ${at}::timestamptz`;
  // A withdrawal says no to what was in force then: from the first version at or above the floor on.
  const since = purpose?.versions
    .flatMap(({ version, usableFrom }) =>
      version >= floorAt && usableFrom !== undefined ? [usableFrom] : [],
    )
    .toSorted()[0];
  const then = since === undefined ? 'false' : `c.effective_at >= ${query.param(since)}::timestamptz`;
  return `CASE WHEN ${expired} THEN ${asked('c.after_state', 'c.after_version', 'c.after_effective_at')}
    ELSE (${granted} AND ${current('c.effective_at')} AND ${counts})
      OR (${asked('c.state', 'c.version', 'c.effective_at')})
      OR (c.state = 'refused' AND coalesce(c.version, ${floor}) >= ${floor})
      OR (c.state = 'withdrawn' AND (coalesce(c.version, 0) >= ${floor} OR ${then})) END`;
}
