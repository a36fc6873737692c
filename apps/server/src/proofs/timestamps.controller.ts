import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from '@enishi/access';
import { newestStamped, type StampedCheckpoint } from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { StampedCheckpointAnswer } from './proofs.answers.dto';

const REPLY = 'application/timestamp-reply';

/** The time of a checkpoint, by an authority outside. */
@ApiTags('proofs')
@Controller()
@Public('the time of a checkpoint, by somebody whom others trust; it names no person')
export class TimestampsController {
  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  /** What the authority answered for the newest checkpoint that it stamped (RFC 3161 TimeStampResp). */
  @Get('checkpoint/timestamp')
  @Header('content-type', REPLY)
  @Header('cache-control', 'no-cache')
  @ApiProduces(REPLY)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async answer(): Promise<Uint8Array> {
    return (await this.newest()).answer;
  }

  /** The same with the checkpoint. */
  @Get('v1/checkpoint-timestamp')
  @ApiOkResponse({ type: StampedCheckpointAnswer })
  async stamped(): Promise<StampedCheckpointAnswer> {
    const { size, note, stampedAt, authority, answer } = await this.newest();
    const asText = { stampedAt: stampedAt.toISOString(), answer: Buffer.from(answer).toString('base64') };
    return { size, authority, note, ...asText };
  }

  private async newest(): Promise<StampedCheckpoint> {
    const stamped = await newestStamped(this.infrastructure.pool);
    if (stamped) return stamped;
    throw new ProblemError(404, 'timestamp-none', 'No checkpoint has been stamped with the time');
  }
}
