import { requestUseFault, type Refusal, type RequestUse } from '@enishi/domain';
import type { Ledger } from '../handle';
import { readRequest } from './read-request';

/**
 * Whether a command about people may say that it answers a request: it must be there, be about them, and for what changes
 * anything have been granted.
 * @param requestId absent: it answers none
 * @returns `request-unknown`, `request-closed`, `request-of-another`, `request-undecided`, `request-refused`, `request-deferred`
 */
export async function faultOfRequest(
  ledger: Pick<Ledger, 'store' | 'vault' | 'clock'>,
  requestId: string | undefined,
  alumnusIds: readonly string[],
  use: RequestUse,
): Promise<Refusal | undefined> {
  if (requestId === undefined) return undefined;
  const { state } = await readRequest(ledger, requestId);
  return requestUseFault(state, alumnusIds, use, ledger.clock.now());
}
