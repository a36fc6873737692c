import { setTimeout as sleep } from 'node:timers/promises';
import { cancelRebuild, readVersions } from '@enishi/projections/engine';
import type { Pool } from 'pg';

/** No projection has passed a position for so long: the erasure waits, and is tried again. */
const WITHIN_MS = 60_000;

/** The erasure cannot go on until these views have read further. */
export class ViewsBehind extends Error {
  readonly code = 'views-behind';

  constructor(readonly views: readonly string[]) {
    super(`not passed by ${views.join(', ')}`);
    this.name = 'ViewsBehind';
  }
}

/**
 * Waits until every version of every projection, serving or being built, has passed a position: it then holds nothing of
 * people who were erased before. A rebuild that has stopped never will, and is given up: whoever mends it begins anew.
 * @throws ViewsBehind
 */
export async function viewsPassed(pool: Pool, position: bigint, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + WITHIN_MS;
  for (let pause = 5; ; pause = Math.min(pause * 2, 100)) {
    signal.throwIfAborted();
    const behind = (await readVersions(pool)).filter((row) => (row.checkpoint?.position ?? -1n) < position);
    for (const { name, slot, state } of behind) {
      if (slot === 'building' && state === 'stopped') await cancelRebuild(pool, name);
    }
    if (behind.length === 0) return;
    if (performance.now() > deadline)
      throw new ViewsBehind(behind.map(({ name, slot }) => `${name} (${slot})`));
    await sleep(pause, undefined, { signal });
  }
}
