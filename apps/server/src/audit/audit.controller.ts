import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, Requires, type Principal } from '@enishi/access';
import type { Actor } from '@enishi/domain';
import type { AuditQuestion } from '@enishi/projections/audit-trail/query';
import { PersonReader } from '../alumni/person-reader';
import { instantOf, periodEndOf } from '../instants';
import { ViewReads } from '../view-reads';
import { AuditReader } from './audit-reader';
import { AuditTrailQuery, type ScopeQuery } from './audit.dto';
import { EventPageAnswer } from './audit.answers.dto';

/** The audit trail: every event, in the order of the ledger. Opens nothing. */
@ApiTags('audit')
@Controller('v1/audit-trail')
@Requires('audit:read')
export class AuditController {
  constructor(
    private readonly audit: AuditReader,
    private readonly reads: ViewReads,
    private readonly people: PersonReader,
  ) {}

  @Get()
  @ApiOkResponse({ type: EventPageAnswer })
  async list(
    @Query() query: AuditTrailQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    await this.people.mayReadRecords(principal, query.alumnusId);
    await this.reads.caughtUp(request, 'audit-trail', query.alumnusId);
    const { actor, batchId, cursor, limit } = query;
    const question: AuditQuestion = {
      ...scopeOf(query),
      ...(actor !== undefined && { actor: actor as Actor }),
      ...(batchId !== undefined && { batchId }),
    };
    return this.audit.read(question, cursor, limit);
  }
}

/** Person, purpose and period of a query; a day as the end means the whole day. */
export function scopeOf({ alumnusId, purposeId, from, to }: ScopeQuery) {
  return {
    ...(alumnusId !== undefined && { alumnusId }),
    ...(purposeId !== undefined && { purposeId }),
    ...(from !== undefined && { from: instantOf(from, 'from') }),
    ...(to !== undefined && { until: periodEndOf(to, 'to') }),
  };
}
