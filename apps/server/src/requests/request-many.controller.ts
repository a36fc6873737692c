import { Body, Controller, HttpCode, Inject, Post, Req, UseGuards } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, OncePerKey, ORDERS, Requires, type Orders, type Principal } from '@enishi/access';
import { createdId, OnRequest, type AskedCommand } from '@enishi/application';
import { EverybodyGuard } from '../everybody.guard';
import { plain } from '../plain';
import { problemOf } from '../problem.filter';
import { refusalProblem } from '../refusal';
import { DecideRequestsDto } from './request-answers.dto';
import { decisionOf } from './request-decision';
import { RequestOrders } from './request-orders';
import { AssignRequestsDto, type NamedRequestDto } from './request-steps.dto';
import { RequestResultsAnswer, type RequestResultAnswer } from './requests.answers.dto';

/** One of many, with what is to be done with it. */
type Item = NamedRequestDto & { readonly command: AskedCommand };

/** Many requests at once: each is decided by itself, and none waits for another. */
@ApiTags('requests')
@Controller('v1/requests')
@UseGuards(EverybodyGuard)
export class RequestManyController {
  constructor(
    private readonly bus: CommandBus,
    private readonly requests: RequestOrders,
    @Inject(ORDERS) private readonly orders: Orders,
  ) {}

  @Post('assignments')
  @HttpCode(200)
  @Requires('requests:write')
  @OncePerKey()
  @ApiOperation({ summary: 'Assign many requests to one account' })
  @ApiOkResponse({ type: RequestResultsAnswer })
  async assign(
    @Body() body: AssignRequestsDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const { requests, assigneeId, deputyId } = plain(body);
    await this.requests.knownAccounts({ assigneeId, deputyId });
    const who = { assigneeId, ...(deputyId !== undefined && { deputyId }) };
    const items = requests.map((one) => ({ ...one, command: { kind: 'AssignRequest', ...who } as const }));
    return this.each(items, principal, request);
  }

  /** Each with its own decision, ground and reason. */
  @Post('decisions')
  @HttpCode(200)
  @Requires('requests:decide')
  @OncePerKey()
  @ApiOperation({ summary: 'Decide many requests, each by itself' })
  @ApiOkResponse({ type: RequestResultsAnswer })
  async decide(
    @Body() { decisions }: DecideRequestsDto,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<unknown> {
    const items = decisions.map((one, at) => ({ ...one, command: decisionOf(one, `decisions.${at}.`) }));
    return this.each(items, principal, request);
  }

  private each(items: readonly Item[], { actor }: Principal, request: FastifyRequest): Promise<unknown> {
    return this.orders.once(request, async (orderId) => {
      const results: RequestResultAnswer[] = [];
      for (const { requestId, revision, command } of items) {
        const context = {
          commandId: createdId(orderId, requestId),
          actor,
          correlationId: request.id,
          ...(revision !== undefined && { ifMatch: revision }),
        };
        const whole = await this.requests.withSystems(requestId, command);
        results.push(await this.result(new OnRequest(requestId, whole, context)));
      }
      return { results };
    });
  }

  private async result(order: OnRequest): Promise<RequestResultAnswer> {
    const { requestId } = order;
    try {
      const outcome = await this.bus.execute(order);
      if (outcome.kind === 'refused') throw refusalProblem(outcome);
      const { eventIds, revision } = outcome;
      return { requestId, outcome: eventIds.length > 0 ? 'done' : 'unchanged', revision };
    } catch (error) {
      const { problem } = problemOf(error);
      // What is no answer to this one stops them all; a repeat goes on where it stopped.
      if (problem.status >= 500) throw error;
      const { code, messages } = problem;
      const told = messages as RequestResultAnswer['messages'];
      return { requestId, outcome: 'refused', code, ...(told && { messages: told }) };
    }
  }
}
