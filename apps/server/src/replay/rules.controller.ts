import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Requires } from '@enishi/access';
import { rulesKnownAt } from '@enishi/projections/as-of-facts/query';
import type { Infrastructure } from '../infrastructure';
import { Moments } from '../roster/moments';
import { INFRASTRUCTURE } from '../tokens';
import { RulesAnswer } from './rules.answers.dto';
import { RulesQuery } from './rules.dto';
import { rulesView } from './rules-view';

/** The rules of any moment. */
@ApiTags('replay')
@Controller('v1/rules')
export class RulesController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly moments: Moments,
  ) {}

  /** Which versions of purposes and programmes were in force, by what was known when, and the events that made them so. */
  @Get()
  @ApiOkResponse({ type: RulesAnswer })
  @Requires('catalogue:read')
  async show(@Query() { at, known }: RulesQuery, @Req() request: FastifyRequest): Promise<unknown> {
    const point =
      at === undefined && known === undefined
        ? await this.moments.now(request)
        : await this.moments.point(request, at ?? this.infrastructure.ledger.clock.now(), known);
    const rules = await rulesKnownAt(this.infrastructure.pool, point.known);
    return { at: point.at, leaves: point.leaves, ...rulesView(rules, point.at) };
  }
}
