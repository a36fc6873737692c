import { createHash } from 'node:crypto';
import {
  Controller,
  Get,
  Header,
  Inject,
  Param,
  ParseUUIDPipe,
  Post,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OncePerKey, OpensPersonalData, ORDERS, readsOf, Requires, type Orders } from '@enishi/access';
import { EverybodyGuard } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { artefactBytes, TakesBytes } from '../readable-body';
import { INFRASTRUCTURE } from '../tokens';
import { RequestReader } from './request-reader';

/** Letters, answers and receipts of a request; of documents that show who somebody is, no copy is kept. */
@ApiTags('requests')
@Controller('v1/requests/:requestId/artefacts')
@UseGuards(EverybodyGuard)
export class RequestFilesController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    @Inject(ORDERS) private readonly orders: Orders,
    private readonly requests: RequestReader,
  ) {}

  /** Keeps a file, sealed under the key of the request, to be named in one of its steps. */
  @Post()
  @Requires('requests:write')
  @OncePerKey()
  @TakesBytes()
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async keep(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    await this.requests.known(requestId);
    const bytes = await artefactBytes(request.body);
    const { artefacts } = this.infrastructure.vault;
    return this.orders.once(request, () => artefacts.put(`request:${requestId}`, 'request-record', bytes), {
      body: createHash('sha256').update(bytes).digest('hex'),
    });
  }

  /** Gives a file back as it was kept. */
  @Get(':artefactId')
  @Requires('requests:read')
  @OpensPersonalData('artefact')
  @Header('cache-control', 'no-store')
  @Header('content-type', 'application/octet-stream')
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async file(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Param('artefactId', ParseUUIDPipe) artefactId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Uint8Array> {
    const { state } = await this.requests.known(requestId);
    const { artefacts } = this.infrastructure.vault;
    const subject = `request:${requestId}` as const;
    if ((await artefacts.sealedHash(subject, artefactId)) === undefined) {
      throw new ProblemError(404, 'artefact-unknown', 'There is no such file of this request');
    }
    const bytes = await artefacts.get(subject, artefactId);
    readsOf(request)
      .add(state.alumnusId ?? requestId)
      .fields('artefact');
    void reply.header('content-disposition', `attachment; filename="${artefactId}.bin"`);
    return bytes;
  }
}
