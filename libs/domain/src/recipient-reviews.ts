import type { Instant, Refusal } from './kernel';
import type { ReviewMonths } from './law/review-months';
import type { RecipientState } from './recipient';
import type { Assessment } from './recipient-terms';
import { refuse } from './refusals';
import { addMonthsToInstant, tokyoDay } from './time';

/** After how many months somebody looks at a recipient again. */
export type RecipientReviewMonths = Pick<ReviewMonths, 'processor' | 'measures'>;

/** Something that is looked at again and again, and when the next time is due at the latest. */
export interface Review {
  readonly assessment: Assessment;
  /** Absent where it was never looked at, or was found wanting the last time. */
  readonly due?: Instant;
}

/** Which assessments a recipient needs, with the instant each is due by. None of one that has ended. */
export function reviewsOf(
  { entry, assessments, ended }: RecipientState,
  months: RecipientReviewMonths,
): readonly Review[] {
  if (entry === undefined || ended !== undefined) return [];
  const { role, content } = entry.data;
  const review = (assessment: Assessment, counted: readonly Assessment[], after: number): Review => {
    const last = assessments
      .filter(({ data }) => counted.includes(data.assessment))
      .reduce<(typeof assessments)[number] | undefined>(
        (latest, one) => (latest !== undefined && latest.effectiveAt > one.effectiveAt ? latest : one),
        undefined,
      );
    if (last?.data.passed !== true) return { assessment };
    return { assessment, due: addMonthsToInstant(last.effectiveAt, after) };
  };
  return [
    ...(role === 'processor' ? [review('yearly', ['selection', 'yearly'], months.processor)] : []),
    ...(content.basis === 'equivalent-measures'
      ? [review('equivalent-measures', ['equivalent-measures'], months.measures)]
      : []),
  ];
}

/**
 * Why nothing may be handed over to a recipient at an instant; undefined where it may. Whether the people concerned have
 * consented is asked beside it.
 */
export function handOverFault(
  state: RecipientState,
  at: Instant,
  months: RecipientReviewMonths,
): Refusal | undefined {
  const { entry, ended } = state;
  if (entry === undefined) return refuse('recipient-unknown');
  if (ended !== undefined) return refuse('recipient-ended');
  const { contract } = entry.data.content;
  if (contract?.until !== undefined && contract.until < tokyoDay(at)) return refuse('contract-over');
  const wanting = reviewsOf(state, months).find(({ due }) => due === undefined || due <= at);
  if (wanting === undefined) return undefined;
  return refuse(wanting.assessment === 'yearly' ? 'assessment-wanting' : 'measures-not-checked');
}
