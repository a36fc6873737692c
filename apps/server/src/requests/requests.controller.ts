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
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OpensPersonalData, readsOf, Requires } from '@enishi/access';
import { createdId } from '@enishi/application';
import { REQUEST_STANDINGS, type RequestStanding } from '@enishi/domain';
import { readRequests, type RequestsCursor } from '@enishi/projections/request-register/query';
import { Commanding, contextOf, type CommandCall } from '../command';
import { listOf, openCursor, sealCursor } from '../cursor';
import { EverybodyGuard } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { maybeInstant, periodEndOf } from '../instants';
import { plain } from '../plain';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { RequestOrders } from './request-orders';
import { RequestReader } from './request-reader';
import { RequestDetailAnswer, RequestsAnswer } from './requests.answers.dto';
import { ReceiveRequestDto, RequestsQuery } from './requests.dto';

const VIEW = 'request-register';

/** What people ask the company for (APPI 28(3), 32 to 35, 40): taken in, listed by what is due, shown with its steps. */
@ApiTags('requests')
@Controller('v1/requests')
@Requires('requests:read')
@UseGuards(EverybodyGuard)
export class RequestsController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly reads: ViewReads,
    private readonly requests: RequestReader,
    private readonly orders: RequestOrders,
  ) {}

  /** What is due first comes first. */
  @Get()
  @ApiOperation({ summary: 'Requests by what is due, with the days left' })
  @ApiOkResponse({ type: RequestsAnswer })
  @OpensPersonalData(VIEW)
  async list(@Query() query: RequestsQuery, @Req() request: FastifyRequest): Promise<unknown> {
    const { state = 'open', dueBefore, cursor, limit = 50, ...rest } = plain(query);
    await this.reads.caughtUp(request, VIEW);
    const { pool, vault } = this.infrastructure;
    const standings = standingsOf(state);
    const due = dueBefore === undefined ? {} : { dueBefore: periodEndOf(dueBefore, 'dueBefore') };
    const list = listOf(VIEW, { state, ...due, ...rest });
    const after = cursor === undefined ? {} : { cursor: openCursor<RequestsCursor>(vault, list, cursor) };
    const { rows, next } = await readRequests(pool, { standings, ...due, ...rest, ...after, limit });
    readsOf(request).add(...new Set(rows.map(({ alumnusId, requestId }) => alumnusId ?? requestId)));
    return {
      requests: await this.requests.lines(rows),
      ...(next && { cursor: sealCursor(vault, list, next) }),
    };
  }

  /** With all that is said in it. */
  @Get(':requestId')
  @ApiOperation({ summary: 'One request with its tasks and its steps' })
  @ApiOkResponse({ type: RequestDetailAnswer })
  @OpensPersonalData('request')
  async one(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RequestDetailAnswer> {
    const found = await this.requests.whole(requestId);
    readsOf(request).add(found.alumnusId ?? requestId);
    void reply.header('etag', `"${found.revision}"`);
    return found;
  }

  /** As it came, by whatever way. Its alarm is set two weeks after the day of its arrival (39). */
  @Post()
  @Requires('requests:write')
  @ApiOperation({ summary: 'Take a request in' })
  async receive(@Body() body: ReceiveRequestDto, @Commanding() call: CommandCall): Promise<unknown> {
    const { arrivedAt, ...request } = plain(body);
    const requestId = createdId(contextOf(this.infrastructure.vault, call).commandId, 'request');
    const when = maybeInstant('arrivedAt', arrivedAt);
    return this.orders.carryOut(requestId, { kind: 'ReceiveRequest', requestId, request, ...when }, call);
  }
}

function standingsOf(state: 'open' | 'all' | RequestStanding): readonly RequestStanding[] {
  if (state === 'all') return REQUEST_STANDINGS;
  return state === 'open' ? REQUEST_STANDINGS.filter((one) => one !== 'closed') : [state];
}
