import type { CompanyState } from '../company';
import type { Fact, Instant } from '../kernel';
import { programmeInForceAt, type ProgrammeSchedule } from '../programme-schedule';
import { isRetiredAt, type PurposeSchedule } from '../purpose-schedule';
import type { Bilingual } from '../shapes';
import { addMonthsToInstant, tokyoDay } from '../time';
import { rulesInForceAt, type HandlingRulesState } from './handling-rules';
import { pageChanges, type PagePart } from './publication';
import {
  READINESS_GAPS,
  READINESS_POINTS,
  READINESS_PROOFS,
  type GapCode,
  type ProofCode,
  type ReadinessCode,
} from './readiness-messages';
import type { PageBasis } from './shapes';

/** What the ledger says that the checklist asks about. */
export interface ReadinessFacts {
  readonly company: CompanyState;
  readonly purposes: readonly PurposeSchedule[];
  readonly programmes: readonly ProgrammeSchedule[];
  /** The page that is published. */
  readonly page?: Pick<Fact<'PrivacyPageIssued'>, 'id' | 'data'>;
  /** What it would be made from now; absent while something for it is missing. */
  readonly pageNow?: PageBasis;
  readonly rules: HandlingRulesState;
  /** The latest review of all accounts. */
  readonly accountsReview?: Pick<Fact<'AccountsReviewed'>, 'id' | 'decidedAt'>;
  /** Months that may pass between two reviews of accounts. */
  readonly accountsReviewMonths: number;
  /** Event id of the latest request for consent, or answer. */
  readonly lastConsentId?: string;
  /** Consents whose evidence is incomplete and that nobody has approved. */
  readonly incompleteConsents: number;
}

type Params = Readonly<Record<string, string | number>>;

/** An event, and what of the point it proves. */
export interface ReadinessProof {
  readonly code: ProofCode;
  readonly eventId: string;
  readonly what: Bilingual;
}

/** What is missing, and the command that supplies it. */
export interface ReadinessGap {
  readonly code: GapCode;
  readonly text: Bilingual;
  readonly command: string;
}

/** One of the five points: met where nothing is missing. */
export interface ReadinessPoint {
  readonly number: number;
  readonly code: ReadinessCode;
  readonly question: Bilingual;
  readonly met: boolean;
  readonly proofs: readonly ReadinessProof[];
  readonly gaps: readonly ReadinessGap[];
}

type Found = ReadinessProof | ReadinessGap;

/**
 * The five points that a compliance officer is asked, each answered with the events that prove it and with what is
 * missing (law.md, readiness checklist).
 *
 * @param at now
 */
export function readinessChecklist(facts: ReadinessFacts, at: Instant): readonly ReadinessPoint[] {
  const found: readonly (readonly [ReadinessCode, readonly Found[]])[] = [
    ['purposes-made-known', purposesMadeKnown(facts, at)],
    ['re-consent', reConsent(facts, at)],
    ['rules-and-access', rulesAndAccess(facts, at)],
    ['contact-point', contactPoint(facts)],
    ['periodic-review', periodicReview(facts, at)],
  ];
  return found.map(([code, all], index) => {
    const gaps = all.filter((one): one is ReadinessGap => 'command' in one);
    const proofs = all.filter((one): one is ReadinessProof => 'eventId' in one);
    return {
      number: index + 1,
      code,
      question: READINESS_POINTS[code],
      met: gaps.length === 0,
      proofs,
      gaps,
    };
  });
}

function purposesMadeKnown(facts: ReadinessFacts, at: Instant): readonly Found[] {
  const { company, page } = facts;
  const current = facts.purposes
    .filter((schedule) => !isRetiredAt(schedule, at))
    .flatMap((schedule) => {
      const version = schedule.versions.findLast(({ publishedFrom }) => publishedFrom <= at);
      return version === undefined ? [] : [{ purpose: schedule.code, ...version }];
    });
  return [
    stated(company.statedBy.party, 'company-stated', 'company-not-stated'),
    ...(current.length === 0 ? [gap('no-purpose-published')] : []),
    ...current.flatMap(({ purpose, version, publishedId, noticeId }) => [
      proof('purpose-published', publishedId, { purpose, version }),
      noticeId === undefined
        ? gap('purpose-not-notified', { purpose, version })
        : proof('purpose-notified', noticeId, { purpose, version }),
    ]),
    ...(page ? [proof('page-published', page.id, { version: page.data.version })] : []),
    ...stale(facts, ['form', 'company', 'purposes'], 'page-shows-other-purposes'),
  ];
}

