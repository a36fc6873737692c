import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Req,
} from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, OpensPersonalData, readsOf, Requires, type Principal } from '@enishi/access';
import {
  readMenus,
  readPerson,
  readRoster,
  readWhy,
  type RosterCursor,
} from '@enishi/projections/alumni-roster/query';
import { personAt } from '@enishi/projections/as-of-facts/query';
import { PersonReader } from '../alumni/person-reader';
import { openCursor, sealCursor } from '../cursor';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { Funnels } from './funnels';
import { Moments } from './moments';
import { PastRoster } from './past-roster';
import {
  departmentsFor,
  departmentsOfAll,
  filtersOf,
  listOfSearch,
  refuseWithoutAt,
  scopeOf,
} from './roster-question';
import { consentView, rowView } from './roster-view';
import { RosterScopeDto, SearchCandidatesDto, SearchRosterDto, WhyQuery } from './roster.dto';
import { whyOf, WhyReader } from './why-reader';
import {
  ChoicesAnswer,
  FunnelAnswer,
  PersonConsentsAnswer,
  RosterPageAnswer,
  WhyAnswer,
} from './roster.answers.dto';

const VIEW = 'alumni-roster';

/** Who may be contacted, for which purpose, by which channel, and why. */
@ApiTags('roster')
@Controller('v1')
@Requires('alumni:read')
export class RosterController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly reads: ViewReads,
    private readonly people: PersonReader,
    private readonly whys: WhyReader,
    private readonly past: PastRoster,
    private readonly moments: Moments,
    private readonly funnels: Funnels,
  ) {}

  /** A page of the roster. A POST, because what is searched for is personal and must not stand in a URL. */
  @Post('roster/search')
  @HttpCode(200)
  @ApiOkResponse({ type: RosterPageAnswer })
  @OpensPersonalData(VIEW)
  async search(
    @Body() body: SearchRosterDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const departments = departmentsFor(principal, body, body.mode);
    readsOf(request).fields(...Object.keys(body).filter((name) => !['cursor', 'limit'].includes(name)));
    await this.reads.caughtUp(request, VIEW);
    if (body.at !== undefined) return this.past.search(body, body.at, departments, request);
    refuseWithoutAt(body);
    return this.searchNow(body, departments, request);
  }

  /** People of one purpose who consented, for those who hire: nobody else is shown. */
  @Post('candidates/search')
  @HttpCode(200)
  @ApiOkResponse({ type: RosterPageAnswer })
  @Requires('candidates:read')
  @OpensPersonalData(VIEW)
  async candidates(
    @Body() body: SearchCandidatesDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const asked: SearchRosterDto = { ...body, mode: 'contactable' };
    const departments = departmentsFor(principal, asked, asked.mode);
    readsOf(request).fields(...Object.keys(body).filter((name) => !['cursor', 'limit'].includes(name)));
    await this.reads.caughtUp(request, VIEW);
    return this.searchNow(asked, departments, request);
  }

  /** 412 imported → 398 reachable → 0 consented: why a roster is as long as it is. */
  @Get('roster/funnel')
  @ApiOkResponse({ type: FunnelAnswer })
  async funnel(
    @Query() scope: RosterScopeDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const departments = departmentsFor(principal, scope);
    await this.reads.caughtUp(request, VIEW);
    const { requested, ...funnel } = await this.funnels.count(scope, departments, seenBy(request));
    return { ...funnel, asked: requested };
  }

  /** The departments and jobs that occur. */
  @Get('roster/choices')
  @ApiOkResponse({ type: ChoicesAnswer })
  async choices(@CurrentPrincipal() principal: Principal, @Req() request: FastifyRequest): Promise<unknown> {
    await this.reads.caughtUp(request, VIEW);
    const departments = departmentsOfAll(principal);
    return readMenus(this.infrastructure.pool, departments === undefined ? {} : { departments });
  }

  /** Why somebody may or may not be contacted: one sentence, then the events that make it so. */
  @Get('alumni/:alumnusId/why')
  @ApiOkResponse({ type: WhyAnswer })
  @OpensPersonalData(VIEW)
  async why(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Query() query: WhyQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    await this.people.read(principal, alumnusId, []);
    readsOf(request).add(alumnusId);
    const { purposeId, channel, programmeId } = query;
    if (query.at !== undefined) {
      const point = await this.moments.point(request, query.at, query.known);
      const then = await personAt(this.infrastructure.pool, scopeOf(query), point, alumnusId);
      return this.whys.view(alumnusId, whyOf(then), point.at);
    }
    refuseWithoutAt(query);
    await this.reads.caughtUp(request, VIEW);
    const at = this.infrastructure.ledger.clock.now();
    const question = { alumnusId, purposeId, channel, at, ...(programmeId !== undefined && { programmeId }) };
    return this.whys.view(alumnusId, await readWhy(this.infrastructure.pool, question), at);
  }

  /** What the person's answers come to, per purpose and channel. */
  @Get('alumni/:alumnusId/consents')
  @ApiOkResponse({ type: PersonConsentsAnswer })
  @Requires('consents:read')
  @OpensPersonalData(VIEW)
  async consents(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    await this.people.read(principal, alumnusId, []);
    readsOf(request).add(alumnusId);
    await this.reads.caughtUp(request, VIEW);
    const at = this.infrastructure.ledger.clock.now();
    const person = await readPerson(this.infrastructure.pool, alumnusId, at);
    const consents = (person?.consents ?? []).map(consentView);
    return { consents };
  }

  private async searchNow(
    body: SearchRosterDto,
    departments: readonly string[] | undefined,
    request: FastifyRequest,
  ): Promise<unknown> {
    const { pool, vault, ledger } = this.infrastructure;
    const list = listOfSearch(VIEW, body);
    const cursor = body.cursor === undefined ? undefined : openCursor<RosterCursor>(vault, list, body.cursor);
    const at = cursor?.at ?? ledger.clock.now();
    const { purposeId, channel, programmeId, mode, limit = 50 } = body;
    const filters = await filtersOf(pool, body, at);
    const page = await readRoster(pool, {
      purposeId,
      channel,
      at,
      mode,
      filters,
      limit,
      ...(programmeId !== undefined && { programmeId }),
      ...(departments && { scope: { departments } }),
      ...(cursor && { cursor }),
    });
    readsOf(request).add(...page.rows.map(({ alumnusId }) => alumnusId));
    const counted = cursor === undefined && Object.keys(filters).length === 0;
    return {
      at,
      total: counted ? await this.total(body, departments, seenBy(request)) : null,
      rows: page.rows.map(({ alumnusId, person, values, answer }) =>
        rowView(alumnusId, person, values, answer),
      ),
      ...(page.next && { cursor: sealCursor(vault, list, page.next) }),
    };
  }

  private async total(
    body: SearchRosterDto,
    departments: readonly string[] | undefined,
    seen: string,
  ): Promise<unknown> {
    const funnel = await this.funnels.count(body, departments, seen);
    const { imported, contactable, approachable, estimated } = funnel;
    const count = { contactable, approachable, excluded: imported - contactable }[body.mode];
    return { count, estimated };
  }
}

/** The position a caller has seen, for counts that must not be older. */
function seenBy(request: FastifyRequest): string {
  return String(request.headers['enishi-position'] ?? '');
}
