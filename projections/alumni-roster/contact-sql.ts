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
import { SCHEMA } from './tables';

/** The schedules that a question is about: the purpose's and all programmes'. */
export interface Rules {
  readonly purpose: PurposeSchedule | undefined;
  readonly programmes: readonly ProgrammeSchedule[];
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

/**
 * `contactability` and `approachable` as SQL over `person p` and `consent c` (the row of the question's
 * purpose and channel, which may be missing): true, or false or NULL for "no". They decide membership only;
 * every shown reason comes from the pure functions, and a test holds both to the same answer person by person.
 *
 * @param which `reachable` asks only whether the person is there with an address and nothing stops contact
 * @param query collects the parameters
 */
export function contactSql(
  which: 'contactable' | 'approachable' | 'reachable',
  question: ContactQuestion,
  rules: Rules,
  query: Conditions,
): string {
  const own = ownSql(which, question, rules, query);
  return which === 'reachable' || own === 'false'
    ? own
    : `${own} AND ${linkedSql(which, question, rules, own, query)}`;
}

/**
 * Of those who are `reachable`, whose consent stands and carries use; whether a programme admits them, and what another
 * record of theirs says, is not asked.
 */
export function consentedSql(question: ContactQuestion, rules: Rules, query: Conditions): string {
  return `${ownSql('reachable', question, rules, query)} AND ${consentSql(question, rules.purpose, query)}`;
}

/** What a record says by itself. */
function ownSql(
  which: 'contactable' | 'approachable' | 'reachable',
  question: ContactQuestion,
  rules: Rules,
  query: Conditions,
): string {
  if (which !== 'reachable' && rulesForbid(question, rules)) return 'false';
  const person = `p.registered_id IS NOT NULL AND p.died_id IS NULL AND p.returned_id IS NULL
    AND p.erasure_started_id IS NULL AND p.erasure_completed_id IS NULL AND NOT p.contact_held
    AND ${query.param(question.channel)} = ANY(p.channels)
    AND p.alumnus_id NOT IN (SELECT scope_id FROM views.parked
      WHERE projection = 'alumni-roster' AND slot = 'serving' AND scope_kind = 'alumnus')`;
  if (which === 'reachable') return person;
  const allowed = `${person} AND ${admits(question, rules, query)}`;
  return which === 'contactable'
    ? `${allowed} AND ${consentSql(question, rules.purpose, query)}`
    : `${allowed} AND (${obstacleSql(question, rules, query)}) IS NOT TRUE`;
}

/**
 * `strictest`: nothing in another record of the person stands against them, and none of those is listed instead.
 * @param own what a record says by itself, over `p` and `c`, which inside stand for the other record
 */
function linkedSql(
  which: 'contactable' | 'approachable',
  question: ContactQuestion,
  rules: Rules,
  own: string,
  query: Conditions,
): string {
  const parked = `g.alumnus_id IN (SELECT scope_id FROM views.parked
    WHERE projection = 'alumni-roster' AND slot = 'serving' AND scope_kind = 'alumnus')`;
  const before = `coalesce(p.left_on, '-infinity') > coalesce(self.left_on, '-infinity')
    OR coalesce(p.left_on, '-infinity') = coalesce(self.left_on, '-infinity') AND g.alumnus_id < s.alumnus_id`;
  const said =
    which === 'contactable'
      ? `c.state IN ('refused', 'withdrawn') OR (${admits(question, rules, query)}) IS NOT TRUE`
      : obstacleSql(question, rules, query);
  const against = `p.died_id IS NOT NULL OR p.returned_id IS NOT NULL OR p.contact_held
    OR p.erasure_started_id IS NOT NULL OR p.erasure_completed_id IS NOT NULL OR ${parked} OR (${said})`;
  return `(p.alumnus_id NOT IN (SELECT alumnus_id FROM ${SCHEMA}.linked_record) OR NOT EXISTS (
    SELECT FROM (SELECT p.alumnus_id, p.left_on) self
      JOIN ${SCHEMA}.linked_record s ON s.alumnus_id = self.alumnus_id
      JOIN ${SCHEMA}.linked_record g ON g.group_id = s.group_id AND g.alumnus_id <> s.alumnus_id
      LEFT JOIN ${SCHEMA}.person p ON p.alumnus_id = g.alumnus_id
      LEFT JOIN ${SCHEMA}.consent c ON c.alumnus_id = g.alumnus_id
        AND c.purpose_id = ${query.param(question.purposeId)} AND c.channel = ${query.param(question.channel)}
     WHERE (p.registered_id IS NOT NULL OR ${parked})
       AND (${against} OR (${own}) AND (${before}))))`;
}

/** Whether what `consent c` says stands in the way of asking `person p`, of whom it looks at `consents_from` alone. */
export function obstacleSql(question: ContactQuestion, { purpose }: Rules, query: Conditions): string {
  return `(${consentSql(question, purpose, query)}) OR ${waitingOrNoSql(question, purpose, query)}`;
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
  // Only where no programme ever named the purpose: `rulesForbid` refuses once one did and none is in force.
  if (offering.length === 0) return 'true';
  const rulesOfThem = offering
    .filter(({ channels }) => channels.includes(channel))
    .map(({ eligibility }) => ruleSql(eligibility, at, query));
  return rulesOfThem.length === 0 ? 'false' : `(${rulesOfThem.join(' OR ')})`;
}

const AFTER_RETURN = '(p.consents_from IS NULL OR c.effective_at >= p.consents_from)';

/** A grant stands and carries use: not expired, not before a return, and its version counts. */
function consentSql(
  question: ContactQuestion,
  purpose: PurposeSchedule | undefined,
  query: Conditions,
): string {
  const counts = versionCounts(question, purpose, query);
  return `c.state = 'granted' AND NOT c.incomplete AND (c.expires_at IS NULL OR c.expires_at > ${query.param(question.at)}::timestamptz)
    AND ${AFTER_RETURN} AND ${counts}`;
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

/** The person was asked and waits: `openQuestion`, and no consent that carries use beside it. */
export function askedSql(question: ContactQuestion, { purpose }: Rules, query: Conditions): string {
  if (purpose === undefined) return 'false';
  const floor = `${query.param(consentFloorAt(purpose, question.at) ?? 0)}::int`;
  return `${openQuestionSql(floor)} AND (${consentSql(question, purpose, query)}) IS NOT TRUE`;
}

function openQuestionSql(floor: string): string {
  return `c.asked_version >= ${floor} AND (p.consents_from IS NULL OR c.asked_effective_at >= p.consents_from)`;
}

/** A question is open, or the last word was a no. */
function waitingOrNoSql(
  { at }: ContactQuestion,
  purpose: PurposeSchedule | undefined,
  query: Conditions,
): string {
  const floorAt = (purpose && consentFloorAt(purpose, at)) ?? 0;
  const floor = `${query.param(floorAt)}::int`;
  // A withdrawal says no to what was in force then: from the first version at or above the floor on.
  const since = purpose?.versions
    .flatMap(({ version, usableFrom }) =>
      version >= floorAt && usableFrom !== undefined ? [usableFrom] : [],
    )
    .toSorted()[0];
  const then = since === undefined ? 'false' : `c.effective_at >= ${query.param(since)}::timestamptz`;
  return `(${openQuestionSql(floor)})
      OR (c.state = 'refused' AND coalesce(c.version, ${floor}) >= ${floor})
      OR (c.state = 'withdrawn' AND (coalesce(c.version, 0) >= ${floor} OR ${then}))`;
}
