import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Point } from '@enishi/projections/as-of-facts/query';
import { leafKnownAt } from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';
import { instantOf } from '../instants';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';

const VIEW = 'as-of-facts';

/** Moments as callers write them, turned into an instant and a place of the ledger. */
@Injectable()
export class Moments {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly reads: ViewReads,
  ) {}

  /**
   * What held at `at`, by what was known at `known`: until the tables have all of that, it waits.
   * @param known absent: as `at`
   * @param names of the two fields, for the error
   * @throws ProblemError 400 naming the field; 503 `view-behind` or `view-rebuilding`
   */
  async point(
    request: FastifyRequest,
    at: string,
    known?: string,
    names: { readonly at: string; readonly known: string } = { at: 'at', known: 'known' },
  ): Promise<Point> {
    const instant = instantOf(at, names.at, 'end');
    const knownAt = known === undefined ? instant : instantOf(known, names.known, 'end');
    await this.reads.caughtUp(request, 'leaves');
    const leaf = await leafKnownAt(this.infrastructure.pool, knownAt);
    await this.holding(leaf.position);
    return { at: instant, known: leaf.position };
  }

  /** Waits until the tables have everything up to a place of the ledger. @throws ProblemError 503 */
  holding(position: bigint): Promise<void> {
    return this.reads.passed(VIEW, position);
  }
}
