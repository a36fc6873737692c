import type { Day } from '@enishi/domain';

/** What taking rows over came to, in numbers. */
export interface Settled {
  readonly registered: number;
  readonly corrected: number;
  readonly employmentsAdded: number;
  readonly unchanged: number;
  readonly blocked: number;
  /** By the rules of the ledger; what the reading refuses is found again by reading. */
  readonly refused: number;
}

/**
 * How far an import is settled: where a later run of it goes on. Kept with its counts; it holds no cell of the file.
 * Reading begins at the file's first byte all the same, since only so its records are known; but what stands before
 * this point is neither compared nor told again.
 */
export interface ResumePoint {
  /** Number of the last record that is settled with all before it; 0 where none is. */
  readonly number: number;
  /** Its line: what is wrong up to there has been noted. */
  readonly line: number;
  /** The day on which the import began. It tells who is a leaver, so a later run must go by the same. */
  readonly today: Day;
  readonly settled: Settled;
}

/** Where an import begins. */
export function beginning(today: Day): ResumePoint {
  const settled = {
    registered: 0,
    corrected: 0,
    employmentsAdded: 0,
    unchanged: 0,
    blocked: 0,
    refused: 0,
  };
  return { number: 0, line: 0, today, settled };
}

/** The point after a batch whose last record is given. */
export function settledUpTo(
  point: ResumePoint,
  last: { readonly number: number; readonly line: number },
  taken: Omit<Settled, 'refused'> & { readonly refused: readonly unknown[] },
): ResumePoint {
  const { settled } = point;
  return {
    number: last.number,
    line: last.line,
    today: point.today,
    settled: {
      registered: settled.registered + taken.registered,
      corrected: settled.corrected + taken.corrected,
      employmentsAdded: settled.employmentsAdded + taken.employmentsAdded,
      unchanged: settled.unchanged + taken.unchanged,
      blocked: settled.blocked + taken.blocked,
      refused: settled.refused + taken.refused.length,
    },
  };
}
