import {
  Controller,
  Get,
  Inject,
  Param,
  ParseIntPipe,
  ParseUUIDPipe,
  Put,
  Query,
  Req,
  UseGuards,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { OncePerKey, Requires } from '@enishi/access';
import { EverybodyGuard } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { fileOf, TakesBytes } from '../readable-body';
import { INFRASTRUCTURE } from '../tokens';
import { ImportScanAnswer, ImportScansAnswer } from './import-scans.answers.dto';
import { FILE_NAME_HEADER, ImportScanUploads, scanView } from './import-scan-uploads';
import { ScansQuery } from './imports.dto';
import { knownImport } from './known-import';

/** Scans that the rows of a file of consents name: handed in one by one, before it is read. */
@ApiTags('imports')
@Controller('v1/imports/:importId/scans')
@Requires('imports:write')
@UseGuards(EverybodyGuard)
export class ImportScansController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly uploads: ImportScanUploads,
  ) {}

  /**
   * Takes a scan in, sealed until the file is imported: PDF, PNG, JPEG or TIFF by its content, 20 MiB at most. Rows
   * find it by its name. Sent again it changes nothing.
   */
  @Put(':number')
  @OncePerKey()
  @TakesBytes()
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiOkResponse({ type: ImportScanAnswer })
  @ApiHeader({
    name: 'Enishi-File-Name',
    required: true,
    description: 'Name of the file as the table writes it, percent-encoded in UTF-8; kept as an HMAC alone',
    schema: { type: 'string', minLength: 1, maxLength: 3000 },
  })
  async take(
    @Param('importId', ParseUUIDPipe) importId: string,
    @Param('number', ParseIntPipe) number: number,
    @Req() request: FastifyRequest,
  ): Promise<ImportScanAnswer> {
    const source = fileOf(request.body);
    return this.uploads.take(importId, number, request.headers[FILE_NAME_HEADER], source, request);
  }

  /** What was handed in, by number; after the reading also whether a row names it. Names are not kept. */
  @Get()
  @ApiOkResponse({ type: ImportScansAnswer })
  async list(
    @Param('importId', ParseUUIDPipe) importId: string,
    @Query() { after = 0, limit = 100, unused = false }: ScansQuery,
  ): Promise<ImportScansAnswer> {
    const { jobs, scans } = this.infrastructure;
    await knownImport(jobs, importId);
    const rows = await scans.list(importId, after, limit);
    const shown = unused ? rows.filter(({ used }) => used === false) : rows;
    return {
      ...(await scans.totals(importId)),
      items: shown.map(scanView),
      ...(rows.length === limit && { next: rows.at(-1)!.number }),
    };
  }
}
