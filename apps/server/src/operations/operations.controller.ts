import { Controller, Delete, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { OncePerKey, ORDERS, Requires, type Orders } from '@enishi/access';
import type { ProjectionStatus } from '@enishi/projections/engine';
import { projectionsOf } from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { describe } from '../described-error';
import { INFRASTRUCTURE } from '../tokens';
import { endErasurePeriod } from './erasure-period';
import { ProjectionsAnswer, RebuildOrderAnswer } from './operations.answers.dto';

/** Projections and keys, for operators. Shows no person. */
@ApiTags('operations')
@Controller('v1')
export class OperationsController {
  private rotation:
    { readonly from?: number; done: number; total: number; state: 'running' | 'done' | 'failed' } | undefined;

  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    @Inject(ORDERS) private readonly orders: Orders,
  ) {}

  @Get('projections')
  @ApiOkResponse({ type: ProjectionsAnswer })
  @Requires('operate:read')
  async projections(): Promise<unknown> {
    const statuses = await this.infrastructure.views.status();
    return {
      projections: statuses.map((one) => ({
        ...one,
        position: one.position === undefined ? null : String(one.position),
        lag: String(one.lag),
        parked: one.parked.length,
        building: one.rebuilding === undefined ? null : buildingView(one.rebuilding),
        rebuilding: undefined,
      })),
    };
  }

  /** Rebuilds a projection beside the one that serves, then switches. */
  @Post('projections/:name/rebuild')
  @ApiAcceptedResponse({ type: RebuildOrderAnswer })
  @Requires('operate:write')
  @OncePerKey()
  @HttpCode(202)
  async rebuild(@Param('name') name: string, @Req() request: object): Promise<unknown> {
    return this.orders.once(request, async () => {
      await this.infrastructure.views.rebuild(this.known(name));
      return { name, state: 'requested' };
    });
  }

  @Delete('projections/:name/rebuild')
  @ApiOkResponse({ type: RebuildOrderAnswer })
  @Requires('operate:write')
  @OncePerKey()
  async cancel(@Param('name') name: string, @Req() request: object): Promise<unknown> {
    return this.orders.once(request, async () => {
      await this.infrastructure.views.cancelRebuild(this.known(name));
      return { name, state: 'cancelled' };
    });
  }

  @Get('vault')
  @Requires('operate:read')
  async vault(): Promise<unknown> {
    return { ...(await this.infrastructure.vaultStatus()), rotation: this.rotation ?? null };
  }

  /**
   * Ends an erasure period: builds the views with opened values anew, wraps every live key under a new epoch key, destroys the
   * old one, and removes old log. May be repeated after a crash.
   */
  @Post('vault/rotation')
  @Requires('operate:write')
  @OncePerKey()
  @HttpCode(202)
  rotate(@Req() request: object): Promise<unknown> {
    return this.orders.once(request, async () => {
      if (this.rotation?.state === 'running')
        throw new ProblemError(409, 'rotation-running', 'A rotation is running');
      const rotation = { done: 0, total: 0, state: 'running' as 'running' | 'done' | 'failed' };
      this.rotation = rotation;
      void this.rotateNow(rotation);
      return { state: 'running' };
    });
  }

  private async rotateNow(rotation: {
    done: number;
    total: number;
    state: 'running' | 'done' | 'failed';
  }): Promise<void> {
    const { logger } = this.infrastructure;
    try {
      await endErasurePeriod(this.infrastructure, (done, total) => Object.assign(rotation, { done, total }));
      rotation.state = 'done';
    } catch (error) {
      rotation.state = 'failed';
      logger.error(error instanceof Error ? describe(error) : {}, 'rotation failed; it may be repeated');
    }
  }

  private known(name: string): string {
    const names = projectionsOf(this.infrastructure.identity.ledgerId).map((projection) => projection.name);
    if (!names.includes(name))
      throw new ProblemError(404, 'projection-unknown', 'There is no such projection');
    return name;
  }
}

/** A rebuild's progress with its position as text, for JSON. */
function buildingView({
  stoppedAt,
  ...rest
}: NonNullable<ProjectionStatus['rebuilding']>): Record<string, unknown> {
  return { ...rest, ...(stoppedAt && { stoppedAt: { ...stoppedAt, position: String(stoppedAt.position) } }) };
}
