import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  ParseUUIDPipe,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Requires, type Principal } from '@enishi/access';
import {
  createdId,
  drawUpErasure,
  erasureStream,
  OnErasure,
  proposeErasure,
  readErasure,
  readErasureChunk,
  type ErasureGroup,
  type ErasureOrder,
} from '@enishi/application';
import type { ErasureCommand, ErasureGround } from '@enishi/domain';
import { HOLDING_STORES } from '@enishi/worker';
import {
  readErasures,
  readErasureSteps,
  readMarked,
  type ErasureSteps,
} from '@enishi/projections/audit-trail/query';
import { PageQuery } from '../audit/audit.dto';
import { answer, Commanding, contextOf, type CommandCall } from '../command';
import { Commands } from '../commands';
import { listOf, openCursor, sealCursor } from '../cursor';
import { EverybodyGuard } from '../everybody.guard';
import { fieldError, notValid } from '../field-errors';
import type { Infrastructure } from '../infrastructure';
import { plain } from '../plain';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { Certificates } from './certificates';
import { ErasureOutlook } from './erasure-outlook';
import { chunksOf, ErasureViews, partsOf } from './erasure-views';
import { CertificateAnswer } from './certificate.answers.dto';
import {
  ErasureDetailAnswer,
  ErasurePeopleAnswer,
  ErasurePreviewAnswer,
  ErasuresAnswer,
  HoldingStoresAnswer,
} from './erasures.answers.dto';
import {
  CertificatePageQuery,
  CertificateQuery,
  ErasureOrderDto,
  ErasurePeopleQuery,
  ProposeErasureDto,
  RefuseErasureDto,
} from './erasures.dto';

/** Views of which a plan asks what must stay, and who is marked. */
const ASKED = ['audit-trail', 'request-register', 'retention-calendar'];
/** People that a preview names of those who are kept or empty. */
const NAMED = 100;

