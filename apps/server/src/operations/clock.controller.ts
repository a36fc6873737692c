import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '@enishi/access';
import { CLOCK_STREAM, handle } from '@enishi/application';
import { clockDecider, tokyoDay } from '@enishi/domain';
import { readClock } from '@enishi/worker';
import { answer, Commanding, contextOf, type CommandCall } from '../command';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { ClockAnswer, ConfirmClockDto } from './reactor.answers.dto';

/** The clock that lets days begin, for operators. */
@ApiTags('operations')
@Controller('v1/clock')
export class ClockController {
  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  @Get()
  @Requires('operate:read')
  @ApiOperation({ summary: 'What time it is here, and whether it is believed' })
  @ApiOkResponse({ type: ClockAnswer })
  async show(): Promise<ClockAnswer> {
    const { pool, ledger } = this.infrastructure;
    const now = ledger.clock.now();
    const { asksSince, seen } = await readClock(pool);
    return {
      now,
      day: tokyoDay(now),
      asks: asksSince !== undefined,
      ...(asksSince !== undefined && { asksSince }),
      ...(seen !== undefined && { seen }),
    };
  }

  /** A clock that is ahead without having jumped, since the server was off, is confirmed in the same way. */
  @Post('confirmations')
  @HttpCode(200)
  @Requires('operate:write')
  @ApiOperation({ summary: 'Say which day it is, where the clock asks: what waits for days goes on' })
  async confirm(@Body() { day }: ConfirmClockDto, @Commanding() call: CommandCall): Promise<unknown> {
    const { pool, ledger, vault } = this.infrastructure;
    const asked = (await readClock(pool)).asksSince !== undefined;
    const command = { kind: 'ConfirmClock', day, asked } as const;
    return answer(call, await handle(ledger, clockDecider, CLOCK_STREAM, command, contextOf(vault, call)));
  }
}
