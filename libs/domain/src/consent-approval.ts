import type { ConsentEvent } from './consent-answer';
import type { ApproveEvidence } from './consent-commands';
import type { Fact, Instant, NewEvent, Refusal } from './kernel';
import { refuse } from './refusals';

/** Whether a consent was taken over with incomplete evidence that nobody had approved by `at`. */
export function isIncomplete(
  grant: Fact<'ConsentGranted'>,
  facts: readonly Fact<ConsentEvent>[],
  at: Instant,
): boolean {
  if (grant.data.evidenceIncomplete !== true) return false;
  return !facts.some(
    (fact) =>
      fact.type === 'ConsentEvidenceApproved' && fact.data.approved === grant.id && fact.effectiveAt <= at,
  );
}

/** Approves a consent with incomplete evidence, once. What was withdrawn or voided since stays so. */
export function approveEvidence(
  { approved }: ApproveEvidence,
  facts: readonly Fact<ConsentEvent>[],
): readonly NewEvent<'ConsentEvidenceApproved'>[] | Refusal {
  const target = facts.find(({ id }) => id === approved);
  if (target === undefined) return refuse('answer-unknown');
  if (target.type !== 'ConsentGranted' || target.data.evidenceIncomplete !== true)
    return refuse('evidence-not-incomplete');
  if (facts.some((fact) => fact.type === 'ConsentEvidenceApproved' && fact.data.approved === approved))
    return [];
  const { alumnusId, purposeId } = target.data;
  return [{ type: 'ConsentEvidenceApproved', data: { alumnusId, purposeId, approved } }];
}
