import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Req,
  UseGuards,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { OpensPersonalData, readsOf, Requires } from '@enishi/access';
import { OnTold } from '@enishi/application';
import { readTellings, type Telling } from '@enishi/projections/audit-trail/query';
import { Commanding, type CommandCall } from '../command';
import { Commands } from '../commands';
import { listOf, openCursor, sealCursor } from '../cursor';
import { EverybodyGuard } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { maybeInstant } from '../instants';
import { plain } from '../plain';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { TellingsAnswer } from './tellings.answers.dto';
import { TellingsQuery, ToldDto } from './tellings.dto';

/** Who must be told that data they were given was corrected, withdrawn from or erased (APPI 22, 34, 35). */
@ApiTags('recipients')
@Controller('v1')
@UseGuards(EverybodyGuard)
export class TellingsController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly reads: ViewReads,
  ) {}

  /** The oldest first. They fall due by themselves, within moments of the correction. */
  @Get('tellings')
  @Requires('provisions:read')
  @OpensPersonalData('tellings')
  @ApiOperation({ summary: 'Who still has to be told of what, about whom; or was' })
  @ApiOkResponse({ type: TellingsAnswer })
  async list(
    @Query() { state = 'due', alumnusId, recipientId, cursor, limit = 50 }: TellingsQuery,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    await this.reads.caughtUp(request, 'audit-trail', alumnusId);
    const { pool, vault } = this.infrastructure;
    const list = listOf('tellings', { state, alumnusId, recipientId });
    const after = cursor === undefined ? undefined : openCursor<{ position: string }>(vault, list, cursor);
    const { rows, next } = await readTellings(pool, {
      state,
      ...plain({ alumnusId, recipientId, cursor: after, limit }),
    });
    const tellings = rows.map(viewOf);
    readsOf(request).add(...tellings.map((one) => one['alumnusId'] as string));
    return { tellings, ...(next && { cursor: sealCursor(vault, list, next) }) };
  }

  /** Of whom nothing is due, nothing is recorded. */
  @Post('recipients/:recipientId/told')
  @HttpCode(200)
  @Requires('provisions:write')
  @ApiOperation({ summary: 'Record that a recipient was told, with proof' })
  told(
    @Param('recipientId', ParseUUIDPipe) recipientId: string,
    @Body() body: ToldDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const { alumnusIds, effectiveAt, ...how } = plain(body);
    const staffId = call.principal.accountId;
    const told = { recipientId, staffId, ...how, ...maybeInstant('effectiveAt', effectiveAt) };
    return this.commands.carryOut(call, (context) => new OnTold(alumnusIds, told, context), { recipientId });
  }
}

function viewOf({ due, toldId, toldAt }: Telling): Record<string, unknown> {
  return { ...due.data, dueSince: due.effectiveAt, ...(toldId !== undefined && { toldId, toldAt }) };
}
