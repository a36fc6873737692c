import { createdId, exportStream, handleExport, readExport } from '@enishi/application/ledger';
import { isOpen } from '@enishi/domain';
import { hasErased } from '@enishi/projections/audit-trail/query';
import type { Purger } from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';

/** Ends every export whose file holds somebody who is erased, and removes the file. */
export function exportsPurger({
  pool,
  ledger,
  exportFiles,
  openExports,
}: Pick<Infrastructure, 'pool' | 'ledger' | 'exportFiles' | 'openExports'>): Purger {
  return {
    store: 'exports',
    async purge({ position }): Promise<void> {
      for (const { exportId } of await openExports.all()) {
        const state = await readExport(ledger, exportId);
        if (!isOpen(state) || state.started === undefined || state.started.position > position) continue;
        // Whose data are in a file that is being made is known at its end: it is given up, and made anew when asked for.
        const isHit =
          state.standing === 'making' ||
          (await hasErased(pool, exportStream(exportId), state.started.position));
        if (!isHit) continue;
        const context = {
          commandId: createdId(exportId, 'erasure'),
          actor: 'system:exports',
          correlationId: exportId,
        } as const;
        const command = { kind: 'PurgeExport', ground: 'erasure' } as const;
        await handleExport(ledger, exportId, command, context);
        await exportFiles.drop(exportId);
        await openExports.remove(exportId);
      }
    },
  };
}
