import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import {
  dropStaged,
  runConsentsImport,
  runImport,
  type CommandContext,
  type ImportJob,
} from '@enishi/application';
import { listPurposes } from '@enishi/projections/purpose-catalogue/query';
import { INFRASTRUCTURE } from '../tokens';
import type { Infrastructure } from '../infrastructure';
import { describe } from '../described-error';

/** Imports at work in this process. */
@Injectable()
export class ImportRunner implements BeforeApplicationShutdown {
  private readonly running = new Map<
    string,
    { readonly abort: AbortController; readonly ended: Promise<void> }
  >();

  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  /** Starts reading in the background; the job's row says how far it is. */
  start(job: ImportJob, context: CommandContext, dryRun: boolean): void {
    const { ledger, jobs, staging, scans, logger } = this.infrastructure;
    const abort = new AbortController();
    const run = { ledger, jobs, staging, signal: abort.signal };
    const reading =
      job.options.kind === 'consents'
        ? runConsentsImport({ ...run, scans, purposes: () => this.purposes() }, job, context, dryRun)
        : runImport(run, job, context, dryRun);
    const ended = reading
      .catch((error: unknown) => {
        logger.error(
          { importId: job.importId, ...(error instanceof Error ? describe(error) : {}) },
          'import failed',
        );
      })
      .finally(() => this.running.delete(job.importId));
    this.running.set(job.importId, { abort, ended });
  }

  /** Stops an import where it is and drops its file. */
  async cancel(importId: string): Promise<void> {
    const { jobs } = this.infrastructure;
    await this.interrupt(importId);
    await jobs.move(importId, ['staged', 'checked', 'failed', 'interrupted'], 'cancelled');
    await dropStaged(this.infrastructure, importId);
  }

  /** A stopping server leaves its imports interrupted, to be run again: at once, before it waits for its callers. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.running.keys()].map((importId) => this.interrupt(importId)));
  }

  /** Ids of all purposes by their codes, as of now. @throws Error where the view is behind or parked */
  private async purposes(): Promise<ReadonlyMap<string, string>> {
    const { store, views, pool } = this.infrastructure;
    const view = 'purpose-catalogue';
    const answer = await views.waitFor(view, (await store.head()) ?? 0n, 30_000);
    if (answer !== 'ok') throw new Error(`the view ${view} cannot be asked: ${answer}`);
    const purposes = await listPurposes(pool, new Date().toISOString());
    return new Map(purposes.map(({ code, purposeId }) => [code, purposeId]));
  }

  private async interrupt(importId: string): Promise<void> {
    const one = this.running.get(importId);
    one?.abort.abort();
    await one?.ended;
  }
}
