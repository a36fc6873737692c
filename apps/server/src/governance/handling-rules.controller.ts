import { createHash } from 'node:crypto';
import { Body, Controller, Get, Header, Inject, Param, ParseIntPipe, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Requires } from '@enishi/access';
import {
  createdId,
  OnHandlingRules,
  readCompanyState,
  readHandlingRules,
  readReviewMonths,
} from '@enishi/application';
import { reviewDue, rulesInForceAt, type Fact, type HandlingRulesState } from '@enishi/domain';
import { ActorNames } from '../audit/actor-names';
import { Commanding, contextOf, type CommandCall } from '../command';
import { Commands } from '../commands';
import type { Infrastructure } from '../infrastructure';
import { maybeInstant, periodEndOf } from '../instants';
import { plain } from '../plain';
import { ProblemError } from '../problem';
import { missing } from '../purposes/drafting';
import { INFRASTRUCTURE } from '../tokens';
import { HandlingRulesAnswer, HandlingRulesReviewsAnswer } from './handling-rules.answers.dto';
import { AdoptHandlingRulesDto, ReviewHandlingRulesDto } from './handling-rules.dto';

const DOCUMENT_WANTED = {
  ja: 'text（本文）か fileHash（ファイルの SHA-256）を指定してください。',
  en: 'Give text, or fileHash, the SHA-256 of the file.',
};

/** The handling rules (取扱規程), their versions and their reviews. Read from the ledger itself. */
@ApiTags('governance')
@Controller('v1/handling-rules')
export class HandlingRulesController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly actors: ActorNames,
  ) {}

  @Get()
  @Requires('catalogue:read')
  @ApiOperation({ summary: 'Every version of the handling rules, the newest first' })
  @ApiOkResponse({ type: HandlingRulesAnswer })
  async list(): Promise<unknown> {
    const state = await readHandlingRules(this.infrastructure.ledger);
    const inForce = rulesInForceAt(state, this.now())?.id;
    return {
      versions: state.adopted.map((fact) => versionView(fact, inForce, this.now())).toReversed(),
      review: await this.due(state),
    };
  }

  /** As it was sent, byte by byte: its SHA-256 is the one in the ledger. */
  @Get('versions/:version/text')
  @Requires('catalogue:read')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiOperation({ summary: 'The text of one version of the handling rules' })
  async text(@Param('version', ParseIntPipe) version: number): Promise<string> {
    const { adopted } = await readHandlingRules(this.infrastructure.ledger);
    const text = adopted.find(({ data }) => data.version === version)?.data.text;
    if (text === undefined) {
      throw new ProblemError(
        404,
        'handling-rules-text-unknown',
        'There is no such version, or its text is not kept here',
      );
    }
    return text;
  }

  @Post()
  @Requires('governance:write')
  @ApiOperation({ summary: 'Put the next version of the handling rules in force' })
  async adopt(@Body() body: AdoptHandlingRulesDto, @Commanding() call: CommandCall): Promise<unknown> {
    const { effectiveAt, fileHash, ...stated } = plain(body);
    const own = stated.text === undefined ? undefined : sha256(stated.text);
    const hash = own ?? fileHash;
    if (hash === undefined) throw missing('fileHash', DOCUMENT_WANTED);
    if (fileHash !== undefined && fileHash !== hash) {
      throw new ProblemError(422, 'document-hash-differs', 'The text has another SHA-256 than the one given');
    }
    const { officer } = await readCompanyState(this.infrastructure.ledger);
    const command = {
      kind: 'AdoptHandlingRules',
      ...stated,
      fileHash: hash,
      officerId: officer?.staffId,
      months: await this.months(),
      ...maybeInstant('effectiveAt', effectiveAt),
    } as const;
    return this.commands.carryOut(call, (context) => new OnHandlingRules(command, context));
  }

  @Get('reviews')
  @Requires('governance:read')
  @ApiOperation({ summary: 'Reviews of the handling rules, the newest first, and when the next one is due' })
  @ApiOkResponse({ type: HandlingRulesReviewsAnswer })
  async reviews(): Promise<unknown> {
    const state = await readHandlingRules(this.infrastructure.ledger, ['staff']);
    const names = await this.actors.of(state.reviews.map(({ actor }) => actor));
    return {
      reviews: state.reviews.map((fact) => reviewView(fact, names.get(fact.actor))).toReversed(),
      review: await this.due(state),
    };
  }

  @Post('reviews')
  @Requires('governance:write')
  @ApiOperation({ summary: 'Record a review of the handling rules in force' })
  async review(
    @Body() { outcome, findings, nextBy }: ReviewHandlingRulesDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const reviewId = createdId(contextOf(this.infrastructure.vault, call).commandId, 'review');
    const command = {
      kind: 'ReviewHandlingRules',
      reviewId,
      staffId: call.principal.accountId,
      outcome,
      findings,
      months: await this.months(),
      ...(nextBy !== undefined && { nextBy: periodEndOf(nextBy, 'nextBy') }),
    } as const;
    return this.commands.carryOut(call, (context) => new OnHandlingRules(command, context), { reviewId });
  }

  private async due(
    state: HandlingRulesState,
  ): Promise<{ months: number; dueAt?: string; overdue: boolean }> {
    const dueAt = reviewDue(state)?.by;
    const overdue = dueAt !== undefined && dueAt <= this.now();
    return { months: await this.months(), ...(dueAt !== undefined && { dueAt }), overdue };
  }

  private async months(): Promise<number> {
    return (await readReviewMonths(this.infrastructure.ledger, this.now())).handling;
  }

  private now(): string {
    return this.infrastructure.ledger.clock.now();
  }
}

function versionView(fact: Fact<'HandlingRulesAdopted'>, inForce: string | undefined, now: string): object {
  const { data, effectiveAt, recordedAt, id } = fact;
  const { text, ...stated } = data;
  const state = effectiveAt > now ? 'scheduled' : id === inForce ? 'in-force' : 'superseded';
  return { ...stated, state, hasText: text !== undefined, effectiveAt, recordedAt, eventId: id };
}

function reviewView(fact: Fact<'HandlingRulesReviewed'>, actorName: string | undefined): object {
  const { data, decidedAt: at, actor, id } = fact;
  const { reviewId, version, outcome, findings, nextBy } = data;
  return {
    ...{ reviewId, version, outcome, at, nextBy, actor, eventId: id },
    ...(findings !== undefined && { findings }),
    ...(actorName !== undefined && { actorName }),
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
