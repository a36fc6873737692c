import { createHash } from 'node:crypto';
import { Body, Controller, Inject, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, OncePerKey, ORDERS, Requires, type Orders, type Principal } from '@enishi/access';
import { OnConsent } from '@enishi/application';
import { PersonReader } from '../alumni/person-reader';
import { Commanding, type CommandCall } from '../command';
import { Commands } from '../commands';
import type { Infrastructure } from '../infrastructure';
import { maybeInstant } from '../instants';
import { plain } from '../plain';
import { artefactBytes, TakesBytes } from '../readable-body';
import { INFRASTRUCTURE } from '../tokens';
import {
  GrantConsentDto,
  RefuseConsentDto,
  RequestConsentDto,
  VoidConsentDto,
  WithdrawConsentDto,
} from './consents.dto';

/** One person's answers for one purpose, per contact channel. */
@ApiTags('consents')
@Controller('v1/alumni/:alumnusId')
@Requires('consents:write')
export class ConsentsController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly people: PersonReader,
    @Inject(ORDERS) private readonly orders: Orders,
  ) {}

  /** Notes that the person is asked (18(1), GL 3-1-3: asking needs no consent). */
  @Post('consents/:purposeId/requests')
  request(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Param('purposeId', ParseUUIDPipe) purposeId: string,
    @Body() body: RequestConsentDto,
    @Commanding() call: CommandCall,
  ) {
    const { channels, captureChannel, language } = body;
    return this.command(
      alumnusId,
      purposeId,
      { kind: 'RequestConsent', channels, captureChannel, language },
      call,
    );
  }

  /** The person consents to a version of the purpose (GL 2-16). */
  @Post('consents/:purposeId/grants')
  grant(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Param('purposeId', ParseUUIDPipe) purposeId: string,
    @Body() body: GrantConsentDto,
    @Commanding() call: CommandCall,
  ) {
    const { effectiveAt, expiresAt, ...rest } = body;
    const times = { ...maybeInstant('effectiveAt', effectiveAt), ...maybeInstant('expiresAt', expiresAt) };
    return this.command(alumnusId, purposeId, { kind: 'GrantConsent', ...plain(rest), ...times }, call);
  }

  @Post('consents/:purposeId/refusals')
  refuse(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Param('purposeId', ParseUUIDPipe) purposeId: string,
    @Body() body: RefuseConsentDto,
    @Commanding() call: CommandCall,
  ) {
    const { effectiveAt, ...rest } = body;
    const times = maybeInstant('effectiveAt', effectiveAt);
    return this.command(alumnusId, purposeId, { kind: 'RefuseConsent', ...plain(rest), ...times }, call);
  }

  /** The person withdraws: honoured at once, whatever else holds. */
  @Post('consents/:purposeId/withdrawals')
  withdraw(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Param('purposeId', ParseUUIDPipe) purposeId: string,
    @Body() body: WithdrawConsentDto,
    @Commanding() call: CommandCall,
  ) {
    const { effectiveAt, ...rest } = body;
    const times = maybeInstant('effectiveAt', effectiveAt);
    return this.command(alumnusId, purposeId, { kind: 'WithdrawConsent', ...plain(rest), ...times }, call);
  }

  /** An answer was recorded in error: it never was. Not a withdrawal. */
  @Post('consents/:purposeId/invalidations')
  invalidate(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Param('purposeId', ParseUUIDPipe) purposeId: string,
    @Body() { eventId, reason }: VoidConsentDto,
    @Commanding() call: CommandCall,
  ) {
    return this.command(alumnusId, purposeId, { kind: 'VoidConsent', voided: eventId, reason }, call);
  }

  /** Keeps a scan or mail, sealed, to be named as evidence of an answer. */
  @Post('artefacts')
  @OncePerKey()
  @TakesBytes()
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async keep(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    await this.people.read(principal, alumnusId, []);
    const bytes = await artefactBytes(request.body);
    const { artefacts } = this.infrastructure.vault;
    return this.orders.once(request, () => artefacts.put(`alumnus:${alumnusId}`, 'consent-evidence', bytes), {
      body: createHash('sha256').update(bytes).digest('hex'),
    });
  }

  private async command(
    alumnusId: string,
    purposeId: string,
    command: OnConsent['command'],
    call: CommandCall,
  ): Promise<unknown> {
    await this.people.mayWrite(call.principal, alumnusId);
    return this.commands.carryOut(call, (context) => new OnConsent(alumnusId, purposeId, command, context));
  }
}
