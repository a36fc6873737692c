import type { Ledger } from '../handle';
import { takeOver, type Batch, type RowToTakeOver, type TakenOver } from './take-over';

/** Batches under way at the same time. */
const UNDER_WAY = 3;

interface Started<R extends RowToTakeOver> {
  readonly rows: readonly R[];
  readonly taken: Promise<TakenOver>;
}

/**
 * Takes batches over while the next ones are being read: one is sealed while another is written. Identities are
 * reserved in the order of batches, so a person's first row is the one that registers them, and rows about
 * people already known wait for everything before them. Results are told in the order of batches.
 */
export class Overlapping<R extends RowToTakeOver> {
  private readonly underWay: Started<R>[] = [];
  private reserved: Promise<void> = Promise.resolve();
  private settled: Promise<unknown> = Promise.resolve();

  /** @param tell told what a batch came to, one at a time. */
  constructor(
    private readonly ledger: Ledger,
    private readonly batch: Batch,
    private readonly tell: (rows: readonly R[], taken: TakenOver) => Promise<void>,
  ) {}

  /** Starts a batch; waits for the oldest one first where enough are under way. @throws what a batch throws */
  async add(rows: readonly R[]): Promise<void> {
    if (this.underWay.length >= UNDER_WAY) await this.next();
    const mayReserve = this.reserved;
    let reserved = (): void => undefined;
    this.reserved = new Promise((resolve) => (reserved = resolve));
    const earlier = this.settled;
    const taken = mayReserve
      .then(() => takeOver(this.ledger, rows, this.batch, { reserved, earlier }))
      // Whatever became of it, the next one need not wait for its identities.
      .finally(reserved);
    this.settled = taken;
    // Its failure is met when its turn comes; until then it must not count as unhandled.
    taken.catch(() => undefined);
    this.underWay.push({ rows, taken });
  }

  /** Waits for all batches. @throws what the first one that failed throws */
  async end(): Promise<void> {
    while (this.underWay.length > 0) await this.next();
  }

  /** Waits until nothing is under way any more, after a failure: never throws. */
  async abandon(): Promise<void> {
    await Promise.allSettled(this.underWay.map(({ taken }) => taken));
  }

  private async next(): Promise<void> {
    const { rows, taken } = this.underWay[0]!;
    const result = await taken;
    this.underWay.shift();
    await this.tell(rows, result);
  }
}
