import { randomUUID } from 'node:crypto';
import { Controller, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '@enishi/access';
import { commandIdOf, createdId, OnRequest, readCompanyState, readLawSettings } from '@enishi/application';
import { LANGUAGES, lawNumber, tokyoDay, type Language } from '@enishi/domain';
import { canonical } from '@enishi/transparency';
import type { Infrastructure } from '../../infrastructure';
import { wantedLanguage } from '../../pages/language';
import { PAGE_HEADERS } from '../../pages/page';
import { ProblemError } from '../../problem';
import { refusalProblem } from '../../refusal';
import { INFRASTRUCTURE } from '../../tokens';
import { FormLimit } from './form-limit';
import { faultsOf, statedRequest, valuesOf, type FormValues } from './form-fields';
import { formPage, receivedPage, tooManyPage, type FormPage } from './form-page';

const ROUTE = 'POST /requests/new';
const ACTOR = 'system:web-form';
/** More than all its fields together may have. */
const LARGEST = 128 * 1024;

class FormQuery {
  @IsOptional()
  @IsIn(LANGUAGES)
  lang?: Language;
}

/**
 * The form by which anybody asks the company for something about their data, without a link and without signing in. It
 * works with scripts off, needs no session, and says nothing about who is in the ledger.
 */
@ApiTags('requests')
@Controller('requests/new')
@Public('anybody may ask a company about their data (APPI 32 to 35)')
export class RequestFormController {
  private readonly limit = new FormLimit();

  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly bus: CommandBus,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The form for a request by the person' })
  @ApiProduces('text/html')
  async show(@Query() { lang }: FormQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const page = await this.page(lang, request);
    const empty = { ...valuesOf({ party: 'person', answerForm: 'electronic' }), form: randomUUID() };
    await send(reply, 200, formPage(page, empty, new Map()));
  }

  /** Takes the form in. Sent twice as it was shown once, it is one request. */
  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Send the form (application/x-www-form-urlencoded)' })
  @ApiProduces('text/html')
  async submit(@Query() { lang }: FormQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    checkForm(request);
    const page = await this.page(lang, request);
    const values = valuesOf(request.body);
    const faults = faultsOf(values);
    if (faults.size > 0) return send(reply, 422, formPage(page, values, faults));
    const now = this.infrastructure.ledger.clock.now();
    if (!this.limit.take(request.ip, Date.parse(now))) return send(reply, 429, tooManyPage(page));
    const requestId = await this.receive(values, page.language, request.id);
    return send(reply, 200, receivedPage(page, requestId.slice(0, 8), inJapan(now, page.language)));
  }

  private async receive(values: FormValues, language: Language, correlationId: string): Promise<string> {
    const commandId = commandIdOf(this.infrastructure.vault, ACTOR, ROUTE, canonical({ ...values }));
    const requestId = createdId(commandId, 'request');
    const request = { ...statedRequest(values), cameBy: 'web-form', language } as const;
    const context = { commandId, actor: ACTOR, correlationId } as const;
    const outcome = await this.bus.execute(
      new OnRequest(requestId, { kind: 'ReceiveRequest', requestId, request }, context),
    );
    if (outcome.kind === 'refused') throw refusalProblem(outcome);
    return requestId;
  }

  private async page(asked: Language | undefined, { headers }: FastifyRequest): Promise<FormPage> {
    const { ledger } = this.infrastructure;
    const { numbers } = await readLawSettings(ledger);
    return {
      language: wantedLanguage(asked, headers['accept-language']),
      company: await readCompanyState(ledger),
      years: lawNumber('request-record', tokyoDay(ledger.clock.now()), numbers),
    };
  }
}

/** @throws ProblemError 413, 415 for what no browser sends for this form */
function checkForm({ headers }: FastifyRequest): void {
  if (!/^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')) {
    throw new ProblemError(
      415,
      'media-type-not-supported',
      'Send the form as application/x-www-form-urlencoded',
    );
  }
  if (Number(headers['content-length'] ?? 0) > LARGEST)
    throw new ProblemError(413, 'too-large', 'The form is too large');
}

async function send(reply: FastifyReply, status: number, page: string): Promise<void> {
  await reply
    .status(status)
    .headers({ ...PAGE_HEADERS, 'cache-control': 'no-store' })
    .send(page);
}

function inJapan(instant: string, language: Language): string {
  return new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone: 'Asia/Tokyo',
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(new Date(instant));
}
