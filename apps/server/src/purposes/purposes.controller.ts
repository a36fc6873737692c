import {
  Body,
  Controller,
  Get,
  Inject,
  Param,
  ParseIntPipe,
  ParseUUIDPipe,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '@enishi/access';
import { createdId, noticeHashes, OnPurpose, readCompanyState } from '@enishi/application';
import { PURPOSE_TEMPLATES, resolveTemplate, type PurposeCommand, type PurposeContent } from '@enishi/domain';
import { findPurpose, listPurposes } from '@enishi/projections/purpose-catalogue/query';
import { answer, Commanding, contextOf, type CommandRequest } from '../command';
import type { Infrastructure } from '../infrastructure';
import { maybeInstant } from '../instants';
import { plain } from '../plain';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { purposeView } from './purpose-view';
import { DraftPurposeDto, PublishDto, RecordNoticeDto, RevisePurposeDto } from './purposes.dto';

/** Purposes of use (利用目的) and their versions. */
@ApiTags('purposes')
@Controller('v1/purposes')
export class PurposesController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly bus: CommandBus,
    private readonly reads: ViewReads,
  ) {}

  @Get()
  @Requires('catalogue:read')
  async list(@Req() request: FastifyRequest): Promise<unknown> {
    await this.reads.caughtUp(request, 'purpose-catalogue');
    const at = this.infrastructure.ledger.clock.now();
    return {
      purposes: (await listPurposes(this.infrastructure.pool, at)).map((purpose) => purposeView(purpose, at)),
    };
  }

  @Get(':purposeId')
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
  async draft(
    @Body() body: DraftPurposeDto,
    @Commanding() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const content = body.content === undefined ? await this.fromTemplate(body.template) : plain(body.content);
    const code = body.code ?? body.template;
    if (code === undefined) throw missing('code');
    const context = contextOf(this.infrastructure.vault, request);
    const purposeId = createdId(context.commandId, 'purpose');
    await this.refuseTakenCode(code, purposeId);
    const command: PurposeCommand = {
      kind: 'DraftPurpose',
      purposeId,
      code,
      content,
      ...noticeHashes(content),
    };
    const outcome = await this.bus.execute(new OnPurpose(purposeId, command, context));
    void reply.status(201);
    return answer(reply, outcome, { purposeId, code, version: 1 });
  }

  /** Drafts the next version: editorial, related (17(2)) or beyond scope (18(1)). */
  @Post(':purposeId/revisions')
  @Requires('purposes:write')
  revise(
    @Param('purposeId', ParseUUIDPipe) purposeId: string,
    @Body() body: RevisePurposeDto,
    @Commanding() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const content = plain(body.content);
    void reply.status(201);
    const command = {
      kind: 'DraftPurpose',
      purposeId,
      revision: body.kind,
      content,
      ...noticeHashes(content),
    } as const;
    return this.command(purposeId, command, request, reply);
  }

  @Post(':purposeId/versions/:version/publication')
  @Requires('purposes:write')
  publish(
    @Param('purposeId', ParseUUIDPipe) purposeId: string,
    @Param('version', ParseIntPipe) version: number,
    @Body() body: PublishDto,
    @Commanding() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const command = {
      kind: 'PublishPurpose',
      version,
      ...maybeInstant('effectiveAt', body.effectiveAt),
    } as const;
    return this.command(purposeId, command, request, reply);
  }

  /** Records that a version's notice was given or published; a related revision is usable from then on. */
  @Post(':purposeId/versions/:version/notices')
  @Requires('purposes:write')
  recordNotice(
    @Param('purposeId', ParseUUIDPipe) purposeId: string,
    @Param('version', ParseIntPipe) version: number,
    @Body() { method, proof, effectiveAt }: RecordNoticeDto,
    @Commanding() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const command = {
      kind: 'RecordNotice',
      version,
      method,
      proof,
      ...maybeInstant('effectiveAt', effectiveAt),
    } as const;
    return this.command(purposeId, command, request, reply);
  }

  @Post(':purposeId/retirement')
  @Requires('purposes:write')
  retire(
    @Param('purposeId', ParseUUIDPipe) purposeId: string,
    @Commanding() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.command(purposeId, { kind: 'RetirePurpose' }, request, reply);
  }

  private async command(
    purposeId: string,
    command: PurposeCommand,
    request: CommandRequest,
    reply: FastifyReply,
  ): Promise<unknown> {
    const context = contextOf(this.infrastructure.vault, request);
    return answer(reply, await this.bus.execute(new OnPurpose(purposeId, command, context)), { purposeId });
  }

  private async fromTemplate(code: string | undefined): Promise<PurposeContent> {
    if (code === undefined) throw missing('content');
    const template = PURPOSE_TEMPLATES[code];
    if (template === undefined) throw new ProblemError(404, 'template-unknown', 'There is no such template');
    const company = await readCompanyState(this.infrastructure.ledger);
    if (company.party === undefined) {
      throw new ProblemError(422, 'company-not-described', 'Describe the company first: a notice names it');
    }
    return resolveTemplate(template, company.party, company.contactPoint);
  }

  /** Codes name purposes on the command line. Two at the same moment may still share one; the id tells them apart. */
  private async refuseTakenCode(code: string, purposeId: string): Promise<void> {
    const at = this.infrastructure.ledger.clock.now();
    const taken = (await listPurposes(this.infrastructure.pool, at)).some(
      (one) => one.code === code && one.purposeId !== purposeId,
    );
    if (taken) throw new ProblemError(422, 'code-taken', 'Another purpose has this code');
  }
}

function missing(path: string): ProblemError {
  const message = 'give a template, or code and content';
  return new ProblemError(400, 'not-valid', 'Some fields are not valid', {
    errors: [{ path, code: 'isDefined', message }],
  });
}
