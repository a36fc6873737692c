import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Requires } from '@enishi/access';
import { receiverStates } from '@enishi/worker';
import { knownReceivers } from '../checkpoint-receivers';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { ReceiversAnswer } from './proofs.answers.dto';

/** Who outside is handed checkpoints. */
@ApiTags('proofs')
@Controller('v1/checkpoint-receivers')
export class ReceiversController {
  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  /** Who is configured, how far each is, and what keeps it from more. */
  @Get()
  @Requires('operate:read')
  @ApiOkResponse({ type: ReceiversAnswer })
  async list(): Promise<ReceiversAnswer> {
    const { config, pool } = this.infrastructure;
    const states = await receiverStates(pool, knownReceivers(config, pool));
    return {
      receivers: states.map(({ acceptedAt, nextAt, ...rest }) => ({
        ...rest,
        ...(acceptedAt && { acceptedAt: acceptedAt.toISOString() }),
        ...(nextAt && { nextAt: nextAt.toISOString() }),
      })),
    };
  }
}
