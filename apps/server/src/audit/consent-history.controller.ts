import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AccessLog,
  CurrentPrincipal,
  OpensPersonalData,
  readsOf,
  Requires,
  type Principal,
} from '@enishi/access';
import { readConsentHistory, streamConsentHistory } from '@enishi/projections/consent-history/query';
import { PersonReader } from '../alumni/person-reader';
import { openCursor, sealCursor } from '../cursor';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { scopeOf } from './audit.controller';
import { ConsentHistoryQuery, ExportQuery } from './audit.dto';
import { CONSENT_TABLE, entryView } from './consent-table';
import { loggedPages } from './logged-pages';
import { sendFile, tableBody, XLSX, type FileBody } from './table-export';
import { ConsentHistoryAnswer } from './audit.answers.dto';
import { consentReport } from '../reports/consent-report';
import { Reports } from '../reports/reports';

const VIEW = 'consent-history';

/** The history of consents: ids, versions and times; opens nothing. */
@ApiTags('audit')
@Controller('v1/consent-history')
@Requires('consents:read')
export class ConsentHistoryController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly reads: ViewReads,
    private readonly people: PersonReader,
    private readonly accessLog: AccessLog,
    private readonly reports: Reports,
  ) {}

  @Get()
  @ApiOkResponse({ type: ConsentHistoryAnswer })
  @OpensPersonalData(VIEW)
  async list(
    @Query() query: ConsentHistoryQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    await this.people.mayReadRecords(principal, query.alumnusId);
    await this.reads.caughtUp(request, VIEW, query.alumnusId);
    const { pool, vault } = this.infrastructure;
    const cursor =
      query.cursor === undefined
        ? undefined
        : openCursor<{ position: string }>(vault, 'consents', query.cursor);
    const limit = query.limit ?? 100;
    const page = await readConsentHistory(pool, { ...questionOf(query), limit, ...(cursor && { cursor }) });
    readsOf(request).add(...page.rows.map(({ alumnusId }) => alumnusId));
    return {
      rows: page.rows.map(entryView),
      ...(page.next && { cursor: sealCursor(vault, 'consents', page.next) }),
    };
  }

  /** The whole answer as a file: CSV (UTF-8 with BOM, or CP932), JSON Lines, an Excel workbook, or a report to print. */
  @Get('export')
  @ApiProduces('text/csv', 'application/x-ndjson', XLSX, 'application/pdf')
  async export(
    @Query() query: ExportQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.people.mayReadRecords(principal, query.alumnusId);
    await this.reads.caughtUp(request, VIEW, query.alumnusId);
    await sendFile(reply, VIEW, await this.bodyOf(query, principal, request));
  }

  private async bodyOf(query: ExportQuery, principal: Principal, request: FastifyRequest): Promise<FileBody> {
    const { format, encoding = 'utf-8', language = 'ja' } = query;
    const question = questionOf(query);
    const entries = streamConsentHistory(this.infrastructure.pool, question);
    const pages = loggedPages(this.accessLog, entries, ({ alumnusId }) => [alumnusId], {
      principal,
      route: 'GET /v1/consent-history/export',
      view: VIEW,
      correlationId: request.id,
    });
    return format === 'pdf'
      ? this.reports.body({ language, principal, question }, pages, consentReport)
      : tableBody(format, encoding, CONSENT_TABLE, pages);
  }
}

function questionOf(query: Omit<ConsentHistoryQuery, 'cursor' | 'limit'>) {
  const { kind, batchId } = query;
  return {
    ...scopeOf(query),
    ...(kind !== undefined && { kinds: [kind] }),
    ...(batchId !== undefined && { batchId }),
  };
}
