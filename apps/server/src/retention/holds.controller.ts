import { Body, Controller, Get, Inject, Param, ParseUUIDPipe, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, OpensPersonalData, readsOf, Requires, type Principal } from '@enishi/access';
import { createdId, lifecycleStream, OnLifecycle } from '@enishi/application';
import {
  fold,
  lifecycleDecider,
  type Fact,
  type Hold,
  type Instant,
  type LifecycleCommand,
  type LifecycleEvent,
} from '@enishi/domain';
import { PersonReader } from '../alumni/person-reader';
import { Commanding, contextOf, type CommandCall } from '../command';
import { Commands } from '../commands';
import type { Infrastructure } from '../infrastructure';
import { instantOf } from '../instants';
import { INFRASTRUCTURE } from '../tokens';
import { HoldsAnswer, PlaceHoldDto, ReleaseHoldDto, ReviewHoldDto, type HoldAnswer } from './holds.dto';

/** Holds (保全) on one person's data: while one stands, nothing is erased. */
@ApiTags('retention')
@Controller('v1/alumni/:alumnusId/holds')
@Requires('holds:write')
export class HoldsController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly people: PersonReader,
  ) {}

  /** Every hold there ever was, from the ledger itself. Why is sealed. */
  @Get()
  @ApiOkResponse({ type: HoldsAnswer })
  @Requires('retention:read')
  @OpensPersonalData('lifecycle')
  async list(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<HoldsAnswer> {
    await this.people.read(principal, alumnusId, []);
    readsOf(request).add(alumnusId);
    const { store, vault, clock } = this.infrastructure.ledger;
    const records = await store.readStream(lifecycleStream(alumnusId));
    const facts = (await vault.openFacts(records, { categories: [] })) as readonly Fact<LifecycleEvent>[];
    const now = clock.now();
    return { holds: fold(lifecycleDecider, facts).holds.map((hold) => holdView(hold, now)) };
  }

  /** Keeps everything about the person from being erased. Refused once an erasure has begun (APPI 22). */
  @Post()
  async place(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Body() { reviewAt, stopsContact = false, reason }: PlaceHoldDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const holdId = createdId(contextOf(this.infrastructure.vault, call).commandId, 'hold');
    const review = instantOf(reviewAt, 'reviewAt');
    const hold = { alumnusId, holdId, stopsContact, reviewAt: review, reason };
    return this.command(alumnusId, { kind: 'PlaceHold', ...hold }, call, holdId);
  }

  /** Somebody has looked at it again, and it still is needed: until the next review. */
  @Post(':holdId/review')
  async review(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Param('holdId', ParseUUIDPipe) holdId: string,
    @Body() { reviewAt, reason }: ReviewHoldDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const next = instantOf(reviewAt, 'reviewAt');
    return this.command(alumnusId, { kind: 'ReviewHold', holdId, reviewAt: next, reason }, call, holdId);
  }

  /** Lets erasure go on. */
  @Post(':holdId/release')
  async release(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Param('holdId', ParseUUIDPipe) holdId: string,
    @Body() { reason }: ReleaseHoldDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.command(alumnusId, { kind: 'ReleaseHold', holdId, reason }, call, holdId);
  }

  private async command(alumnusId: string, command: LifecycleCommand, call: CommandCall, holdId: string) {
    await this.people.mayWrite(call.principal, alumnusId);
    const order = new OnLifecycle(alumnusId, command, contextOf(this.infrastructure.vault, call));
    return this.commands.carryOut(call, () => order, { alumnusId, holdId });
  }
}

function holdView(hold: Hold, now: Instant): HoldAnswer {
  const { holdId, alumnusId, stopsContact, reviewAt, placedId, reviewedId, releasedId } = hold;
  const due = releasedId === undefined && reviewAt <= now;
  const reviewed = reviewedId === undefined ? {} : { reviewedBy: reviewedId };
  const view = { holdId, alumnusId, stopsContact, reviewAt, due, placedBy: placedId, ...reviewed };
  return releasedId === undefined ? view : { ...view, releasedBy: releasedId };
}
