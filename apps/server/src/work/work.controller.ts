import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, SignedIn, type Principal } from '@enishi/access';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { workFor } from './work-list';
import { WorkAnswer, WorkQuery } from './work.answers.dto';

/** What waits for people: to approve, to do, to mend. No personal data. */
@ApiTags('work')
@Controller('v1/work')
export class WorkController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly reads: ViewReads,
  ) {}

  @Get()
  @SignedIn('everybody is shown what they may do, and nothing else')
  @ApiOperation({ summary: 'What is due, overdue, or waits for approval' })
  @ApiOkResponse({ type: WorkAnswer })
  async list(
    @Query() { for: whose = 'role' }: WorkQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    // Who oversees the rest: compliance and auditors.
    if (whose === 'all' && !principal.permissions.has('audit:read'))
      throw new ProblemError(403, 'permission-missing', 'Only who may read the audit trail sees all work');
    for (const view of ['audit-trail', 'alumni-roster', 'request-register'])
      await this.reads.caughtUp(request, view);
    return { work: await workFor(this.infrastructure, principal, whose) };
  }
}
