import { projectionsOf, publishedCheckpoints, sealIfDue } from '@enishi/worker';
import { startWorker } from '../../apps/server/src/worker';
import type { Populated } from './people';

/** A projection that ends for good ends the measurement. */
const end = (): void => void process.exit(1);

/**
 * Lets every view, the leaves among them, come to the end of the ledger, and has a checkpoint signed over them.
 * @returns how many leaves it covers
 */
export async function covered({ room }: Populated): Promise<number> {
  const worker = startWorker(room, end);
  const head = (await room.store.head())!;
  const all = projectionsOf(room.identity.ledgerId);
  await Promise.all(all.map(({ name }) => room.views.waitFor(name, head, 3_600_000)));
  await worker.stop();
  await sealIfDue({ ledger: room.ledger, pool: room.pool, intervalSeconds: 0 });
  const [newest] = await publishedCheckpoints(room.pool, { limit: 1 });
  return newest!.size;
}
