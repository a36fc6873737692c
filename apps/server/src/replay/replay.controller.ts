import { Controller, Get, Inject, Param, ParseUUIDPipe, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, OpensPersonalData, readsOf, Requires, type Principal } from '@enishi/access';
import { replay, type PersonStanding, type ReplayQuestion, type ReplayStep } from '@enishi/domain';
import { PersonReader } from '../alumni/person-reader';
import { AuditReader } from '../audit/audit-reader';
import { listOf, openCursor, sealCursor } from '../cursor';
import { fieldError, notValid } from '../field-errors';
import type { Infrastructure } from '../infrastructure';
import { consentView, reasonView } from '../roster/roster-view';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { ReplayAnswer } from './replay.answers.dto';
import { ReplayQuery } from './replay.dto';
import { TrailReader, type Trail } from './trail-reader';

const VIEW = 'audit-trail';

/** What was known about a person, and what it came to, after each event. */
@ApiTags('replay')
@Controller('v1/alumni/:alumnusId/replay')
export class ReplayController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly people: PersonReader,
    private readonly reads: ViewReads,
    private readonly trails: TrailReader,
    private readonly audit: AuditReader,
  ) {}

  /** One person's trail step by step, folded from the ledger, with the state after each event. */
  @Get()
  @ApiOkResponse({ type: ReplayAnswer })
  @Requires('alumni:read')
  @OpensPersonalData(VIEW)
  async steps(
    @Param('alumnusId', ParseUUIDPipe) alumnusId: string,
    @Query() { cursor, limit = 100, ...query }: ReplayQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const question = questionOf(query);
    await this.people.read(principal, alumnusId, []);
    readsOf(request).add(alumnusId);
    await this.reads.caughtUp(request, VIEW, alumnusId);
    await this.reads.caughtUp(request, 'purpose-catalogue');
    const { ledger, vault } = this.infrastructure;
    const list = listOf('replay', { alumnusId, ...question });
    const from = cursor === undefined ? 0 : openCursor<{ from: number }>(vault, list, cursor).from;
    const now = ledger.clock.now();
    const trail = await this.trails.read(alumnusId, question?.purposeId, now);
    const steps = replay(trail.facts, alumnusId, question, now);
    const more = steps.length > from + limit;
    return {
      steps: await this.views(steps.slice(from, from + limit), trail),
      ...(more && { cursor: sealCursor(vault, list, { from: from + limit }) }),
    };
  }

  private async views(steps: readonly ReplayStep[], { entries }: Trail): Promise<readonly object[]> {
    const shown = steps.flatMap(({ fact }) => (fact && entries.get(fact.id)) ?? []);
    const views = new Map((await this.audit.views(shown)).map((view) => [view['eventId'], view]));
    return steps.map(({ at, fact, changed, after }) => ({
      at,
      event: (fact && views.get(fact.id)) ?? null,
      changed,
      ...standingView(after),
    }));
  }
}

/** @throws ProblemError 400 where only one of purpose and channel is named */
function questionOf({ purposeId, channel, programmeId }: ReplayQuery): ReplayQuestion | undefined {
  if (purposeId !== undefined && channel !== undefined) {
    return { purposeId, channel, ...(programmeId !== undefined && { programmeId }) };
  }
  if (purposeId === undefined && channel === undefined && programmeId === undefined) return undefined;
  throw notValid(
    fieldError(purposeId === undefined ? 'purposeId' : 'channel', 'question', {
      ja: '利用目的と連絡手段は、両方を指定するか、どちらも指定しないでください。',
      en: 'Name both a purpose and a channel, or neither.',
    }),
  );
}

function standingView({ person, holds, consents, answer }: PersonStanding): object {
  const contact = answer?.contact;
  return {
    state: {
      registered: person !== undefined,
      channels: person?.channels ?? [],
      employments: person?.employments.length ?? 0,
      returned: person?.returnedId !== undefined,
      died: person?.diedId !== undefined,
      erasing: (person?.erasureStartedId ?? person?.erasureCompletedId) !== undefined,
      holds: holds.length,
    },
    consents: consents.map(consentView),
    answer: contact?.answer ?? null,
    because: contact?.answer === 'yes' ? contact.because : [],
    reasons: contact?.answer === 'no' ? contact.reasons.map(reasonView) : [],
    approachable: answer === undefined ? null : answer.approach.answer === 'yes',
  };
}
