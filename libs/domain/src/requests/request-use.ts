import type { Instant, Refusal } from '../kernel';
import { refuse } from '../refusals';
import type { RequestState } from './request-state';

/** What is done elsewhere for a request: values are looked into before it is decided, and something is done after. */
export type RequestUse = 'look-into' | 'carry-out';

/**
 * Why a command about people may not name a request as what it answers: there is none, it is at its end, it is about somebody
 * else, or what it asks for was not granted (34, 35). A deferral is as good as granted after its last day.
 * @param alumnusIds whom the command is about
 */
export function requestUseFault(
  { received, closed, alumnusId, decision }: RequestState,
  alumnusIds: readonly string[],
  use: RequestUse,
  now: Instant,
): Refusal | undefined {
  if (received === undefined) return refuse('request-unknown');
  if (closed !== undefined) return refuse('request-closed');
  if (alumnusIds.some((id) => id !== alumnusId)) return refuse('request-of-another');
  if (use === 'look-into') return undefined;
  switch (decision?.data.decision) {
    case undefined:
      return refuse('request-undecided');
    case 'refused':
      return refuse('request-refused');
    case 'deferred':
      return (decision?.data.deferredUntil ?? now) < now ? undefined : refuse('request-deferred');
    case 'accepted':
    case 'in-part':
      return undefined;
  }
}
