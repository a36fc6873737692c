import { setTimeout as sleep } from 'node:timers/promises';
import { projectionsOf } from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';

const POLL_MS = 100;
/** A rebuild that has not moved for so long is carried on by nobody. */
const STANDS_MS = 120_000;

/** A view that holds opened values could not be built anew. */
class RebuildStands extends Error {
  readonly code = 'rebuild-stands';

  constructor(readonly view: string) {
    super(`the view ${view} was not built anew`);
    this.name = 'RebuildStands';
  }
}

/**
 * Builds every view that holds opened values anew beside, and drops the old one: it then holds nothing that no key opens any
 * more. A table that rows were removed from keeps them on the disk until something else is written there.
 * @throws RebuildStands; the views that serve stay as they are, and it may be called again
 */
export async function rebuildOpened({
  views,
  identity,
}: Pick<Infrastructure, 'views' | 'identity'>): Promise<void> {
  const opened = projectionsOf(identity.ledgerId).filter(({ subjects }) => subjects.length > 0);
  for (const { name } of opened) {
    // One that was under way has removed rows as well.
    await views.cancelRebuild(name);
    await views.rebuild(name);
  }
  for (const { name } of opened) await rebuilt(views, name);
}

/** @throws RebuildStands */
async function rebuilt(views: Infrastructure['views'], view: string): Promise<void> {
  let moved = Date.now();
  for (let last = -1; ;) {
    const status = (await views.status()).find(({ name }) => name === view);
    const rebuilding = status?.rebuilding;
    if (rebuilding === undefined) return;
    if (rebuilding.handled > last) moved = Date.now();
    last = rebuilding.handled;
    if (rebuilding.state === 'stopped' || Date.now() - moved > STANDS_MS) throw new RebuildStands(view);
    await sleep(POLL_MS);
  }
}
