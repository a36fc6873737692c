import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Requires } from '@enishi/access';
import {
  readConsentHistory,
  streamConsentHistory,
  type ConsentEntry,
} from '@enishi/projections/consent-history/query';
import { openCursor, sealCursor } from '../cursor';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { scopeOf } from './audit.controller';
import { ConsentHistoryQuery, ExportQuery } from './audit.dto';
import { csvLines, encoderOf } from './consent-csv';

/** The history of consents: ids, versions and times; opens nothing. */
@ApiTags('audit')
@Controller('v1/consent-history')
@Requires('consents:read')
export class ConsentHistoryController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly reads: ViewReads,
  ) {}

  @Get()
  async list(@Query() query: ConsentHistoryQuery, @Req() request: FastifyRequest): Promise<unknown> {
    await this.reads.caughtUp(request, 'consent-history', query.alumnusId);
    const { pool, vault } = this.infrastructure;
    const cursor =
      query.cursor === undefined
        ? undefined
        : openCursor<{ position: string }>(vault, 'consents', query.cursor);
    const limit = query.limit ?? 100;
    const page = await readConsentHistory(pool, { ...scopeOf(query), limit, ...(cursor && { cursor }) });
    return {
      rows: page.rows.map(entryView),
      ...(page.next && { cursor: sealCursor(vault, 'consents', page.next) }),
    };
  }

  /** The whole answer as a file: CSV (UTF-8 with BOM, or CP932) or JSON Lines. */
  @Get('export')
  @ApiProduces('text/csv', 'application/x-ndjson')
  async export(
    @Query() query: ExportQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.reads.caughtUp(request, 'consent-history', query.alumnusId);
    const { pool } = this.infrastructure;
    const pages = streamConsentHistory(pool, scopeOf(query));
    const encoding = query.encoding ?? 'utf-8';
    const csv = query.format === 'csv';
    const body = csv ? encoderOf(encoding)(csvLines(pages)) : jsonLines(pages);
    const charset = csv && encoding === 'cp932' ? 'Shift_JIS' : 'utf-8';
    await reply
      .header('content-type', csv ? `text/csv; charset=${charset}` : 'application/x-ndjson')
      .header('content-disposition', `attachment; filename="consent-history.${csv ? 'csv' : 'jsonl'}"`)
      .header('cache-control', 'no-store')
      .send(Readable.from(body));
  }
}

/** An entry with its position as text, for JSON. */
export function entryView(entry: ConsentEntry): Record<string, unknown> {
  return { ...entry, position: String(entry.position) };
}

async function* jsonLines(pages: AsyncIterable<readonly ConsentEntry[]>): AsyncGenerator<string> {
  for await (const page of pages)
    yield `${page.map((entry) => JSON.stringify(entryView(entry))).join('\n')}\n`;
}
