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
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { OpensPersonalData, readsOf, Requires } from '@enishi/access';
import { createdId, OnReceipt } from '@enishi/application';
import { Commanding, contextOf, type CommandCall } from '../command';
import { Commands } from '../commands';
import { EverybodyGuard } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { maybeInstant } from '../instants';
import { plain } from '../plain';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { ProvisionReader } from './provision-reader';
import { ReceiptDetailAnswer, ReceiptsAnswer } from './provisions.answers.dto';
import { ProvisionsQuery, RecordReceiptDto } from './provisions.dto';

/** Data that came from a third party: whose, what, from whom, and how they had come by it (APPI 30). */
@ApiTags('receipts')
@Controller('v1/receipts')
@Requires('provisions:read')
@UseGuards(EverybodyGuard)
export class ReceiptsController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly reads: ViewReads,
    private readonly reader: ProvisionReader,
  ) {}

  /** The latest first. */
  @Get()
  @OpensPersonalData('receipts')
  @ApiOperation({ summary: 'Records of data that came from third parties' })
  @ApiOkResponse({ type: ReceiptsAnswer })
  async list(@Query() query: ProvisionsQuery, @Req() request: FastifyRequest): Promise<unknown> {
    const { alumnusId } = query;
    readsOf(request).add(...(alumnusId === undefined ? [] : [alumnusId]));
    await this.reads.caughtUp(request, 'audit-trail', alumnusId);
    const { records, ...page } = await this.reader.receipts(query);
    return { receipts: records, ...page };
  }

  @Get(':receiptId')
  @OpensPersonalData('receipts')
  @ApiOperation({ summary: 'One record, with everybody in it' })
  @ApiOkResponse({ type: ReceiptDetailAnswer })
  async one(
    @Param('receiptId', ParseUUIDPipe) receiptId: string,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const found = await this.reader.receipt(receiptId);
    readsOf(request).add(...found.members.map(({ alumnusId }) => alumnusId));
    return found;
  }

  @Post()
  @Requires('provisions:write')
  @ApiOperation({ summary: 'Record that data came from a third party' })
  async record(@Body() body: RecordReceiptDto, @Commanding() call: CommandCall): Promise<unknown> {
    const { effectiveAt, ...stated } = plain(body);
    const receiptId = createdId(contextOf(this.infrastructure.vault, call).commandId, 'receipt');
    const order = {
      ...{ receiptId, staffId: call.principal.accountId, ...stated },
      ...maybeInstant('effectiveAt', effectiveAt),
    };
    return this.commands.carryOut(call, (context) => new OnReceipt(order, context), { receiptId });
  }
}
