import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, OpensPersonalData, readsOf, Requires, type Principal } from '@enishi/access';
import { alumnusStream, OnAlumnus } from '@enishi/application';
import { correctionsOf, type AlumnusEvent, type Correction, type Fact } from '@enishi/domain';
import { ActorNames } from '../audit/actor-names';
import { Commanding, type CommandCall } from '../command';
import { Commands } from '../commands';
import type { Infrastructure } from '../infrastructure';
import { maybeInstant } from '../instants';
import { plain } from '../plain';
import { INFRASTRUCTURE } from '../tokens';
import { CorrectionsAnswer, type CorrectionAnswer } from './corrections.answers.dto';
import { ConfirmValuesDto, InvestigateDto } from './corrections.dto';
import { maskedValue, PersonReader } from './person-reader';

/** What was found wrong with somebody's data, or right (APPI 34). */
@ApiTags('alumni')
@Controller('v1/alumni/:alumnusId')
@Requires('alumni:write')
export class CorrectionsController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly people: PersonReader,
    private readonly actors: ActorNames,
  ) {}

  /** The oldest first, from the ledger itself. */
  @Get('corrections')
  @Requires('alumni:read')
  @OpensPersonalData('corrections')
  @ApiOperation({ summary: 'What was corrected: before, after, and what was looked into' })
  @ApiOkResponse({ type: CorrectionsAnswer })
  async list(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<CorrectionsAnswer> {
    await this.people.read(principal, alumnusId, []);
    const { store, vault } = this.infrastructure;
    const records = await store.readStream(alumnusStream(alumnusId));
    const categories = ['programme', 'contact', 'leaving-detail'] as const;
    const facts = (await vault.openFacts(records, { categories })) as readonly Fact<AlumnusEvent>[];
    const corrections = correctionsOf(facts);
    const names = await this.actors.of(corrections.map(({ fact }) => fact.actor));
    readsOf(request)
      .add(alumnusId)
      .fields(...corrections.flatMap(({ values }) => values.map(({ field }) => field)));
    return { corrections: corrections.map((one) => viewOf(one, names)) };
  }

  /** For values that stay as they are; a correction says by itself what was looked at. */
  @Post('investigations')
  @ApiOperation({ summary: 'Record that values were looked into and stay as they are' })
  async investigate(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Body() body: InvestigateDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    await this.people.mayWrite(call.principal, alumnusId);
    const command = { kind: 'InvestigateValues', ...plain(body) } as const;
    return this.commands.carryOut(call, (context) => new OnAlumnus(alumnusId, command, context), {
      alumnusId,
    });
  }

  @Post('confirmations')
  @ApiOperation({ summary: 'Record that values are still right' })
  async confirm(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Body() body: ConfirmValuesDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    await this.people.mayWrite(call.principal, alumnusId);
    const { effectiveAt, ...confirmed } = plain(body);
    const command = {
      kind: 'ConfirmValues',
      ...confirmed,
      ...maybeInstant('effectiveAt', effectiveAt),
    } as const;
    return this.commands.carryOut(call, (context) => new OnAlumnus(alumnusId, command, context), {
      alumnusId,
    });
  }
}

function viewOf(
  { fact, values, investigation }: Correction,
  names: ReadonlyMap<string, string>,
): CorrectionAnswer {
  const name = names.get(fact.actor);
  return {
    eventId: fact.id,
    correctedAt: fact.decidedAt,
    correctedBy: fact.actor,
    ...(name !== undefined && { correctedByName: name }),
    values: values.map(({ field, before, beforeId, after }) => ({
      field,
      before: maskedValue(field, before),
      ...(beforeId !== undefined && { beforeId }),
      after: maskedValue(field, after),
    })),
    ...(investigation && {
      origin: investigation.data.origin,
      investigationId: investigation.id,
      ...(investigation.data.requestId !== undefined && { requestId: investigation.data.requestId }),
    }),
  };
}
