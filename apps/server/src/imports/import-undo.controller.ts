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
  UseGuards,
} from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Requires } from '@enishi/access';
import { dropStaged, orderUndo, type ImportUndo } from '@enishi/application';
import { Keyed, contextOf, type CommandRequest } from '../command';
import { EverybodyGuard } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { refusalProblem } from '../refusal';
import { INFRASTRUCTURE } from '../tokens';
import { ImportUndoAnswer, ImportUndoLeftAnswer } from './import-undo.answers.dto';
import { LeftQuery, UndoImportDto } from './import-undo.dto';
import { problemMessages } from './import-view';
import { restingImport } from './known-import';
import { UndoRunner } from './undo-runner';

/** Taking back what an import brought. */
@ApiTags('imports')
@Controller('v1/imports/:importId/undo')
@Requires('imports:undo')
@UseGuards(EverybodyGuard)
export class ImportUndoController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly runner: UndoRunner,
  ) {}

  /**
   * Takes it back: people whom nothing else knows are hidden and marked for erasure, corrections and employments
   * are reverted unless somebody has changed them since; consents and refusals are voided unless the person has said
   * no since. Sent again it goes on where it was, and changes nothing twice.
   */
  @Post()
  @HttpCode(202)
  @ApiAcceptedResponse({ type: ImportUndoAnswer })
  async undo(
    @Param('importId', ParseUUIDPipe) importId: string,
    @Body() { reason }: UndoImportDto,
    @Keyed() commanding: CommandRequest,
  ): Promise<unknown> {
    const { ledger, undos, vault } = this.infrastructure;
    await this.refuseRunning(importId);
    const context = contextOf(vault, commanding);
    const outcome = await orderUndo(ledger, importId, reason, context);
    if (outcome.kind === 'refused') throw refusalProblem(outcome);
    await this.stop(importId);
    const known = await undos.find(importId);
    const isRepeat = outcome.repeated && known !== undefined && known.state !== 'interrupted';
    // Whoever asks while another pass is at work is told about that one.
    if (!isRepeat && (await undos.begin(importId, context.actor)))
      this.runner.start(importId, reason, context);
    return this.one(importId);
  }

  @Get()
  @ApiOkResponse({ type: ImportUndoAnswer })
  async one(@Param('importId', ParseUUIDPipe) importId: string): Promise<unknown> {
    const { state, counts, failure, createdAt, changedAt } = await this.undone(importId);
    return {
      importId,
      state,
      counts,
      ...(failure !== null && { failure: { code: failure } }),
      createdAt,
      changedAt,
    };
  }

  /** What stays, and why. */
  @Get('left')
  @ApiOkResponse({ type: ImportUndoLeftAnswer })
  async left(
    @Param('importId', ParseUUIDPipe) importId: string,
    @Query() { after = 0, limit = 100 }: LeftQuery,
  ): Promise<unknown> {
    await this.undone(importId);
    const rows = await this.infrastructure.undos.left(importId, after, limit);
    const left = rows.map((row) => {
      const messages = problemMessages(row.code, row.field === undefined ? {} : { channel: row.field });
      return { ...row, messages };
    });
    return { left, ...(rows.length === limit && { next: rows.at(-1)?.number }) };
  }

  private async undone(importId: string): Promise<ImportUndo> {
    const found = await this.infrastructure.undos.find(importId);
    if (found === undefined) throw new ProblemError(404, 'undo-unknown', 'This import has not been undone');
    return found;
  }

  /** What is being undone brings nothing more: its file goes. @throws ProblemError 409 */
  private async stop(importId: string): Promise<void> {
    const { jobs } = this.infrastructure;
    if (await jobs.move(importId, ['staged', 'checked', 'failed', 'interrupted'], 'cancelled')) {
      await dropStaged(this.infrastructure, importId);
    }
    await this.refuseRunning(importId);
  }

  /** @throws ProblemError 404, 409 */
  private refuseRunning(importId: string): Promise<void> {
    return restingImport(this.infrastructure.jobs, importId, 'cancel it first');
  }
}
