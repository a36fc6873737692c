import { sameValue } from '../equal';
import type { Deciding, Decider, Fact, Instant, NewEvent, Refusal } from '../kernel';
import { refuse } from '../refusals';
import type { Bilingual } from '../shapes';
import { textsFault } from '../texts';
import { addDays, addMonths, dayStart, later, tokyoDay } from '../time';
import type { AccessRule, ReviewOutcome, SecurityMeasures } from './shapes';

/**
 * Puts a version of the handling rules (取扱規程) in force: the document, who is responsible, who may reach what, and the
 * security measures in words for the public (23, GL 10-2 to 10-7).
 */
export interface AdoptHandlingRules {
  readonly kind: 'AdoptHandlingRules';
  readonly title: Bilingual;
  /** Where the company files it; required where its text is not kept here. */
  readonly documentNumber?: string;
  /** The document itself, where it is text. */
  readonly text?: string;
  /** SHA-256 (hex) of the document; of its text in UTF-8, where that is kept. */
  readonly fileHash: string;
  /** Staff id of the responsible officer; there may be none yet. */
  readonly officerId: string | undefined;
  readonly access: readonly AccessRule[];
  readonly measures: SecurityMeasures;
  /** Months that may pass until the first review. */
  readonly months: number;
  /** In force from; also earlier, of rules that are older than the ledger. Absent: now. */
  readonly effectiveAt?: Instant;
}

/** Records that the rules in force were looked at, what was found, and when they are looked at next (GL 10-3(5)). */
export interface ReviewHandlingRules {
  readonly kind: 'ReviewHandlingRules';
  readonly reviewId: string;
  /** Whose account records it; what was found is sealed for it. */
  readonly staffId: string;
  readonly outcome: ReviewOutcome;
  readonly findings: string;
  /** When the next review is due at the latest. Absent: `months` from now. */
  readonly nextBy?: Instant;
  /** Months that may pass between two reviews. */
  readonly months: number;
}

export type HandlingRulesCommand = AdoptHandlingRules | ReviewHandlingRules;
export type HandlingRulesEvent = 'HandlingRulesAdopted' | 'HandlingRulesReviewed';

export interface HandlingRulesState {
  /** Versions, ascending; each in force until the next one is. */
  readonly adopted: readonly Fact<'HandlingRulesAdopted'>[];
  readonly reviews: readonly Fact<'HandlingRulesReviewed'>[];
}

type Decision = readonly NewEvent<HandlingRulesEvent>[] | Refusal;

/** Rules of the stream `handling-rules`. */
export const handlingRulesDecider: Decider<HandlingRulesCommand, HandlingRulesState, HandlingRulesEvent> = {
  initial: { adopted: [], reviews: [] },

  decide: (command, state, deciding) =>
    command.kind === 'AdoptHandlingRules'
      ? adopt(command, state, deciding)
      : review(command, state, deciding),

  evolve: (state, fact) =>
    fact.type === 'HandlingRulesAdopted'
      ? { ...state, adopted: [...state.adopted, fact] }
      : { ...state, reviews: [...state.reviews, fact] },
};

/** The version of the handling rules in force at an instant. */
export function rulesInForceAt(
  { adopted }: HandlingRulesState,
  at: Instant,
): Fact<'HandlingRulesAdopted'> | undefined {
  return adopted.findLast(({ effectiveAt }) => effectiveAt <= at);
}

/** When the rules must be reviewed next, and the event that says so; nothing where there are none. */
export function reviewDue({
  adopted: [first],
  reviews,
}: HandlingRulesState): { readonly by: Instant; readonly eventId: string } | undefined {
  const last = reviews.at(-1);
  if (last !== undefined) return { by: last.data.nextBy, eventId: last.id };
  return first && { by: first.data.reviewBy, eventId: first.id };
}

function adopt(
  command: AdoptHandlingRules,
  { adopted }: HandlingRulesState,
  { decidedAt }: Deciding,
): Decision {
  const { kind: _, effectiveAt, officerId, months, ...stated } = command;
  const { title, documentNumber, text, access, measures } = stated;
  if (officerId === undefined) return refuse('officer-not-appointed');
  if (isBlank(title)) return refuse('handling-rules-incomplete', { field: 'title' });
  if (text === undefined && (documentNumber ?? '').trim() === '') {
    return refuse('handling-rules-incomplete', { field: 'documentNumber' });
  }
  if (access.length === 0 || access.some(({ role, scope }) => isBlank(role) || isBlank(scope))) {
    return refuse('handling-rules-incomplete', { field: 'access' });
  }
  if (Object.values(measures).some(isBlank))
    return refuse('handling-rules-incomplete', { field: 'measures' });
  const last = adopted.at(-1);
  // Rules older than the ledger are reviewed within the same time from the day on which they are recorded.
  const reviewBy = monthsAfter(later(effectiveAt ?? decidedAt, decidedAt), months);
  const data = { version: (last?.data.version ?? 0) + 1, officerId, ...stated, reviewBy };
  const same = last !== undefined && sameValue({ ...data, ...numbering(last.data) }, last.data);
  if (same && (effectiveAt === undefined || effectiveAt === last.effectiveAt)) return [];
  if (last !== undefined && (effectiveAt ?? decidedAt) < last.effectiveAt) {
    return refuse('handling-rules-out-of-order', { version: last.data.version });
  }
  return [{ type: 'HandlingRulesAdopted', data, ...(effectiveAt !== undefined && { effectiveAt }) }];
}

function review(command: ReviewHandlingRules, state: HandlingRulesState, { decidedAt }: Deciding): Decision {
  const { reviewId, staffId, outcome, findings, months } = command;
  if (state.reviews.some(({ data }) => data.reviewId === reviewId)) return [];
  const rules = rulesInForceAt(state, decidedAt);
  if (rules === undefined) return refuse('handling-rules-missing');
  if (findings.trim() === '') return refuse('findings-required');
  const latest = monthsAfter(decidedAt, months);
  const nextBy = command.nextBy ?? latest;
  if (nextBy <= decidedAt) return refuse('review-in-past');
  if (nextBy > latest) return refuse('review-too-late', { months });
  const { version } = rules.data;
  const data = { reviewId, staffId, version, outcome, findings, nextBy };
  return textsFault({ findings }) ?? [{ type: 'HandlingRulesReviewed', data }];
}

function numbering({ version, reviewBy }: Fact<'HandlingRulesAdopted'>['data']) {
  return { version, reviewBy };
}

/** The end of the day `months` later, in Asia/Tokyo: the first instant of the day after it. */
function monthsAfter(from: Instant, months: number): Instant {
  return dayStart(addDays(addMonths(tokyoDay(from), months), 1));
}

function isBlank({ ja, en }: Bilingual): boolean {
  return ja.trim() === '' || en.trim() === '';
}
