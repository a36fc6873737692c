import type { Instant } from '../kernel';
import { lawNumber, type LawSetting } from '../law/law-number';
import { addDays, dayStart, tokyoDay } from '../time';
import type { RequestSummary } from './request-state';

/** What is to be done next about a request. */
export type RequestWork = 'identify' | 'decide' | 'carry-out' | 'notify' | 'deferred';

type Entry = Pick<RequestSummary, 'standing' | 'decision' | 'dueAt' | 'pausedAt'>;

/**
 * What a request waits for somebody to do: find out who asks, decide, carry out, tell the person, or look at a deferral
 * that is about to end. A deferral is no work before, and one that is over is to be carried out.
 * @param set what the company has set instead of defaults
 * @returns undefined where nothing is to be done, or it is paused and not overdue
 */
export function requestWork(
  { standing, decision, dueAt, pausedAt }: Entry,
  now: Instant,
  set: readonly LawSetting[],
): RequestWork | undefined {
  const over = dueAt !== undefined && dueAt < now;
  if (pausedAt !== undefined && !over) return undefined;
  switch (standing) {
    case 'received':
      return 'identify';
    case 'verified':
    case 'complained':
      return 'decide';
    case 'decided':
      return decision === 'refused' || decision === 'deferred' ? 'notify' : 'carry-out';
    case 'executed':
      return 'notify';
    case 'deferred':
      if (over) return 'carry-out';
      return dueAt !== undefined && deferralNears(dueAt, now, set) ? 'deferred' : undefined;
    case 'notified':
    case 'closed':
      return undefined;
  }
}

/** Whether the last day of a deferral is so near that somebody prepares for it. */
export function deferralNears(until: Instant, now: Instant, set: readonly LawSetting[]): boolean {
  const ahead = lawNumber('request-deferral-ahead', tokyoDay(now), set);
  return dayStart(addDays(tokyoDay(until), -ahead)) <= now;
}
