import { Controller, Get, Header, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from '@enishi/access';
import { publishedCheckpoints } from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { newestCheckpoint } from './covering';
import { CheckpointsAnswer } from './proofs.answers.dto';
import { CheckpointsQuery } from './proofs.dto';

const TEXT = 'text/plain; charset=utf-8';
const WHY = 'whoever keeps a copy of it can tell later whether the ledger was rewritten; it names no person';
const PAGE = 50;

/** Signed heads of the tree over all events, for everybody to keep. */
@ApiTags('proofs')
@Controller()
@Public(WHY)
export class CheckpointsController {
  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  /** The newest signed checkpoint, at an address that stays (C2SP tlog-tiles). */
  @Get('checkpoint')
  @Header('content-type', TEXT)
  @Header('cache-control', 'no-cache')
  @ApiProduces('text/plain')
  @ApiOkResponse({ schema: { type: 'string' } })
  async newest(): Promise<string> {
    return (await newestCheckpoint(this.infrastructure.pool)).note;
  }

  /** Every checkpoint, the newest first. */
  @Get('v1/checkpoints')
  @ApiOkResponse({ type: CheckpointsAnswer })
  async list(@Query() { below, limit = PAGE }: CheckpointsQuery): Promise<CheckpointsAnswer> {
    const found = await publishedCheckpoints(this.infrastructure.pool, {
      limit: limit + 1,
      ...(below !== undefined && { below }),
    });
    const page = found.slice(0, limit);
    return {
      checkpoints: page.map(({ size, root, signedAt, eventId, note }) => ({
        size,
        root: Buffer.from(root).toString('base64'),
        signedAt: signedAt.toISOString(),
        eventId,
        note,
      })),
      ...(found.length > limit && { below: page.at(-1)!.size }),
    };
  }
}
