import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AccessLog,
  CurrentPrincipal,
  OpensPersonalData,
  readsOf,
  Requires,
  type Principal,
} from '@enishi/access';
import {
  readConsentHistory,
  streamConsentHistory,
  type ConsentEntry,
} from '@enishi/projections/consent-history/query';
import { PersonReader } from '../alumni/person-reader';
import { openCursor, sealCursor } from '../cursor';
import type { Infrastructure } from '../infrastructure';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { scopeOf } from './audit.controller';
import { ConsentHistoryQuery, ExportQuery } from './audit.dto';
import { csvLines, encoderOf } from './consent-csv';
import { ConsentHistoryAnswer } from './audit.answers.dto';

const VIEW = 'consent-history';

/** The history of consents: ids, versions and times; opens nothing. */
@ApiTags('audit')
@Controller('v1/consent-history')
@Requires('consents:read')
export class ConsentHistoryController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly reads: ViewReads,
    private readonly people: PersonReader,
    private readonly accessLog: AccessLog,
  ) {}

  @Get()
  @ApiOkResponse({ type: ConsentHistoryAnswer })
  @OpensPersonalData(VIEW)
  async list(
    @Query() query: ConsentHistoryQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    await this.people.mayReadRecords(principal, query.alumnusId);
    await this.reads.caughtUp(request, VIEW, query.alumnusId);
    const { pool, vault } = this.infrastructure;
    const cursor =
      query.cursor === undefined
        ? undefined
        : openCursor<{ position: string }>(vault, 'consents', query.cursor);
    const limit = query.limit ?? 100;
    const page = await readConsentHistory(pool, { ...scopeOf(query), limit, ...(cursor && { cursor }) });
    readsOf(request).add(...page.rows.map(({ alumnusId }) => alumnusId));
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
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await this.people.mayReadRecords(principal, query.alumnusId);
    await this.reads.caughtUp(request, VIEW, query.alumnusId);
    const { pool } = this.infrastructure;
    const pages = this.logged(streamConsentHistory(pool, scopeOf(query)), principal, request);
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

  /** Each page has its entry in the access log before it leaves. */
  private async *logged(
    pages: AsyncIterable<readonly ConsentEntry[]>,
    principal: Principal,
    request: FastifyRequest,
  ): AsyncGenerator<readonly ConsentEntry[]> {
    for await (const page of pages) {
      await this.accessLog.record({
        principal,
        route: 'GET /v1/consent-history/export',
        view: VIEW,
        fields: [],
        personIds: [...new Set(page.map(({ alumnusId }) => alumnusId))],
        correlationId: request.id,
      });
      yield page;
    }
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
