import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import {
  createdId,
  exportStream,
  OnExport,
  OnExportHandler,
  readExport,
  type OpenExport,
} from '@enishi/application';
import { expiryOf, isOpen, type EndExport, type ExportState } from '@enishi/domain';
import { hasErased } from '@enishi/projections/audit-trail/query';
import type { Infrastructure } from '../infrastructure';
import { describe } from '../described-error';
import { INFRASTRUCTURE } from '../tokens';
import { ExportMaker } from './export-maker';

const EVERY_MS = 60_000;
/** Each holds a connection, a bundle two: more at once would leave none for requests, nor for themselves. */
const AT_ONCE = 2;
/** A request under way is younger than this, and a file that is being written too. */
const FORGOTTEN_MS = 3_600_000;

/** Makes, keeps and ends files with personal data in the background. */
@Injectable()
export class ExportRunner implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly making = new Map<string, Promise<void>>();
  private readonly ending = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private round: Promise<void> = Promise.resolve();

  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly maker: ExportMaker,
    private readonly commands: OnExportHandler,
  ) {}

  /** Goes on with what a server before left half-made. */
  onApplicationBootstrap(): void {
    const go = (): void => {
      this.round = this.lookAfterAll();
    };
    this.timer = setInterval(go, EVERY_MS);
    go();
  }

  /** A stopping server leaves what it is making to the next one. */
  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    this.ending.abort();
    await this.round;
    await Promise.all(this.making.values());
  }

  /** Begins to make a file, unless somebody is at it. */
  start(exportId: string): void {
    // The rest waits for the next minute.
    if (this.making.has(exportId) || this.making.size >= AT_ONCE || this.ending.signal.aborted) return;
    const { openExports, logger } = this.infrastructure;
    const made = openExports
      .alone(exportId, () => this.maker.make(exportId, this.ending.signal))
      .then(async () => this.settle(exportId))
      .catch(async (error: unknown) => {
        if (this.ending.signal.aborted) return;
        logger.error({ exportId, ...(error instanceof Error ? describe(error) : {}) }, 'export failed');
        const { lines = 0 } = (await openExports.find(exportId)) ?? {};
        await openExports.progress(exportId, lines, error instanceof Error ? error.name : 'unexpected');
      })
      .catch(() => undefined)
      .finally(() => this.making.delete(exportId));
    this.making.set(exportId, made);
  }

  /** Deletes the file of somebody whose erasure has started since. @returns whether there is none any more */
  async dropErased(exportId: string, { started }: ExportState): Promise<boolean> {
    const { pool } = this.infrastructure;
    if (started === undefined) return false;
    if (!(await hasErased(pool, exportStream(exportId), started.position))) return false;
    await this.end(exportId, 'erasure', { kind: 'PurgeExport', ground: 'erasure' });
    return true;
  }

  /** Removes file and row of an export that has ended. */
  async settle(exportId: string): Promise<void> {
    const { ledger, exportFiles, openExports } = this.infrastructure;
    if (isOpen(await readExport(ledger, exportId))) return;
    await exportFiles.drop(exportId);
    await openExports.remove(exportId);
  }

  private async lookAfterAll(): Promise<void> {
    const { openExports, exportFiles, logger } = this.infrastructure;
    try {
      const open = await openExports.all();
      for (const one of open) await this.lookAfter(one);
      await exportFiles.sweep(new Set(open.map(({ exportId }) => exportId)), FORGOTTEN_MS);
    } catch (error) {
      if (this.ending.signal.aborted) return;
      const fields = error instanceof Error ? describe(error) : {};
      logger.error(fields, 'looking after exports failed; the next minute tries again');
    }
  }

  private async lookAfter({ exportId, createdAt }: OpenExport): Promise<void> {
    const { ledger, openExports } = this.infrastructure;
    const state = await readExport(ledger, exportId);
    const now = ledger.clock.now();
    if (state.standing === undefined) {
      if (Date.parse(now) - createdAt.getTime() > FORGOTTEN_MS) await openExports.remove(exportId);
      return;
    }
    if (!isOpen(state)) return this.settle(exportId);
    if (now >= expiryOf(state)!) return this.end(exportId, 'expire', { kind: 'ExpireExport' });
    if (await this.dropErased(exportId, state)) return;
    if (state.standing === 'approved' || state.standing === 'making') this.start(exportId);
  }

  private async end(exportId: string, name: string, command: EndExport): Promise<void> {
    const commandId = createdId(exportId, name);
    const context = { commandId, actor: 'system:exports', correlationId: exportId } as const;
    await this.commands.execute(new OnExport(exportId, command, context));
    await this.settle(exportId);
  }
}
