import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Instant } from '@enishi/domain';
import type { Point } from '@enishi/projections/as-of-facts/query';
import { leafKnownAt } from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';
import { instantOf } from '../instants';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';

const VIEW = 'as-of-facts';

/** A point of the ledger, with how many leaves are known there. */
export interface Moment extends Point {
  readonly leaves: number;
}

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
  ): Promise<Moment> {
    const instant = instantOf(at, names.at, 'end');
    return this.knownAt(
      request,
      instant,
      known === undefined ? instant : instantOf(known, names.known, 'end'),
    );
  }

  /** Now, by all that is known: clocks that differ hide nothing. @throws ProblemError 503, as {@link point} */
  now(request: FastifyRequest): Promise<Moment> {
    return this.knownAt(request, this.infrastructure.ledger.clock.now(), undefined);
  }

  private async knownAt(request: FastifyRequest, at: Instant, known: Instant | undefined): Promise<Moment> {
    await this.reads.caughtUp(request, 'leaves');
    const { position, number } = await leafKnownAt(this.infrastructure.pool, known);
    await this.holding(position);
    return { at, known: position, leaves: Number(number) };
  }

  /** Waits until the tables have everything up to a place of the ledger. @throws ProblemError 503 */
  holding(position: bigint): Promise<void> {
    return this.reads.passed(VIEW, position);
  }
}
