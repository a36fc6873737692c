import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { undoImport, type CommandContext } from '@enishi/application';
import { listPurposes } from '@enishi/projections/purpose-catalogue/query';
import type { Infrastructure } from '../infrastructure';
import { describe } from '../described-error';
import { INFRASTRUCTURE } from '../tokens';

/** Passes of this process that undo imports. */
@Injectable()
export class UndoRunner implements BeforeApplicationShutdown {
  private readonly running = new Map<string, Promise<void>>();
  private readonly ending = new AbortController();

  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  /** Begins a pass in the background; its row says how far it is. */
  start(importId: string, reason: string, context: CommandContext): void {
    const { ledger, undos, logger } = this.infrastructure;
    const run = { ledger, undos, purposeIds: () => this.purposeIds(), signal: this.ending.signal };
    const ended = undoImport(run, importId, reason, context)
      .catch((error: unknown) => {
        logger.error({ importId, ...(error instanceof Error ? describe(error) : {}) }, 'undoing failed');
      })
      .finally(() => this.running.delete(importId));
    this.running.set(importId, ended);
  }

  /** A stopping server leaves its passes interrupted, to be gone on with by the same command. */
  async beforeApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await Promise.all(this.running.values());
  }

  /** All that were ever drafted, as of now. @throws Error where the view is behind or parked */
  private async purposeIds(): Promise<readonly string[]> {
    const { store, views, pool } = this.infrastructure;
    const view = 'purpose-catalogue';
    const answer = await views.waitFor(view, (await store.head()) ?? 0n, 30_000);
    if (answer !== 'ok') throw new Error(`the view ${view} cannot be asked: ${answer}`);
    return (await listPurposes(pool, new Date().toISOString())).map(({ purposeId }) => purposeId);
  }
}
