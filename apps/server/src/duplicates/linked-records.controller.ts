import { Controller, Get, Param, ParseUUIDPipe, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, OpensPersonalData, readsOf, Requires, type Principal } from '@enishi/access';
import { PersonReader } from '../alumni/person-reader';
import { ViewReads } from '../view-reads';
import { LinkedRecordsAnswer } from './duplicates.answers.dto';
import { PairReader } from './pair-reader';

const VIEW = 'alumni-roster';

/** What else is known of a person under other ids. */
@ApiTags('duplicates')
@Controller('v1/alumni/:alumnusId/linked')
@Requires('alumni:read')
export class LinkedRecordsController {
  constructor(
    private readonly people: PersonReader,
    private readonly reads: ViewReads,
    private readonly pairs: PairReader,
  ) {}

  /** The records that people have linked with this one as the same person. */
  @Get()
  @ApiOkResponse({ type: LinkedRecordsAnswer })
  @OpensPersonalData(VIEW)
  async list(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    await this.people.read(principal, alumnusId, []);
    await this.reads.caughtUp(request, VIEW);
    const linked = await this.pairs.linked(principal, alumnusId);
    readsOf(request).add(alumnusId, ...linked.map((one) => one.alumnusId));
    return { linked };
  }
}
