import {
  Body,
  Controller,
  Get,
  Inject,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Req,
  UseGuards,
} from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, OpensPersonalData, readsOf, Requires, type Principal } from '@enishi/access';
import { OnPair } from '@enishi/application';
import { pairOf } from '@enishi/domain';
import { readDecided, readProposals } from '@enishi/projections/alumni-roster/query';
import { Commanding, type CommandCall } from '../command';
import { Commands } from '../commands';
import { EverybodyGuard } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { PairDetailAnswer, PairsAnswer } from './duplicates.answers.dto';
import { DecideDto, PairsQuery, UnlinkDto } from './duplicates.dto';
import { PairReader } from './pair-reader';
import { pairView } from './pair-view';

const VIEW = 'alumni-roster';

/**
 * Records that may be about the same person. Found by what they share, decided on by people. Nothing is merged: a link
 * makes both answer by the stricter of the two, and undoing it gives back what was before.
 */
@ApiTags('duplicates')
@Controller('v1/duplicates')
@Requires('duplicates:read')
@UseGuards(EverybodyGuard)
export class DuplicatesController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly reads: ViewReads,
    private readonly pairs: PairReader,
    private readonly commands: Commands,
  ) {}

  /** Pairs that look like one person, the likeliest first, with what they share; or those decided on, the last one first. */
  @Get()
  @ApiOkResponse({ type: PairsAnswer })
  @OpensPersonalData(VIEW)
  async list(
    @Query() { state = 'proposed', limit = 50 }: PairsQuery,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    await this.reads.caughtUp(request, VIEW);
    const { pool } = this.infrastructure;
    const list =
      state === 'proposed' ? await readProposals(pool, limit) : await readDecided(pool, state, limit);
    readsOf(request).add(...new Set(list.pairs.flatMap(({ alumnusId, otherId }) => [alumnusId, otherId])));
    return { ...list, pairs: list.pairs.map(pairView) };
  }

  /** Both records side by side, and how each value stands in both. Which is named first does not matter. */
  @Get(':alumnusId/:otherId')
  @ApiOkResponse({ type: PairDetailAnswer })
  @OpensPersonalData('alumnus')
  async one(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Param('otherId', ParseUUIDPipe) otherId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    await this.reads.caughtUp(request, VIEW);
    const pair = pairOf(alumnusId, otherId);
    const found = await this.pairs.sideBySide(principal, pair);
    readsOf(request).add(pair.alumnusId, pair.otherId);
    return found;
  }

  /** The two are about the same person. */
  @Post(':alumnusId/:otherId/link')
  @Requires('duplicates:link')
  link(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Param('otherId', ParseUUIDPipe) otherId: string,
    @Body() { reason }: DecideDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.decide(alumnusId, otherId, { kind: 'LinkAlumni', reason }, call);
  }

  /** The link was an error: each stands for itself again, as it was before. */
  @Post(':alumnusId/:otherId/unlink')
  @Requires('duplicates:link')
  unlink(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Param('otherId', ParseUUIDPipe) otherId: string,
    @Body() { reason }: UnlinkDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const why = reason === undefined ? {} : { reason };
    return this.decide(alumnusId, otherId, { kind: 'UnlinkAlumni', ...why }, call);
  }

  /** The two are about different people: not proposed again. */
  @Post(':alumnusId/:otherId/dismiss')
  @Requires('duplicates:link')
  dismiss(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Param('otherId', ParseUUIDPipe) otherId: string,
    @Body() { reason }: DecideDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.decide(alumnusId, otherId, { kind: 'DismissDuplicate', reason }, call);
  }

  private decide(
    one: string,
    other: string,
    command: OnPair['command'],
    call: CommandCall,
  ): Promise<unknown> {
    return this.commands.carryOut(call, (context) => new OnPair(one, other, command, context), {
      ...pairOf(one, other),
    });
  }
}
