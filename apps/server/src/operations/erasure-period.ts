import { setTimeout as sleep } from 'node:timers/promises';
import { createdId, handle, systemContext, VAULT_STREAM } from '@enishi/application/ledger';
import { epochDecider } from '@enishi/domain';
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
 * Ends an erasure period: what was erased in it goes from the disk too. Every view that holds opened values is built anew
 * beside and the old one dropped; every living key is wrapped under the next epoch's key, and the old one destroyed; of the
 * embedded cluster the log and the statistics of before are removed. Then `EpochDestroyed` says from when on nothing can be
 * recovered. May be broken off anywhere, and called again.
 */
export async function endErasurePeriod(
  infrastructure: Infrastructure,
  progress: (done: number, total: number) => void,
): Promise<void> {
  const { vault, ledger, forgetOldRows } = infrastructure;
  await rebuildOpened(infrastructure);
  const { to } = await vault.rotateEpoch(progress);
  await forgetOldRows();
  const note = async (kind: 'NoteEpochOpened' | 'NoteEpochDestroyed', epoch: number): Promise<void> => {
    const context = systemContext('vault', createdId(vault.ledgerId, `${kind}/${epoch}`));
    await handle(ledger, epochDecider, VAULT_STREAM, { kind, epoch }, context);
  };
  await note('NoteEpochOpened', to);
  // Those too of whom a run that broke off could not tell it.
  for (const { epoch, state } of await vault.epochs()) {
    if (state === 'destroyed') await note('NoteEpochDestroyed', epoch);
  }
}

/** A table that rows were removed from keeps them on the disk until something else is written there. */
async function rebuildOpened({ views, identity }: Infrastructure): Promise<void> {
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
