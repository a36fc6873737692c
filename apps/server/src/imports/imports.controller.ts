import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  ParseUUIDPipe,
  Post,
  Put,
  Query,
  Req,
  UseGuards,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { OncePerKey, ORDERS, Requires, type Orders } from '@enishi/access';
import type { ImportJob } from '@enishi/application';
import { ActorNames } from '../audit/actor-names';
import { INFRASTRUCTURE } from '../tokens';
import { EverybodyGuard } from '../everybody.guard';
import { contextOf, Keyed, type CommandRequest } from '../command';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { fileOf, TakesBytes } from '../readable-body';
import { ImportRunner } from './import-runner';
import { ImportUploads } from './import-uploads';
import { SHEET_HEADER, sheetOf } from './import-file';
import { CONTENT_HEADER, kindOf } from './import-kinds';
import { remapped, requireComplete } from './import-mapping';
import { knownImport } from './known-import';
import { problemMessages, viewOf, type Beside } from './import-view';
import { MapImportDto, ProblemsQuery } from './imports.dto';
import { ImportAnswer, ImportProblemsAnswer, ImportsAnswer } from './imports.answers.dto';

/** Leavers' files: upload, mapping, dry run, run, problems. */
@ApiTags('imports')
@Controller('v1')
@Requires('imports:write')
@UseGuards(EverybodyGuard)
export class ImportsController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly runner: ImportRunner,
    private readonly uploads: ImportUploads,
    private readonly actors: ActorNames,
    @Inject(ORDERS) private readonly orders: Orders,
  ) {}

  /** Takes a file in and says how it would be read. Nothing is imported yet. */
  @Post('imports')
  @ApiCreatedResponse({ type: ImportAnswer })
  @TakesBytes()
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiHeader({
    name: 'Enishi-Sheet',
    description: 'Of a workbook: name or number of the sheet, percent-encoded in UTF-8',
    schema: { type: 'string', minLength: 1, maxLength: 300 },
  })
  @ApiHeader({
    name: 'Enishi-Content',
    description: 'What the file is about',
    schema: { type: 'string', enum: ['leavers', 'consents'], default: 'leavers' },
  })
  async upload(@Req() request: FastifyRequest, @Keyed() commanding: CommandRequest): Promise<unknown> {
    const source = fileOf(request.body);
    const sheet = sheetOf(request.headers[SHEET_HEADER]);
    const kind = kindOf(request.headers[CONTENT_HEADER]);
    const context = contextOf(this.infrastructure.vault, { ...commanding, body: null });
    return this.view(await this.uploads.take(source, context, sheet, kind));
  }

  @Get('imports')
  @Requires('imports:read')
  @ApiOkResponse({ type: ImportsAnswer })
  async list(): Promise<unknown> {
    const jobs = await this.infrastructure.jobs.list();
    const beside = await this.beside(jobs);
    return { imports: jobs.map((job) => viewOf(job, beside)) };
  }

  @Get('imports/:importId')
  @Requires('imports:read')
  @ApiOkResponse({ type: ImportAnswer })
  async one(@Param('importId', ParseUUIDPipe) importId: string): Promise<unknown> {
    return this.view(await this.job(importId));
  }

  /** Changes what the columns fill; a run before it must be repeated. */
  @Put('imports/:importId/mapping')
  @ApiOkResponse({ type: ImportAnswer })
  @OncePerKey()
  async map(
    @Param('importId', ParseUUIDPipe) importId: string,
    @Body() body: MapImportDto,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    return this.orders.once(request, async () => {
      const { jobs } = this.infrastructure;
      const job = await this.job(importId);
      const saved =
        body.saved === undefined
          ? undefined
          : (await jobs.savedMappings()).find((m) => m.name === body.saved);
      if (body.saved !== undefined && saved === undefined) {
        throw new ProblemError(404, 'mapping-unknown', 'There is no saved mapping of this name');
      }
      const { mapping, options } = remapped(job, body, saved);
      if (!(await jobs.map(importId, mapping, options))) throw busy();
      if (body.saveAs !== undefined) await jobs.saveMapping(body.saveAs, mapping, options);
      return viewOf(await this.job(importId));
    });
  }

  /** Reads the whole file and reports, without importing anything. */
  @Post('imports/:importId/dry-run')
  @ApiAcceptedResponse({ type: ImportAnswer })
  @HttpCode(202)
  async dryRun(
    @Param('importId', ParseUUIDPipe) importId: string,
    @Keyed() commanding: CommandRequest,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    return this.start(importId, commanding, request, true);
  }

  /** Imports. The same file twice changes nothing. */
  @Post('imports/:importId/run')
  @ApiAcceptedResponse({ type: ImportAnswer })
  @HttpCode(202)
  async run(
    @Param('importId', ParseUUIDPipe) importId: string,
    @Keyed() commanding: CommandRequest,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    return this.start(importId, commanding, request, false);
  }

  /** Stops it where it is and drops the staged file. What was imported stays. */
  @Delete('imports/:importId')
  @ApiOkResponse({ type: ImportAnswer })
  @OncePerKey()
  async cancel(
    @Param('importId', ParseUUIDPipe) importId: string,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    return this.orders.once(request, async () => {
      await this.job(importId);
      await this.runner.cancel(importId);
      return viewOf(await this.job(importId));
    });
  }

  @Get('imports/:importId/problems')
  @Requires('imports:read')
  @ApiOkResponse({ type: ImportProblemsAnswer })
  async problems(
    @Param('importId', ParseUUIDPipe) importId: string,
    @Query() query: ProblemsQuery,
  ): Promise<unknown> {
    await this.job(importId);
    const { after = 0, limit = 100, severity } = query;
    const rows = await this.infrastructure.jobs.problems(importId, after, limit, severity);
    const problems = rows.map((row) => ({
      ...row,
      messages: problemMessages(row.code, row.params as Record<string, number>),
    }));
    return { problems, ...(rows.length === limit && { next: rows.at(-1)?.number }) };
  }

  @Get('import-mappings')
  async mappings(): Promise<unknown> {
    const saved = await this.infrastructure.jobs.savedMappings();
    return {
      mappings: saved.map(({ name, mapping, options, savedAt }) => ({
        name,
        columns: mapping,
        ...options,
        savedAt,
      })),
    };
  }

  /** Answers the import as it is now, also to a repeat: it is what the caller waits for. */
  private async start(
    importId: string,
    commanding: CommandRequest,
    request: FastifyRequest,
    dryRun: boolean,
  ): Promise<unknown> {
    let repeated = true;
    await this.orders.once(request, async () => {
      repeated = false;
      await this.begin(importId, commanding, dryRun);
    });
    const { state } = await this.job(importId);
    // A server that stopped meanwhile left it where it was; the order still stands.
    if (repeated && state === 'interrupted') await this.begin(importId, commanding, dryRun);
    return this.view(await this.job(importId));
  }

  private async begin(importId: string, commanding: CommandRequest, dryRun: boolean): Promise<void> {
    const { jobs, vault } = this.infrastructure;
    const job = await this.job(importId);
    requireComplete(job);
    if (job.state === 'done') throw finished();
    const startable = ['staged', 'checked', 'failed', 'interrupted'] as const;
    if (!(await jobs.move(importId, startable, dryRun ? 'checking' : 'running'))) throw busy();
    this.runner.start(job, contextOf(vault, { ...commanding, body: null }), dryRun);
  }

  /** With the name of who handed it in; what is kept for a repeat goes without. */
  private async view(job: ImportJob): Promise<unknown> {
    return viewOf(job, await this.beside([job]));
  }

  private async beside(jobs: readonly ImportJob[]): Promise<Beside> {
    const undos = await this.infrastructure.undos.statesOf(jobs.map(({ importId }) => importId));
    return { names: await this.actors.of(jobs.map(({ actor }) => actor)), undos };
  }

  private job(importId: string): Promise<ImportJob> {
    return knownImport(this.infrastructure.jobs, importId);
  }
}

function finished(): ProblemError {
  return new ProblemError(
    409,
    'import-finished',
    'This import is done and its file dropped: upload the file again',
  );
}

function busy(): ProblemError {
  return new ProblemError(409, 'import-busy', 'This import is running or was cancelled');
}
