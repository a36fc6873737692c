import {
  fold,
  handOverFault,
  messageOf,
  recipientDecider,
  reviewsOf,
  type Fact,
  type Instant,
  type RecipientEvent,
  type RecipientReviewMonths,
  type RecipientState,
} from '@enishi/domain';
import type { RecipientSteps } from '@enishi/projections/audit-trail/query';
import type { RecipientAnswer, RecipientDetailAnswer } from './recipients.answers.dto';

/** An entry of the register from its clear fields, and the event that made it. */
export function stateOfSteps({ steps }: RecipientSteps): RecipientState {
  const facts = steps.map(({ eventId, ...entry }) => ({ ...entry, id: eventId, erased: [] }));
  return fold(recipientDecider, facts as unknown as readonly Fact<RecipientEvent>[]);
}

/**
 * A recipient as clients see it.
 * @param at the instant at which it is asked whether data may go there
 * @param months after which its reviews are due
 */
export function recipientView(
  state: RecipientState,
  at: Instant,
  months: RecipientReviewMonths,
): RecipientAnswer {
  const { entry, added, ended } = state;
  const { recipientId, code, role, version, content } = entry!.data;
  const fault = handOverFault(state, at, months);
  return {
    ...{ recipientId, code, role, version, content },
    addedAt: added!.decidedAt,
    reviews: [...reviewsOf(state, months)],
    ...(fault && {
      fault: {
        code: fault.code,
        text: { ja: messageOf(fault.code, 'ja'), en: messageOf(fault.code, 'en') },
      },
    }),
    ...(ended && { disposal: ended.data.disposal, endedAt: ended.effectiveAt }),
  } as RecipientAnswer;
}

/** What is sealed beside it, as far as its keys are there: people, findings, proof. */
export function sealedPart({ entry, assessments, ended }: RecipientState): Partial<RecipientDetailAnswer> {
  const { representative, contact } = entry!.data;
  return {
    ...(representative !== undefined && { representative }),
    ...(contact !== undefined && { contact }),
    assessments: assessments.map(({ id, data, effectiveAt }) => ({
      assessment: data.assessment,
      passed: data.passed,
      effectiveAt,
      ...(data.findings !== undefined && { findings: data.findings }),
      eventId: id,
    })),
    ...(ended?.data.proof !== undefined && { proof: ended.data.proof }),
  };
}
