import {
  Body,
  Controller,
  Delete,
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
import { CurrentPrincipal, Requires, type Principal } from '@enishi/access';
import { createdId, OnExport, readExport } from '@enishi/application';
import { actorParts, type Actor, type ExportCommand, type ExportState } from '@enishi/domain';
import { readExports } from '@enishi/projections/audit-trail/query';
import { Commanding, contextOf, type CommandCall } from '../command';
import { Commands } from '../commands';
import { listOf, openCursor, sealCursor } from '../cursor';
import { EverybodyGuard } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { instantOf, periodEndOf } from '../instants';
import { plain } from '../plain';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { ExportKeeper, mayHandle } from './export-keeper';
import { ExportRunner } from './export-runner';
import { ExportViews, stateOfSteps } from './export-views';
import { ExportDetailAnswer, ExportsAnswer } from './exports.answers.dto';
import { ExportsQuery, HandOverExportDto, RefuseExportDto, RequestExportDto } from './exports.dto';

/** Files with personal data: asked for by one, approved by another, made in the background, handed over by name. */
@ApiTags('exports')
@Controller('v1/exports')
@Requires('exports:request')
@UseGuards(EverybodyGuard)
export class ExportsController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly reads: ViewReads,
    private readonly views: ExportViews,
    private readonly keeper: ExportKeeper,
    private readonly runner: ExportRunner,
  ) {}

  /** The latest first. Of words only that they are there; they stand with each one. */
  @Get()
  @ApiOperation({ summary: 'Exports with personal data, and how far each is' })
  @ApiOkResponse({ type: ExportsAnswer })
  async list(
    @Query() { alumnusId, cursor, limit = 50 }: ExportsQuery,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    await this.reads.caughtUp(request, 'audit-trail', alumnusId);
    const { pool, vault } = this.infrastructure;
    const list = listOf('exports', { alumnusId });
    const after = cursor === undefined ? undefined : openCursor<{ position: string }>(vault, list, cursor);
    const question = {
      ...(alumnusId !== undefined && { alumnusId }),
      ...(after && { cursor: after }),
      limit,
    };
    const { rows, next } = await readExports(pool, question);
    const exports = await this.views.of(rows.map(stateOfSteps));
    return { exports, ...(next && { cursor: sealCursor(vault, list, next) }) };
  }

  /** With reason, recipient and hash of the file where the caller asked for it or may approve it. */
  @Get(':exportId')
  @ApiOperation({ summary: 'One export with personal data' })
  @ApiOkResponse({ type: ExportDetailAnswer })
  async one(
    @Param('exportId', ParseUUIDPipe) exportId: string,
    @CurrentPrincipal() principal: Principal,
  ): Promise<unknown> {
    const { ledger, openExports } = this.infrastructure;
    const known = await this.keeper.known(exportId);
    const shown = mayHandle(principal, known) ? await readExport(ledger, exportId, ['staff']) : known;
    const row = known.standing === 'making' ? await openExports.find(exportId) : undefined;
    const [view] = await this.views.of([known]);
    return {
      ...view,
      ...wordsOf(shown),
      ...(row && { linesSoFar: row.lines }),
      ...(row && row.failure !== null && { failure: row.failure }),
    };
  }

  @Post()
  @ApiOperation({ summary: 'Ask for a file with personal data' })
  async request(@Body() body: RequestExportDto, @Commanding() call: CommandCall): Promise<unknown> {
    const { vault, openExports } = this.infrastructure;
    const { reason, actor, from, to, ...asked } = plain(body);
    const conditions = {
      ...asked,
      ...(actor !== undefined && actorParts(actor as Actor)),
      ...(from !== undefined && { from: instantOf(from, 'from') }),
      ...(to !== undefined && { until: periodEndOf(to, 'to') }),
    };
    const exportId = createdId(contextOf(vault, call).commandId, 'export');
    const staffId = call.principal.accountId;
    await openExports.add(exportId);
    return this.order(exportId, { kind: 'RequestExport', exportId, staffId, conditions, reason }, call);
  }

  @Post(':exportId/approval')
  @HttpCode(200)
  @Requires('exports:approve')
  @ApiOperation({ summary: 'Let it be made; never by who asked for it' })
  async approve(
    @Param('exportId', ParseUUIDPipe) exportId: string,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const staffId = call.principal.accountId;
    const answer = await this.order(exportId, { kind: 'ApproveExport', staffId }, call);
    this.runner.start(exportId);
    return answer;
  }

  @Post(':exportId/refusal')
  @HttpCode(200)
  @Requires('exports:approve')
  @ApiOperation({ summary: 'Refuse it, with the reason; never by who asked for it' })
  async refuse(
    @Param('exportId', ParseUUIDPipe) exportId: string,
    @Body() { reason }: RefuseExportDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const staffId = call.principal.accountId;
    const answer = await this.order(exportId, { kind: 'RefuseExport', staffId, reason }, call);
    await this.runner.settle(exportId);
    return answer;
  }

  /** From then on it can be downloaded. By who asked for it, or who may approve it. */
  @Post(':exportId/hand-over')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give the finished file to somebody, by name' })
  async handOver(
    @Param('exportId', ParseUUIDPipe) exportId: string,
    @Body() { recipient }: HandOverExportDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    await this.keeper.refuseErased(await this.keeper.handled(call.principal, exportId), exportId);
    const staffId = call.principal.accountId;
    return this.order(exportId, { kind: 'HandOverExport', staffId, recipient }, call);
  }

  /** At any time before it expires, by who asked for it, or who may approve it. */
  @Delete(':exportId')
  @ApiOperation({ summary: 'Delete it, with its file' })
  async purge(
    @Param('exportId', ParseUUIDPipe) exportId: string,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    await this.keeper.handled(call.principal, exportId);
    const answer = await this.order(exportId, { kind: 'PurgeExport', ground: 'ordered' }, call);
    await this.runner.settle(exportId);
    return answer;
  }

  private order(exportId: string, command: ExportCommand, call: CommandCall): Promise<unknown> {
    return this.commands.carryOut(call, (context) => new OnExport(exportId, command, context), { exportId });
  }
}

function wordsOf({ request, decision, handedOver, completed }: ExportState): Partial<ExportDetailAnswer> {
  const words = {
    reason: request?.data.reason,
    refusal: decision?.type === 'ExportRefused' ? decision.data.reason : undefined,
    recipient: handedOver?.data.recipient,
    fileHash: completed?.data.fileHash,
  };
  return plain(words);
}
