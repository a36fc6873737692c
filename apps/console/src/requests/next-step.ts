import type { RequestDetail } from '../api/request-contract';
import type { Words } from '../words/words';
import type { StepName } from './step-form';

/** What comes next with a request: the step that leads on, or a word about what it waits for. */
export interface NextStep {
  readonly step?: StepName | 'resume';
  /** What is to be done now, in one sentence. */
  readonly says: keyof Words['requests']['next'];
}

/**
 * The one step that leads on: check who asks, decide, have it done, tell the person, close.
 * @param may what the person at the desk may do
 */
export function nextStep(
  { standing, pausedAt, decision, openTasks, daysLeft }: RequestDetail,
  may: { readonly write: boolean; readonly decide: boolean },
): NextStep {
  const next = (step: StepName | 'resume', says: NextStep['says']): NextStep =>
    may.write ? { step, says } : { says };
  if (standing === 'closed') return { says: 'closed' };
  if (pausedAt !== undefined) return next('resume', 'paused');
  switch (standing) {
    case 'received':
      return next('identity', 'received');
    case 'verified':
    case 'complained':
      return may.decide ? { step: 'decide', says: standing } : { says: 'waitsForDecision' };
    case 'decided':
      if (decision === 'refused' || decision === 'deferred') return next('notify', 'tell');
      return openTasks > 0 ? next('answer', 'tasks') : next('execute', 'execute');
    case 'deferred':
      return (daysLeft ?? 0) < 0 ? next('execute', 'deferralOver') : { says: 'deferred' };
    case 'executed':
      return next('notify', 'tell');
    case 'notified':
      return next('close', 'notified');
  }
}

/** What else can be done with it now, in the order in which it is offered. */
export function otherSteps(
  { standing, verified, pausedAt, decision, timeline }: RequestDetail,
  feeAllowed: boolean,
): readonly (StepName | 'resume')[] {
  const told = timeline.some(({ type }) => type === 'RequestNotified');
  if (standing === 'closed') return decision !== undefined && told ? ['complain'] : [];
  const undecided = decision === undefined;
  return [
    'assign',
    'note',
    ...(verified ? (['task'] as const) : []),
    ...(undecided && verified ? (['identity'] as const) : []),
    ...(feeAllowed ? (['fee'] as const) : []),
    pausedAt === undefined ? 'pause' : 'resume',
    ...(undecided ? (['link'] as const) : []),
    ...(verified ? [] : (['notify'] as const)),
    ...(standing === 'notified' ? (['complain'] as const) : []),
    'close',
  ];
}
