import { publishedCheckpoint, publishedCheckpoints, type SignedCheckpoint } from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';

type Pool = Infrastructure['pool'];

/** @throws ProblemError 404 before the first one */
export async function newestCheckpoint(pool: Pool): Promise<SignedCheckpoint> {
  const [newest] = await publishedCheckpoints(pool, { limit: 1 });
  if (!newest) throw new ProblemError(404, 'checkpoint-none', 'No checkpoint has been signed yet');
  return newest;
}

/**
 * The checkpoint of so many leaves, or the newest.
 * @throws ProblemError 404 where there is none of that size; `newest` tells how far they go
 */
export async function checkpointOf(pool: Pool, size: number | undefined): Promise<SignedCheckpoint> {
  const newest = await newestCheckpoint(pool);
  if (size === undefined) return newest;
  const found = await publishedCheckpoint(pool, size);
  if (found) return found;
  const title = 'No checkpoint covers exactly so many leaves';
  throw new ProblemError(404, 'checkpoint-unknown', title, { newest: newest.size });
}

/** @throws ProblemError 409 where the checkpoint is older than the leaf */
export function mustCover({ size }: SignedCheckpoint, leaves: number): void {
  if (leaves <= size) return;
  const title = 'The checkpoint does not reach so far; a later one will';
  throw new ProblemError(409, 'not-covered', title, { leaves, covered: size });
}
