import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AccessLog,
  AccessLogReader,
  CurrentPrincipal,
  Requires,
  type AccessLogEntry,
  type AccessLogQuestion,
  type Principal,
} from '@enishi/access';
import { checkAccessLog } from '../access-digest-check';
import { PersonReader } from '../alumni/person-reader';
import { listOf, openCursor, sealCursor } from '../cursor';
import { coversEverybody, EverybodyGuard } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { instantOf, periodEndOf } from '../instants';
import { INFRASTRUCTURE } from '../tokens';
import { accessCsvLines, inCp932, type NamedEntry } from './access-csv';
import {
  AccessLogAnswer,
  AccessLogCheckAnswer,
  AccessLogExportQuery,
  AccessLogQuery,
  PeriodQuery,
} from './access-log.dto';
import { ActorNames } from './actor-names';
import { encoderOf } from './table-export';

/** The access log: who opened what of whom, when and why. Reading it leaves an entry in it. */
@ApiTags('audit')
@Controller('v1/access-log')
@Requires('audit:read')
export class AccessLogController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly log: AccessLog,
    private readonly reader: AccessLogReader,
    private readonly people: PersonReader,
    private readonly actors: ActorNames,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Who opened what of whom, the latest first' })
  @ApiOkResponse({ type: AccessLogAnswer })
  async list(
    @Query() query: AccessLogQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const { vault } = this.infrastructure;
    const question = await this.questionOf(query, principal);
    const list = listOf('access-log', question);
    const before =
      query.cursor === undefined
        ? undefined
        : openCursor<{ at: string; id: string }>(vault, list, query.cursor);
    const { entries, next } = await this.reader.page(question, query.limit ?? 50, before);
    const answer = await this.named(entries, principal, question);
    await this.note('GET /v1/access-log', question, principal, request);
    return { entries: answer, ...(next && { cursor: sealCursor(vault, list, next) }) };
  }

  /** The same as a file: CSV (UTF-8 with BOM, or CP932), one line for each person of an entry; or JSON Lines. */
  @Get('export')
  @ApiOperation({ summary: 'Who opened what of whom, as a file' })
  @ApiProduces('text/csv', 'application/x-ndjson')
  async export(
    @Query() query: AccessLogExportQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const question = await this.questionOf(query, principal);
    await this.note('GET /v1/access-log/export', question, principal, request);
    const { format, encoding = 'utf-8' } = query;
    const pages = this.namedPages(question, principal);
    const cp932 = format === 'csv' && encoding === 'cp932';
    const lines = accessCsvLines(pages);
    const body = format === 'csv' ? encoderOf(encoding)(cp932 ? inCp932(lines) : lines) : jsonLines(pages);
    const charset = cp932 ? 'Shift_JIS' : 'utf-8';
    await reply
      .header('content-type', format === 'csv' ? `text/csv; charset=${charset}` : 'application/x-ndjson')
      .header('content-disposition', `attachment; filename="access-log.${format}"`)
      .header('cache-control', 'no-store')
      .send(Readable.from(body));
  }

  @Get('check')
  @UseGuards(EverybodyGuard)
  @ApiOperation({ summary: 'The access log compared with its hourly digests in the ledger' })
  @ApiOkResponse({ type: AccessLogCheckAnswer })
  async check(@Query() { from, to }: PeriodQuery): Promise<AccessLogCheckAnswer> {
    const { wrong, ...counts } = await checkAccessLog(this.infrastructure, {
      from: from === undefined ? -Infinity : Date.parse(instantOf(from, 'from')),
      until: to === undefined ? Infinity : Date.parse(instantOf(to, 'to', 'end')),
    });
    return { ...counts, wrong: [...wrong] };
  }

  private async questionOf(
    { alumnusId, actor, accountId, route, view, aboutId, from, to }: Omit<AccessLogQuery, 'cursor' | 'limit'>,
    principal: Principal,
  ): Promise<AccessLogQuestion> {
    await this.people.mayReadRecords(principal, alumnusId);
    return {
      ...(alumnusId !== undefined && { personId: alumnusId.toLowerCase() }),
      ...(actor !== undefined && { actor }),
      ...(accountId !== undefined && { accountId }),
      ...(route !== undefined && { route }),
      ...(view !== undefined && { view }),
      ...(aboutId !== undefined && { aboutId }),
      ...(from !== undefined && { from: instantOf(from, 'from') }),
      ...(to !== undefined && { until: periodEndOf(to, 'to') }),
    };
  }

  /** The entry about this reading, before it leaves: also where it is about nobody in particular. */
  private async note(
    route: string,
    { personId, ...others }: AccessLogQuestion,
    principal: Principal,
    { id }: FastifyRequest,
  ): Promise<void> {
    await this.log.record({
      principal,
      route,
      view: 'access-log',
      fields: Object.keys(others).sort(),
      personIds: personId === undefined ? [] : [personId],
      correlationId: id,
    });
  }

  private async *namedPages(
    question: AccessLogQuestion,
    principal: Principal,
  ): AsyncGenerator<readonly NamedEntry[]> {
    for await (const page of this.reader.pages(question)) yield this.named(page, principal, question);
  }

  private async named(
    entries: readonly AccessLogEntry[],
    principal: Principal,
    { personId }: AccessLogQuestion,
  ): Promise<readonly NamedEntry[]> {
    const named = entries.flatMap(({ actor, aboutId }) => [actor, ...(aboutId ? [`staff:${aboutId}`] : [])]);
    const names = await this.actors.of(named);
    // Who is granted some people is not told whom else an entry was about.
    const shown = personId === undefined || coversEverybody(principal) ? undefined : [personId];
    return entries.map((entry) => {
      const actorName = names.get(entry.actor);
      const aboutName = entry.aboutId === undefined ? undefined : names.get(`staff:${entry.aboutId}`);
      return {
        ...entry,
        personIds: shown ?? entry.personIds,
        ...(actorName !== undefined && { actorName }),
        ...(aboutName !== undefined && { aboutName }),
      };
    });
  }
}

async function* jsonLines(pages: AsyncIterable<readonly NamedEntry[]>): AsyncGenerator<string> {
  for await (const page of pages) yield page.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}
