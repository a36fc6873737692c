import type { Pool } from 'pg';
import { runnersAmong } from '@enishi/projections/engine';
import type { Instruments } from './instruments';

/** Where policies, letters and clock stand, and under which locks they run. */
export interface ReactorState {
  readonly policies: readonly {
    readonly name: string;
    readonly lock: string;
    readonly parked: number;
  }[];
  /** How many letters there are in each state. */
  readonly letters: Readonly<Record<string, number>>;
  readonly clock: { readonly lock: string; readonly asks: boolean };
}

/** What the database knows of policies, letters and clock. */
export class ReactorGauges {
  private readonly runner;
  private readonly parked;
  private readonly clockRunner;
  private readonly asks;
  private readonly letters;

  constructor(
    private readonly options: {
      readonly instruments: Instruments;
      readonly pool: Pool;
      readonly reactor: () => Promise<ReactorState>;
    },
  ) {
    const { instruments: make } = options;
    const of = 'policy';
    this.runner = make.gauge('enishi_policy_runner', '1 when some process runs the policy', of);
    this.parked = make.gauge('enishi_policy_parked_targets', 'Targets that a bug has stopped', of);
    this.clockRunner = make.gauge('enishi_clock_runner', '1 when some process looks at the clock');
    this.letters = make.gauge('enishi_outbox_letters', 'Letters in this state', 'state');
    this.asks = make.gauge('enishi_clock_asks', '1 when the clock is ahead and asks to be confirmed');
  }

  async refresh(): Promise<void> {
    const { pool, reactor } = this.options;
    const { policies, clock, letters } = await reactor();
    const { serving } = await runnersAmong(pool, [clock.lock, ...policies.map(({ lock }) => lock)]);
    for (const { name: policy, lock, parked } of policies) {
      this.runner.set({ policy }, Number(serving.has(lock)));
      this.parked.set({ policy }, parked);
    }
    for (const [state, count] of Object.entries(letters)) this.letters.set({ state }, count);
    this.clockRunner.set(Number(serving.has(clock.lock)));
    this.asks.set(Number(clock.asks));
  }

  /** What the database does not answer is not told, rather than told as it was. */
  forget(): void {
    for (const gauge of [this.runner, this.parked, this.letters]) gauge.reset();
    for (const gauge of [this.clockRunner, this.asks]) gauge.remove();
  }
}
