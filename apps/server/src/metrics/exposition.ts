import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Vault } from '@enishi/vault';
import type { Views } from '@enishi/projections/engine';
import { describe } from '../described-error';
import type { Instruments } from './instruments';
import { LedgerGauges } from './ledger-gauges';
import { ReactorGauges, type ReactorState } from './reactor-gauges';
import { ProcessGauges } from './process-gauges';

/** A scrape is answered without what the database has not told by then. */
const DATABASE_WITHIN_MS = 3000;

export interface ExpositionOptions {
  readonly instruments: Instruments;
  readonly pool: Pool;
  readonly pools: ReadonlyMap<string, Pool>;
  readonly folders: ReadonlyMap<string, string>;
  readonly views: Views;
  readonly reactor: () => Promise<ReactorState>;
  readonly vault: Pick<Vault, 'epochs'>;
  readonly logger: Logger;
}

/** What Prometheus is told when it asks. */
export class Exposition {
  private readonly ledger: LedgerGauges;
  private readonly reactor: ReactorGauges;
  private readonly process: ProcessGauges;
  private asking: Promise<void> | undefined;

  constructor(private readonly options: ExpositionOptions) {
    this.ledger = new LedgerGauges(options);
    this.reactor = new ReactorGauges(options);
    this.process = new ProcessGauges(options.instruments, options.pools, options.folders);
  }

  /** Content type and text of one scrape. Never fails: a database that is away is what must be told. */
  async scrape(): Promise<{ readonly type: string; readonly text: string }> {
    const { registry } = this.options.instruments;
    await this.process.refresh();
    // One question at a time, however many ask: a database that hangs must not gather them.
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    const given = new AbortController();
    await Promise.race([
      this.asking,
      sleep(DATABASE_WITHIN_MS, undefined, { signal: given.signal }).catch(() => undefined),
    ]);
    given.abort();
    return { type: registry.contentType, text: await registry.metrics() };
  }

  private async ask(): Promise<void> {
    await this.refresh().catch((error: unknown) => {
      this.options.logger.warn(
        error instanceof Error ? describe(error) : {},
        'metrics: the database does not answer',
      );
    });
  }

  private async refresh(): Promise<void> {
    this.reactor.forget();
    await this.ledger.refresh();
    await this.reactor.refresh();
  }
}
