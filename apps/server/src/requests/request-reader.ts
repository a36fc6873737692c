import { Inject, Injectable } from '@nestjs/common';
import { readRequest, requestStream, type RequestRead } from '@enishi/application';
import {
  requestDaysLeft,
  summaryOfRequest,
  type Fact,
  type RequestEvent,
  type RequestSummary,
} from '@enishi/domain';
import type { RequestEntry } from '@enishi/projections/request-register/query';
import { ActorNames } from '../audit/actor-names';
import { titleOf } from '../audit/event-titles';
import type { Infrastructure } from '../infrastructure';
import { ProblemError } from '../problem';
import { INFRASTRUCTURE } from '../tokens';
import type {
  RequestAnswer,
  RequestDetailAnswer,
  RequestLetterAnswer,
  RequestStepAnswer,
  RequestTaskAnswer,
} from './requests.answers.dto';

/** Requests as clients see them. */
@Injectable()
export class RequestReader {
  constructor(
    @Inject(INFRASTRUCTURE) private readonly infrastructure: Infrastructure,
    private readonly actors: ActorNames,
  ) {}

  /** @throws ProblemError 404 */
  async known(requestId: string): Promise<RequestRead> {
    const read = await readRequest(this.infrastructure.ledger, requestId);
    if (read.state.received !== undefined) return read;
    throw new ProblemError(404, 'request-unknown', 'There is no such request');
  }

  /** Lines of a list, each with the name that its first event holds sealed. */
  async lines(entries: readonly RequestEntry[]): Promise<readonly RequestAnswer[]> {
    const { store, vault } = this.infrastructure;
    const first = await Promise.all(
      entries.map(({ requestId }) => store.readStream(requestStream(requestId), { limit: 1 })),
    );
    const facts = await vault.openFacts(first.flat(), { categories: ['request-record'] });
    const names = new Map(
      (facts as readonly Fact<'RequestReceived'>[]).map(({ data }) => [data.requestId, data.requester]),
    );
    const accounts = await this.accountNames(entries);
    return entries.map((entry) => {
      const requester = names.get(entry.requestId);
      return { ...this.line(entry, accounts), ...(requester !== undefined && { requester }) };
    });
  }

  /** All of one request, from the ledger itself. @throws ProblemError 404 */
  async whole(requestId: string): Promise<RequestDetailAnswer> {
    await this.known(requestId);
    const { state, facts } = await readRequest(this.infrastructure.ledger, requestId, ['request-record']);
    const summary = { ...summaryOfRequest(state)!, revision: facts.at(-1)!.revision };
    const { requester, answerTo, asked, aboutThem, agent } = state.received!.data;
    const words = { requester, answerTo, asked, aboutThem, agent };
    const accounts = await this.accountNames(
      [summary],
      state.tasks.map(({ ownerId }) => ownerId),
    );
    return {
      ...this.line(summary, accounts),
      ...Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined)),
      erased: facts.some(({ erased }) => erased.length > 0),
      ...(state.fee !== undefined && { fee: state.fee }),
      tasks: this.tasks(facts, accounts),
      letters: lettersOf(facts),
      timeline: await this.steps(facts),
    };
  }

  private line(entry: RequestSummary & { readonly revision: number }, accounts: Names): RequestAnswer {
    const { dueAt, assigneeId, deputyId } = entry;
    return {
      ...entry,
      ...(dueAt !== undefined && { daysLeft: this.daysLeft(dueAt) }),
      ...named('assigneeName', accounts, assigneeId),
      ...named('deputyName', accounts, deputyId),
    };
  }

  private tasks(facts: readonly Fact<RequestEvent>[], accounts: Names): RequestTaskAnswer[] {
    const answers = new Map(
      facts.flatMap((fact) => (fact.type === 'RequestTaskAnswered' ? [[fact.data.taskId, fact.data]] : [])),
    );
    return facts.flatMap((fact) => {
      if (fact.type !== 'RequestTaskOpened') return [];
      const { taskId, system, systemId, ownerId, dueAt, task } = fact.data;
      const { answer, proof } = answers.get(taskId) ?? {};
      return [
        {
          ...{ taskId, system, ownerId, dueAt, daysLeft: this.daysLeft(dueAt) },
          ...(systemId !== undefined && { systemId }),
          ...named('ownerName', accounts, ownerId),
          ...(task !== undefined && { task }),
          ...(answer !== undefined && { answer }),
          ...(proof !== undefined && { proof }),
        },
      ];
    });
  }

  private async steps(facts: readonly Fact<RequestEvent>[]): Promise<RequestStepAnswer[]> {
    const names = await this.actors.of(facts.map(({ actor }) => actor));
    return facts.map(({ id, type, data, effectiveAt, decidedAt, recordedAt, actor }) => {
      const actorName = names.get(actor);
      const { requestId: _, ...fields } = data;
      return {
        ...{ eventId: id, type, summary: titleOf(type), effectiveAt, decidedAt, recordedAt, actor },
        ...(actorName !== undefined && { actorName }),
        fields,
      };
    });
  }

  private accountNames(entries: readonly RequestSummary[], owners: readonly string[] = []): Promise<Names> {
    const ids = entries.flatMap(({ assigneeId, deputyId }) => [assigneeId ?? [], deputyId ?? []].flat());
    return this.actors.of([...ids, ...owners].map((id) => `staff:${id}`));
  }

  private daysLeft(dueAt: string): number {
    return requestDaysLeft(dueAt, this.infrastructure.ledger.clock.now());
  }
}

function lettersOf(facts: readonly Fact<RequestEvent>[]): RequestLetterAnswer[] {
  const grounds = new Map(
    facts.flatMap((fact) =>
      fact.type === 'RequestReplyReturned' ? [[fact.data.letterId, fact.data.ground]] : [],
    ),
  );
  return facts.flatMap((fact) => {
    if (fact.type !== 'RequestReplyOrdered') return [];
    const { letterId, letter, form } = fact.data;
    const returned = grounds.get(letterId);
    return [
      { letterId, letter, form, orderedAt: fact.decidedAt, ...(returned !== undefined && { returned }) },
    ];
  });
}

/** Names of accounts, by `staff:` and their id. */
type Names = ReadonlyMap<string, string>;

function named<K extends string>(
  key: K,
  names: Names,
  id: string | undefined,
): { readonly [P in K]?: string } {
  const name = id === undefined ? undefined : names.get(`staff:${id}`);
  return (name === undefined ? {} : { [key]: name }) as { readonly [P in K]?: string };
}
