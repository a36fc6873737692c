import {
  Body,
  Controller,
  Get,
  Header,
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
import { OpensPersonalData, readsOf, Requires } from '@enishi/access';
import { createdId, OnLetter, readLetter, WriteLetterTo } from '@enishi/application';
import type { LetterAddress, LetterState } from '@enishi/domain';
import { readLetters } from '@enishi/projections/audit-trail/query';
import { PersonReader } from '../alumni/person-reader';
import { Commanding, contextOf, type CommandCall } from '../command';
import { Commands } from '../commands';
import { listOf, openCursor, sealCursor } from '../cursor';
import { EverybodyGuard } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { plain } from '../plain';
import { ProblemError } from '../problem';
import { ReportPrinter } from '../reports/report-printer';
import { INFRASTRUCTURE } from '../tokens';
import { ViewReads } from '../view-reads';
import { letterDetail, letterView, stateOfLetter } from './letter-view';
import { DispatchDto, LetterDetailAnswer, LettersAnswer, LettersQuery, WriteLetterDto } from './letters.dto';

/** Letters to people: each with a document number, its exact text kept sealed, by mail or on paper. */
@ApiTags('letters')
@Controller('v1/letters')
@Requires('letters:read')
@UseGuards(EverybodyGuard)
export class LettersController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly commands: Commands,
    private readonly people: PersonReader,
    private readonly printer: ReportPrinter,
    private readonly reads: ViewReads,
  ) {}

  /** The latest first, without their texts. */
  @Get()
  @ApiOperation({ summary: 'Letters to people, and how far each is' })
  @ApiOkResponse({ type: LettersAnswer })
  async list(
    @Query() { alumnusId, requestId, cursor, limit = 50 }: LettersQuery,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    await this.reads.caughtUp(request, 'audit-trail', alumnusId);
    const { pool, vault } = this.infrastructure;
    const chosen = plain({ alumnusId, requestId });
    const list = listOf('letters', chosen);
    const after = cursor === undefined ? undefined : openCursor<{ position: string }>(vault, list, cursor);
    const { rows, next } = await readLetters(pool, { ...chosen, ...(after && { cursor: after }), limit });
    const letters = rows.map((row) => letterView(stateOfLetter(row)));
    return { letters, ...(next && { cursor: sealCursor(vault, list, next) }) };
  }

  @Get(':letterId')
  @OpensPersonalData('letter')
  @ApiOperation({ summary: 'One letter, with its exact text' })
  @ApiOkResponse({ type: LetterDetailAnswer })
  async one(
    @Param('letterId', ParseUUIDPipe) letterId: string,
    @Req() request: FastifyRequest,
  ): Promise<LetterDetailAnswer> {
    return letterDetail(await this.opened(letterId, request));
  }

  /** A4, with the address where a window envelope (長形3号) shows it, to be printed and posted. */
  @Get(':letterId/pdf')
  @OpensPersonalData('letter')
  @Header('cache-control', 'no-store')
  @Header('content-type', 'application/pdf')
  @ApiProduces('application/pdf')
  @ApiOperation({ summary: 'One letter as a sheet to be posted' })
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async pdf(
    @Param('letterId', ParseUUIDPipe) letterId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Uint8Array> {
    const { order, issued } = await this.opened(letterId, request);
    if (issued === undefined) throw new ProblemError(409, 'letter-not-issued', 'It is not written yet');
    const { text } = issued.data;
    if (text === undefined) throw new ProblemError(410, 'letter-erased', 'Its text has been erased');
    const { language, to } = order!.data;
    void reply.header('content-disposition', `attachment; filename="letter-${letterId.slice(0, 8)}.pdf"`);
    return this.printer.print({ letter: text, language, address: to?.postalAddress ?? '' });
  }

  /** By mail it goes out by itself; by post it waits to be printed. Name and address are those on record. */
  @Post()
  @Requires('letters:write')
  @ApiOperation({ summary: 'Have a letter written to a person' })
  async write(@Body() body: WriteLetterDto, @Commanding() call: CommandCall): Promise<unknown> {
    const { alumnusId, ...rest } = plain(body);
    const to = await this.addressOf(call, alumnusId);
    const letterId = createdId(contextOf(this.infrastructure.vault, call).commandId, 'letter');
    const order = { letterId, about: { alumnusId }, to, ...rest };
    return this.commands.carryOut(call, (context) => new WriteLetterTo(order, context), { letterId });
  }

  @Post(':letterId/dispatches')
  @HttpCode(200)
  @Requires('letters:write')
  @ApiOperation({ summary: 'Note that a letter was posted, or came back' })
  async dispatch(
    @Param('letterId', ParseUUIDPipe) letterId: string,
    @Body() { outcome }: DispatchDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const command =
      outcome === 'posted'
        ? ({ kind: 'NoteSent', means: 'post' } as const)
        : ({ kind: 'NoteNotDelivered', ground: 'returned' } as const);
    return this.commands.carryOut(call, (context) => new OnLetter(letterId, command, context), { letterId });
  }

  /** @throws ProblemError 404 */
  private async opened(letterId: string, request: FastifyRequest): Promise<LetterState> {
    const state = await readLetter(this.infrastructure.ledger, letterId);
    const { order } = state;
    if (order === undefined) throw new ProblemError(404, 'letter-unknown', 'There is no such letter');
    const read = readsOf(request).fields('address', 'text', `letter:${letterId}`);
    if (order.type === 'LetterOrdered') read.add(order.data.alumnusId);
    else read.add();
    return state;
  }

  /** @throws ProblemError 404 */
  private async addressOf({ principal }: CommandCall, alumnusId: string): Promise<LetterAddress> {
    const { state } = await this.people.read(principal, alumnusId, ['contact']);
    const { name, email, postalAddress } = state.values;
    return plain({
      name: [name?.family, name?.given].filter(Boolean).join(' '),
      email: email ?? undefined,
      postalAddress: postalAddress ?? undefined,
    });
  }
}
