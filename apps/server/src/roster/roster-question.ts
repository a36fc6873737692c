import type { Principal } from '@enishi/access';
import { programmeInForceAt, type EligibilityRule, type Instant } from '@enishi/domain';
import type { RosterFilters } from '@enishi/projections/alumni-roster/query';
import { findProgramme } from '@enishi/projections/purpose-catalogue/query';
import { listOf } from '../cursor';
import type { Infrastructure } from '../infrastructure';
import { fieldError, notValid } from '../field-errors';
import { ProblemError } from '../problem';
import type { RosterScopeDto, SearchRosterDto } from './roster.dto';

/**
 * The departments the caller may see for this purpose and programme; absent: all. A grant for some purposes or
 * programmes covers their people, so it does not list those who are left out of them.
 * @throws ProblemError 403 when no scope of the caller covers the question
 */
export function departmentsFor(
  principal: Principal,
  { purposeId, programmeId }: RosterScopeDto,
  mode: SearchRosterDto['mode'] = 'contactable',
): readonly string[] | undefined {
  const covering = principal.scopes.filter(({ purposes, programmes }) =>
    mode === 'excluded'
      ? (purposes ?? programmes) === undefined
      : (purposes === undefined || purposes.includes(purposeId)) &&
        (programmes === undefined || (programmeId !== undefined && programmes.includes(programmeId))),
  );
  return departmentsIn(covering);
}

/** The departments whose people the caller may see whatever the purpose; absent: all. @throws ProblemError 403 */
export function departmentsOfAll({ scopes }: Principal): readonly string[] | undefined {
  return departmentsIn(scopes.filter(({ purposes, programmes }) => (purposes ?? programmes) === undefined));
}

function departmentsIn(scopes: Principal['scopes']): readonly string[] | undefined {
  if (scopes.length === 0) {
    throw new ProblemError(403, 'scope-missing', 'Your grant does not cover this question');
  }
  if (scopes.some(({ departments }) => departments === undefined)) return undefined;
  return [...new Set(scopes.flatMap(({ departments }) => departments ?? []))];
}

/** Filters of a search, lists and the programme's rule as one eligibility rule beside. */
export async function filtersOf(
  pool: Infrastructure['pool'],
  body: SearchRosterDto,
  at: Instant,
): Promise<RosterFilters> {
  const { text, department, job, serviceMonthsMin, serviceMonthsMax, leftFrom, leftTo } = body;
  const given = { text, department, job, serviceMonthsMin, serviceMonthsMax, leftFrom, leftTo };
  const rules = await rulesOf(pool, body, at);
  const present = Object.entries(given).filter(([, value]) => value !== undefined && value !== '');
  return { ...Object.fromEntries(present), ...(rules.length > 0 && { eligibility: { all: rules } }) };
}

async function rulesOf(
  pool: Infrastructure['pool'],
  body: SearchRosterDto,
  at: Instant,
): Promise<EligibilityRule[]> {
  const { leavingKind, employmentKind, eligible, programmeId } = body;
  const rules: EligibilityRule[] = [];
  if (leavingKind !== undefined && leavingKind.length > 0)
    rules.push({ fact: 'leaving-kind', in: leavingKind });
  if (employmentKind !== undefined && employmentKind.length > 0)
    rules.push({ fact: 'employment-kind', in: employmentKind });
  if (eligible === undefined) return rules;
  if (programmeId === undefined) {
    throw notValid(
      fieldError('eligible', 'programme', {
        ja: 'programmeId も指定してください（要件は制度のものです）。',
        en: 'Needs programmeId: the rule is the programme’s.',
      }),
    );
  }
  const programme = await findProgramme(pool, programmeId, at);
  const rule = programme && programmeInForceAt(programme.schedule, at)?.content.eligibility;
  if (rule === undefined)
    throw new ProblemError(404, 'programme-unknown', 'There is no such programme in force');
  return [...rules, eligible ? rule : { not: rule }];
}

/** What is known is asked only of a moment. @throws ProblemError 400 */
export function refuseWithoutAt({ known, fold }: Pick<SearchRosterDto, 'known' | 'fold'>): void {
  if (known === undefined && fold === undefined) return;
  throw notValid(
    fieldError(known === undefined ? 'fold' : 'known', 'at', {
      ja: 'at も指定してください（ある時点の状態を、いつの知識でどう求めるかの指定です）。',
      en: 'Needs at: it says how, and by what was known when, that moment is answered for.',
    }),
  );
}

/** Purpose, channel and programme of a question. */
export function scopeOf({ purposeId, channel, programmeId }: RosterScopeDto) {
  return { purposeId, channel, ...(programmeId !== undefined && { programmeId }) };
}

/** The list that a search gives, page by page. */
export function listOfSearch(name: string, { cursor: _, limit: __, ...question }: SearchRosterDto): string {
  return listOf(name, question);
}
