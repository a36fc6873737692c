import {
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
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ORDERS, Requires, type Orders } from '@enishi/access';
import { approveImport, previewApproval } from '@enishi/application';
import { contextOf, Keyed, type CommandCall } from '../command';
import { EverybodyGuard } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { ImportApprovalAnswer, ImportApprovalPreviewAnswer } from './import-approval.answers.dto';
import { restingImport } from './known-import';

/** Consents with incomplete evidence: compliance looks at what an import brought, and takes it for consents. */
@ApiTags('imports')
@Controller('v1/imports/:importId')
@Requires('imports:approve')
@UseGuards(EverybodyGuard)
export class ImportApprovalController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    @Inject(ORDERS) private readonly orders: Orders,
  ) {}

  /** What an approval would come to now, in numbers: for who approves, and for who brought the list in and waits. */
  @Get('approval')
  @Requires('imports:read')
  @ApiOkResponse({ type: ImportApprovalPreviewAnswer })
  async preview(@Param('importId', ParseUUIDPipe) importId: string): Promise<ImportApprovalPreviewAnswer> {
    await this.refuseBusy(importId);
    const { waiting, approved, ended, groups } = await previewApproval(this.infrastructure.ledger, importId);
    return { importId, waiting, approved, ended, groups: [...groups] };
  }

  /**
   * Takes the consents of an import that stand and whose evidence is incomplete for consents: from then on they may be
   * contacted. Sent again it goes on where it was.
   */
  @Post('approve')
  @ApiOkResponse({ type: ImportApprovalAnswer })
  @HttpCode(200)
  async approve(
    @Param('importId', ParseUUIDPipe) importId: string,
    @Keyed() commanding: CommandCall,
    @Req() request: FastifyRequest,
  ): Promise<ImportApprovalAnswer> {
    const { ledger, vault } = this.infrastructure;
    const approved = await this.orders.once(request, async () => {
      await this.refuseBusy(importId);
      return approveImport(ledger, importId, contextOf(vault, { ...commanding, body: null }));
    });
    void commanding.reply.header('enishi-position', approved.position);
    return { importId, ...approved };
  }

  /** @throws ProblemError 404, 409 */
  private async refuseBusy(importId: string): Promise<void> {
    const { jobs, undos } = this.infrastructure;
    await restingImport(jobs, importId, 'wait for its end');
    if ((await undos.find(importId)) !== undefined)
      throw new ProblemError(409, 'import-undone', 'This import was undone');
  }
}
