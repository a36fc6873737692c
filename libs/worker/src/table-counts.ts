import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, COUNTED_AFTER, refreshStatistics } from '@enishi/projections/engine';
import type { Pool } from 'pg';
import type { RunnerLog } from './runner-log';

const EVERY_MS = 5000;

/**
 * Has the tables of a serving version counted soon after much was written. For its runner alone: one process at
 * a time. It works on a connection of its own, beside what the runner writes.
 */
export class TableCounts {
  private written = 0;
  /** Of `written`, what had been looked at; at first nothing, since an earlier runner may have left much. */
  private looked: number | undefined;
  private readonly counted = new Map<string, number>();

  constructor(
    private readonly pool: Pool,
    private readonly projection: string,
    private readonly options: {
      readonly everyMs?: number | undefined;
      readonly logger?: RunnerLog | undefined;
    },
  ) {}

  /** So many events were applied, each of which may have written to any table. Costs nothing. */
  applied(events: number): void {
    this.written += events;
  }

  /** Looks until the signal. Never throws: uncounted tables answer slowly, not wrongly. */
  async keep(signal: AbortSignal): Promise<void> {
    const { everyMs = EVERY_MS } = this.options;
    while (!signal.aborted) {
      if (this.looked === undefined || this.written - this.looked > COUNTED_AFTER) await this.look();
      await sleep(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private async look(): Promise<void> {
    const { pool, projection, counted, written } = this;
    const { logger } = this.options;
    this.looked = written;
    try {
      const since = (table: string): number => written - (counted.get(table) ?? 0);
      const tables = await refreshStatistics(pool, projection, 'serving', since);
      for (const table of tables) counted.set(table, written);
      if (tables.length > 0) logger?.info({ projection, tables }, 'tables counted');
    } catch (error) {
      // A switch may take the tables away meanwhile; PostgreSQL's own look, once a minute, remains.
      logger?.warn({ projection, code: codeOf(error) }, 'tables not counted');
    }
  }
}
