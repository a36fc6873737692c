import { Controller, Get, Inject, Param, ParseUUIDPipe, Req, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CurrentPrincipal, OpensPersonalData, readsOf, Requires, type Principal } from '@enishi/access';
import { recipientsStream } from '@enishi/application';
import { consentRecords, Refusal, requestUseFault, type Category, type Fact } from '@enishi/domain';
import { PersonReader } from '../alumni/person-reader';
import { ConsentRecordReader } from '../consents/consent-record-reader';
import { EverybodyGuard } from '../everybody.guard';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { refusalProblem } from '../refusal';
import { INFRASTRUCTURE } from '../tokens';
import { RequestReader } from './request-reader';
import { DisclosureAnswer } from './request-disclosure.answers.dto';

/** All of a person that the ledger holds in values; the record of their own requests is not part of it. */
const DISCLOSED: readonly Category[] = ['programme', 'contact', 'profile', 'leaving-detail'];

/** What is disclosed (33): what the ledger holds of the person, and what the keepers of other systems have answered. */
@ApiTags('requests')
@Controller('v1/requests/:requestId/disclosure')
@UseGuards(EverybodyGuard)
export class RequestDisclosureController {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly requests: RequestReader,
    private readonly people: PersonReader,
    private readonly consents: ConsentRecordReader,
  ) {}

  /** Unmasked. Only of a request for disclosure that was accepted, in whole or in part, and is not closed. */
  @Get()
  @Requires('requests:decide')
  @OpensPersonalData('disclosure')
  @ApiOperation({
    summary: 'What is disclosed, put together from the ledger and the answers of other systems',
  })
  @ApiOkResponse({ type: DisclosureAnswer })
  async assemble(
    @Param('requestId', ParseUUIDPipe) requestId: string,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
  ): Promise<DisclosureAnswer> {
    const alumnusId = await this.granted(requestId);
    const { state } = await this.people.read(principal, alumnusId, DISCLOSED);
    const consents = await this.consents.read(request, principal, alumnusId, consentRecords);
    const { tasks } = await this.requests.whole(requestId);
    readsOf(request).add(alumnusId).fields('disclosure', `request:${requestId}`);
    return {
      ...{ requestId, alumnusId, asOf: this.infrastructure.ledger.clock.now() },
      values: { ...state.values },
      employments: state.employments.flatMap((one) => (one === undefined ? [] : [{ ...one.current }])),
      consents: consents.map((record) => ({ ...record })),
      recipients: await this.recipients(alumnusId),
      systems: tasks.map(({ taskId, system, answer, proof }) => ({
        ...{ taskId, system },
        ...(answer !== undefined && { answer }),
        ...(proof !== undefined && { proof }),
      })),
    };
  }

  /** @returns about whom it is @throws ProblemError 404, 409 for another kind, 422 where it was not granted */
  private async granted(requestId: string): Promise<string> {
    const { state } = await this.requests.known(requestId);
    if (state.received!.data.kind !== 'disclosure')
      throw new ProblemError(409, 'request-no-disclosure', 'This request does not ask for disclosure');
    const about = state.alumnusId === undefined ? [] : [state.alumnusId];
    const fault = requestUseFault(state, about, 'carry-out', this.infrastructure.ledger.clock.now());
    if (fault instanceof Refusal) throw refusalProblem(fault);
    return state.alumnusId!;
  }

  private async recipients(alumnusId: string): Promise<DisclosureAnswer['recipients']> {
    const { store, vault } = this.infrastructure;
    const records = await store.readStream(recipientsStream(alumnusId));
    const facts = (await vault.openFacts(records, { categories: [] })) as readonly Fact[];
    return facts.flatMap((fact) => {
      if (fact.type !== 'RecipientNoted') return [];
      const { recipientId, provisionId, items } = fact.data;
      return [{ recipientId, provisionId, items: [...items], givenAt: fact.effectiveAt }];
    });
  }
}