function reConsent(
  { programmes, lastConsentId, incompleteConsents }: ReadinessFacts,
  at: Instant,
): readonly Found[] {
  const inForce = programmes.flatMap((schedule) => {
    const version = programmeInForceAt(schedule, at);
    return version === undefined
      ? []
      : [proof('programme-in-force', version.publishedId, { programme: schedule.code })];
  });
  return [
    ...(inForce.length === 0 ? [gap('no-programme-in-force')] : inForce),
    stated(lastConsentId, 'consent-last-asked', 'consent-never-asked'),
    ...(incompleteConsents > 0 ? [gap('consent-evidence-incomplete', { count: incompleteConsents })] : []),
  ];
}

function rulesAndAccess(facts: ReadinessFacts, at: Instant): readonly Found[] {
  const rules = rulesInForceAt(facts.rules, at);
  return [
    stated(facts.company.statedBy.officer, 'officer-appointed', 'officer-missing'),
    rules === undefined
      ? gap('rules-not-in-force')
      : proof('rules-adopted', rules.id, { version: rules.data.version }),
    ...stale(facts, ['handlingRules', 'recipients'], 'page-shows-other-rules'),
  ];
}

function contactPoint(facts: ReadinessFacts): readonly Found[] {
  const { statedBy } = facts.company;
  return [
    stated(statedBy.contactPoint, 'contact-point-set', 'contact-point-missing'),
    stated(statedBy.publicMatters, 'procedure-stated', 'procedure-not-stated'),
    ...stale(facts, ['contactPoint', 'publicMatters'], 'page-shows-other-contact'),
  ];
}

function periodicReview(facts: ReadinessFacts, at: Instant): readonly Found[] {
  const { rules, accountsReview, accountsReviewMonths } = facts;
  const last = rules.reviews.at(-1);
  const accountsBy = accountsReview && addMonthsToInstant(accountsReview.decidedAt, accountsReviewMonths);
  return [
    reviewed(last && { eventId: last.id, by: last.data.nextBy }, at, [
      'rules-reviewed',
      'rules-never-reviewed',
      'rules-review-overdue',
    ]),
    reviewed(accountsReview && { eventId: accountsReview.id, by: accountsBy! }, at, [
      'accounts-reviewed',
      'accounts-never-reviewed',
      'accounts-review-overdue',
    ]),
  ];
}

/** The published page is only asked about what it shows: without one, notices may have been given otherwise. */
function stale(
  { page, pageNow }: ReadinessFacts,
  parts: readonly PagePart[],
  code: GapCode,
): readonly Found[] {
  if (page === undefined || pageNow === undefined) return [];
  return pageChanges(page.data.basis, pageNow).some((part) => parts.includes(part)) ? [gap(code)] : [];
}

function stated(eventId: string | undefined, code: ProofCode, missing: GapCode): Found {
  return eventId === undefined ? gap(missing) : proof(code, eventId);
}

function reviewed(
  last: { readonly eventId: string; readonly by: Instant } | undefined,
  at: Instant,
  [code, never, overdue]: readonly [ProofCode, GapCode, GapCode],
): Found {
  if (last === undefined) return gap(never);
  // The instant after the last day.
  const day = tokyoDay(new Date(Date.parse(last.by) - 1).toISOString());
  return last.by <= at ? gap(overdue, { day }) : proof(code, last.eventId, { day });
}

function proof(code: ProofCode, eventId: string, params: Params = {}): ReadinessProof {
  return { code, eventId, what: filled(READINESS_PROOFS[code], params) };
}

function gap(code: GapCode, params: Params = {}): ReadinessGap {
  const { command, ...text } = READINESS_GAPS[code];
  return { code, text: filled(text, params), command };
}

function filled({ ja, en }: Bilingual, params: Params): Bilingual {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, key: string) => String(params[key]));
  return { ja: fill(ja), en: fill(en) };
}
