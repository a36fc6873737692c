import { Body, Controller, Get, Inject, Param, ParseIntPipe, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Requires } from '@enishi/access';
import { createdId, noticeHashes, OnPurpose, readCompanyState } from '@enishi/application';
import { PURPOSE_TEMPLATES, resolveTemplate, type PurposeCommand, type PurposeContent } from '@enishi/domain';
import { findPurpose, listPurposes } from '@enishi/projections/purpose-catalogue/query';
import { Commanding, contextOf, type CommandCall } from '../command';
import { Commands } from '../commands';
import type { Infrastructure } from '../infrastructure';
import { maybeInstant } from '../instants';
import { plain } from '../plain';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { missing, requireFreeCode, templateOf } from './drafting';
import { purposeView } from './purpose-view';
import { DraftPurposeDto, PublishDto, RecordNoticeDto, RevisePurposeDto } from './purposes.dto';
import { PurposeAnswer, PurposesAnswer } from './purposes.answers.dto';

const WANTED = {
  ja: 'template か、code と content を指定してください。',
  en: 'Give a template, or code and content.',
};

/** Purposes of use (利用目的) and their versions. */
@ApiTags('purposes')
@Controller('v1/purposes')
export class PurposesController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly reads: ViewReads,
  ) {}

  @Get()
  @ApiOkResponse({ type: PurposesAnswer })
  @Requires('catalogue:read')
  async list(@Req() request: FastifyRequest): Promise<unknown> {
    await this.reads.caughtUp(request, 'purpose-catalogue');
    const at = this.infrastructure.ledger.clock.now();
    return {
      purposes: (await listPurposes(this.infrastructure.pool, at)).map((purpose) => purposeView(purpose, at)),
    };
  }

  @Get(':purposeId')
  @ApiOkResponse({ type: PurposeAnswer })
  @Requires('catalogue:read')
  async one(
    @Param('purposeId', ParseUUIDPipe) purposeId: string,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    await this.reads.caughtUp(request, 'purpose-catalogue');
    const at = this.infrastructure.ledger.clock.now();
    const purpose = await findPurpose(this.infrastructure.pool, purposeId, at);
    if (purpose === undefined) throw new ProblemError(404, 'purpose-unknown', 'There is no such purpose');
    return purposeView(purpose, at);
  }

  /** Drafts the first version, from a template or from its content. */
  @Post()
  @Requires('purposes:write')
  async draft(@Body() body: DraftPurposeDto, @Commanding() call: CommandCall) {
    const content = body.content === undefined ? await this.fromTemplate(body.template) : plain(body.content);
    const code = body.code ?? body.template;
    if (code === undefined) throw missing('code', WANTED);
    const context = contextOf(this.infrastructure.vault, call);
    const purposeId = createdId(context.commandId, 'purpose');
    const known = await listPurposes(this.infrastructure.pool, this.infrastructure.ledger.clock.now());
    requireFreeCode(
      code,
      known.filter((one) => one.purposeId !== purposeId),
    );
    const hashes = noticeHashes(content);
    const command: PurposeCommand = { kind: 'DraftPurpose', purposeId, code, content, ...hashes };
    const order = new OnPurpose(purposeId, command, context);
    return this.commands.carryOut(call, () => order, { purposeId, code, version: 1 });
  }

  /** Drafts the next version: editorial, related (17(2)) or beyond scope (18(1)). */
  @Post(':purposeId/revisions')
  @Requires('purposes:write')
  revise(
    @Param('purposeId', ParseUUIDPipe) purposeId: string,
    @Body() body: RevisePurposeDto,
    @Commanding() call: CommandCall,
  ) {
    const content = plain(body.content);
    const command = {
      kind: 'DraftPurpose',
      purposeId,
      revision: body.kind,
      content,
      ...noticeHashes(content),
    } as const;
    return this.command(purposeId, command, call);
  }

  @Post(':purposeId/versions/:version/publication')
  @Requires('purposes:write')
  publish(
    @Param('purposeId', ParseUUIDPipe) purposeId: string,
    @Param('version', ParseIntPipe) version: number,
    @Body() body: PublishDto,
    @Commanding() call: CommandCall,
  ) {
    const command = {
      kind: 'PublishPurpose',
      version,
      ...maybeInstant('effectiveAt', body.effectiveAt),
    } as const;
    return this.command(purposeId, command, call);
  }

  /** Records that a version's notice was given or published; a related revision is usable from then on. */
  @Post(':purposeId/versions/:version/notices')
  @Requires('purposes:write')
  recordNotice(
    @Param('purposeId', ParseUUIDPipe) purposeId: string,
    @Param('version', ParseIntPipe) version: number,
    @Body() { method, proof, effectiveAt }: RecordNoticeDto,
    @Commanding() call: CommandCall,
  ) {
    const command = {
      kind: 'RecordNotice',
      version,
      method,
      proof,
      ...maybeInstant('effectiveAt', effectiveAt),
    } as const;
    return this.command(purposeId, command, call);
  }

  @Post(':purposeId/retirement')
  @Requires('purposes:write')
  retire(@Param('purposeId', ParseUUIDPipe) purposeId: string, @Commanding() call: CommandCall) {
    return this.command(purposeId, { kind: 'RetirePurpose' }, call);
  }

  private async command(purposeId: string, command: PurposeCommand, call: CommandCall): Promise<unknown> {
    return this.commands.carryOut(call, (context) => new OnPurpose(purposeId, command, context), {
      purposeId,
    });
  }

  private async fromTemplate(code: string | undefined): Promise<PurposeContent> {
    if (code === undefined) throw missing('content', WANTED);
    const template = templateOf(PURPOSE_TEMPLATES, code);
    const company = await readCompanyState(this.infrastructure.ledger);
    if (company.party === undefined) {
      throw new ProblemError(422, 'company-not-described', 'Describe the company first: a notice names it');
    }
    return resolveTemplate(template, company.party, company.contactPoint);
  }
}
