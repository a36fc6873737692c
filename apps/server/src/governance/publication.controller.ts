import { Body, Controller, Get, Header, Headers, Inject, Post, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Requires } from '@enishi/access';
import { PublishPage, readPages } from '@enishi/application';
import { messageOf, pageChanges, type Fact, type ShownPurpose } from '@enishi/domain';
import { Commanding, type CommandCall } from '../command';
import { Commands } from '../commands';
import type { Infrastructure } from '../infrastructure';
import { wantedLanguage } from '../pages/language';
import { PAGE_HEADERS } from '../pages/page';
import { refusalProblem } from '../refusal';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { PageReader, type NextPage } from './page-reader';
import { PreviewAnswer, PublicationAnswer } from './publication.answers.dto';
import { LanguageQuery, PublishPageDto } from './publication.dto';

/** What the page is read from beside the ledger. */
const PAGE_VIEWS = ['purpose-catalogue', 'audit-trail'] as const;

/** The public page (公表): what it would say now, and its versions. The page itself is at `/privacy`. */
@ApiTags('governance')
@Controller('v1/publication')
export class PublicationController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly pages: PageReader,
    private readonly reads: ViewReads,
  ) {}

  @Get()
  @Requires('catalogue:read')
  @ApiOperation({ summary: 'Versions of the public page, each with its hash and when it was published' })
  @ApiOkResponse({ type: PublicationAnswer })
  async list(): Promise<unknown> {
    return { versions: versionsOf(await readPages(this.infrastructure.ledger)).toReversed() };
  }

  @Get('preview')
  @Requires('governance:read')
  @ApiOperation({ summary: 'What is missing, what has changed, and what publishing the page would show' })
  @ApiOkResponse({ type: PreviewAnswer })
  async preview(@Req() request: FastifyRequest): Promise<unknown> {
    for (const view of PAGE_VIEWS) await this.reads.caughtUp(request, view);
    return previewOf(await this.pages.next());
  }

  /** As it would be served, with the number it would have. */
  @Get('preview/page')
  @Requires('governance:read')
  @Header('content-type', PAGE_HEADERS['content-type'])
  @Header('content-security-policy', PAGE_HEADERS['content-security-policy'])
  @ApiProduces('text/html')
  @ApiOkResponse({ schema: { type: 'string' } })
  @ApiOperation({ summary: 'The page that would be published' })
  async page(
    @Query() { lang }: LanguageQuery,
    @Headers('accept-language') accepted: string | undefined,
    @Req() request: FastifyRequest,
  ): Promise<string> {
    for (const view of PAGE_VIEWS) await this.reads.caughtUp(request, view);
    const { made, gaps } = await this.pages.next();
    if (made === undefined) throw refusalProblem({ code: gaps[0]!, details: {} });
    return made.pages[wantedLanguage(lang, accepted)];
  }

  /** The notices of the purposes it is the first to show are recorded with it (21(3)). */
  @Post()
  @Requires('governance:write')
  @ApiOperation({ summary: 'Publish the page that was looked at' })
  publish(@Body() { basis }: PublishPageDto, @Commanding() call: CommandCall): Promise<unknown> {
    return this.commands.carryOut(call, (context) => new PublishPage(() => this.pages.issue(basis), context));
  }
}

/** Versions with their periods, the oldest first. */
function versionsOf(issued: readonly Fact<'PrivacyPageIssued'>[]): readonly object[] {
  return issued.map(({ id, effectiveAt, data }, index) => {
    const { version, hashJa, hashEn, basis, firstShown } = data;
    const next = issued[index + 1];
    return {
      ...{ version, from: effectiveAt, hashJa, hashEn, shows: basis.purposes, firstShown, eventId: id },
      ...(next && { until: next.effectiveAt }),
    };
  });
}

function previewOf({ version, sources, issued, gaps, made }: NextPage): object {
  const last = issued.at(-1)?.data.basis;
  const shownBefore = issued.flatMap(({ data }) => data.basis.purposes);
  return {
    version,
    ...(made && { basis: made.basisHash }),
    missing: gaps.map((code) => ({
      code,
      messages: { ja: messageOf(code, 'ja'), en: messageOf(code, 'en') },
    })),
    published: last !== undefined,
    changed: last && made ? pageChanges(last, made.basis) : [],
    shows: sources.purposes.map(({ content, ...purpose }) => ({
      ...purpose,
      title: content.title,
      first: !shownBefore.some((one) => isSame(one, purpose)),
    })),
  };
}

function isSame(a: ShownPurpose, b: ShownPurpose): boolean {
  return a.purposeId === b.purposeId && a.version === b.version;
}
