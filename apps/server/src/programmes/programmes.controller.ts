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
import { createdId, OnProgramme, readCompanyState } from '@enishi/application';
import {
  parseEligibilityRule,
  PROGRAMME_TEMPLATES,
  type ProgrammeCommand,
  type ProgrammeContent,
} from '@enishi/domain';
import { findProgramme, listProgrammes } from '@enishi/projections/purpose-catalogue/query';
import { answer, Commanding, contextOf, type CommandRequest } from '../command';
import type { Infrastructure } from '../infrastructure';
import { maybeInstant } from '../instants';
import { plain } from '../plain';
import { ProblemError } from '../problem';
import { programmeView } from '../purposes/purpose-view';
import { PublishDto } from '../purposes/purposes.dto';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { DraftProgrammeDto, ReviseProgrammeDto, type ProgrammeContentDto } from './programmes.dto';

/** Alumni programmes (アルムナイ制度) and their versions. */
@ApiTags('programmes')
@Controller('v1/programmes')
export class ProgrammesController {
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
    const programmes = await listProgrammes(this.infrastructure.pool, at);
    return { programmes: programmes.map((programme) => programmeView(programme, at)) };
  }

  @Get(':programmeId')
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
  async draft(
    @Body() body: DraftProgrammeDto,
    @Commanding() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const content = body.content === undefined ? fromTemplate(body) : contentOf(body.content);
    const code = body.code ?? body.template;
    if (code === undefined) throw missing('code');
    const context = contextOf(this.infrastructure.vault, request);
    const programmeId = createdId(context.commandId, 'programme');
    await this.refuseTakenCode(code, programmeId);
    const officerId = (await readCompanyState(this.infrastructure.ledger)).officer?.staffId;
    const command: ProgrammeCommand = {
      kind: 'DraftProgramme',
      programmeId,
      code,
      content,
      ...(officerId && { officerId }),
    };
    const outcome = await this.bus.execute(new OnProgramme(programmeId, command, context));
    void reply.status(201);
    return answer(reply, outcome, { programmeId, code, version: 1 });
  }

  @Post(':programmeId/revisions')
  @Requires('programmes:write')
  async revise(
    @Param('programmeId', ParseUUIDPipe) programmeId: string,
    @Body() body: ReviseProgrammeDto,
    @Commanding() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const officerId = (await readCompanyState(this.infrastructure.ledger)).officer?.staffId;
    const content = contentOf(body.content);
    void reply.status(201);
    const command = {
      kind: 'DraftProgramme',
      programmeId,
      content,
      ...(officerId && { officerId }),
    } as const;
    return this.command(programmeId, command, request, reply);
  }

  @Post(':programmeId/versions/:version/publication')
  @Requires('programmes:write')
  publish(
    @Param('programmeId', ParseUUIDPipe) programmeId: string,
    @Param('version', ParseIntPipe) version: number,
    @Body() body: PublishDto,
    @Commanding() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const command = {
      kind: 'PublishProgramme',
      version,
      ...maybeInstant('effectiveAt', body.effectiveAt),
    } as const;
    return this.command(programmeId, command, request, reply);
  }

  @Post(':programmeId/closure')
  @Requires('programmes:write')
  close(
    @Param('programmeId', ParseUUIDPipe) programmeId: string,
    @Commanding() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.command(programmeId, { kind: 'CloseProgramme' }, request, reply);
  }

  private async command(
    programmeId: string,
    command: ProgrammeCommand,
    request: CommandRequest,
    reply: FastifyReply,
  ): Promise<unknown> {
    const context = contextOf(this.infrastructure.vault, request);
    return answer(reply, await this.bus.execute(new OnProgramme(programmeId, command, context)), {
      programmeId,
    });
  }

  private async refuseTakenCode(code: string, programmeId: string): Promise<void> {
    const at = this.infrastructure.ledger.clock.now();
    const known = await listProgrammes(this.infrastructure.pool, at);
    if (known.some((one) => one.code === code && one.programmeId !== programmeId)) {
      throw new ProblemError(422, 'code-taken', 'Another programme has this code');
    }
  }
}

function fromTemplate({ template, purposeIds }: DraftProgrammeDto): ProgrammeContent {
  if (template === undefined) throw missing('content');
  if (purposeIds === undefined) throw missing('purposeIds');
  const content = PROGRAMME_TEMPLATES[template];
  if (content === undefined) throw new ProblemError(404, 'template-unknown', 'There is no such template');
  return { ...content, purposeIds };
}

/** The rule is a closed form of its own: its problems name the place in it. */
function contentOf(dto: ProgrammeContentDto): ProgrammeContent {
  const parsed = parseEligibilityRule(dto.eligibility);
  if ('problems' in parsed) {
    const errors = parsed.problems.map(({ path, code }) => ({
      path: `content.eligibility${path}`,
      code,
      message: code,
    }));
    throw new ProblemError(400, 'eligibility-not-valid', 'The eligibility rule is not valid', { errors });
  }
  return { ...plain(dto), eligibility: parsed.rule };
}

function missing(path: string): ProblemError {
  const message = 'give a template and purposeIds, or code and content';
  return new ProblemError(400, 'not-valid', 'Some fields are not valid', {
    errors: [{ path, code: 'isDefined', message }],
  });
}
