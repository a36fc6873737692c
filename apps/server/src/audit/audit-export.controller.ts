import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessLog, CurrentPrincipal, Requires, type Principal } from '@enishi/access';
import type { Actor } from '@enishi/domain';
import { PersonReader } from '../alumni/person-reader';
import { Reports } from '../reports/reports';
import { trailReport } from '../reports/trail-report';
import { ViewReads } from '../view-reads';
import { AuditReader, type NamedEvent } from './audit-reader';
import { scopeOf } from './audit.controller';
import { TrailExportQuery } from './audit.dto';
import { loggedPages } from './logged-pages';
import { sendFile, tableBody, XLSX } from './table-export';
import { TRAIL_TABLE } from './trail-table';

const VIEW = 'audit-trail';

/** The audit trail as a file: CSV (UTF-8 with BOM, or CP932), JSON Lines, an Excel workbook, or a report to print. Opens nothing. */
@ApiTags('audit')
@Controller('v1/audit-trail')
@Requires('audit:read')
export class AuditExportController {
  constructor(
    private readonly audit: AuditReader,
    private readonly reads: ViewReads,
    private readonly people: PersonReader,
    private readonly accessLog: AccessLog,
    private readonly reports: Reports,
  ) {}

  @Get('export')
  @ApiProduces('text/csv', 'application/x-ndjson', XLSX, 'application/pdf')
  async export(
    @Query() query: TrailExportQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.people.mayReadRecords(principal, query.alumnusId);
    await this.reads.caughtUp(request, VIEW, query.alumnusId);
    const { format, encoding = 'utf-8', language = 'ja', actor, batchId } = query;
    const question = {
      ...scopeOf(query),
      ...(actor !== undefined && { actor: actor as Actor }),
      ...(batchId !== undefined && { batchId }),
    };
    const pages = loggedPages(this.accessLog, this.audit.pages(question), personIdsOf, {
      principal,
      route: 'GET /v1/audit-trail/export',
      view: VIEW,
      correlationId: request.id,
    });
    const body =
      format === 'pdf'
        ? await this.reports.body({ language, principal, question }, pages, trailReport)
        : tableBody(format, encoding, TRAIL_TABLE, pages);
    await sendFile(reply, VIEW, body);
  }
}

function personIdsOf({ alumnusId, otherId }: NamedEvent): readonly string[] {
  return [alumnusId ?? [], otherId ?? []].flat();
}
