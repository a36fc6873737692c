import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, OpensPersonalData, readsOf, Requires, type Principal } from '@enishi/access';
import { peopleAt, type Point, type SubjectCursor } from '@enishi/projections/as-of-facts/query';
import { listOf, openCursor, sealCursor } from '../cursor';
import type { Infrastructure } from '../infrastructure';
import { Moments } from '../roster/moments';
import { departmentsFor, scopeOf } from '../roster/roster-question';
import { INFRASTRUCTURE } from '../tokens';
import { RosterChanges } from './changes';
import { compare } from './comparison';
import { RosterDiffAnswer } from './roster-diff.answers.dto';
import { RosterDiffDto } from './roster-diff.dto';

const VIEW = 'as-of-facts';

/** Two points and where the next page begins, as they stand in a cursor. */
interface DiffCursor extends SubjectCursor {
  readonly points: readonly { readonly at: string; readonly known: string }[];
}

/** Who came onto the roster, who went off it, and why. */
@ApiTags('replay')
@Controller('v1/roster/diff')
@Requires('alumni:read')
export class RosterDiffController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly moments: Moments,
  ) {}

  /** The difference between two moments: in total, and person by person. */
  @Post()
  @HttpCode(200)
  @ApiOkResponse({ type: RosterDiffAnswer })
  @OpensPersonalData(VIEW)
  async diff(
    @Body() body: RosterDiffDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    // Whoever went off a list is not on it: the caller must be allowed to see both.
    const departments = departmentsFor(principal, body, 'excluded');
    const { pool, vault } = this.infrastructure;
    const { cursor: given, limit = 50, ...asked } = body;
    readsOf(request).fields(...Object.keys(asked));
    const list = listOf('roster diff', asked);
    const cursor = given === undefined ? undefined : openCursor<DiffCursor>(vault, list, given);
    const points = cursor?.points.map(pointOf) ?? (await this.points(body, request));
    const chunks = peopleAt(pool, scopeOf(body), points, {
      ...(cursor && { after: cursor }),
      only: 'granted',
    });
    const first = cursor === undefined;
    const { rows, totals, next } = await compare(chunks, new RosterChanges(), departments, limit, first);
    readsOf(request).add(...rows.map((row) => row['alumnusId'] as string));
    const stored = points.map(({ at, known }) => ({ at, known: known.toString() }));
    return {
      from: points[0]?.at,
      to: points[1]?.at,
      totals: totals ?? null,
      rows,
      ...(next && { cursor: sealCursor(vault, list, { ...next, points: stored }) }),
    };
  }

  private async points(body: RosterDiffDto, request: FastifyRequest): Promise<readonly Point[]> {
    const { from, fromKnown, to, toKnown } = body;
    return [
      await this.moments.point(request, from, fromKnown, { at: 'from', known: 'fromKnown' }),
      await this.moments.point(request, to, toKnown, { at: 'to', known: 'toKnown' }),
    ];
  }
}

function pointOf({ at, known }: DiffCursor['points'][number]): Point {
  return { at, known: BigInt(known) };
}
