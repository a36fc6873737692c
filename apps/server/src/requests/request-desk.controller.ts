import { Body, Controller, HttpCode, Inject, Param, ParseUUIDPipe, Post, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Requires } from '@enishi/access';
import { createdId } from '@enishi/application';
import { dayEnd, isDay } from '@enishi/domain';
import { Commanding, contextOf, type CommandCall } from '../command';
import { EverybodyGuard } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { instantOf } from '../instants';
import { plain } from '../plain';
import { INFRASTRUCTURE } from '../tokens';
import { RequestOrders } from './request-orders';
import {
  AnswerTaskDto,
  AssignRequestDto,
  AttachToRequestDto,
  ChargeFeeDto,
  CheckIdentityDto,
  LinkRequestDto,
  MatchRequestDto,
  NoteOnRequestDto,
  OpenTaskDto,
  PauseRequestDto,
} from './request-steps.dto';

/** What clerks do with a request: find out who asks, hand it on, have the data looked for where it is. */
@ApiTags('requests')
@Controller('v1/requests/:requestId')
@Requires('requests:write')
@UseGuards(EverybodyGuard)
export class RequestDeskController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly orders: RequestOrders,
  ) {}

  /** Records what was seen of who asks; nothing is done and nothing decided before they are verified. */
  @Post('identity-checks')
  @HttpCode(200)
  checkIdentity(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() body: CheckIdentityDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.orders.carryOut(requestId, { kind: 'CheckIdentity', ...plain(body) }, call);
  }

  /** Says whose data it is about. Matched with another person than before, who asks must be verified again. */
  @Post('matches')
  @HttpCode(200)
  match(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() { alumnusId }: MatchRequestDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.orders.carryOut(requestId, { kind: 'MatchRequest', alumnusId }, call);
  }

  @Post('assignments')
  @HttpCode(200)
  async assign(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() body: AssignRequestDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const { assigneeId, deputyId } = plain(body);
    await this.orders.knownAccounts({ assigneeId, deputyId });
    return this.orders.carryOut(requestId, { kind: 'AssignRequest', ...plain(body) }, call);
  }

  @Post('notes')
  @HttpCode(200)
  note(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() { note }: NoteOnRequestDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.orders.carryOut(requestId, { kind: 'NoteOnRequest', note }, call);
  }

  /** Attaches a file that was uploaded for this request. */
  @Post('attachments')
  @HttpCode(200)
  async attach(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() { artefactId, title }: AttachToRequestDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const file = await this.orders.keptFile(requestId, artefactId);
    return this.orders.carryOut(requestId, { kind: 'AttachToRequest', ...file, title }, call);
  }

  /** Waits for the person, say. The two weeks of article 39 go on. */
  @Post('pauses')
  @HttpCode(200)
  pause(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() { reason }: PauseRequestDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.orders.carryOut(requestId, { kind: 'PauseRequest', reason }, call);
  }

  @Post('resumptions')
  @HttpCode(200)
  resume(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.orders.carryOut(requestId, { kind: 'ResumeRequest' }, call);
  }

  /** It repeats another request, and may be closed as its duplicate. */
  @Post('links')
  @HttpCode(200)
  link(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() { originalId }: LinkRequestDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.orders.carryOut(requestId, { kind: 'LinkRequest', originalId }, call);
  }

  /** For a notice of purposes and for disclosures alone (38). */
  @Post('fees')
  @HttpCode(200)
  charge(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() { amount }: ChargeFeeDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.orders.carryOut(requestId, { kind: 'ChargeFee', amount }, call);
  }

  /** Asks the keeper of each system of the inventory that may hold the data and has no task yet. */
  @Post('system-tasks')
  @HttpCode(200)
  askSystems(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    return this.orders.carryOut(requestId, { kind: 'AskSystems' }, call);
  }

  /** Asks the keeper of one system that holds the data; all must answer before the request counts as carried out. */
  @Post('tasks')
  async openTask(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Body() { dueOn, ...task }: OpenTaskDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    await this.orders.knownAccounts({ ownerId: task.ownerId });
    const taskId = createdId(contextOf(this.infrastructure.vault, call).commandId, 'task');
    const dueAt = isDay(dueOn) ? dayEnd(dueOn) : instantOf(dueOn, 'dueOn');
    return this.orders.carryOut(requestId, { kind: 'OpenTask', taskId, ...plain(task), dueAt }, call, {
      taskId,
    });
  }

  @Post('tasks/:taskId/answers')
  @HttpCode(200)
  async answerTask(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @Param('taskId', ParseUUIDPipe) taskId: string,
    @Body() { artefactId, answer, proof }: AnswerTaskDto,
    @Commanding() call: CommandCall,
  ): Promise<unknown> {
    const file = artefactId === undefined ? {} : await this.orders.keptFile(requestId, artefactId);
    return this.orders.carryOut(requestId, { kind: 'AnswerTask', taskId, answer, proof, ...file }, call, {
      taskId,
    });
  }
}
