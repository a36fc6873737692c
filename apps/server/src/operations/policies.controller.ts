import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OncePerKey, ORDERS, Requires, type Orders } from '@enishi/access';
import { POLICIES } from '@enishi/domain';
import { readPolicies, releaseTarget, type PolicyStatus } from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { PoliciesAnswer, ReleaseAnswer, ReleaseDto } from './reactor.answers.dto';

/** What follows from events by itself, for operators. Shows no person but as opaque ids. */
@ApiTags('operations')
@Controller('v1/policies')
export class PoliciesController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    @Inject(ORDERS) private readonly orders: Orders,
  ) {}

  @Get()
  @Requires('operate:read')
  @ApiOperation({ summary: 'Each policy: how far it is, what waits for its day, what a bug has parked' })
  @ApiOkResponse({ type: PoliciesAnswer })
  async list(): Promise<{ readonly policies: readonly PolicyStatus[] }> {
    const { pool, store } = this.infrastructure;
    return { policies: await readPolicies(pool, store, POLICIES) };
  }

  @Post(':name/releases')
  @HttpCode(200)
  @Requires('operate:write')
  @OncePerKey()
  @ApiOperation({ summary: 'Have a policy look again at what it has parked for a target' })
  @ApiOkResponse({ type: ReleaseAnswer })
  release(
    @Param('name') name: string,
    @Body() { target }: ReleaseDto,
    @Req() request: object,
  ): Promise<unknown> {
    return this.orders.once(request, async () => {
      if (!POLICIES.some((policy) => policy.name === name))
        throw new ProblemError(404, 'policy-unknown', 'There is no such policy');
      return { released: await releaseTarget(this.infrastructure.pool, name, target) };
    });
  }
}
