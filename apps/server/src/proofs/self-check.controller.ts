import { Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { OncePerKey, ORDERS, Requires, type Orders } from '@enishi/access';
import { handle, SELF_CHECK_STREAM, systemContext } from '@enishi/application';
import { selfCheckDecider } from '@enishi/domain';
import { selfCheck } from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { describe } from '../problem.filter';
import { INFRASTRUCTURE } from '../tokens';
import { SelfCheckAnswer, SelfCheckOrderAnswer } from './proofs.answers.dto';

/** Whether leaves, tree and checkpoints are what the events come to. Shows no person. */
@ApiTags('proofs')
@Controller('v1/self-check')
export class SelfCheckController {
  private last: SelfCheckAnswer = { state: 'none', done: 0, total: 0 };

  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    @Inject(ORDERS) private readonly orders: Orders,
  ) {}

  /** Computes the tree anew from every event and compares. What it finds becomes an event. */
  @Post()
  @ApiAcceptedResponse({ type: SelfCheckOrderAnswer })
  @Requires('operate:write')
  @OncePerKey()
  @HttpCode(202)
  begin(@Req() request: object): Promise<unknown> {
    return this.orders.once(request, async () => {
      if (this.last.state === 'running')
        throw new ProblemError(409, 'self-check-running', 'A self-check is running');
      const running: SelfCheckAnswer = { state: 'running', done: 0, total: 0 };
      this.last = running;
      void this.carryOut(running);
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

  private async carryOut(running: SelfCheckAnswer): Promise<void> {
    const { ledger, pool, logger } = this.infrastructure;
    try {
      const progress = (done: number, total: number) => Object.assign(running, { done, total });
      const { leaves, root, checkpoints, found, differences } = await selfCheck(ledger, pool, progress);
      const command = { kind: 'RecordSelfCheck', leaves, root, checkpoints, differences: found } as const;
      await handle(ledger, selfCheckDecider, SELF_CHECK_STREAM, command, systemContext('self-check'));
      if (found > 0) logger.error({ found, differences }, 'the self-check found differences');
      Object.assign(running, { state: 'done', leaves, root, checkpoints, found, differences });
    } catch (error) {
      running.state = 'failed';
      logger.error(error instanceof Error ? describe(error) : {}, 'self-check failed; it may be repeated');
    }
  }
}
