import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  ParseUUIDPipe,
  Post,
  Req,
  UseGuards,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { OpensPersonalData, readsOf, Requires } from '@enishi/access';
import { createdId, OnRecipient, readRecipient, readReviewMonths } from '@enishi/application';
import type { RecipientCommand } from '@enishi/domain';
import { readRecipients } from '@enishi/projections/audit-trail/query';
import { Commanding, contextOf, type CommandCall } from '../command';
import { Commands } from '../commands';
import { EverybodyGuard } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { maybeInstant } from '../instants';
import { plain } from '../plain';
import { ProblemError } from '../problem';
import { requireFreeCode } from '../purposes/drafting';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { recipientView, sealedPart, stateOfSteps } from './recipient-view';
import { RecipientDetailAnswer, RecipientsAnswer } from './recipients.answers.dto';
import { AddRecipientDto, AssessRecipientDto, EndRecipientDto, ReviseRecipientDto } from './recipients.dto';

/** Who else gets the data: processors, third parties, joint users (APPI 25, 27, 28). */
@ApiTags('recipients')
@Controller('v1/recipients')
@Requires('recipients:write')
@UseGuards(EverybodyGuard)
export class RecipientsController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly reads: ViewReads,
  ) {}

  /** In the order in which they were entered, those that have ended too. */
  @Get()
  @Requires('recipients:read')
  @ApiOperation({ summary: 'The register of recipients, and whether data may go to each' })
  @ApiOkResponse({ type: RecipientsAnswer })
  async list(@Req() request: FastifyRequest): Promise<unknown> {
    await this.reads.caughtUp(request, 'audit-trail');
    const { ledger, pool } = this.infrastructure;
    const steps = await readRecipients(pool);
    const at = ledger.clock.now();
    const months = await readReviewMonths(ledger, at);
    return { recipients: steps.map((one) => recipientView(stateOfSteps(one), at, months)) };
  }

  @Get(':recipientId')
  @Requires('recipients:read')
  @OpensPersonalData('recipient')
  @ApiOperation({ summary: 'One recipient with its people, assessments and proof' })
  @ApiOkResponse({ type: RecipientDetailAnswer })
  async one(
    @Param('recipientId', ParseUUIDPipe) recipientId: string,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const { ledger } = this.infrastructure;
    const state = await readRecipient(ledger, recipientId, ['staff']);
    if (state.entry === undefined) {
      throw new ProblemError(404, 'recipient-unknown', 'There is no such recipient');
    }
    readsOf(request).add(recipientId);
    const at = ledger.clock.now();
    const months = await readReviewMonths(ledger, at);
    return { ...recipientView(state, at, months), ...sealedPart(state) };
  }

  @Post()
  @ApiOperation({ summary: 'Enter a recipient' })
  async add(@Body() body: AddRecipientDto, @Commanding() call: CommandCall): Promise<unknown> {
    const { vault, pool } = this.infrastructure;
    const recipientId = createdId(contextOf(vault, call).commandId, 'recipient');
    const known = (await readRecipients(pool)).map((one) => stateOfSteps(one).entry!.data);
    requireFreeCode(
      body.code,
      known.filter((one) => one.recipientId !== recipientId),
    );
    return this.order(recipientId, { kind: 'AddRecipient', recipientId, ...plain(body) }, call);
  }

  /** All that is known of it, as the next version. */
  @Post(':recipientId/revisions')
  @ApiOperation({ summary: 'State anew what is known of a recipient' })
  revise(
    @Param('recipientId', ParseUUIDPipe) recipientId: string,
    @Body() body: ReviseRecipientDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.order(recipientId, { kind: 'ReviseRecipient', ...plain(body) }, call);
  }

  @Post(':recipientId/assessments')
  @ApiOperation({ summary: 'Record that a recipient was looked at (25, 28(3))' })
  assess(
    @Param('recipientId', ParseUUIDPipe) recipientId: string,
    @Body() body: AssessRecipientDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const { effectiveAt, ...assessed } = plain(body);
    const staffId = call.principal.accountId;
    const command = {
      kind: 'AssessRecipient',
      staffId,
      ...assessed,
      ...maybeInstant('effectiveAt', effectiveAt),
    } as const;
    return this.order(recipientId, command, call);
  }

  /** For good: the same company again is another entry. */
  @Post(':recipientId/end')
  @HttpCode(200)
  @ApiOperation({ summary: 'End it, with what became of the data there' })
  end(
    @Param('recipientId', ParseUUIDPipe) recipientId: string,
    @Body() body: EndRecipientDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const { effectiveAt, ...ended } = plain(body);
    const staffId = call.principal.accountId;
    const command = {
      kind: 'EndRecipient',
      staffId,
      ...ended,
      ...maybeInstant('effectiveAt', effectiveAt),
    } as const;
    return this.order(recipientId, command, call);
  }

  private order(recipientId: string, command: RecipientCommand, call: CommandCall): Promise<unknown> {
    return this.commands.carryOut(call, (context) => new OnRecipient(recipientId, command, context), {
      recipientId,
    });
  }
}
