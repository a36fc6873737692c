import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, ParseUUIDPipe, Req, Res, UseGuards } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessLog, CurrentPrincipal, Requires, type Principal } from '@enishi/access';
import type { Fact } from '@enishi/domain';
import { XLSX } from '../audit/table-export';
import { EverybodyGuard } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { rangeOf, type Span } from './byte-range';
import { ExportKeeper } from './export-keeper';

const PIECE = 256 * 1024;
const TYPES = {
  csv: 'text/csv',
  jsonl: 'application/x-ndjson',
  xlsx: XLSX,
  pdf: 'application/pdf',
  bundle: 'application/zip',
} as const;

/** The finished file of an export, once it has been handed over. */
@ApiTags('exports')
@Controller('v1/exports/:exportId/file')
@Requires('exports:request')
@UseGuards(EverybodyGuard)
export class ExportFileController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly keeper: ExportKeeper,
    private readonly accessLog: AccessLog,
  ) {}

  /** By who asked for it, or who may approve it. A download that broke off goes on with `Range` (RFC 9110, 14.2). */
  @Get()
  @ApiOperation({ summary: 'Download the file, all of it or from any place on' })
  @ApiProduces('text/csv', 'application/x-ndjson', XLSX, 'application/pdf', 'application/zip')
  @ApiHeader({ name: 'Range', description: 'One range of bytes', schema: { type: 'string' } })
  async download(
    @Param('exportId', ParseUUIDPipe) exportId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const state = await this.keeper.handled(principal, exportId);
    await this.keeper.refuseErased(state, exportId);
    const { completed, request: asked, standing } = state;
    if (completed === undefined || standing !== 'handed-over') throw notThere(standing);
    const etag = `"${completed.id}"`;
    const { bytes } = completed.data;
    const ifRange = request.headers['if-range'];
    const span =
      ifRange === undefined || ifRange === etag ? rangeOf(request.headers.range, bytes) : undefined;
    if (span === 'unsatisfiable') {
      const title = 'The file has no such range of bytes';
      throw new ProblemError(
        416,
        'range-not-satisfiable',
        title,
        {},
        { 'content-range': `bytes */${bytes}` },
      );
    }
    const { from, length } = span ?? { from: 0, length: bytes };
    const first = await this.read(exportId, bytes, { from, length: Math.min(length, PIECE) });
    await this.note(exportId, principal, request);
    const { format, content } = asked!.data;
    const extension = format === 'bundle' ? 'zip' : format;
    await reply
      .status(span === undefined ? 200 : 206)
      .header('content-type', typeOf(asked!))
      .header('content-length', length)
      .header('content-disposition', `attachment; filename="${content}-${exportId.slice(0, 8)}.${extension}"`)
      .header('accept-ranges', 'bytes')
      .header('etag', etag)
      .header('cache-control', 'no-store')
      .headers(span === undefined ? {} : { 'content-range': `bytes ${from}-${from + length - 1}/${bytes}` })
      .send(Readable.from(this.pieces(exportId, bytes, { from, length }, first)));
  }

  private async *pieces(exportId: string, bytes: number, { from, length }: Span, first: Buffer) {
    yield first;
    const file = this.infrastructure.exportFiles.anywhere(exportId, bytes);
    const end = from + length;
    for (let at = from + first.length; at < end; at += PIECE) {
      yield await file.read(at, Math.min(PIECE, end - at));
    }
  }

  /** @throws ProblemError 410 where the file is gone from the disk: a home that was not restored, or not shared */
  private async read(exportId: string, bytes: number, { from, length }: Span): Promise<Buffer> {
    try {
      return Buffer.from(await this.infrastructure.exportFiles.anywhere(exportId, bytes).read(from, length));
    } catch {
      throw new ProblemError(410, 'export-file-missing', 'The file is not there any more: ask for it anew');
    }
  }

  /** Each download has its entry; whom the file is about stands in those of its making, and in the ledger. */
  private async note(exportId: string, principal: Principal, { id }: FastifyRequest): Promise<void> {
    await this.accessLog.record({
      principal,
      route: 'GET /v1/exports/:exportId/file',
      view: 'export-file',
      fields: [`export:${exportId}`],
      personIds: [],
      correlationId: id,
    });
  }
}

function typeOf({ data: { format, encoding = 'utf-8' } }: Fact<'ExportRequested'>): string {
  if (format !== 'csv') return TYPES[format];
  return `${TYPES.csv}; charset=${encoding === 'cp932' ? 'Shift_JIS' : 'utf-8'}`;
}

function notThere(standing: string | undefined): ProblemError {
  const title = 'There is nothing to download: the file is not handed over, or is gone';
  return new ProblemError(409, 'export-not-handed-over', title, { standing });
}
