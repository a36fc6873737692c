import { Body, Controller, Get, Inject, Param, ParseIntPipe, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Requires } from '@enishi/access';
import { createdId, OnProgramme, readCompanyState } from '@enishi/application';
import { PROGRAMME_TEMPLATES, type ProgrammeCommand, type ProgrammeContent } from '@enishi/domain';
import { findProgramme, listProgrammes } from '@enishi/projections/purpose-catalogue/query';
import { Commanding, contextOf, type CommandCall } from '../command';
import { Commands } from '../commands';
import type { Infrastructure } from '../infrastructure';
import { maybeInstant } from '../instants';
import { ProblemError } from '../problem';
import { missing, requireFreeCode, templateOf } from '../purposes/drafting';
import { programmeView } from '../purposes/purpose-view';
import { PublishDto } from '../purposes/purposes.dto';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { contentOf } from './programme-content';
import { DraftProgrammeDto, ReviseProgrammeDto } from './programmes.dto';
import { ProgrammeAnswer, ProgrammesAnswer } from './programmes.answers.dto';

const WANTED = {
  ja: 'template と purposeIds か、code と content を指定してください。',
  en: 'Give a template and purposeIds, or code and content.',
};

/** Alumni programmes (アルムナイ制度) and their versions. */
@ApiTags('programmes')
@Controller('v1/programmes')
export class ProgrammesController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly reads: ViewReads,
  ) {}

  @Get()
  @ApiOkResponse({ type: ProgrammesAnswer })
  @Requires('catalogue:read')
  async list(@Req() request: FastifyRequest): Promise<unknown> {
    await this.reads.caughtUp(request, 'purpose-catalogue');
    const at = this.infrastructure.ledger.clock.now();
    const programmes = await listProgrammes(this.infrastructure.pool, at);
    return { programmes: programmes.map((programme) => programmeView(programme, at)) };
  }

  @Get(':programmeId')
  @ApiOkResponse({ type: ProgrammeAnswer })
  @Requires('catalogue:read')
  async one(
    @Param('programmeId', ParseUUIDPipe) programmeId: string,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    await this.reads.caughtUp(request, 'purpose-catalogue');
    const at = this.infrastructure.ledger.clock.now();
    const programme = await findProgramme(this.infrastructure.pool, programmeId, at);
    if (programme === undefined)
      throw new ProblemError(404, 'programme-unknown', 'There is no such programme');
    return programmeView(programme, at);
  }

  /** Drafts the first version, from a template and its purposes or from its content. */
  @Post()
  @Requires('programmes:write')
  async draft(@Body() body: DraftProgrammeDto, @Commanding() call: CommandCall) {
    const content = body.content === undefined ? fromTemplate(body) : contentOf(body.content);
    const code = body.code ?? body.template;
    if (code === undefined) throw missing('code', WANTED);
    const context = contextOf(this.infrastructure.vault, call);
    const programmeId = createdId(context.commandId, 'programme');
    const known = await listProgrammes(this.infrastructure.pool, this.infrastructure.ledger.clock.now());
    requireFreeCode(
      code,
      known.filter((one) => one.programmeId !== programmeId),
    );
    const officerId = (await readCompanyState(this.infrastructure.ledger)).officer?.staffId;
    const command: ProgrammeCommand = {
      kind: 'DraftProgramme',
      programmeId,
      code,
      content,
      ...(officerId && { officerId }),
    };
    const order = new OnProgramme(programmeId, command, context);
    return this.commands.carryOut(call, () => order, { programmeId, code, version: 1 });
  }

  @Post(':programmeId/revisions')
  @Requires('programmes:write')
  async revise(
    @Param('programmeId', ParseUUIDPipe) programmeId: string,
    @Body() body: ReviseProgrammeDto,
    @Commanding() call: CommandCall,
  ) {
    const officerId = (await readCompanyState(this.infrastructure.ledger)).officer?.staffId;
    const content = contentOf(body.content);
    const command = {
      kind: 'DraftProgramme',
      programmeId,
      content,
      ...(officerId && { officerId }),
    } as const;
    return this.command(programmeId, command, call);
  }

  @Post(':programmeId/versions/:version/publication')
  @Requires('programmes:write')
  publish(
    @Param('programmeId', ParseUUIDPipe) programmeId: string,
    @Param('version', ParseIntPipe) version: number,
    @Body() body: PublishDto,
    @Commanding() call: CommandCall,
  ) {
    const command = {
      kind: 'PublishProgramme',
      version,
      ...maybeInstant('effectiveAt', body.effectiveAt),
    } as const;
    return this.command(programmeId, command, call);
  }

  @Post(':programmeId/closure')
  @Requires('programmes:write')
  close(@Param('programmeId', ParseUUIDPipe) programmeId: string, @Commanding() call: CommandCall) {
    return this.command(programmeId, { kind: 'CloseProgramme' }, call);
  }

  private async command(programmeId: string, command: ProgrammeCommand, call: CommandCall): Promise<unknown> {
    return this.commands.carryOut(call, (context) => new OnProgramme(programmeId, command, context), {
      programmeId,
    });
  }
}

function fromTemplate({ template, purposeIds }: DraftProgrammeDto): ProgrammeContent {
  if (template === undefined) throw missing('content', WANTED);
  if (purposeIds === undefined) throw missing('purposeIds', WANTED);
  return { ...templateOf(PROGRAMME_TEMPLATES, template), purposeIds };
}