/** Who is to be erased: proposed by one, approved by another, carried out in the background, certified. */
@ApiTags('erasures')
@Controller('v1/erasures')
@Requires('erasure:read')
@UseGuards(EverybodyGuard)
export class ErasuresController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly reads: ViewReads,
    private readonly views: ErasureViews,
    private readonly certificates: Certificates,
    private readonly outlook: ErasureOutlook,
  ) {}

  /** The latest first. */
  @Get()
  @ApiOperation({ summary: 'Plans of erasure, and how far each is' })
  @ApiOkResponse({ type: ErasuresAnswer })
  async list(@Query() { cursor, limit = 50 }: PageQuery, @Req() request: FastifyRequest): Promise<unknown> {
    await this.reads.caughtUp(request, 'audit-trail');
    const { pool, vault } = this.infrastructure;
    const list = listOf('erasures', {});
    const after = cursor === undefined ? undefined : openCursor<{ position: string }>(vault, list, cursor);
    const { rows, next } = await readErasures(pool, { ...(after && { cursor: after }), limit });
    const erasures = await this.views.of(rows);
    return { erasures, ...(next && { cursor: sealCursor(vault, list, next) }) };
  }

  /** Every table and folder, with what of whom it holds and how that ends. */
  @Get('stores')
  @ApiOperation({ summary: 'Where something of people may be, and what ends it' })
  @ApiOkResponse({ type: HoldingStoresAnswer })
  stores(): unknown {
    return { stores: HOLDING_STORES };
  }

  /** Looks at each person as they stand now, and changes nothing. */
  @Post('preview')
  @HttpCode(200)
  @Requires('erasure:plan')
  @ApiOperation({ summary: 'What a plan would erase now, and who is kept by a hold' })
  @ApiOkResponse({ type: ErasurePreviewAnswer })
  async preview(@Body() body: ErasureOrderDto): Promise<ErasurePreviewAnswer> {
    const { ledger, config } = this.infrastructure;
    const drawn = await drawUpErasure(ledger, await this.orderOf(body), this.outlook.retentionOf);
    const { people, held, empty, waits } = drawn;
    const chunks = drawn.chunks.map((one) => ({ ...one, people: one.alumnusIds.length }));
    return {
      people,
      parts: partsOf(chunks),
      held: held.length,
      heldIds: held.slice(0, NAMED),
      empty: empty.length,
      emptyIds: empty.slice(0, NAMED),
      second: people > config.ENISHI_ERASURE_ALONE,
      ...(await this.outlook.with(waits, drawn.chunks)),
    };
  }

  @Post()
  @Requires('erasure:plan')
  @ApiOperation({ summary: 'Propose that people be erased' })
  async propose(@Body() body: ProposeErasureDto, @Commanding() call: CommandCall): Promise<unknown> {
    const { ledger, vault, config } = this.infrastructure;
    const order = await this.orderOf(body);
    const context = contextOf(vault, call);
    const erasureId = createdId(context.commandId, 'erasure');
    const outcome = await proposeErasure(
      ledger,
      {
        ...order,
        erasureId,
        staffId: call.principal.accountId,
        reason: body.reason,
        approvalAbove: config.ENISHI_ERASURE_ALONE,
      },
      this.outlook.retentionOf,
      context,
    );
    const told = answer(call, outcome, { erasureId }) as object;
    const { people, held, empty, second } = (await readErasure(ledger, erasureId)).proposal!.data;
    return { ...told, people, held, empty, second };
  }

  /** With the reason, and the one why it was refused. */
  @Get(':erasureId')
  @ApiOperation({ summary: 'One plan of erasure' })
  @ApiOkResponse({ type: ErasureDetailAnswer })
  async one(
    @Param('erasureId', ParseUUIDPipe) erasureId: string,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const { ledger, openErasures } = this.infrastructure;
    const plan = await this.known(erasureId, request);
    const { proposal, decision } = await readErasure(ledger, erasureId, ['staff']);
    const [view] = await this.views.of([plan]);
    const { failure } = (await openErasures.find(erasureId)) ?? {};
    return plain({
      ...view,
      parts: partsOf(chunksOf(plan)),
      ...(await this.outlook.of(await this.groupsOf(erasureId, proposal?.data.chunks ?? 0))),
      reason: proposal?.data.reason,
      refusal: decision?.type === 'ErasureRefused' ? decision.data.reason : undefined,
      failure: failure ?? undefined,
    });
  }

  /** The ids of the people whom it names, a chunk at a time. */
  @Get(':erasureId/people')
  @ApiOperation({ summary: 'Whom a plan names' })
  @ApiOkResponse({ type: ErasurePeopleAnswer })
  async people(
    @Param('erasureId', ParseUUIDPipe) erasureId: string,
    @Query() { after }: ErasurePeopleQuery,
  ): Promise<unknown> {
    const { ledger } = this.infrastructure;
    const number = after === undefined ? 0 : after + 1;
    const [chunk, next] = await Promise.all([
      readErasureChunk(ledger, erasureId, number),
      readErasureChunk(ledger, erasureId, number + 1),
    ]);
    if (chunk === undefined) throw unknown();
    const { categories, alumnusIds } = chunk;
    return { categories, alumnusIds, ...(next && { next: number }) };
  }

  @Post(':erasureId/approval')
  @HttpCode(200)
  @Requires('erasure:approve')
  @ApiOperation({ summary: 'Let it be carried out; above a size never by who proposed it' })
  async approve(
    @Param('erasureId', ParseUUIDPipe) erasureId: string,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const { ledger, openErasures } = this.infrastructure;
    if ((await readErasure(ledger, erasureId)).standing === undefined) throw unknown();
    await openErasures.add(erasureId);
    return this.order(erasureId, { kind: 'ApproveErasure', staffId: call.principal.accountId }, call);
  }

  @Post(':erasureId/refusal')
  @HttpCode(200)
  @Requires('erasure:approve')
  @ApiOperation({ summary: 'Refuse it, with the reason' })
  async refuse(
    @Param('erasureId', ParseUUIDPipe) erasureId: string,
    @Body() { reason }: RefuseErasureDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const staffId = call.principal.accountId;
    return this.order(erasureId, { kind: 'RefuseErasure', staffId, reason }, call);
  }

  /** Of all whom it erased, or of one person alone. 409 until it was carried out. */
  @Get(':erasureId/certificate')
  @ApiOperation({ summary: 'What proves that data were erased' })
  @ApiOkResponse({ type: CertificateAnswer })
  async certificate(
    @Param('erasureId', ParseUUIDPipe) erasureId: string,
    @Query() { alumnusId }: CertificateQuery,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    return this.certificates.of(await this.known(erasureId, request), alumnusId);
  }

  /** The same as a page, in Japanese or English. */
  @Get(':erasureId/certificate/pdf')
  @ApiOperation({ summary: 'The certificate as PDF' })
  @ApiProduces('application/pdf')
  async certificatePage(
    @Param('erasureId', ParseUUIDPipe) erasureId: string,
    @Query() { alumnusId, language = 'ja' }: CertificatePageQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const pdf = await this.certificates.print(
      await this.known(erasureId, request),
      alumnusId,
      language,
      principal,
    );
    await reply
      .header('content-type', 'application/pdf')
      .header('content-disposition', `attachment; filename="erasure-${erasureId.slice(0, 8)}.pdf"`)
      .header('cache-control', 'no-store')
      .send(pdf);
  }

  /** @throws ProblemError 404 */
  private async known(erasureId: string, request: FastifyRequest): Promise<ErasureSteps> {
    await this.reads.caughtUp(request, 'audit-trail');
    const { pool } = this.infrastructure;
    const [plan] = await readErasureSteps(pool, [erasureStream(erasureId)]);
    if (plan === undefined || plan.steps.length === 0) throw unknown();
    return plan;
  }

  /** @throws ProblemError 400 where it names nobody, or in two ways; 503 where a view is behind */
  private async orderOf({ alumnusIds, marked, due, categories }: ErasureOrderDto): Promise<ErasureOrder> {
    const grounds = [alumnusIds && 'ordered', marked && 'import-undone', due && 'retention'] as const;
    const [ground, ...others] = grounds.filter((one) => one !== undefined && one !== false);
    if (ground === undefined || others.length > 0) {
      throw notValid(
        fieldError('alumnusIds', 'one-of', {
          ja: '「alumnusIds」「marked」「due」のどれか一つを指定してください。',
          en: 'Give one of “alumnusIds”, “marked” and “due”.',
        }),
      );
    }
    const { store } = this.infrastructure;
    const head = (await store.head()) ?? 0n;
    for (const view of ASKED) await this.reads.passed(view, head);
    return { ground, alumnusIds: await this.named(ground, alumnusIds), ...(categories && { categories }) };
  }

  private async named(ground: ErasureGround, alumnusIds: readonly string[] = []): Promise<readonly string[]> {
    const { pool } = this.infrastructure;
    if (ground === 'import-undone') return readMarked(pool);
    return ground === 'retention' ? this.outlook.due() : alumnusIds;
  }

  /** The chunks that the ledger has of a plan. */
  private async groupsOf(erasureId: string, chunks: number): Promise<readonly ErasureGroup[]> {
    const { ledger } = this.infrastructure;
    const numbers = Array.from({ length: chunks }, (_, number) => number);
    const found = await Promise.all(numbers.map((number) => readErasureChunk(ledger, erasureId, number)));
    return found.filter((chunk) => chunk !== undefined);
  }

  private order(erasureId: string, command: ErasureCommand, call: CommandCall): Promise<unknown> {
    return this.commands.carryOut(call, (context) => new OnErasure(erasureId, command, context), {
      erasureId,
    });
  }
}

function unknown(): ProblemError {
  return new ProblemError(404, 'erasure-unknown', 'There is no such plan of erasure');
}
