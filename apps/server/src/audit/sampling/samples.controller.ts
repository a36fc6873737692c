import { Readable } from 'node:stream';
import { Controller, Get, Inject, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AccessLog, CurrentPrincipal, Requires, type Principal } from '@enishi/access';
import { EverybodyGuard } from '../../everybody.guard';
import { fieldError, notValid } from '../../field-errors';
import type { Infrastructure } from '../../infrastructure';
import { plain } from '../../plain';
import { INFRASTRUCTURE } from '../../tokens';
import { ViewReads } from '../../view-reads';
import { inCp932 } from '../access-csv';
import { ActorNames } from '../actor-names';
import { ExportViews } from '../../exports/export-views';
import { entryView } from '../consent-table';
import { encoderOf } from '../table-export';
import { sampleSheet } from './sample-sheet';
import {
  Sampler,
  type Sampled,
  type SampledConsent,
  type SampledErasure,
  type SampledReading,
  type SampledRequest,
  type SampledUse,
} from './sampler';
import { SampleAnswer, SampleQuery, SampleSheetQuery, type SampleItemAnswer } from './samples.dto';

/** Samples for auditors: drawn so that anybody can draw them again, with the evidence of each item. */
@ApiTags('audit')
@Controller('v1/audit-samples')
@Requires('audit:read', 'consents:read')
@UseGuards(EverybodyGuard)
export class AuditSamplesController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly sampler: Sampler,
    private readonly reads: ViewReads,
    private readonly actors: ActorNames,
    private readonly log: AccessLog,
    private readonly exports: ExportViews,
  ) {}

  @Get()
  @ApiOperation({ summary: 'A sample with the evidence of each item' })
  @ApiOkResponse({ type: SampleAnswer })
  async draw(
    @Query() query: SampleQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<SampleAnswer> {
    const sample = await this.sampleOf(query);
    await this.note('GET /v1/audit-samples', query, sample, principal, request);
    return sample;
  }

  /** The same sample as CSV (UTF-8 with BOM, or CP932), with room for result and comment. */
  @Get('sheet')
  @ApiOperation({ summary: 'A sample as a sheet for result and comment' })
  @ApiProduces('text/csv')
  async sheet(
    @Query() query: SampleSheetQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const sample = await this.sampleOf(query);
    await this.note('GET /v1/audit-samples/sheet', query, sample, principal, request);
    const { encoding = 'utf-8' } = query;
    const lines = sampleSheet(sample);
    await reply
      .header('content-type', `text/csv; charset=${encoding === 'cp932' ? 'Shift_JIS' : 'utf-8'}`)
      .header('content-disposition', `attachment; filename="sample-${query.of}.csv"`)
      .header('enishi-position', sample.position)
      .header('cache-control', 'no-store')
      .send(Readable.from(encoderOf(encoding)(encoding === 'cp932' ? inCp932(lines) : lines)));
  }

  private async sampleOf({ of, n = 25, seed, position }: SampleQuery): Promise<SampleAnswer> {
    const upTo = await this.upTo(position);
    const draw = { seed, size: n };
    const told = { of, seed, position: String(upTo) };
    if (of === 'readings')
      return { ...told, ...(await this.namedReadings(await this.sampler.readings(draw, upTo))) };
    if (of === 'requests') {
      await this.reads.passed('request-register', upTo);
      return { ...told, ...numbered(await this.sampler.requests(draw, upTo)) };
    }
    for (const view of ['consent-history', 'audit-trail']) await this.reads.passed(view, upTo);
    if (of === 'uses') return { ...told, ...(await this.namedUses(await this.sampler.uses(draw, upTo))) };
    if (of === 'erasures') return { ...told, ...erasuresTold(await this.sampler.erasures(draw, upTo)) };
    const kind = of === 'consents' ? 'granted' : 'withdrawn';
    return { ...told, ...(await this.namedConsents(await this.sampler.consents(kind, draw, upTo))) };
  }

  /** @throws ProblemError 400 for a position that the ledger has not reached */
  private async upTo(position: string | undefined): Promise<bigint> {
    const head = (await this.infrastructure.store.head()) ?? 0n;
    if (position === undefined) return head;
    if (BigInt(position) <= head) return BigInt(position);
    throw notValid(
      fieldError('position', 'beyond-head', {
        ja: '台帳はまだその位置に達していません。',
        en: 'The ledger has not reached this position yet.',
      }),
    );
  }

  private async namedConsents({ population, items }: Sampled<SampledConsent>) {
    const names = await this.actors.of(items.map(({ consent }) => consent.actor));
    const told = items.map(({ consent, events, ...drawn }, at) => ({
      number: at + 1,
      ...drawn,
      consent: entryView(consent),
      ...actorNameOf(names, consent.actor),
      events,
    }));
    return { population, items: told as unknown as SampleItemAnswer[] };
  }

  private async namedUses({ population, items }: Sampled<SampledUse>) {
    const views = await this.exports.of(items.map(({ use }) => use));
    const told = items.map((item, at) => ({ number: at + 1, ...item, use: views[at] }));
    return { population, items: told as unknown as SampleItemAnswer[] };
  }

  private async namedReadings({ population, items }: Sampled<SampledReading>) {
    const names = await this.actors.of(items.map(({ reading }) => reading.actor));
    const told = items.map(({ reading, anchor, ...drawn }, at) => ({
      number: at + 1,
      ...drawn,
      reading,
      ...actorNameOf(names, reading.actor),
      anchor,
    }));
    return { population, items: told as unknown as SampleItemAnswer[] };
  }

  /** The draw in the access log, before it leaves: that a sample was drawn until it pleased would show there. */
  private async note(
    route: string,
    { of, n = 25, seed }: SampleQuery,
    { position, items }: SampleAnswer,
    principal: Principal,
    { id }: FastifyRequest,
  ): Promise<void> {
    const people = items.flatMap(({ consent, erasure, request, reading }) => {
      const { alumnusId } = consent ?? erasure ?? request ?? {};
      return alumnusId === undefined ? (reading?.personIds ?? []) : [alumnusId];
    });
    await this.log.record({
      principal,
      route,
      view: 'audit-sample',
      fields: [`of:${of}`, `n:${n}`, `seed:${seed}`, `position:${position}`],
      personIds: [...new Set(people)],
      correlationId: id,
    });
  }
}

function erasuresTold({ population, items }: Sampled<SampledErasure>) {
  const told = items.map(({ erasure, events, ...drawn }, at) => {
    const { alumnusId, decidedAt: completedAt, data } = erasure;
    const { erasureId, categories, keys, blockedUntil } = data;
    const what = plain({ alumnusId, erasureId, categories, keys, blockedUntil, completedAt });
    return { number: at + 1, ...drawn, erasure: what, events };
  });
  return { population, items: told as unknown as SampleItemAnswer[] };
}

function numbered({ population, items }: Sampled<SampledRequest>) {
  const told = items.map((item, at) => ({ number: at + 1, ...item }));
  return { population, items: told as unknown as SampleItemAnswer[] };
}

function actorNameOf(names: ReadonlyMap<string, string>, actor: string): { readonly actorName?: string } {
  const actorName = names.get(actor);
  return actorName === undefined ? {} : { actorName };
}
