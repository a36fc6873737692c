import { inclusionProof, readLeaf, type SignedCheckpoint } from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';
import { mustCover } from './covering';
import { ProblemError } from '../problem';

/**
 * The proof of one event as a text file (C2SP tlog-proof), under a checkpoint.
 * @throws ProblemError 409 `not-covered` where the checkpoint does not reach it
 */
export async function eventProof(
  { pool, store, identity }: Pick<Infrastructure, 'pool' | 'store' | 'identity'>,
  checkpoint: SignedCheckpoint,
  event: { readonly stream: string; readonly revision: number; readonly position: bigint },
): Promise<string> {
  const [leaf, [record]] = await Promise.all([
    readLeaf(pool, { position: event.position }),
    store.readStream(event.stream, { from: event.revision, limit: 1 }),
  ]);
  if (leaf === undefined || record === undefined) {
    throw new ProblemError(409, 'not-covered', 'The event has no leaf yet', { covered: checkpoint.size });
  }
  mustCover(checkpoint, Number(leaf.number));
  const { stream, revision, id, type, dataText, metadataText } = record;
  const text = { stream, revision, id, type, dataText, metadataText };
  const whole = { ...text, ledger: identity.ledgerId, recordedAt: leaf.recordedAt };
  return inclusionProof(pool, checkpoint, Number(leaf.number) - 1, whole);
}
