import { Body, Controller, Get, Inject, Put, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires, SignedIn } from '@enishi/access';
import { createdId, OnCompany, readCompanyState } from '@enishi/application';
import type { CompanyCommand } from '@enishi/domain';
import { readCompany } from '@enishi/projections/purpose-catalogue/query';
import { answer, Commanding, contextOf, type CommandRequest } from '../command';
import type { Infrastructure } from '../infrastructure';
import { canonicalOf, plain } from '../plain';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { AppointOfficerDto, DescribeCompanyDto, SetContactPointDto } from './company.dto';

/** The company, its contact point and its responsible officer. */
@ApiTags('company')
@Controller('v1/company')
export class CompanyController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly bus: CommandBus,
    private readonly reads: ViewReads,
  ) {}

  @Get()
  @SignedIn('the company is named on every page')
  async show(@Req() request: FastifyRequest): Promise<unknown> {
    await this.reads.caughtUp(request, 'purpose-catalogue');
    const company = await readCompany(this.infrastructure.pool);
    const { companyId } = this.infrastructure.identity;
    return {
      companyId,
      party: company?.party ?? null,
      contactPoint: company?.contactPoint ?? null,
      officer: company?.officer ?? null,
    };
  }

  /** States who the company is (APPI 32(1), ISO/IEC TS 27560 party). */
  @Put()
  @Requires('company:write')
  describe(
    @Body() { party }: DescribeCompanyDto,
    @Commanding() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.command({ kind: 'DescribeCompany', party: plain(party) }, request, reply);
  }

  /** Sets where corrections, deletions and complaints go. */
  @Put('contact-point')
  @Requires('company:write')
  setContactPoint(
    @Body() body: SetContactPointDto,
    @Commanding() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.command({ kind: 'SetContactPoint', contactPoint: plain(body.contactPoint) }, request, reply);
  }

  /** Appoints the responsible officer for alumni data. */
  @Put('responsible-officer')
  @Requires('company:write')
  async appoint(
    @Body() body: AppointOfficerDto,
    @Commanding() request: CommandRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const context = contextOf(this.infrastructure.vault, request);
    const { officer } = await readCompanyState(this.infrastructure.ledger);
    const { staffId: known, ...stated } = officer ?? { staffId: undefined };
    // The same person again is no new appointment.
    const same = known !== undefined && canonicalOf(stated) === canonicalOf(plain(body));
    const staffId = same ? known : createdId(context.commandId, 'officer');
    return this.command({ kind: 'AppointOfficer', staffId, ...plain(body) }, request, reply, context);
  }

  private async command(
    command: CompanyCommand,
    request: CommandRequest,
    reply: FastifyReply,
    context = contextOf(this.infrastructure.vault, request),
  ): Promise<unknown> {
    return answer(reply, await this.bus.execute(new OnCompany(command, context)));
  }
}
