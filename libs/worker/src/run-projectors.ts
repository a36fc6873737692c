import type { EventStore } from '@enishi/event-store';
import { PROJECTIONS } from '@enishi/projections/all';
import type { Projection } from '@enishi/projections/engine';
import { leafWriter, verifyLastLeaf } from './leaf-writer';
import { runProjector, type ProjectorOptions } from './projector';
import { RunnerSession } from './runner-session';

/** Nothing is opened or folded for a leaf, so that a longer batch holds nobody up: some 10 ms. */
const LEAVES_BATCH = 1000;

/** Every projection of a ledger, the leaf rows included. */
export function projectionsOf(ledgerId: string): readonly Projection[] {
  return [...PROJECTIONS, leafWriter(ledgerId)];
}

/**
 * Runs all projections of a ledger until the signal.
 *
 * `onEnded` is called once for each projection whose *serving* version ended for good before the signal: it
 * stands still from then on, and whoever shows it would show people who have withdrawn. A rebuild that fails
 * is never told there: it stands as `stopped` in the status of the views.
 */
export async function runProjectors(
  options: Omit<ProjectorOptions, 'projection' | 'verify' | 'store'> & {
    readonly store: EventStore;
    readonly ledgerId: string;
    readonly onEnded: (projection: string, error: unknown) => void;
  },
): Promise<void> {
  const { ledgerId, onEnded, ...shared } = options;
  const { store } = shared;
  const verify: ProjectorOptions['verify'] = (db, checkpoint) =>
    verifyLastLeaf(db, store, ledgerId, checkpoint);
  const session = new RunnerSession(shared.pool);
  await Promise.all(
    projectionsOf(ledgerId).map(async (projection) => {
      try {
        await runProjector({
          ...shared,
          session,
          projection,
          ...(projection.name === 'leaves' && { verify, batchSize: LEAVES_BATCH }),
        });
      } catch (error) {
        // What fails while everything is being stopped has not ended by itself.
        if (!shared.signal.aborted) onEnded(projection.name, error);
      }
    }),
  );
  await session.close();
}
