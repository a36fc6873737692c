import {
  Body,
  Controller,
  HttpCode,
  Inject,
  Param,
  ParseIntPipe,
  ParseUUIDPipe,
  Post,
  Req,
} from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, OpensPersonalData, Requires, type Principal } from '@enishi/access';
import { noticeHashes, readCompanyState, tryProgramme, tryPurpose } from '@enishi/application';
import type { DraftProgramme, DraftPurpose } from '@enishi/domain';
import type { Infrastructure } from '../infrastructure';
import { maybeInstant } from '../instants';
import { plain } from '../plain';
import { ProblemError } from '../problem';
import { contentOf } from '../programmes/programme-content';
import { INFRASTRUCTURE } from '../tokens';
import { DryRunAnswer } from './dry-run.answers.dto';
import {
  ProgrammeDryRunDto,
  ProgrammeRevisionDryRunDto,
  PurposeDryRunDto,
  PurposeRevisionDryRunDto,
} from './dry-run.dto';
import { DryRuns } from './dry-runs';

const VIEW = 'as-of-facts';

/** Versions of purposes and programmes tried against the ledger before they are published. Nothing is written. */
@ApiTags('replay')
@Controller('v1')
@Requires('alumni:read')
export class DryRunController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly dryRuns: DryRuns,
  ) {}

  /** Who would gain or lose by a revision of a purpose, were it published. */
  @Post('purposes/:purposeId/revisions/dry-run')
  @HttpCode(200)
  @ApiOkResponse({ type: DryRunAnswer })
  @OpensPersonalData(VIEW)
  purposeRevision(
    @Param('purposeId', ParseUUIDPipe) purposeId: string,
    @Body() body: PurposeRevisionDryRunDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const content = plain(body.content);
    const hashes = noticeHashes(content);
    const draft = { kind: 'DraftPurpose', purposeId, revision: body.kind, content, ...hashes } as const;
    return this.ofPurpose(purposeId, body, draft, principal, request);
  }

  /** The same of a version that is drafted. */
  @Post('purposes/:purposeId/versions/:version/publication/dry-run')
  @HttpCode(200)
  @ApiOkResponse({ type: DryRunAnswer })
  @OpensPersonalData(VIEW)
  purposePublication(
    @Param('purposeId', ParseUUIDPipe) purposeId: string,
    @Param('version', ParseIntPipe) version: number,
    @Body() body: PurposeDryRunDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    return this.ofPurpose(purposeId, body, { version }, principal, request);
  }

  /** Who would gain or lose by a revision of a programme, such as another rule of eligibility. */
  @Post('programmes/:programmeId/revisions/dry-run')
  @HttpCode(200)
  @ApiOkResponse({ type: DryRunAnswer })
  @OpensPersonalData(VIEW)
  async programmeRevision(
    @Param('programmeId', ParseUUIDPipe) programmeId: string,
    @Body() body: ProgrammeRevisionDryRunDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const content = contentOf(body.content);
    const officerId = (await readCompanyState(this.infrastructure.ledger)).officer?.staffId;
    const draft = { kind: 'DraftProgramme', programmeId, content, ...(officerId && { officerId }) } as const;
    return this.ofProgramme(programmeId, body, draft, principal, request);
  }

  /** The same of a version that is drafted. */
  @Post('programmes/:programmeId/versions/:version/publication/dry-run')
  @HttpCode(200)
  @ApiOkResponse({ type: DryRunAnswer })
  @OpensPersonalData(VIEW)
  programmePublication(
    @Param('programmeId', ParseUUIDPipe) programmeId: string,
    @Param('version', ParseIntPipe) version: number,
    @Body() body: ProgrammeDryRunDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    return this.ofProgramme(programmeId, body, { version }, principal, request);
  }

  private ofPurpose(
    purposeId: string,
    body: PurposeDryRunDto,
    draft: DraftPurpose | { readonly version: number },
    principal: Principal,
    request: FastifyRequest,
  ): Promise<unknown> {
    const effective = maybeInstant('effectiveAt', body.effectiveAt);
    return this.dryRuns.answer({
      body: { ...body, purposeId },
      request,
      principal,
      version: nameOf(draft),
      try({ purposes }, now) {
        const facts = purposes.get(purposeId);
        if (facts === undefined) throw new ProblemError(404, 'purpose-unknown', 'There is no such purpose');
        return tryPurpose(facts, { draft, ...effective }, now);
      },
    });
  }

  private ofProgramme(
    programmeId: string,
    body: ProgrammeDryRunDto,
    draft: DraftProgramme | { readonly version: number },
    principal: Principal,
    request: FastifyRequest,
  ): Promise<unknown> {
    const effective = maybeInstant('effectiveAt', body.effectiveAt);
    return this.dryRuns.answer({
      body,
      request,
      principal,
      version: `${programmeId} ${nameOf(draft)}`,
      try({ programmes }, now) {
        const facts = programmes.get(programmeId);
        if (facts === undefined)
          throw new ProblemError(404, 'programme-unknown', 'There is no such programme');
        return tryProgramme(facts, { draft, ...effective }, now);
      },
    });
  }
}

/** A revision stands in the body; of a draft there is only its number. */
function nameOf(draft: object): string {
  return 'version' in draft ? String(draft.version) : 'revision';
}
