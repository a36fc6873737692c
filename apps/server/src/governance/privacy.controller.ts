import { Controller, Get, Headers, Inject, Param, ParseIntPipe, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '@enishi/access';
import { readPage, readPages } from '@enishi/application';
import type { Fact, Language } from '@enishi/domain';
import type { Infrastructure } from '../infrastructure';
import { wantedLanguage } from '../pages/language';
import { PAGE_HEADERS } from '../pages/page';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import { absentPage, versionsPage } from './privacy-versions';
import { LanguageQuery } from './publication.dto';

const HTML = { schema: { type: 'string' } } as const;
/** More versions than a company will ever publish. */
const MOST = 1_000_000;

/** The public page (32(1), 21(1)), for everybody, without scripts; and its versions, byte by byte as they were published. */
@ApiTags('governance')
@Controller('privacy')
@Public('the law wants it where everybody can read it, and it names nobody whose data this is')
export class PrivacyController {
  constructor(@Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure) {}

  @Get()
  @ApiProduces('text/html')
  @ApiOkResponse(HTML)
  @ApiOperation({ summary: 'The public page: company, purposes, security measures, requests, contact' })
  async page(
    @Query() { lang }: LanguageQuery,
    @Headers('accept-language') accepted: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const found = await readPage(this.infrastructure.ledger, 'newest');
    return sent(found, wantedLanguage(lang, accepted), request, reply);
  }

  @Get('versions')
  @ApiProduces('text/html')
  @ApiOkResponse(HTML)
  @ApiOperation({ summary: 'Every version of the page, when it was published, and its hash' })
  async versions(
    @Query() { lang }: LanguageQuery,
    @Headers('accept-language') accepted: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const language = wantedLanguage(lang, accepted);
    const issued = await readPages(this.infrastructure.ledger);
    if (issued.length === 0) return sent(undefined, language, request, reply);
    headed(reply);
    return versionsPage(issued, language);
  }

  @Get('versions/:version')
  @ApiProduces('text/html')
  @ApiOkResponse(HTML)
  @ApiOperation({ summary: 'One version of the page, byte by byte as it was published' })
  async version(
    @Param('version', ParseIntPipe) version: number,
    @Query() { lang }: LanguageQuery,
    @Headers('accept-language') accepted: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const there = version >= 1 && version <= MOST;
    const found = there ? await readPage(this.infrastructure.ledger, version) : undefined;
    return sent(found, wantedLanguage(lang, accepted), request, reply);
  }
}

/** The bytes of a version, with their digest (RFC 9530); a browser is told kindly where there is none. */
function sent(
  found: Fact<'PrivacyPageIssued'> | undefined,
  language: Language,
  request: FastifyRequest,
  reply: FastifyReply,
): string {
  if (found !== undefined) {
    const { pageJa, pageEn, hashJa, hashEn } = found.data;
    const hash = Buffer.from(language === 'ja' ? hashJa : hashEn, 'hex').toString('base64');
    headed(reply).header('content-digest', `sha-256=:${hash}:`);
    return language === 'ja' ? pageJa : pageEn;
  }
  if (!(request.headers.accept ?? '').includes('text/html')) {
    throw new ProblemError(404, 'page-not-published', 'No such page is published');
  }
  headed(reply).status(404);
  return absentPage(language);
}

function headed(reply: FastifyReply): FastifyReply {
  return reply.headers({
    ...PAGE_HEADERS,
    'cache-control': 'no-cache',
    vary: 'accept-language',
  });
}
