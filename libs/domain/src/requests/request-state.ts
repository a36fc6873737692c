import type { EventType } from '../disclosure';
import type { Fact, Instant } from '../kernel';
import type { RequestDecision, RequestOutcome, RequestStanding, TaskAnswer } from './request-terms';

/** Events of a stream `request-<id>`. */
export const REQUEST_EVENTS = [
  'RequestReceived',
  'RequestIdentityChecked',
  'RequestMatched',
  'RequestAssigned',
  'RequestNoted',
  'RequestAttached',
  'RequestPaused',
  'RequestResumed',
  'RequestLinked',
  'RequestFeeCharged',
  'RequestTaskOpened',
  'RequestTaskAnswered',
  'RequestDecided',
  'RequestExecuted',
  'RequestNotified',
  'RequestReplyOrdered',
  'RequestReplyReturned',
  'RequestComplained',
  'RequestClosed',
] as const satisfies readonly EventType[];
export type RequestEvent = (typeof REQUEST_EVENTS)[number];

/** What the keeper of one system is to do for a request. */
export interface RequestTask {
  readonly taskId: string;
  readonly system: string;
  readonly systemId?: string;
  readonly ownerId: string;
  readonly dueAt: Instant;
  readonly answer?: TaskAnswer;
}

/** A letter by which the desk answers. */
export type RequestReply = Pick<Fact<'RequestReplyOrdered'>['data'], 'letterId' | 'letter' | 'form'>;

/** A request as its events say it. Looks at clear fields only, so that a destroyed key changes nothing of it. */
export interface RequestState {
  readonly received?: Fact<'RequestReceived'>;
  readonly identity?: Fact<'RequestIdentityChecked'>;
  readonly alumnusId?: string;
  readonly assigneeId?: string;
  readonly deputyId?: string;
  readonly pausedAt?: Instant;
  readonly originalId?: string;
  readonly fee?: number;
  readonly tasks: readonly RequestTask[];
  /** Letters of the desk about what has been decided by now. */
  readonly replies: readonly RequestReply[];
  readonly decision?: Fact<'RequestDecided'>;
  readonly executed?: Fact<'RequestExecuted'>;
  /** The person knows the decision and, where something was done for it, what. */
  readonly notified?: Fact<'RequestNotified'>;
  /** The person knows that it could not be told who they are. */
  readonly toldUnverifiable: boolean;
  /** A complaint about the decision that no decision has answered yet. */
  readonly complained?: Fact<'RequestComplained'>;
  readonly closed?: Fact<'RequestClosed'>;
}

export const INITIAL_REQUEST: RequestState = { tasks: [], replies: [], toldUnverifiable: false };

/** What a request is after one more of its events. */
export function evolveRequest(state: RequestState, fact: Fact<RequestEvent>): RequestState {
  switch (fact.type) {
    case 'RequestReceived':
      return { ...state, received: fact };
    case 'RequestIdentityChecked':
      return { ...state, identity: fact };
    case 'RequestMatched': {
      const { alumnusId } = fact.data;
      // A check was made for the person who was thought of then.
      return state.alumnusId === undefined || state.alumnusId === alumnusId
        ? { ...state, alumnusId }
        : { ...without(state, 'identity'), alumnusId };
    }
    case 'RequestAssigned': {
      const { assigneeId, deputyId } = fact.data;
      return { ...without(state, 'deputyId'), assigneeId, ...(deputyId !== undefined && { deputyId }) };
    }
    case 'RequestPaused':
      return { ...state, pausedAt: fact.decidedAt };
    case 'RequestResumed':
      return without(state, 'pausedAt');
    case 'RequestLinked':
      return { ...state, originalId: fact.data.originalId };
    case 'RequestFeeCharged':
      return { ...state, fee: fact.data.amount };
    case 'RequestTaskOpened': {
      const { taskId, system, systemId, ownerId, dueAt } = fact.data;
      const task = { taskId, system, ownerId, dueAt, ...(systemId !== undefined && { systemId }) };
      return { ...state, tasks: [...state.tasks, task] };
    }
    case 'RequestTaskAnswered': {
      const { taskId, answer } = fact.data;
      return {
        ...state,
        tasks: state.tasks.map((task) => (task.taskId === taskId ? { ...task, answer } : task)),
      };
    }
    case 'RequestDecided':
      // A decision on a complaint: what follows from it is still to be done, and told.
      return { ...without(state, 'executed', 'notified', 'complained'), replies: [], decision: fact };
    case 'RequestExecuted':
      return { ...without(state, 'notified'), executed: fact };
    case 'RequestNotified':
      return fact.data.about === 'decision'
        ? { ...state, notified: fact }
        : { ...state, toldUnverifiable: true };
    case 'RequestReplyOrdered': {
      const { letterId, letter, form } = fact.data;
      return { ...state, replies: [...state.replies, { letterId, letter, form }] };
    }
    case 'RequestReplyReturned': {
      const { letterId } = fact.data;
      const replies = state.replies.filter((one) => one.letterId !== letterId);
      // Who was told by it does not know, and the request is not at its end.
      const open = state.notified?.data.letterId === letterId ? without(state, 'notified', 'closed') : state;
      return { ...open, replies };
    }
    case 'RequestComplained':
      return { ...without(state, 'closed'), complained: fact };
    case 'RequestClosed':
      return { ...state, closed: fact };
    case 'RequestNoted':
    case 'RequestAttached':
      return state;
  }
}

