import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { Public } from '@enishi/access';
import { publishedTile } from '@enishi/worker';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';

const BYTES = 'application/octet-stream';
const BINARY = { schema: { type: 'string', format: 'binary' } };
/** A tile never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';

type Parts = Readonly<Record<string, string>>;

/** The tree as tiles of 256 hashes (C2SP tlog-tiles), from which anybody can make any proof. */
@ApiTags('proofs')
@Controller('tile')
@Public('hashes of events, under which nothing can be looked up')
export class TilesController {
  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  /** A full tile of the first thousand. */
  @Get(':level/:n')
  @Header('cache-control', FOR_EVER)
  @Header('content-type', BYTES)
  @ApiProduces(BYTES)
  @ApiOkResponse(BINARY)
  full(@Param('level') level: string, @Param('n') n: string): Promise<Uint8Array> {
    return this.read([level, n]);
  }

  /** A full tile behind those, `x001/234`; or a partial one of the first thousand, `000.p/17`. */
  @Get(':level/:m/:n')
  @Header('cache-control', FOR_EVER)
  @Header('content-type', BYTES)
  @ApiProduces(BYTES)
  @ApiOkResponse(BINARY)
  fullOrPartial(
    @Param('level') level: string,
    @Param('m') m: string,
    @Param('n') n: string,
  ): Promise<Uint8Array> {
    return this.read([level, m, n]);
  }

  /** A partial tile behind the first thousand, `x001/234.p/17`. */
  @Get(':level/:m/:n/:width')
  @Header('cache-control', FOR_EVER)
  @Header('content-type', BYTES)
  @ApiProduces(BYTES)
  @ApiOkResponse(BINARY)
  partial(@Param() { level, m, n, width }: Parts): Promise<Uint8Array> {
    return this.read([level!, m!, n!, width!]);
  }

  private async read(parts: readonly string[]): Promise<Uint8Array> {
    const tile = await publishedTile(this.infrastructure.pool, `tile/${parts.join('/')}`);
    if (tile !== undefined) return tile;
    throw new ProblemError(404, 'tile-unknown', 'There is no such tile under the newest checkpoint');
  }
}
