import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import type { Pool } from 'pg';
import { ACCESS_POOL } from './config';
import { Sessions } from './sessions';

const HOUR_MS = 3_600_000;

/** Hourly: next months' partitions, retention of the access log, sessions that are over. */
@Injectable()
export class AccessUpkeep implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Access');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    @Inject(ACCESS_POOL) private readonly pool: Pool,
    private readonly sessions: Sessions,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.start(), HOUR_MS).unref();
    this.start();
  }

  /** Waits for a round under way, so that the pool can be ended after it. */
  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** One round. */
  async run(): Promise<void> {
    await this.pool.query('SELECT access.ensure_read_partitions(3)');
    const { rows } = await this.pool.query<{ dropped: string[] }>(
      'SELECT access.drop_expired_reads() AS dropped',
    );
    for (const partition of rows[0]!.dropped) this.logger.log({ event: 'access-log-retired', partition });
    await this.sessions.purge();
  }

  private start(): void {
    this.running = this.run().catch((error: unknown) => {
      // The next hour tries again; months are prepared three ahead.
      const code = (error as { code?: string }).code ?? 'no-code';
      this.logger.warn({ event: 'access-upkeep-failed', code });
    });
  }
}
