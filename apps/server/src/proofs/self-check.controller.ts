import { Controller, Get, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { OncePerKey, ORDERS, Requires, type Orders } from '@enishi/access';
import { handle, SELF_CHECK_STREAM, systemContext } from '@enishi/application';
import { selfCheckDecider, type RecordSelfCheck } from '@enishi/domain';
import { PROJECTIONS } from '@enishi/projections/all';
import type { Projection } from '@enishi/projections/engine';
import { checkViews, selfCheck, type SelfCheck, type ViewCheck } from '@enishi/worker';
import { fieldError, notValid } from '../field-errors';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { describe } from '../described-error';
import { INFRASTRUCTURE } from '../tokens';
import { SelfCheckAnswer, SelfCheckOrderAnswer } from './proofs.answers.dto';
import { SelfCheckQuery } from './proofs.dto';
import { viewCheckView } from './self-check-view';

/** Whether leaves, tree, checkpoints and views are what the events come to. Shows no person. */
@ApiTags('proofs')
@Controller('v1/self-check')
export class SelfCheckController {
  private last: SelfCheckAnswer = { state: 'none', done: 0, total: 0 };

  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    @Inject(ORDERS) private readonly orders: Orders,
  ) {}

  /** Computes the tree and builds the views anew from every event, and compares. What it finds becomes an event. */
  @Post()
  @ApiAcceptedResponse({ type: SelfCheckOrderAnswer })
  @Requires('operate:write')
  @OncePerKey()
  @HttpCode(202)
  begin(@Query() { views }: SelfCheckQuery, @Req() request: object): Promise<unknown> {
    const projections = projectionsNamed(views);
    return this.orders.once(request, async () => {
      if (this.last.state === 'running')
        throw new ProblemError(409, 'self-check-running', 'A self-check is running');
      const running: SelfCheckAnswer = { state: 'running', done: 0, total: 0, at: 'tree' };
      this.last = running;
      void this.carryOut(running, projections);
      return { state: 'running' };
    });
  }

  /** The last self-check that this process ran. */
  @Get()
  @ApiOkResponse({ type: SelfCheckAnswer })
  @Requires('operate:read')
  show(): SelfCheckAnswer {
    return this.last;
  }

  private async carryOut(running: SelfCheckAnswer, projections: readonly Projection[]): Promise<void> {
    const { ledger, pool, logger } = this.infrastructure;
    try {
      const passes = projections.length + 1;
      const tree = await selfCheck(ledger, pool, (done, events) =>
        Object.assign(running, { done, total: events * passes }),
      );
      const views = await this.viewsChecked(running, projections, tree.leaves);
      await handle(
        ledger,
        selfCheckDecider,
        SELF_CHECK_STREAM,
        recordOf(tree, views),
        systemContext('self-check'),
      );
      const { leaves, root, checkpoints, differences } = tree;
      const found = tree.found + views.reduce((sum, view) => sum + view.found, 0);
      const shown = views.map(viewCheckView);
      if (found > 0) logger.error({ found, differences, views: shown }, 'the self-check found differences');
      delete running.at;
      Object.assign(running, { state: 'done', leaves, root, checkpoints, found, differences, views: shown });
    } catch (error) {
      running.state = 'failed';
      logger.error(error instanceof Error ? describe(error) : {}, 'self-check failed; it may be repeated');
    }
  }

  private viewsChecked(
    running: SelfCheckAnswer,
    projections: readonly Projection[],
    leaves: number,
  ): Promise<readonly ViewCheck[]> {
    const { databaseUrl, store, vault } = this.infrastructure;
    const places = new Map(projections.map(({ name }, index) => [name, (index + 1) * leaves]));
    const onProgress = (at: string, events: number) =>
      Object.assign(running, { at, done: (places.get(at) ?? 0) + Math.min(events, leaves) });
    return checkViews({ databaseUrl, store, vault, projections, onProgress });
  }
}

/** @throws ProblemError 400 where one is not the name of a view */
function projectionsNamed(names: string | undefined): readonly Projection[] {
  if (names === undefined) return PROJECTIONS;
  if (names === 'none') return [];
  const wanted = new Set(names.split(','));
  const found = PROJECTIONS.filter(({ name }) => wanted.has(name));
  if (found.length === wanted.size) return found;
  const known = PROJECTIONS.map(({ name }) => name).join(', ');
  throw notValid(
    fieldError('views', 'view', {
      ja: `none、または次の名前をコンマで区切って指定してください: ${known}。`,
      en: `Must be none, or some of these with commas between them: ${known}.`,
    }),
  );
}

function recordOf(tree: SelfCheck, views: readonly ViewCheck[]): RecordSelfCheck {
  const { leaves, root, checkpoints, found: differences } = tree;
  const record = { kind: 'RecordSelfCheck', leaves, root, checkpoints, differences } as const;
  const compared = views.filter(({ state }) => state !== 'other-version');
  if (compared.length === 0) return record;
  const sum = (of: (view: ViewCheck) => number) => compared.reduce((all, view) => all + of(view), 0);
  return {
    ...record,
    views: compared.length,
    rows: sum(({ rows }) => rows),
    rowDifferences: sum(({ found }) => found),
    parkedScopes: sum(({ parked }) => parked.length),
  };
}
