import type { FindingCode } from './finding-words';

/** One thing that is wrong, and where. Never holds a value of a person. */
export interface Finding {
  readonly code: FindingCode;
  /** Of the bundle. */
  readonly file?: string;
  /** Of the file, from 1. */
  readonly line?: number;
  /** Leaf of the ledger, from 0. */
  readonly leaf?: number;
  /** The last leaf, where it is about a run of them. */
  readonly lastLeaf?: number;
  /** Id of the event. */
  readonly event?: string;
  readonly stream?: string;
  readonly field?: string;
}

/** What is wrong makes it impossible to read on here. */
export class Broken extends Error {
  override readonly name = 'Broken';

  constructor(readonly finding: Finding) {
    super(finding.code);
  }
}

/** At most so many are kept: the first ones tell. */
const KEPT = 100;

/** What was found, in the order of finding. */
export class Findings {
  readonly kept: Finding[] = [];
  count = 0;

  add(finding: Finding): void {
    this.count += 1;
    if (this.kept.length < KEPT) this.kept.push(finding);
  }

  /** Whatever breaks within is kept, and the checks go on behind it. @returns undefined where it broke */
  async within<T>(check: () => Promise<T>): Promise<T | undefined> {
    try {
      return await check();
    } catch (error) {
      return this.keep(error);
    }
  }

  /** As {@link within}, at once: for what is checked of each event. */
  withinNow<T>(check: () => T): T | undefined {
    try {
      return check();
    } catch (error) {
      return this.keep(error);
    }
  }

  private keep(error: unknown): undefined {
    if (!(error instanceof Broken)) throw error;
    this.add(error.finding);
  }
}
