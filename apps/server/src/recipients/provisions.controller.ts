import {
  Body,
  Controller,
  Get,
  Inject,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Req,
  UseGuards,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { OpensPersonalData, readsOf, Requires } from '@enishi/access';
import { createdId, OnProvision, readExportedPeople } from '@enishi/application';
import { Commanding, contextOf, type CommandCall } from '../command';
import { Commands } from '../commands';
import { EverybodyGuard } from '../everybody.guard';
import { fieldError, notValid } from '../field-errors';
import type { Infrastructure } from '../infrastructure';
import { maybeInstant } from '../instants';
import { plain } from '../plain';
import { refusalProblem } from '../refusal';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { ProvisionReader } from './provision-reader';
import { ProvisionDetailAnswer, ProvisionsAnswer } from './provisions.answers.dto';
import { ProvisionsQuery, RecordProvisionDto } from './provisions.dto';

const WANTED = {
  ja: 'alumnusIds か exportId のどちらか一方を指定してください。',
  en: 'Give either alumnusIds or exportId.',
};

/** Data that was given to somebody: whose, what, why, to whom (APPI 29). */
@ApiTags('provisions')
@Controller('v1/provisions')
@Requires('provisions:read')
@UseGuards(EverybodyGuard)
export class ProvisionsController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly reads: ViewReads,
    private readonly reader: ProvisionReader,
  ) {}

  /** The latest first; of one person what the person may be shown (33(5)). */
  @Get()
  @OpensPersonalData('provisions')
  @ApiOperation({ summary: 'Records of data that was given to somebody' })
  @ApiOkResponse({ type: ProvisionsAnswer })
  async list(@Query() query: ProvisionsQuery, @Req() request: FastifyRequest): Promise<unknown> {
    const { alumnusId } = query;
    readsOf(request).add(...(alumnusId === undefined ? [] : [alumnusId]));
    await this.reads.caughtUp(request, 'audit-trail', alumnusId);
    const { records, ...page } = await this.reader.provisions(query);
    return { provisions: records, ...page };
  }

  @Get(':provisionId')
  @OpensPersonalData('provisions')
  @ApiOperation({ summary: 'One record, with everybody in it' })
  @ApiOkResponse({ type: ProvisionDetailAnswer })
  async one(
    @Param('provisionId', ParseUUIDPipe) provisionId: string,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const found = await this.reader.provision(provisionId);
    readsOf(request).add(...found.members.map(({ alumnusId }) => alumnusId));
    return found;
  }

  /** Refused where the data may not go there, or somebody has not consented whose consent it needs. */
  @Post()
  @Requires('provisions:write')
  @ApiOperation({ summary: 'Record that data is given to a recipient' })
  async record(@Body() body: RecordProvisionDto, @Commanding() call: CommandCall): Promise<unknown> {
    const { vault, ledger } = this.infrastructure;
    const { alumnusIds, effectiveAt, ...stated } = plain(body);
    if ((alumnusIds === undefined) === (stated.exportId === undefined)) {
      throw notValid(fieldError('alumnusIds', 'isDefined', WANTED));
    }
    const people = alumnusIds ?? (await readExportedPeople(ledger, stated.exportId!));
    if (people === undefined) throw refusalProblem({ code: 'export-not-made', details: {} });
    const provisionId = createdId(contextOf(vault, call).commandId, 'provision');
    const order = {
      ...{ provisionId, staffId: call.principal.accountId, ...stated, alumnusIds: people },
      ...maybeInstant('effectiveAt', effectiveAt),
    };
    return this.commands.carryOut(call, (context) => new OnProvision(order, context), { provisionId });
  }
}
