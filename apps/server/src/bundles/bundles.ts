import { Inject, Injectable } from '@nestjs/common';
import {
  newestStamped,
  openExcerpt,
  readLeaf,
  publishedCheckpoints,
  StreamIncomplete,
  type Excerpt,
  type SignedCheckpoint,
} from '@enishi/worker';
import type { FileBody } from '../audit/table-export';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { bundleOf } from './bundle';
import type { BundleQuestion } from './bundle-files';

/** Bundles made at once: each holds a connection while it is sent. */
const AT_ONCE = 4;

/** Makes bundles, each while it is sent: what has been read is not kept. */
@Injectable()
export class Bundles {
  private underWay = 0;

  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly reads: ViewReads,
  ) {}

  /**
   * A bundle under the newest checkpoint. The caller must read its chunks or give them up (`return`): until then it
   * holds a connection.
   *
   * @param leaving awaited with the ids of the people of each page of events, before that page leaves
   * @throws ProblemError 409 `not-covered`, 503 `bundles-busy`, 503 `stream-incomplete`, and as `ViewReads.passed`
   */
  async open(
    question: BundleQuestion,
    leaving: (personIds: readonly string[]) => Promise<void>,
  ): Promise<FileBody> {
    const { infrastructure } = this;
    if (this.underWay >= AT_ONCE) throw busy();
    this.underWay += 1;
    const done = () => void (this.underWay -= 1);
    try {
      const checkpoint = await this.covering();
      const stamped = await newestStamped(infrastructure.pool, checkpoint.size);
      const excerpt = await this.excerptOf(question, checkpoint);
      const parts = bundleOf({ ...question, checkpoint, stamped, excerpt, infrastructure, leaving });
      const chunks = untilRead(parts, () => excerpt.close().finally(done));
      return { extension: 'zip', type: 'application/zip', chunks };
    } catch (error) {
      done();
      throw error;
    }
  }

  /** The newest checkpoint, once the views that tell where events stand have passed it. */
  private async covering(): Promise<SignedCheckpoint> {
    const { pool } = this.infrastructure;
    const [newest] = await publishedCheckpoints(pool, { limit: 1 });
    const last = newest && (await readLeaf(pool, { number: BigInt(newest.size) }));
    if (!newest || !last) throw notCovered(0);
    for (const view of ['audit-trail', 'consent-history']) await this.reads.passed(view, last.position);
    return newest;
  }

  private async excerptOf({ scope, level }: BundleQuestion, { size }: SignedCheckpoint): Promise<Excerpt> {
    const { pool, store, identity } = this.infrastructure;
    const withPeople = level !== 'none';
    try {
      const found = await openExcerpt({ pool, store, ledgerId: identity.ledgerId, scope, size, withPeople });
      if (found !== 'not-covered') return found;
    } catch (error) {
      if (error instanceof StreamIncomplete) throw new ProblemError(503, error.code, error.message);
      throw error;
    }
    throw notCovered(size);
  }
}

/** Reads on, and lets go when all is read, when the reader gives up (even before the first part), or when it fails. */
function untilRead(parts: AsyncGenerator<Buffer>, letGo: () => Promise<void>): AsyncIterable<Buffer> {
  let gone: Promise<void> | undefined;
  const leave = () => (gone ??= letGo());
  const iterator: AsyncIterator<Buffer, undefined> = {
    async next() {
      try {
        const part = await parts.next();
        if (part.done === true) await leave();
        return part as IteratorResult<Buffer, undefined>;
      } catch (error) {
        await leave();
        throw error;
      }
    },
    async return() {
      await parts.return(undefined).finally(leave);
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

function notCovered(covered: number): ProblemError {
  const title = 'No checkpoint covers anything of it yet; a later one will';
  return new ProblemError(409, 'not-covered', title, { covered });
}

function busy(): ProblemError {
  const title = 'Other bundles are being made: try again once one of them is done';
  return new ProblemError(503, 'bundles-busy', title, { most: AT_ONCE }, { 'retry-after': '30' });
}
