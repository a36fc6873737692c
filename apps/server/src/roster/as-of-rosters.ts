import { Inject, Injectable } from '@nestjs/common';
import { rosterAsOf, type AsOfRow } from '@enishi/application';
import type { ContactQuestion } from '@enishi/domain';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';

/** How long the last folded roster is kept for its next pages. */
const KEPT_MS = 120_000;

/**
 * Rosters as of an instant, folded from zero. Folding reads the whole ledger and holds everybody, so one
 * question is folded at a time and the last result is kept for its next pages.
 */
@Injectable()
export class AsOfRosters {
  private last:
    { readonly key: string; readonly rows: Promise<readonly AsOfRow[]>; timer?: NodeJS.Timeout } | undefined;
  private busy = false;

  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  /**
   * @param known position of the last event that counts
   * @throws ProblemError 503 `as-of-busy` while another question is being folded
   */
  async rows(question: ContactQuestion, known: bigint): Promise<readonly AsOfRow[]> {
    const key = JSON.stringify([question, known.toString()]);
    if (this.last?.key === key) return this.last.rows;
    if (this.busy) {
      throw new ProblemError(
        503,
        'as-of-busy',
        'Another past date is being worked out: try again',
        {},
        { 'retry-after': '5' },
      );
    }
    this.busy = true;
    clearTimeout(this.last?.timer);
    const folding = rosterAsOf(this.infrastructure.ledger, question, known);
    const kept = { key, rows: folding };
    this.last = kept;
    try {
      const rows = await folding;
      this.last = { ...kept, timer: setTimeout(() => this.forget(key), KEPT_MS).unref() };
      return rows;
    } catch (error) {
      this.forget(key);
      throw error;
    } finally {
      this.busy = false;
    }
  }

  private forget(key: string): void {
    if (this.last?.key === key) this.last = undefined;
  }
}
