import { Controller, Get, Header, Inject, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Requires, type Principal } from '@enishi/access';
import { readEvents } from '@enishi/projections/audit-trail/query';
import { consistencyProof, rangeProof } from '@enishi/worker';
import { PersonReader } from '../alumni/person-reader';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { checkpointOf, mustCover } from './covering';
import { eventProof } from './event-proof';
import { ConsistencyAnswer, RangeAnswer } from './proofs.answers.dto';
import { ConsistencyQuery, InclusionQuery, RangeQuery } from './proofs.dto';

/** Leaves that one answer holds at most. */
const LONGEST_RUN = 10_000;

/** What proves to somebody outside that events are in the ledger, and that it was not rewritten. Opens nothing. */
@ApiTags('proofs')
@Controller('v1/proofs')
@Requires('audit:read')
export class ProofsController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly reads: ViewReads,
    private readonly people: PersonReader,
  ) {}

  /** One event's proof as a text file (C2SP tlog-proof). 409 until a checkpoint covers it. */
  @Get('inclusion')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async inclusion(
    @Query() { event: eventId, size }: InclusionQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    const { pool } = this.infrastructure;
    await this.reads.caughtUp(request, 'audit-trail');
    const [event] = await readEvents(pool, [eventId]);
    if (event === undefined) throw new ProblemError(404, 'event-unknown', 'There is no such event');
    await this.people.mayReadRecords(principal, event.alumnusId);
    return eventProof(this.infrastructure, await checkpointOf(pool, size), event);
  }

  /** That an older tree is the beginning of a checkpoint's. */
  @Get('consistency')
  @ApiOkResponse({ type: ConsistencyAnswer })
  async consistency(@Query() { from, to }: ConsistencyQuery): Promise<ConsistencyAnswer> {
    const { pool } = this.infrastructure;
    const checkpoint = await checkpointOf(pool, to);
    mustCover(checkpoint, from);
    const proof = await consistencyProof(pool, from, checkpoint);
    return { from, to: checkpoint.size, proof: [...proof], checkpoint: checkpoint.note };
  }

  /** That a run of leaves is in the tree, by one proof for all of them. */
  @Get('range')
  @ApiOkResponse({ type: RangeAnswer })
  async range(@Query() { from, to, size }: RangeQuery): Promise<RangeAnswer> {
    const { pool } = this.infrastructure;
    if (from >= to || to - from > LONGEST_RUN) {
      const title = `The run must have 1 to ${LONGEST_RUN} leaves: from before to`;
      throw new ProblemError(400, 'run-not-valid', title);
    }
    const checkpoint = await checkpointOf(pool, size);
    mustCover(checkpoint, to);
    const { leaves, proof } = await rangeProof(pool, { from, to }, checkpoint);
    return { from, leaves: [...leaves], proof: [...proof], checkpoint: checkpoint.note };
  }
}
