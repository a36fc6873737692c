import {
  fold,
  requestDecider,
  type Category,
  type Fact,
  type RequestEvent,
  type RequestState,
} from '@enishi/domain';
import type { Ledger } from '../handle';
import { requestStream } from '../streams';

/** One request, with the facts it is made of. */
export interface RequestRead {
  readonly state: RequestState;
  readonly facts: readonly Fact<RequestEvent>[];
}

/**
 * A request from the ledger itself; without facts where there is none.
 * @param opens categories: `request-record` for all that is said in it
 */
export async function readRequest(
  { store, vault }: Pick<Ledger, 'store' | 'vault'>,
  requestId: string,
  opens: readonly Category[] = [],
): Promise<RequestRead> {
  const records = await store.readStream(requestStream(requestId));
  const facts = (await vault.openFacts(records, { categories: opens })) as readonly Fact<RequestEvent>[];
  return { state: fold(requestDecider, facts), facts };
}
