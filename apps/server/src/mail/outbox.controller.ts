import { Body, Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OncePerKey, ORDERS, Requires, type Orders } from '@enishi/access';
import { Outbox } from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { mailOf } from './mail';
import { OutboxAnswer, RetriedAnswer, RetryLettersDto } from './outbox.dto';

/** Letters that leave by mail, for operators. Shows neither address nor text. */
@ApiTags('operations')
@Controller('v1/outbox')
export class OutboxController {
  private readonly outbox: Outbox;

  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    @Inject(ORDERS) private readonly orders: Orders,
  ) {
    this.outbox = new Outbox(infrastructure.pool);
  }

  @Get()
  @Requires('operate:read')
  @ApiOperation({ summary: 'Letters that wait, were sent, or could not be' })
  @ApiOkResponse({ type: OutboxAnswer })
  async show(): Promise<unknown> {
    const [counts, letters] = await Promise.all([this.outbox.counts(), this.outbox.newest(100)]);
    return { mail: mailOf(this.infrastructure.config), counts, letters };
  }

  @Post('retries')
  @HttpCode(200)
  @Requires('operate:write')
  @OncePerKey()
  @ApiOperation({ summary: 'Try letters again that failed, or of which nobody knows whether they went' })
  @ApiOkResponse({ type: RetriedAnswer })
  retry(@Body() { state }: RetryLettersDto, @Req() request: object): Promise<unknown> {
    return this.orders.once(request, async () => ({ retried: await this.outbox.retry(state) }));
  }
}
