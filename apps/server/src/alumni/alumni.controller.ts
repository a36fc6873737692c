import {
  Body,
  Controller,
  Get,
  Inject,
  Param,
  ParseIntPipe,
  ParseUUIDPipe,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CurrentPrincipal,
  inScope,
  OpensPersonalData,
  readsOf,
  Requires,
  type Principal,
} from '@enishi/access';
import { OnAlumnus, RegisterByHand } from '@enishi/application';
import type { AlumnusCommand, PersonPatch, RegisterAlumnus } from '@enishi/domain';
import { AuditReader } from '../audit/audit-reader';
import { PageQuery } from '../audit/audit.dto';
import { answer, Commanding, contextOf, type CommandCall } from '../command';
import { Commands } from '../commands';
import type { Infrastructure } from '../infrastructure';
import { plain } from '../plain';
import { ProblemError } from '../problem';
import { statedReason } from '../stated-reason';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import {
  CorrectAlumnusDto,
  CorrectEmploymentDto,
  EmploymentDto,
  RecordDeathDto,
  RecordReturnDto,
  RegisterAlumnusDto,
  RevealDto,
} from './alumni.dto';
import { contactValues } from './contact-values';
import { maskedPerson, PersonReader } from './person-reader';
import { EventPageAnswer } from '../audit/audit.answers.dto';

/** People who left: register, correct, return, death; one person's record. */
@ApiTags('alumni')
@Controller('v1/alumni')
export class AlumniController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly bus: CommandBus,
    private readonly commands: Commands,
    private readonly people: PersonReader,
    private readonly audit: AuditReader,
    private readonly reads: ViewReads,
  ) {}

  /** Registers an alumnus by hand. */
  @Post()
  @Requires('alumni:write')
  async register(@Body() body: RegisterAlumnusDto, @Commanding() call: CommandCall) {
    const { source = 'hr', employeeNumber, employment, ...person } = plain(body);
    if (!inScope(call.principal, employment)) {
      throw new ProblemError(403, 'scope-missing', 'Your grant does not cover this department');
    }
    const command: Omit<RegisterAlumnus, 'alumnusId'> = {
      kind: 'RegisterAlumnus',
      person: contactValues(person as PersonPatch) as RegisterAlumnus['person'],
      employment,
    };
    const context = contextOf(this.infrastructure.vault, call);
    const { alumnusId, outcome } = await this.bus.execute(
      new RegisterByHand(source, employeeNumber, command, context),
    );
    return answer(call, outcome, { alumnusId });
  }

  @Get(':alumnusId')
  @Requires('alumni:read')
  @OpensPersonalData('alumnus')
  async show(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const person = await this.people.read(principal, alumnusId, ['programme', 'contact']);
    readsOf(request).add(alumnusId);
    void reply.header('etag', `"${person.revision}"`);
    return maskedPerson(alumnusId, person);
  }

  /** Shows masked values, for a reason that the access log keeps. */
  @Post(':alumnusId/reveal')
  @Requires('alumni:reveal')
  @OpensPersonalData('alumnus')
  async reveal(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Body() { fields, reason }: RevealDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const leaving = fields.some((field) => field.startsWith('leaving'));
    const person = await this.people.read(
      principal,
      alumnusId,
      leaving ? ['contact', 'leaving-detail'] : ['contact'],
    );
    const values = this.people.reveal(principal, person, fields);
    readsOf(request)
      .add(alumnusId)
      .fields(...fields)
      .reason(statedReason(reason));
    return { values };
  }

  /** Corrects what is known; `null` removes a value. Needs the revision that was read (`If-Match`). */
  @Patch(':alumnusId')
  @Requires('alumni:write')
  async correct(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Body() body: CorrectAlumnusDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    requireRevision(call);
    const { reason, investigation, ...values } = plain(body);
    const patch = contactValues(values as PersonPatch);
    return this.command(
      alumnusId,
      {
        kind: 'CorrectAlumnus',
        patch,
        ...(reason !== undefined && { reason }),
        ...(investigation !== undefined && { investigation }),
      },
      call,
    );
  }

  /** Adds an employment, e.g. when somebody who returned leaves again. */
  @Post(':alumnusId/employments')
  @Requires('alumni:write')
  addEmployment(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Body() body: EmploymentDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.command(alumnusId, { kind: 'AddEmployment', employment: plain(body) }, call);
  }

  /** Corrects an employment; `index` counts them as they are shown, from 0. Needs `If-Match`. */
  @Put(':alumnusId/employments/:index')
  @Requires('alumni:write')
  async correctEmployment(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Param('index', ParseIntPipe) index: number,
    @Body() body: CorrectEmploymentDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    requireRevision(call);
    const { investigation, ...employment } = plain(body);
    const command = {
      ...({ kind: 'CorrectEmployment', index, employment } as const),
      ...(investigation !== undefined && { investigation }),
    };
    return this.command(alumnusId, command, call);
  }

  /** The person is employed again: off the roster at once. */
  @Post(':alumnusId/return')
  @Requires('alumni:write')
  recordReturn(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Body() body: RecordReturnDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.command(alumnusId, { kind: 'RecordReturn', ...plain(body) }, call);
  }

  /** The person has died: no contact at once. */
  @Post(':alumnusId/death')
  @Requires('alumni:write')
  recordDeath(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Body() body: RecordDeathDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.command(alumnusId, { kind: 'RecordDeath', ...plain(body) }, call);
  }

  /** Every event about one person, oldest first: who, when, why, all three times. Opens nothing. */
  @Get(':alumnusId/history')
  @ApiOkResponse({ type: EventPageAnswer })
  @Requires('alumni:read')
  @OpensPersonalData('audit-trail')
  async history(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Query() { cursor, limit }: PageQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    await this.people.read(principal, alumnusId, []);
    readsOf(request).add(alumnusId);
    await this.reads.caughtUp(request, 'audit-trail', alumnusId);
    return this.audit.read({ alumnusId }, cursor, limit);
  }

  private async command(
    alumnusId: string,
    command: Exclude<AlumnusCommand, RegisterAlumnus>,
    call: CommandCall,
  ): Promise<unknown> {
    await this.people.mayWrite(call.principal, alumnusId);
    return this.commands.carryOut(call, (context) => new OnAlumnus(alumnusId, command, context), {
      alumnusId,
    });
  }
}

function requireRevision({ ifMatch }: CommandCall): void {
  if (ifMatch !== undefined) return;
  throw new ProblemError(428, 'precondition-required', 'Send If-Match with the ETag of the person you read');
}
