import { Controller, Get, Inject, Param, ParseUUIDPipe, Query, Req, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, OpensPersonalData, readsOf, Requires, type Principal } from '@enishi/access';
import {
  countDue,
  countDueElsewhere,
  listDue,
  readStandingHolds,
  type DueCursor,
} from '@enishi/projections/retention-calendar/query';
import { PersonReader } from '../alumni/person-reader';
import { listOf, openCursor, sealCursor } from '../cursor';
import { EverybodyGuard } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { HoldsAnswer } from './holds.dto';
import { RetentionReader } from './retention-reader';
import { DueAnswer, DueQuery, PersonRetentionAnswer } from './retention.dto';

const VIEW = 'retention-calendar';
/** Holds that one answer tells: there are few, or something is wrong. */
const MOST_HOLDS = 1000;

/** What must stay until when under which law, and what falls due (APPI 22). Nothing here lets anybody be contacted. */
@ApiTags('retention')
@Controller('v1')
@Requires('retention:read')
export class RetentionController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly people: PersonReader,
    private readonly reads: ViewReads,
    private readonly retention: RetentionReader,
  ) {}

  /** What falls due by month, in numbers; of one month, by person too. */
  @Get('retention/due')
  @ApiOkResponse({ type: DueAnswer })
  @UseGuards(EverybodyGuard)
  @OpensPersonalData(VIEW)
  async due(
    @Query() { month, cursor, limit = 50 }: DueQuery,
    @Req() request: FastifyRequest,
  ): Promise<DueAnswer> {
    await this.reads.caughtUp(request, VIEW);
    const { pool, vault } = this.infrastructure;
    const law = await this.retention.law();
    const list = listOf('retention-due', { month });
    const from = cursor === undefined ? {} : { cursor: openCursor<DueCursor>(vault, list, cursor) };
    const [counts, elsewhere] = await Promise.all([countDue(pool, law), countDueElsewhere(pool, law)]);
    const answer = { day: law.at, counts: [...counts], elsewhere: [...elsewhere] };
    if (month === undefined) {
      readsOf(request).add();
      return answer;
    }
    const { rows, next } = await listDue(pool, law, month, { limit, ...from });
    readsOf(request).add(...new Set(rows.map(({ alumnusId }) => alumnusId)));
    return { ...answer, people: [...rows], ...(next && { next: sealCursor(vault, list, next) }) };
  }

  /** The holds that stand on anybody's data, the earliest review first. */
  @Get('holds')
  @ApiOkResponse({ type: HoldsAnswer })
  @UseGuards(EverybodyGuard)
  @OpensPersonalData(VIEW)
  async holds(@Req() request: FastifyRequest): Promise<HoldsAnswer> {
    await this.reads.caughtUp(request, VIEW);
    const standing = await readStandingHolds(this.infrastructure.pool, MOST_HOLDS);
    readsOf(request).add(...new Set(standing.map(({ alumnusId }) => alumnusId)));
    const now = this.infrastructure.ledger.clock.now();
    return {
      holds: standing.map(({ placedId, ...hold }) => ({
        ...hold,
        due: hold.reviewAt <= now,
        placedBy: placedId,
      })),
    };
  }

  /** Of one person: each category with everything that keeps it, the law and the events; documents held elsewhere. */
  @Get('alumni/:alumnusId/retention')
  @ApiOkResponse({ type: PersonRetentionAnswer })
  @OpensPersonalData(VIEW)
  async one(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<PersonRetentionAnswer> {
    await this.people.read(principal, alumnusId, []);
    readsOf(request).add(alumnusId);
    await this.reads.caughtUp(request, VIEW, alumnusId);
    return this.retention.of(alumnusId);
  }
}
