import { Body, Controller, HttpCode, Param, ParseUUIDPipe, Post, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Requires } from '@enishi/access';
import { Commanding, type CommandCall } from '../command';
import { EverybodyGuard } from '../everybody.guard';
import { maybeInstant } from '../instants';
import { plain } from '../plain';
import {
  CloseRequestDto,
  DecideRequestDto,
  ExecuteRequestDto,
  NotifyPersonDto,
  ReplyDto,
  TakeComplaintDto,
} from './request-answers.dto';
import { decisionOf } from './request-decision';
import { RequestOrders } from './request-orders';

/** What ends in an answer: the decision, what is done for it, what the person is told, and their complaint about it. */
@ApiTags('requests')
@Controller('v1/requests/:requestId')
@Requires('requests:write')
@UseGuards(EverybodyGuard)
export class RequestAnswersController {
  constructor(private readonly orders: RequestOrders) {}

  /** Accepted, in part, refused on a ground of its article, or deferred under a law; always with the reason (36). */
  @Post('decisions')
  @HttpCode(200)
  @Requires('requests:decide')
  decide(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() body: DecideRequestDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.orders.carryOut(requestId, decisionOf(body), call);
  }

  /** Records that it was carried out, and what was changed; once every task has its answer. */
  @Post('executions')
  @HttpCode(200)
  execute(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() { changed }: ExecuteRequestDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.orders.carryOut(requestId, { kind: 'ExecuteRequest', changed }, call);
  }

  /** Records that the person was told, in which form, and what shows that it was sent. */
  @Post('notifications')
  @HttpCode(200)
  async notify(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() body: NotifyPersonDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const { sentAt, artefactId, ...told } = plain(body);
    const file = artefactId === undefined ? {} : await this.orders.keptFile(requestId, artefactId);
    const when = maybeInstant('sentAt', sentAt);
    return this.orders.carryOut(requestId, { kind: 'NotifyPerson', ...told, ...file, ...when }, call);
  }

  /** What it says comes from the request. Once it has left, one that tells the decision has told the person. */
  @Post('letters')
  @HttpCode(200)
  @ApiOperation({ summary: 'Have a letter written to whoever asks' })
  reply(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() body: ReplyDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const { name, email, postalAddress, needed, by, notDone, ...letter } = plain(body);
    const to = plain({ name, email, postalAddress });
    const words = plain({ needed, by, notDone });
    return this.orders.reply(requestId, { ...letter, to, words }, call);
  }

  /** What the person says against the decision (40). It is answered by another decision. */
  @Post('complaints')
  @HttpCode(200)
  complain(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() { complaint, arrivedAt }: TakeComplaintDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const when = maybeInstant('arrivedAt', arrivedAt);
    return this.orders.carryOut(requestId, { kind: 'TakeComplaint', complaint, ...when }, call);
  }

  /** Answered, withdrawn, a duplicate, or by somebody of whom nobody could tell who they are. */
  @Post('closures')
  @HttpCode(200)
  close(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() body: CloseRequestDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.orders.carryOut(requestId, { kind: 'CloseRequest', ...plain(body) }, call);
  }
}
