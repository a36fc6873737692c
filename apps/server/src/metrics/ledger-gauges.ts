import type { Pool } from 'pg';
import { openProcesses, unacknowledgedClosings, type Vault } from '@enishi/vault';
import { runnersAmong, type ProjectionStatus, type Views } from '@enishi/projections/engine';
import type { Instruments } from './instruments';

/**
 * What the database knows and no single process does: how far each projection is, who runs it, what is parked, and
 * where the vault stands. Read at each scrape; every process tells the same.
 */
export class LedgerGauges {
  private readonly up;
  private readonly lag;
  private readonly handled;
  private readonly parked;
  private readonly current;
  private readonly rebuild;
  private readonly runner;
  private readonly sessions;
  private readonly closings;
  private readonly epochOpened;
  private readonly refused;

  constructor(
    private readonly options: {
      readonly instruments: Instruments;
      readonly pool: Pool;
      readonly views: Views;
      readonly vault: Pick<Vault, 'epochs'>;
    },
  ) {
    const { instruments: make } = options;
    const of = 'projection';
    this.up = make.gauge('enishi_database_up', '1 when the database answered this scrape in time');
    this.lag = make.gauge(
      'enishi_projection_lag_events',
      'Events not yet applied (at most 1,000 counted)',
      of,
    );
    this.handled = make.gauge('enishi_projection_handled_events', 'Events looked at since the first', of);
    this.parked = make.gauge('enishi_projection_parked_scopes', 'People, purposes … not shown', of);
    this.current = make.gauge('enishi_projection_current', '1 when this version’s rules serve', of);
    this.rebuild = make.gauge('enishi_projection_rebuild', '1 in this state of a rebuild', of, 'state');
    this.runner = make.gauge('enishi_projection_runner', '1 when some process holds its lock', of, 'slot');
    this.sessions = make.gauge('enishi_vault_sessions', 'Processes that have the vault open');
    this.closings = make.gauge(
      'enishi_vault_closings_pending',
      'Closings of keys that some process has not seen',
    );
    this.epochOpened = make.gauge('enishi_vault_epoch_opened_seconds', 'When the epoch in use was opened');
    this.refused = make.gauge(
      'enishi_checkpoint_receiver_failures',
      'Attempts that failed since a checkpoint was accepted, of the receiver outside that has most of them, by kind',
      'kind',
    );
  }

  /** Asks the database. What it does not answer is not told, rather than told as it was. */
  async refresh(): Promise<void> {
    const { pool, views, vault } = this.options;
    this.forget();
    // Asked first: the store would wait half a minute for a database that is away. (The driver's types lack the setting.)
    const knock = { text: 'SELECT', query_timeout: 2000 };
    await pool.query(knock);
    const names = await views.status().then((statuses) => statuses.map((status) => this.tell(status)));
    const runners = await runnersAmong(pool, names);
    for (const projection of names) {
      for (const slot of ['serving', 'building'] as const)
        this.runner.set({ projection, slot }, Number(runners[slot].has(projection)));
    }
    this.sessions.set(await openProcesses(pool));
    this.closings.set(await unacknowledgedClosings(pool));
    const epoch = (await vault.epochs()).find(({ state }) => state === 'current');
    if (epoch) this.epochOpened.set(Date.parse(epoch.openedAt) / 1000);
    await this.tellReceivers();
    this.up.set(1);
  }

  private async tellReceivers(): Promise<void> {
    // Who is not asked any more fails no more: one that is, is asked every ten minutes at least.
    const { rows } = await this.options.pool.query<{ kind: string; failures: number }>(
      `SELECT kind, max(failures) AS failures FROM app.checkpoint_receivers
        WHERE next_at > clock_timestamp() - interval '1 hour' GROUP BY kind`,
    );
    for (const kind of ['witness', 'keeper'])
      this.refused.set({ kind }, rows.find((row) => row.kind === kind)?.failures ?? 0);
  }

  private tell({
    name,
    lag,
    handled,
    parked,
    version,
    servingVersion,
    rebuilding,
  }: ProjectionStatus): string {
    const projection = name;
    this.lag.set({ projection }, lag);
    this.handled.set({ projection }, handled);
    this.parked.set({ projection }, parked.length);
    this.current.set({ projection }, Number(servingVersion === version));
    for (const state of ['running', 'stopped'] as const)
      this.rebuild.set({ projection, state }, Number(rebuilding?.state === state));
    return name;
  }

  private forget(): void {
    const { lag, handled, parked, current, rebuild, runner, refused } = this;
    for (const gauge of [lag, handled, parked, current, rebuild, runner, refused]) gauge.reset();
    for (const gauge of [this.sessions, this.closings, this.epochOpened]) gauge.remove();
    this.up.set(0);
  }
}
