import { Controller, Get, Header, Param, ParseUUIDPipe, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, OpensPersonalData, readsOf, Requires, type Principal } from '@enishi/access';
import { consentReceipts, consentRecords, RECORD_CONTEXT } from '@enishi/domain';
import { ConsentReceiptsAnswer, ConsentRecordsAnswer } from './consent-records.answers.dto';
import { ConsentRecordReader } from './consent-record-reader';

/** One person's consents in the formats that others read; opens nothing. */
@ApiTags('consents')
@Controller('v1/alumni/:alumnusId')
@Requires('consents:read')
export class ConsentRecordsController {
  constructor(private readonly records: ConsentRecordReader) {}

  /** ISO/IEC TS 27560:2023 records as JSON-LD in terms of the W3C Data Privacy Vocabulary. */
  @Get('consent-records')
  @OpensPersonalData('consent-records')
  @Header('content-type', 'application/ld+json; charset=utf-8')
  @ApiOkResponse({ type: ConsentRecordsAnswer })
  async list(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<ConsentRecordsAnswer> {
    const records = await this.records.read(request, principal, alumnusId, consentRecords);
    readsOf(request).add(alumnusId);
    return { '@context': RECORD_CONTEXT, '@graph': records };
  }

  /** Kantara consent receipts 1.1: one for each consent given. */
  @Get('consent-receipts')
  @OpensPersonalData('consent-records')
  @ApiOkResponse({ type: ConsentReceiptsAnswer })
  async receipts(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<ConsentReceiptsAnswer> {
    const receipts = await this.records.read(request, principal, alumnusId, consentReceipts);
    readsOf(request).add(alumnusId);
    return { receipts };
  }
}
