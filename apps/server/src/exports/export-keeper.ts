import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '@enishi/access';
import { readExport } from '@enishi/application';
import type { ExportState } from '@enishi/domain';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { ExportRunner } from './export-runner';

/** Whether the caller may see its words, hand it over, download or delete it: who asked, or who may approve. */
export function mayHandle({ accountId, permissions }: Principal, { request }: ExportState): boolean {
  return request?.data.staffId === accountId || permissions.has('exports:approve');
}

/** What stands before anybody gets at an export. */
@Injectable()
export class ExportKeeper {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly reads: ViewReads,
    private readonly runner: ExportRunner,
  ) {}

  /** @throws ProblemError 404 */
  async known(exportId: string): Promise<ExportState> {
    const state = await readExport(this.infrastructure.ledger, exportId);
    if (state.standing !== undefined) return state;
    throw new ProblemError(404, 'export-unknown', 'There is no such export');
  }

  /** The same for who asked for it, or may approve it. @throws ProblemError 404, 403 */
  async handled(principal: Principal, exportId: string): Promise<ExportState> {
    const state = await this.known(exportId);
    if (mayHandle(principal, state)) return state;
    throw new ProblemError(403, 'export-of-another', 'Somebody else asked for this export');
  }

  /**
   * Looks, up to the last event there is, whether somebody in the file is being erased; then the file goes.
   * @throws ProblemError 409
   */
  async refuseErased(state: ExportState, exportId: string): Promise<void> {
    const head = await this.infrastructure.store.head();
    if (head !== undefined) await this.reads.passed('audit-trail', head);
    if (!(await this.runner.dropErased(exportId, state))) return;
    throw new ProblemError(
      409,
      'export-purged',
      'Somebody in it is erased: it was deleted, and must be made anew',
    );
  }
}
