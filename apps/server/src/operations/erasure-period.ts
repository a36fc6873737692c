import { createdId, handle, systemContext, VAULT_STREAM } from '@enishi/application/ledger';
import { epochDecider } from '@enishi/domain';
import type { Infrastructure } from '../infrastructure';
import { rebuildOpened } from './rebuild-opened';

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
