import { Body, Controller, Get, Inject, Put, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Requires, SignedIn } from '@enishi/access';
import { createdId, OnCompany, readCompanyState } from '@enishi/application';
import { sameValue, type CompanyCommand } from '@enishi/domain';
import { readCompany } from '@enishi/projections/purpose-catalogue/query';
import { Commanding, contextOf, type CommandCall } from '../command';
import { Commands } from '../commands';
import type { Infrastructure } from '../infrastructure';
import { plain } from '../plain';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { StatePublicMattersDto } from '../governance/public-matters.dto';
import { AppointOfficerDto, DescribeCompanyDto, SetContactPointDto } from './company.dto';

/** The company, its contact point and its responsible officer. */
@ApiTags('company')
@Controller('v1/company')
export class CompanyController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly reads: ViewReads,
  ) {}

  @Get()
  @SignedIn('the company is named on every page')
  async show(@Req() request: FastifyRequest): Promise<unknown> {
    await this.reads.caughtUp(request, 'purpose-catalogue');
    const company = await readCompany(this.infrastructure.pool);
    const { companyId } = this.infrastructure.identity;
    const { publicMatters } = await readCompanyState(this.infrastructure.ledger);
    return {
      companyId,
      party: company?.party ?? null,
      contactPoint: company?.contactPoint ?? null,
      publicMatters: publicMatters ?? null,
      officer: company?.officer ?? null,
    };
  }

  /** States who the company is (APPI 32(1), ISO/IEC TS 27560 party). */
  @Put()
  @Requires('company:write')
  describe(@Body() { party }: DescribeCompanyDto, @Commanding() call: CommandCall) {
    return this.command({ kind: 'DescribeCompany', party: plain(party) }, call);
  }

  /** Sets where corrections, deletions and complaints go. */
  @Put('contact-point')
  @Requires('company:write')
  setContactPoint(@Body() body: SetContactPointDto, @Commanding() call: CommandCall) {
    return this.command({ kind: 'SetContactPoint', contactPoint: plain(body.contactPoint) }, call);
  }

  /** States how requests are made and what they cost; the public page shows it (32(1), 37, 38). */
  @Put('public-matters')
  @Requires('company:write')
  stateMatters(@Body() { matters }: StatePublicMattersDto, @Commanding() call: CommandCall) {
    return this.command({ kind: 'StatePublicMatters', matters: plain(matters) }, call);
  }

  /** Appoints the responsible officer for alumni data. */
  @Put('responsible-officer')
  @Requires('company:write')
  async appoint(@Body() body: AppointOfficerDto, @Commanding() call: CommandCall) {
    const context = contextOf(this.infrastructure.vault, call);
    const { officer } = await readCompanyState(this.infrastructure.ledger);
    const { staffId: known, ...stated } = officer ?? { staffId: undefined };
    // The same person again is no new appointment.
    const same = known !== undefined && sameValue(stated, plain(body));
    const staffId = same ? known : createdId(context.commandId, 'officer');
    const command = { kind: 'AppointOfficer', staffId, ...plain(body) } as const;
    return this.commands.carryOut(call, () => new OnCompany(command, context));
  }

  private async command(command: CompanyCommand, call: CommandCall): Promise<unknown> {
    return this.commands.carryOut(call, (context) => new OnCompany(command, context));
  }
}