/** How far a request is; undefined where none was received. */
export function requestStanding(state: RequestState): RequestStanding | undefined {
  if (state.received === undefined) return undefined;
  if (state.closed !== undefined) return 'closed';
  if (state.complained !== undefined) return 'complained';
  if (state.notified !== undefined) return waits(state) ? 'deferred' : 'notified';
  if (state.executed !== undefined) return 'executed';
  if (state.decision !== undefined) return 'decided';
  return isVerified(state) ? 'verified' : 'received';
}

/** Whether it has been found out who asks. */
export function isVerified({ identity }: Pick<RequestState, 'identity'>): boolean {
  return identity?.data.result === 'verified';
}

/** How many tasks have no answer yet. */
export function openTasks({ tasks }: Pick<RequestState, 'tasks'>): number {
  return tasks.filter(({ answer }) => answer === undefined).length;
}

/** Whether the decision puts acting off, and nothing has been done yet. */
export function waits({ decision, executed }: Pick<RequestState, 'decision' | 'executed'>): boolean {
  return decision?.data.decision === 'deferred' && executed === undefined;
}

/**
 * By when the next step is due: the alarm until the person is told, the end of a deferral while it lasts.
 * @returns undefined where nothing is due any more
 */
export function requestDueAt(state: RequestState): Instant | undefined {
  const standing = requestStanding(state);
  if (standing === 'closed' || standing === 'notified') return undefined;
  if (standing === 'deferred') return state.decision?.data.deferredUntil;
  return state.received?.data.dueAt;
}

/** What lists show of a request: clear fields only. */
export interface RequestSummary extends Omit<
  Fact<'RequestReceived'>['data'],
  RequestWords | 'dueAt' | 'remindAt'
> {
  readonly standing: RequestStanding;
  readonly dueAt?: Instant;
  readonly pausedAt?: Instant;
  readonly verified: boolean;
  readonly alumnusId?: string;
  readonly assigneeId?: string;
  readonly deputyId?: string;
  readonly originalId?: string;
  readonly decision?: RequestDecision;
  readonly decidedAt?: Instant;
  readonly notifiedAt?: Instant;
  readonly outcome?: RequestOutcome;
  readonly openTasks: number;
}

type RequestWords = 'requester' | 'answerTo' | 'asked' | 'aboutThem' | 'agent';

/** A request in short; undefined where none was received. */
export function summaryOfRequest(state: RequestState): RequestSummary | undefined {
  const { received, alumnusId, assigneeId, deputyId, originalId, pausedAt, decision, notified } = state;
  if (received === undefined) return undefined;
  const { requestId, kind, ground, cameBy, party, answerForm, language, arrivedAt } = received.data;
  const dueAt = requestDueAt(state);
  return {
    ...{ requestId, kind, cameBy, party, answerForm, language, arrivedAt },
    ...(ground !== undefined && { ground }),
    standing: requestStanding(state)!,
    ...(dueAt !== undefined && { dueAt }),
    ...(pausedAt !== undefined && { pausedAt }),
    verified: isVerified(state),
    ...(alumnusId !== undefined && { alumnusId }),
    ...(assigneeId !== undefined && { assigneeId }),
    ...(deputyId !== undefined && { deputyId }),
    ...(originalId !== undefined && { originalId }),
    ...(decision && { decision: decision.data.decision, decidedAt: decision.effectiveAt }),
    ...(notified && { notifiedAt: notified.effectiveAt }),
    ...(state.closed && { outcome: state.closed.data.outcome }),
    openTasks: openTasks(state),
  };
}

function without<K extends keyof RequestState>(
  state: RequestState,
  ...keys: readonly K[]
): Omit<RequestState, K> {
  return Object.fromEntries(
    Object.entries(state).filter(([key]) => !(keys as readonly string[]).includes(key)),
  ) as unknown as Omit<RequestState, K>;
}
