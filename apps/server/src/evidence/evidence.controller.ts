import {
  Body,
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  Param,
  ParseUUIDPipe,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, OpensPersonalData, readsOf, Requires, type Principal } from '@enishi/access';
import { ReasonDto } from '../alumni/alumni.dto';
import { PersonReader } from '../alumni/person-reader';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { reasonInHeader, REASON_HEADER, statedReason } from '../stated-reason';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { SealedFieldsAnswer } from './evidence.answers.dto';
import { SealedEventReader } from './sealed-event-reader';

/** What shows an answer or an order: read one by one, for a reason that the access log keeps. */
@ApiTags('evidence')
@Controller('v1/alumni/:alumnusId')
@Requires('evidence:read')
export class EvidenceController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly people: PersonReader,
    private readonly events: SealedEventReader,
    private readonly reads: ViewReads,
  ) {}

  /** Shows what is sealed in one event: evidence, representative, reason, day of a return. */
  @Post('events/:eventId/reveal')
  @HttpCode(200)
  @OpensPersonalData('event')
  @ApiOkResponse({ type: SealedFieldsAnswer })
  async reveal(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Param('eventId', ParseUUIDPipe) eventId: string,
    @Body() { reason }: ReasonDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<SealedFieldsAnswer> {
    const read = readsOf(request).reason(statedReason(reason));
    await this.reads.caughtUp(request, 'audit-trail', alumnusId);
    const shown = await this.events.read(principal, alumnusId, eventId);
    read.add(alumnusId).fields(...Object.keys(shown.values));
    return shown;
  }

  /** Gives a scan or mail back as it was kept. */
  @Get('artefacts/:artefactId')
  @OpensPersonalData('artefact')
  @Header('cache-control', 'no-store')
  @Header('content-type', 'application/octet-stream')
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiHeader({
    name: 'Enishi-Reason',
    required: true,
    description: 'Why it must be seen, percent-encoded in UTF-8; kept in the access log',
    schema: { type: 'string' },
  })
  async artefact(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Param('artefactId', ParseUUIDPipe) artefactId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Uint8Array> {
    const read = readsOf(request).reason(reasonInHeader(request.headers[REASON_HEADER]));
    await this.people.read(principal, alumnusId, []);
    const { artefacts } = this.infrastructure.vault;
    const subject = `alumnus:${alumnusId}` as const;
    if ((await artefacts.sealedHash(subject, artefactId)) === undefined) {
      throw new ProblemError(404, 'artefact-unknown', 'There is no such artefact about this person');
    }
    const bytes = await artefacts.get(subject, artefactId);
    read.add(alumnusId).fields('artefact');
    void reply.header('content-disposition', `attachment; filename="${artefactId}.bin"`);
    return bytes;
  }
}
